/**
 * Why something could not be checked. These are the words of the JSON report's `notChecked`. offline: the user switched
 * registries off, here or for npm; unreachable: they were asked, and there is no way to the registry; elsewhere: the
 * project takes the package from another source than the registry, which then need not know its name;
 * not-recorded: the lockfile does not say it, and no registry was asked; not-comparable: the lockfile and the registry say it
 * in ways that cannot be compared; new-since-base: a change under review names the
 * registry, or the credential for it, and its base does not.
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
  | 'failed'
  | 'untrusted'
  | 'new-since-base';

/** Whether the name is kept from the registry whatever its state: there is nothing to be answered later. */
export function isWithheld(reason: UnavailableReason): boolean {
  return reason === 'private' || reason === 'elsewhere';
}

/** Why not, for programs and for people: the detail is a clause such as "this folder is not trusted". */
export interface Unavailable {
  readonly reason: UnavailableReason;
  readonly detail: string;
}

/** Something that is asked of the outside. It is never silently missing: it is known, under way, or says why not. */
export type Fact<T> =
  | {
      readonly state: 'ready';
      readonly value: T;
      /** When the source last confirmed it, in milliseconds since 1970. */
      readonly asOf: number;
      readonly stale: boolean;
      /** Why a stale value could not be asked for again. */
      readonly notRefreshed?: Unavailable;
    }
  | { readonly state: 'pending' }
  | { readonly state: 'absent'; readonly asOf: number }
  | ({ readonly state: 'unavailable' } & Unavailable);

/** How the detail of an unreachable source ends. */
export const CANNOT_BE_REACHED = 'cannot be reached';

/** One object, so that who compares facts sees that nothing changed. */
export const PENDING = { state: 'pending' } as const satisfies Fact<unknown>;
