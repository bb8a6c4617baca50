import type { Uri } from '../text/paths/uri.ts';
import type { Span } from '../text/span.ts';
import type { MemberValues } from './member-definition.ts';
import type { ALLOW_MEMBERS, DENY_MEMBERS } from './term-members.ts';

/** The place of an entry. */
interface Placed {
  /** Its file; undefined for one that only an earlier commit has. */
  readonly uri: Uri | undefined;
  /** Its first condition. */
  readonly keySpan: Span;
  readonly span: Span;
}

/** Dependencies that the policy forbids. At least one condition is present, and each is valid. */
export type DenyTerm = MemberValues<typeof DENY_MEMBERS> &
  Placed & {
    /** The exceptions from it, if they are not those of the effective policy. */
    readonly exceptions?: readonly AllowTerm[];
  };

/**
 * An exception from `deny`. With names it exempts these packages from every entry of `deny`; without, only from entries
 * without names that restrict the same: a license from licenses, a host from hosts.
 */
export type AllowTerm = MemberValues<typeof ALLOW_MEMBERS> & Placed;
