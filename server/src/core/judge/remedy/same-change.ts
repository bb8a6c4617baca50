import type { Remedy } from './remedy.ts';

/** Returns a key that is equal for remedies with the same change, which are displayed as one. */
export function changeOf({ edits, command, parts }: Remedy): string {
  return JSON.stringify(edits.length > 0 ? [edits] : [edits, command, parts.overrides]);
}
