import { attestationsUrl } from '../access/packument-url.ts';
import { DAY, type DocumentKind, MEGABYTE, wholeReader } from './document-kind.ts';
import { asObject, asText, type JsonObject, member } from './json-value.ts';
import { MAX_SHORT } from './narrow-parts.ts';

/** A signed statement about a version. The bundle is as in the registry: its verifier reads it. */
export interface Attestation {
  readonly predicateType: string;
  readonly bundle: JsonObject;
}

const MAX_ATTESTATIONS = 20;
/** Signed content does not change. */
const FOR_GOOD = 365 * DAY;

/** The attestations of one version, from the configured registry, whatever URL its document gives for them. */
export const ATTESTATIONS: DocumentKind<readonly Attestation[]> = {
  id: 'attestations',
  accept: 'application/json',
  maxBytes: 4 * MEGABYTE,
  fresh: { floor: FOR_GOOD, ceiling: FOR_GOOD },
  absent: [404],
  url: (registryUrl, { name, version }) => attestationsUrl(registryUrl, name, version ?? ''),
  reader: () =>
    wholeReader((json) => {
      const attestations = attestationsOf(json);
      return attestations === undefined
        ? { problem: 'the registry answered with an invalid list of attestations' }
        : { value: attestations };
    }),
  toRecord: (attestations) => ({ attestations }),
  fromRecord: attestationsOf,
};

function attestationsOf(json: unknown): readonly Attestation[] | undefined {
  const list = member(asObject(json), 'attestations');
  if (!Array.isArray(list) || list.length > MAX_ATTESTATIONS) return undefined;
  const found = (list as readonly unknown[]).map((value) => {
    const predicateType = asText(member(asObject(value), 'predicateType'), MAX_SHORT);
    const bundle = asObject(member(asObject(value), 'bundle'));
    return predicateType === undefined || bundle === undefined ? undefined : { predicateType, bundle };
  });
  return found.every((attestation) => attestation !== undefined) ? found : undefined;
}
