/** Stands in an entry of `ignores` until its author writes the reason: the entry has no effect before. */
export const NO_REASON_YET = 'Write the reason here.';

/** What was written so far, by this version and earlier ones. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([NO_REASON_YET, 'Accepted for now; write here why.']);

/** Returns whether a text says why something is accepted: neither blank nor a placeholder. */
export function isReason(text: string): boolean {
  return text.trim() !== '' && !PLACEHOLDERS.has(text.trim());
}
