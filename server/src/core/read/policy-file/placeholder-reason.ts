/** Placeholder in an entry of `ignores` until its author writes the reason: the entry has no effect before. */
export const NO_REASON_YET = 'Write the reason here.';

/** The placeholders of this version and earlier ones. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([NO_REASON_YET, 'Accepted for now; write here why.']);

/** Checks whether a text states why something is accepted: neither blank nor a placeholder. */
export function isReason(text: string): boolean {
  return text.trim() !== '' && !PLACEHOLDERS.has(text.trim());
}
