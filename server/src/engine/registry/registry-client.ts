import { ATTESTATIONS, type Attestation } from '../../core/know/registry/documents/attestations-kind.ts';
import { DIST_TAGS } from '../../core/know/registry/documents/dist-tags-kind.ts';
import { DOWNLOADS, type Downloads } from '../../core/know/registry/documents/downloads-kind.ts';
import { KEYS, type RegistryKeys } from '../../core/know/registry/documents/keys-kind.ts';
import { MAINTAINED, type MaintainedPage } from '../../core/know/registry/documents/maintained-kind.ts';
import type { Packument, PackumentVersion } from '../../core/know/registry/documents/packument.ts';
import { ABBREVIATED, PACKUMENT } from '../../core/know/registry/documents/packument-kind.ts';
import { VERSION } from '../../core/know/registry/documents/version-kind.ts';
import type { CachePort, ClockPort, HttpPort } from '../ports.ts';
import type { OtherSource } from './document-request.ts';
import { createDocuments, type Documents } from './documents.ts';
import { createDownloadBatches } from './download-batches.ts';
import { createOutgoing, type Outgoing } from './outgoing.ts';

/** Everything that is requested from registries, one kind of document each. */
export interface RegistryClient {
  /** The exit for all requests, which enforces limits per host. */
  readonly outgoing: Outgoing | undefined;
  /** In full: with times, people, scripts and licenses. */
  readonly packuments: Documents<Packument>;
  /** Abbreviated: enough for what is locked and not declared. */
  readonly abbreviated: Documents<Packument>;
  readonly versions: Documents<PackumentVersion>;
  readonly distTags: Documents<ReadonlyMap<string, string>>;
  /** Belongs to a registry: the name is empty. */
  readonly keys: Documents<RegistryKeys>;
  readonly attestations: Documents<readonly Attestation[]>;
  /** The name is an account, and the version where the page starts. */
  readonly maintained: Documents<MaintainedPage>;
  /** The registry is the URL of the statistics; see `statisticsOf`. */
  readonly downloads: Documents<Downloads>;
  /** Lets what failed be requested again at once, and returns the hosts that were left alone until now. */
  tryAgain(): readonly string[];
}

export interface RegistryPorts {
  /** Undefined if nothing may be sent. */
  readonly http: HttpPort | undefined;
  readonly cache: CachePort | undefined;
  readonly clock: ClockPort;
  /** A separate source of a registry's keys, which takes precedence. */
  readonly signingKeys?: OtherSource<RegistryKeys> | undefined;
}

/** Creates a client that reads and sends nothing before it is asked. */
export function createRegistryClient({ http, cache, clock, signingKeys }: RegistryPorts): RegistryClient {
  const outgoing = http && createOutgoing(http, clock);
  const ports = { outgoing, cache, clock };
  const documents = {
    packuments: createDocuments(PACKUMENT, ports),
    abbreviated: createDocuments(ABBREVIATED, ports),
    versions: createDocuments(VERSION, ports),
    distTags: createDocuments(DIST_TAGS, ports),
    keys: createDocuments(KEYS, { ...ports, other: signingKeys }),
    attestations: createDocuments(ATTESTATIONS, ports),
    maintained: createDocuments(MAINTAINED, ports),
    downloads: createDocuments(DOWNLOADS, {
      ...ports,
      outgoing: outgoing && createDownloadBatches(outgoing, clock),
    }),
  };
  return {
    outgoing,
    ...documents,
    tryAgain() {
      for (const each of Object.values(documents)) each.tryAgain();
      return outgoing?.tryAgain() ?? [];
    },
  };
}
