import type { Advisory } from '../../know/advisory/advisory.ts';
import type { CapabilityRecord, NewCapabilities } from '../../know/capabilities/record.ts';
import type { NameVerdict } from '../../know/identity/confusable-with.ts';
import type { AttestationVerdict } from '../../know/proof/judge-attestation.ts';
import type { SignatureVerdict } from '../../know/proof/judge-signatures.ts';
import type { TarballResult } from '../../know/proof/tarball-result.ts';
import type { Downloads } from '../../know/registry/documents/downloads-kind.ts';
import type { Fact } from '../../know/registry/documents/fact.ts';
import type { RegistryKeys } from '../../know/registry/documents/keys-kind.ts';
import type { Packument, PackumentVersion } from '../../know/registry/documents/packument.ts';
import type { VersionChanges } from '../../know/registry/releases/version-changes.ts';
import type { ScriptVerdict } from '../../know/scripts/script-verdict.ts';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import type { RegistryFacts } from '../features/describe-registry.ts';
import type { ChosenVersion } from './choose-version.ts';

/** What the code of the version can do, and what is new in it. */
export interface VerifiedCode {
  readonly record: CapabilityRecord;
  /** Against the locked or previous version; undefined if that is unknown. */
  readonly since: { readonly version: string; readonly found: NewCapabilities } | undefined;
}

/** All results about a package requested by name. */
export interface VerifiedPackage {
  readonly name: string;
  /** A version, tag or range, if requested. */
  readonly asked: string | undefined;
  readonly registry: RegistryFacts;
  readonly packument: Fact<Packument>;
  readonly lookAlike: (NameVerdict & { readonly downloads: number | undefined }) | undefined;
  readonly downloads: Fact<Downloads>;
  /** Undefined if the registry has no such version, or did not answer. */
  readonly chosen: ChosenVersion | undefined;
  readonly version: Fact<PackumentVersion>;
  readonly signature: Fact<SignatureVerdict>;
  /** The source of the registry's signing keys; undefined if unknown. */
  readonly keysFrom: RegistryKeys['from'] | undefined;
  readonly provenance: Fact<readonly AttestationVerdict[]>;
  readonly tarball: TarballResult;
  /** The entries of this package in the project's lockfile. */
  readonly locked: {
    /** Its name; undefined if there is no readable one. */
    readonly file: string | undefined;
    readonly entries: readonly LockEntry[];
    /** Why it is only partly known, as a clause; undefined if it was read completely, or there is none. */
    readonly unread: string | undefined;
  };
  readonly advisories: {
    /** The advisories that affect the version, highest severity first. */
    readonly affecting: readonly Advisory[];
    /** The advisories that may affect it. */
    readonly undecided: readonly Advisory[];
  };
  readonly scripts: ScriptVerdict;
  /** What its code can do; undefined if its tarball was not read. */
  readonly code: VerifiedCode | undefined;
  /** The changes since the locked version, if that differs, or else since the previous version. */
  readonly changes: VersionChanges | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}
