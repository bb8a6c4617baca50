import type { Severity } from '../../read/text/finding.ts';

/** Colors text that is already sanitized. Without color, each function returns its text. */
export interface Paint {
  severity(severity: Severity, text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

const CODES: Readonly<Record<Severity, number>> = { error: 31, warning: 33, information: 36, hint: 35 };

export const PLAIN: Paint = { severity: (_, text) => text, strong: (text) => text, faint: (text) => text };

/** The sixteen colors of every terminal, so that the user's own theme decides how they look. */
export const COLOURED: Paint = {
  severity: (severity, text) => sgr(CODES[severity], 39, text),
  strong: (text) => sgr(1, 22, text),
  faint: (text) => sgr(2, 22, text),
};

function sgr(on: number, off: number, text: string): string {
  return `\u001b[${on}m${text}\u001b[${off}m`;
}
