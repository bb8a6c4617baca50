import { type SelectionContext, versionNow } from '../../judge/check/selected-versions.ts';
import { describeVulnerability, knownAgainst } from '../../judge/exposure/known-against.ts';
import type { DeclaredRange } from '../../judge/remedy/declared-range.ts';
import { editsOf } from '../../judge/remedy/range-updates.ts';
import type { Advisories } from '../../know/advisory/advisories.ts';
import { aliasPrefix } from '../../read/manifest/read-specifier.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { recordSpecifier } from '../../read/project/locked/record-specifier.ts';
import type { FileEdit } from '../../read/text/finding.ts';
import { nameOf, type Uri } from '../../read/text/paths/uri.ts';

/** A range replaced by the single version the project uses. */
export interface PinnedRange {
  readonly title: string;
  readonly edits: readonly FileEdit[];
}

export interface PinContext extends SelectionContext {
  readonly advisories: Advisories;
  text(uri: Uri): string | undefined;
}

/**
 * Returns how to pin a range to the locked version, or if nothing is locked to what would be installed now, if known.
 * Undefined if it is already pinned, an override decides, or the version is malware.
 */
export function pinnedRange(
  range: DeclaredRange,
  file: CheckedFile,
  context: PinContext,
): PinnedRange | undefined {
  const { token, locked, declared, specifier, target, name } = range;
  const version = locked ?? versionNow(specifier, target, context);
  if (token === undefined || version === undefined) return undefined;
  const text = aliasPrefix(declared) + version;
  const against = knownAgainst(context.project, context.advisories);
  if (text === declared || against.isMalware(target, version)) return undefined;
  const found = against.vulnerabilitiesOf(target, version);
  const where = token.uri === range.uri ? '' : ` in ${nameOf(token.uri)}`;
  const known = found === undefined ? '' : `; ${describeVulnerability(found)}`;
  const what = locked === undefined ? version : `the locked version ${version}`;
  const update = { range, token, version, text, level: 'patch' } as const;
  return {
    title: `Pin ${name} to ${what}${where}${known}`,
    edits: [...editsOf([update], context.text), ...recordedEdits(range, file, context, text)],
  };
}

/** Edits the copy of the range kept by pnpm's and Bun's lockfiles. */
function recordedEdits(
  { uri, token, valueSpan }: DeclaredRange,
  file: CheckedFile,
  { project }: PinContext,
  text: string,
): readonly FileEdit[] {
  if (file.kind !== 'manifest' || token?.uri !== uri || token.span.start !== valueSpan.start) return [];
  const dependency = file.dependencies.find((each) => each.valueSpan.start === valueSpan.start);
  return dependency === undefined ? [] : recordSpecifier(project, uri, dependency, text).edits;
}
