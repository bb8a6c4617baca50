import type { Finding, Related } from '../core/finding.ts';
import type { Manifest, ManifestDependency } from '../core/manifest/manifest.ts';
import type { Span } from '../core/text/span.ts';

/** What was found at a dependency that an edit did not touch. */
interface Kept {
  readonly name: string;
  readonly finding: Finding;
}

/**
 * The findings of an earlier text of a manifest that hold for an edited one, each where its dependency stands now.
 * @param found of rules that look at each dependency by itself, in the order of the text; what stands at none is left out
 * @param names the dependencies that are looked at again, with others of their names: nothing of theirs is kept. Gets the
 * names of those that cannot be told where they stand now.
 */
export function keptFindings(
  before: Manifest,
  after: Manifest,
  found: readonly Finding[],
  names: Set<string>,
): readonly Finding[] {
  if (found.length === 0) return [];
  const nowAt = placesIn(before.dependencies, after.dependencies);
  const kept: Kept[] = [];
  const { dependencies } = before;
  let at = 0;
  for (const finding of found) {
    while (at + 1 < dependencies.length && dependencies[at + 1]!.span.start <= finding.span.start) at++;
    const dependency = dependencies[at];
    if (dependency === undefined || !isWithin(finding.span, dependency.span)) continue;
    const { name } = dependency;
    if (names.has(name)) continue;
    const now = nowAt(at);
    const moved = now === undefined ? undefined : movedFinding(finding, dependency, now);
    if (moved === undefined) names.add(name);
    else kept.push({ name, finding: moved });
  }
  return kept.filter(({ name }) => !names.has(name)).map(({ finding }) => finding);
}

/** The dependency of the later list that one of the earlier became, where both begin or end alike up to there. */
function placesIn(
  before: readonly ManifestDependency[],
  after: readonly ManifestDependency[],
): (at: number) => ManifestDependency | undefined {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSame(before[start]!, after[start]!)) start++;
  let end = 0;
  while (end < shorter - start && isSame(before.at(-1 - end)!, after.at(-1 - end)!)) end++;
  return (at) => {
    if (at < start) return after[at];
    return at >= before.length - end ? after[at + after.length - before.length] : undefined;
  };
}

/** The same, all its tokens as long and as far apart. */
function isSame(a: ManifestDependency, b: ManifestDependency): boolean {
  if (a === b) return true;
  const by = b.span.start - a.span.start;
  return (
    a.section === b.section &&
    a.name === b.name &&
    a.declared === b.declared &&
    a.valueType === b.valueType &&
    isMoved(a.span, b.span, by) &&
    isMoved(a.nameSpan, b.nameSpan, by) &&
    isMoved(a.valueSpan, b.valueSpan, by)
  );
}

function isMoved(from: Span, to: Span, by: number): boolean {
  return to.start - from.start === by && to.end - from.end === by;
}

/** Undefined for a finding that leads to another place of the same file, as that may have moved otherwise. */
function movedFinding(
  finding: Finding,
  from: ManifestDependency,
  to: ManifestDependency,
): Finding | undefined {
  const { uri, span, related } = finding;
  const isHere = (each: Related) => each.uri === uri;
  if (related.some((each) => isHere(each) && !isWithin(each.span, from.span))) return undefined;
  const by = to.span.start - from.span.start;
  if (by === 0) return finding;
  const moved = (each: Related) => (isHere(each) ? { ...each, span: shifted(each.span, by) } : each);
  return {
    ...finding,
    span: shifted(span, by),
    related: related.some(isHere) ? related.map(moved) : related,
  };
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function shifted({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
