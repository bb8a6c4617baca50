/** Sentences that the guide's mechanical points do not fit, each with the reason. */
export const ALLOWED: readonly { readonly text: string; readonly reason: string }[] = [
  {
    text: '15 External Control of System or Configuration Setting',
    reason: 'The official names of CWE, one a line.',
  },
];
