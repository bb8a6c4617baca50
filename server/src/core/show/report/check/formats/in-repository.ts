import type { JsonFinding, JsonReport } from '../json.ts';

type Part = Pick<JsonReport, 'findings'> & Partial<JsonReport>;

/**
 * Returns a report with paths from the repository instead of the checked directory, as code hosts look them up there.
 *
 * @param prefix the path from the repository to the checked directory, with `/` at the end; empty if it is the same
 */
export function inRepository<T extends Part>(report: T, prefix: string): T {
  if (prefix === '') return report;
  const at = (path: string) => joined(prefix, path);
  const placed = <P extends { readonly path: string }>(each: P): P => ({ ...each, path: at(each.path) });
  const findingAt = (finding: JsonFinding): JsonFinding => ({
    ...placed(finding),
    related: finding.related.map(placed),
    fixes: finding.fixes.map((fix) => ({
      ...fix,
      edits: fix.edits.map(placed),
      ...(fix.deletes === undefined ? {} : { deletes: fix.deletes.map(at) }),
    })),
  });
  const { files, coverage } = report;
  return {
    ...report,
    findings: report.findings.map(findingAt),
    ...(files === undefined ? {} : { files: files.map(placed) }),
    ...(coverage === undefined
      ? {}
      : {
          coverage: {
            ...coverage,
            gaps: coverage.gaps.map((gap) => (gap.path === undefined ? gap : { ...gap, path: at(gap.path) })),
          },
        }),
  };
}

/** Joins a path that may lead up. */
function joined(prefix: string, path: string): string {
  const parts = prefix.split('/').slice(0, -1);
  let rest = path;
  while (rest.startsWith('../') && parts.length > 0) {
    parts.pop();
    rest = rest.slice('../'.length);
  }
  return [...parts, rest].join('/');
}
