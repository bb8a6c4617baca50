import { parseJsonTree, propertyOf } from '../../text/json/json-tree.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { BotCooldown } from './bot-cooldown.ts';

const HOUR = 60 * 60 * 1000;
const LENGTHS: Readonly<Record<string, number>> = {
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
};

/** Reads the `minimumReleaseAge` at the top of a configuration of Renovate: "3 days". Never throws. */
export function readRenovate(uri: Uri, text: string): readonly BotCooldown[] {
  const { root } = parseJsonTree(text, { trailingCommas: true });
  const value = propertyOf(root, 'minimumReleaseAge')?.value;
  if (value?.type !== 'string') return [];
  const [, count, unit = ''] = /^\s*(\d{1,4})\s*(hour|day|week)s?\s*$/.exec(value.value) ?? [];
  if (count === undefined) return [];
  return [
    { bot: 'Renovate', uri, span: value.span, age: Number(count) * LENGTHS[unit]!, folders: undefined },
  ];
}
