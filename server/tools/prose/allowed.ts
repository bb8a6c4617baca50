/** Sentences that the guide's mechanical points do not fit, each with the reason. */
export const ALLOWED: readonly { readonly text: string; readonly reason: string }[] = [
  {
    text: '15 External Control of System or Configuration Setting',
    reason: 'The official names of CWE, one a line.',
  },
  {
    text: ':root{color-scheme:light dark;',
    reason: 'The style sheet of the page that report writes.',
  },
  {
    text: ':root{color-scheme:normal}',
    reason: 'What it adds in an editor.',
  },
];
