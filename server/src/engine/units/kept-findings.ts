import type { Manifest, ManifestDependency } from '../../core/read/manifest/manifest.ts';
import type { SharedEnds } from '../../core/read/manifest/shared-ends.ts';
import type { Finding, Related } from '../../core/read/text/finding.ts';
import type { Span } from '../../core/read/text/span.ts';

/** Two states of a manifest, and what both have in common at their ends. */
export interface EditedManifest {
  readonly before: Manifest;
  readonly after: Manifest;
  readonly shared: SharedEnds;
}

/**
 * The findings of an earlier text of a manifest that hold for an edited one, each where its dependency stands now.
 * @param found in the order of the text; what stands at no dependency is left out
 * @param rules those that look at each dependency by itself: what others found is left out
 * @param names the dependencies that are looked at again, with others of their names: nothing of theirs is kept. Gets the
 * names of those that cannot be told where they stand now.
 */
export function keptFindings(
  { before, after, shared: { start, end } }: EditedManifest,
  found: readonly Finding[],
  rules: ReadonlySet<string>,
  names: Set<string>,
): readonly Finding[] {
  if (found.length === 0) return [];
  const { dependencies } = before;
  const behind = dependencies.length - end;
  const grown = after.dependencies.length - dependencies.length;
  const kept: Finding[] = [];
  /** The places of the dependencies that they stand at. */
  const at: number[] = [];
  const known = names.size;
  let place = 0;
  for (const finding of found) {
    const { span, rule } = finding;
    if (!rules.has(rule)) continue;
    while (place + 1 < dependencies.length && dependencies[place + 1]!.start <= span.start) place++;
    const from = dependencies[place];
    if (from === undefined || !isWithin(span, from) || names.has(from.name)) continue;
    const now = place < start ? place : place >= behind ? place + grown : undefined;
    const to = now === undefined ? undefined : after.dependencies[now]!;
    const moved = to === undefined ? undefined : movedFinding(finding, from, to.start - from.start);
    if (moved === undefined) {
      names.add(from.name);
    } else {
      kept.push(moved);
      at.push(place);
    }
  }
  return names.size === known ? kept : kept.filter((_, index) => !names.has(dependencies[at[index]!]!.name));
}

/** Undefined for a finding that leads to another place of the same file, as that may have moved otherwise. */
function movedFinding(finding: Finding, within: ManifestDependency, by: number): Finding | undefined {
  const isHere = ({ uri }: Related) => uri === finding.uri;
  const { related } = finding;
  if (finding.isRelatedHere && related.some((each) => isHere(each) && !isWithin(each.span, within)))
    return undefined;
  if (by === 0) return finding;
  const moved = { ...finding, span: shifted(finding.span, by) };
  if (!finding.isRelatedHere) return moved;
  return {
    ...moved,
    related: related.map((each) => (isHere(each) ? { ...each, span: shifted(each.span, by) } : each)),
  };
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function shifted({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
