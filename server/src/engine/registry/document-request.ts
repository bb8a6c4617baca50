import type { AskPermission } from '../../core/know/registry/access/may-ask.ts';
import type { Transport } from '../../core/know/registry/access/transport.ts';
import type { Credential, RegistryChoice } from '../../core/read/config/npm/npm-config.ts';

/** A document of one registry. */
export interface DocumentPlace {
  readonly registry: Pick<RegistryChoice, 'url'>;
  /** How requests travel there; undefined where the environment alone says so. */
  readonly transport?: Transport | undefined;
  /** Empty for what belongs to the registry itself. */
  readonly name: string;
  readonly version?: string | undefined;
  /** Versions of which everything should be kept, when it is asked for. */
  readonly keep?: ReadonlySet<string> | undefined;
}

export interface DocumentRequest extends DocumentPlace {
  /** The credential that was written for this registry, and for no other. */
  readonly credential: Credential | undefined;
  /** Whether the name may go to no other host, even if the registry redirects there. */
  readonly isPrivate?: boolean | undefined;
  /** From `mayAsk`: without it nothing is sent, and only known answers are returned. */
  readonly permission: AskPermission;
}

/** Another source of a document, asked before its registry; undefined if it has none. Never rejects. */
export type OtherSource<T> = (
  place: DocumentPlace,
) => Promise<{ readonly value: T; readonly asOf: number } | undefined>;
