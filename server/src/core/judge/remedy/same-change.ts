import type { Remedy } from './remedy.ts';

/** Returns a text that is the same for remedies which are the same change: they are shown as one. */
export function changeOf({ edits, command, parts }: Remedy): string {
  return JSON.stringify(edits.length > 0 ? [edits] : [edits, command, parts.overrides]);
}
