import { createHash } from 'node:crypto';
import type { SigningCertificate } from '../server/src/core/know/proof/bundle-result.ts';
import type { ProofPort } from '../server/src/engine/registry/proof-port.ts';
import { createProofs } from '../server/src/node/proofs.ts';

/** Verifies real signatures of registries; for bundles, accepts exactly those that `attestationsOf` created. */
export function stubProofs(): ProofPort {
  const real = createProofs({ http: undefined, cache: undefined, trustedRoot: undefined, now: () => 0 });
  return {
    ...real,
    verifyBundle: async ({ certificate }) =>
      certificate === undefined
        ? { type: 'invalid', detail: 'its signature does not verify' }
        : { type: 'verified', certificate: { ...NOTHING, ...(certificate as object) } },
  };
}

const NOTHING: SigningCertificate = {
  issuer: undefined,
  subject: undefined,
  repository: undefined,
  repositoryId: undefined,
  ref: undefined,
  commit: undefined,
};

const SLSA = 'https://slsa.dev/provenance/v1';

export interface ProvenPackage {
  readonly name: string;
  /** The repository that each version was built from, or all contents of its certificate. */
  readonly builtFrom: Readonly<Record<string, string | Partial<SigningCertificate>>>;
  readonly versions?: Readonly<Record<string, object>>;
}

/** Returns the package's document with the members of a version with provenance. */
export function withProvenance(document: ProvenPackage): object {
  const versions: Record<string, object> = {};
  for (const version of Object.keys(document.builtFrom)) {
    const dist = {
      tarball: `https://registry.example.test/${document.name}/-/${version}.tgz`,
      integrity: `sha512-${Buffer.from(sha512Of(document.name, version), 'hex').toString('base64')}`,
      attestations: { provenance: { predicateType: SLSA } },
    };
    versions[version] = { ...document.versions?.[version], dist };
  }
  return { ...document, versions: { ...document.versions, ...versions } };
}

/** Returns the registry's response to a request for the attestations of a version. */
export function attestationsOf({ name, builtFrom }: ProvenPackage, version: string): object | undefined {
  const source = builtFrom[version];
  if (source === undefined) return undefined;
  const certificate = typeof source === 'string' ? { repository: source, repositoryId: source } : source;
  const statement = {
    predicateType: SLSA,
    subject: [
      {
        name: `pkg:npm/${name.replace('@', '%40')}@${version}`,
        digest: { sha512: sha512Of(name, version) },
      },
    ],
    predicate: {
      buildDefinition: { externalParameters: { workflow: { repository: certificate.repository } } },
    },
  };
  const payload = Buffer.from(JSON.stringify(statement)).toString('base64');
  const dsseEnvelope = { payloadType: 'application/vnd.in-toto+json', payload };
  return { attestations: [{ predicateType: SLSA, bundle: { dsseEnvelope, certificate } }] };
}

function sha512Of(name: string, version: string): string {
  return createHash('sha512').update(`${name} ${version}`).digest('hex');
}
