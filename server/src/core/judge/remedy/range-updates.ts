import { UPDATE_LEVELS, type UpdateLevel, updateLevel } from '../../know/registry/releases/update-level.ts';
import type { FileEdit } from '../../read/text/finding.ts';
import { nameOf, type Uri } from '../../read/text/paths/uri.ts';
import { describeVulnerability, type KnownVulnerabilities } from '../exposure/known-against.ts';
import type { DeclaredRange, RangeToken } from './declared-range.ts';
import { movedTo, type UpdateOffer } from './update-offer.ts';

/** A range, its new lower bound, and the text that expresses it. */
export interface RangeUpdate {
  readonly range: DeclaredRange;
  readonly token: RangeToken;
  readonly version: string;
  readonly text: string;
  readonly level: UpdateLevel;
  /** The known vulnerabilities of the version. */
  readonly vulnerable?: KnownVulnerabilities | undefined;
}

/** Returns the updates offered for one range, smallest first. Empty if an override decides. */
export function updatesOf(range: DeclaredRange, offer: UpdateOffer): readonly RangeUpdate[] {
  const updates: RangeUpdate[] = [];
  for (const version of offer.byLevel.values()) {
    const update = updateTo(range, offer.current, version);
    if (update !== undefined) updates.push({ ...update, vulnerable: offer.vulnerable.get(version) });
  }
  return updates;
}

/** Returns undefined if the text would not change. */
export function updateTo(range: DeclaredRange, current: string, version: string): RangeUpdate | undefined {
  const { token } = range;
  const text = movedTo(range, version);
  if (token === undefined || text === undefined) return undefined;
  return { range, token, version, text, level: updateLevel(current, version) };
}

/** Returns the largest update of one range at or below a level. */
export function largestUpTo(updates: readonly RangeUpdate[], level: UpdateLevel): RangeUpdate | undefined {
  const most = UPDATE_LEVELS.indexOf(level);
  return updates.findLast((update) => UPDATE_LEVELS.indexOf(update.level) <= most);
}

/**
 * Formats "Update left-pad to ^1.3.0 (minor)", with the file if the value is defined elsewhere, and known
 * vulnerabilities.
 */
export function updateTitle({ range, token, text, level, vulnerable }: RangeUpdate): string {
  const where = token.uri === range.uri ? '' : ` in ${nameOf(token.uri)}`;
  const known = vulnerable === undefined ? '' : `; ${describeVulnerability(vulnerable)}`;
  return `Update ${range.name} to ${text}${where} (${level})${known}`;
}

/** Returns one edit per token, as several manifests may refer to one catalog entry; keeps quotes. */
export function editsOf(
  updates: readonly RangeUpdate[],
  textOf: (uri: Uri) => string | undefined,
): readonly FileEdit[] {
  const edits = new Map<string, FileEdit>();
  for (const { token, text } of updates) {
    const { uri, span } = token;
    const quote = /^["']/.exec(textOf(uri)?.slice(span.start, span.start + 1) ?? '')?.[0] ?? '';
    const newText = quote === '"' ? JSON.stringify(text) : quote + text + quote;
    const key = `${uri} ${span.start}`;
    if (!edits.has(key)) edits.set(key, { uri, span, newText });
  }
  return [...edits.values()];
}
