import type { JsonFinding } from '../json.ts';

/** Returns a hash of a text as hexadecimal digits. */
export type Hash = (text: string) => string;

/**
 * Returns for each finding a hash that stays the same while lines move: of its rule, file, package and advisories.
 * Findings that are equal in all of these are numbered in their order.
 */
export function fingerprintsOf(findings: readonly JsonFinding[], hash: Hash): readonly string[] {
  const counts = new Map<string, number>();
  return findings.map((finding) => {
    const { rule, path, package: name, version, target } = finding;
    const key = JSON.stringify([rule, path, name, version, target, advisoriesOf(finding)]);
    const earlier = counts.get(key) ?? 0;
    counts.set(key, earlier + 1);
    return hash(earlier === 0 ? key : `${key}#${earlier}`);
  });
}

function advisoriesOf({ data }: JsonFinding): readonly string[] {
  const { advisories } = data as { readonly advisories?: unknown };
  if (!Array.isArray(advisories)) return [];
  return advisories.flatMap(({ id }: { readonly id?: unknown }) => (typeof id === 'string' ? id : [])).sort();
}
