/** Why something could not be checked. These are the words of the JSON report's `notChecked`. */
export type UnavailableReason = 'offline' | 'private' | 'no-access' | 'not-provided' | 'failed' | 'untrusted';

/** Something that is asked of the outside. It is never silently missing: it is known, under way, or says why not. */
export type Fact<T> =
  | { readonly state: 'ready'; readonly value: T; /** Milliseconds since 1970. */ readonly asOf: number; readonly stale: boolean }
  | { readonly state: 'pending' }
  | { readonly state: 'absent'; readonly asOf: number }
  | { readonly state: 'unavailable'; readonly reason: UnavailableReason; readonly detail: string };
