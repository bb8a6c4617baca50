/** Sentences that the guide's mechanical points do not fit, each with the reason. */
export const ALLOWED: readonly { readonly text: string; readonly reason: string }[] = [];
