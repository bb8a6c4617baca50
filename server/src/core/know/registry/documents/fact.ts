/**
 * Why something was not checked. These are the values of the JSON report's `notChecked`. offline: the user disabled
 * registries, here or for npm; unreachable: the request to the registry failed; elsewhere: the project takes the
 * package from another source than the registry, which then need not know its name; not-recorded: the lockfile does not
 * state it, and no registry was queried; not-comparable: the lockfile and the registry state it in forms that cannot be
 * compared; not-cached: no cache of this machine has the package's archive; patched: the project patches it, so its files differ from the
 * archive; not-installed: there is no node_modules to compare; new-since-base: a change under review names the registry, or the credential for it, and its base does not.
 */
export type UnavailableReason =
  | 'offline'
  | 'unreachable'
  | 'private'
  | 'elsewhere'
  | 'no-access'
  | 'not-provided'
  | 'not-recorded'
  | 'not-comparable'
  | 'not-cached'
  | 'patched'
  | 'not-installed'
  | 'failed'
  | 'untrusted'
  | 'new-since-base';

/** Checks whether the name is withheld from the registry whatever its state: a later response is not to be expected. */
export function isWithheld(reason: UnavailableReason): boolean {
  return reason === 'private' || reason === 'elsewhere';
}

/** The reason for programs and for people: the detail is a clause such as "this folder is not trusted". */
export interface Unavailable {
  readonly reason: UnavailableReason;
  readonly detail: string;
}

/** A value requested from outside. It is never silently missing: it is known, pending, or unavailable with a reason. */
export type Fact<T> =
  | {
      readonly state: 'ready';
      readonly value: T;
      /** When the source last confirmed it, in milliseconds since 1970. */
      readonly asOf: number;
      readonly stale: boolean;
      /** Why a stale value could not be refreshed. */
      readonly notRefreshed?: Unavailable;
    }
  | { readonly state: 'pending' }
  | { readonly state: 'absent'; readonly asOf: number }
  | ({ readonly state: 'unavailable' } & Unavailable);

/** The end of the detail for an unreachable source. */
export const CANNOT_BE_REACHED = 'cannot be reached';

/** A single object, so that comparing facts shows that nothing changed. */
export const PENDING = { state: 'pending' } as const satisfies Fact<unknown>;
