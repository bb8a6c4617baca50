import type { Advisory } from '../../know/advisory/advisory.ts';
import type { NameVerdict } from '../../know/identity/confusable-with.ts';
import type { AttestationVerdict } from '../../know/proof/judge-attestation.ts';
import type { SignatureVerdict } from '../../know/proof/judge-signatures.ts';
import type { TarballResult } from '../../know/proof/tarball-result.ts';
import type { Downloads } from '../../know/registry/documents/downloads-kind.ts';
import type { Fact } from '../../know/registry/documents/fact.ts';
import type { RegistryKeys } from '../../know/registry/documents/keys-kind.ts';
import type { Packument, PackumentVersion } from '../../know/registry/documents/packument.ts';
import type { VersionChanges } from '../../know/registry/releases/version-changes.ts';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import type { RegistryFacts } from '../features/registry-words.ts';
import type { ScriptVerdict } from '../features/script-verdict.ts';
import type { ChosenVersion } from './choose-version.ts';

/** All that was found out about a package that somebody asked for by name. */
export interface VerifiedPackage {
  readonly name: string;
  /** A version, tag or range, where one was asked for. */
  readonly asked: string | undefined;
  readonly registry: RegistryFacts;
  readonly packument: Fact<Packument>;
  readonly lookAlike: (NameVerdict & { readonly downloads: number | undefined }) | undefined;
  readonly downloads: Fact<Downloads>;
  /** Undefined where the registry has no such version, or did not say. */
  readonly chosen: ChosenVersion | undefined;
  readonly version: Fact<PackumentVersion>;
  readonly signature: Fact<SignatureVerdict>;
  /** Who says which keys the registry signs with; undefined where that is not known. */
  readonly keysFrom: RegistryKeys['from'] | undefined;
  readonly provenance: Fact<readonly AttestationVerdict[]>;
  readonly tarball: TarballResult;
  /** The entries of this package in the project's lockfile. */
  readonly locked: {
    /** Its name; undefined where there is none that can be read. */
    readonly file: string | undefined;
    readonly entries: readonly LockEntry[];
    /** Why not all of it is known, as a clause; undefined where it was read as a whole, or there is none. */
    readonly unread: string | undefined;
  };
  readonly advisories: {
    /** Those that affect the version, worst first. */
    readonly affecting: readonly Advisory[];
    /** Those of which nobody knows whether they do. */
    readonly undecided: readonly Advisory[];
  };
  readonly scripts: ScriptVerdict;
  /** Since the locked version, where that is another one, else since the version before. */
  readonly changes: VersionChanges | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}
