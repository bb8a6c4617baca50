import type { AdvisoryReport } from './advisory-report.ts';

/**
 * Which reports are about the same thing: those that have an id of each other's, over any number of steps.
 *
 * @returns what stands for the thing that a report is about, the same for all of them
 */
export function aliasClosure(reports: Iterable<AdvisoryReport>): (report: AdvisoryReport) => string {
  const parents = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
    for (let at = id; at !== root; ) {
      const up = parents.get(at)!;
      parents.set(at, root);
      at = up;
    }
    return root;
  };
  for (const { ids } of reports) {
    for (const id of ids.slice(1)) {
      const [a, b] = [rootOf(ids[0]), rootOf(id)];
      if (a !== b) parents.set(a, b);
    }
  }
  return ({ ids }) => rootOf(ids[0]);
}
