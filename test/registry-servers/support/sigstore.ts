import { createHash, generateKeyPairSync, type KeyPairKeyObjectResult, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { SigningKey } from './signing-key.ts';

/** The package that an attestation is about. */
export interface Subject {
  readonly name: string;
  readonly version: string;
  /** The hash of its tarball, in hexadecimal. */
  readonly sha512: string;
}

/** Sigstore's own mock of its services, on loopback. */
export interface Sigstore {
  /** The trust root for a verifier, in the format of `trusted_root.json`. */
  readonly trustedRoot: object;
  /** Returns SLSA provenance of a workflow on GitHub, signed with a certificate for that workflow. */
  provenance(subject: Subject, repository: string): Promise<object>;
  /** Returns the registry's own attestation that it published this. */
  publishAttestation(subject: Subject, registry: string, key: SigningKey): Promise<object>;
  close(): Promise<void>;
}

type Handler = {
  readonly path: string;
  fn(body: string): Promise<{ statusCode: number; response: string; contentType?: string }>;
};
interface Signature {
  readonly signature: Buffer;
  readonly key:
    | { readonly $case: 'x509Certificate'; readonly certificate: string }
    | { readonly $case: 'publicKey'; readonly publicKey: string; readonly hint: string };
}
interface Signer {
  sign(bytes: Buffer): Promise<Signature>;
}
interface Libraries {
  initializeCTLog(keys: KeyPairKeyObjectResult): Promise<{ publicKey: Buffer; logID: Uint8Array }>;
  initializeCA(keys: KeyPairKeyObjectResult, log: object): Promise<{ rootCertificate: Uint8Array }>;
  fulcioHandler(authority: object): Handler;
  initializeTLog(url: string, keys: KeyPairKeyObjectResult): Promise<{ publicKey: Buffer }>;
  rekorHandler(log: object): Handler;
  FulcioSigner: new (options: object) => Signer;
  RekorWitness: new (options: object) => object;
  DSSEBundleBuilder: new (options: {
    signer: Signer;
    witnesses: readonly object[];
  }) => { create(artifact: { data: Buffer; type: string }): Promise<object> };
  bundleToJSON(bundle: object): object;
}

const STATEMENT = 'application/vnd.in-toto+json';
const PROVENANCE = 'https://slsa.dev/provenance/v1';
const PUBLISH = 'https://github.com/npm/attestation/tree/main/specs/publish/v0.1';

/**
 * Starts a certificate authority and a transparency log with new keys. Install it first:
 * `node test/install.ts test/registry-servers`.
 */
export async function startSigstore(): Promise<Sigstore> {
  const libraries = loadLibraries();
  const handlers: Handler[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const handler = handlers.find(({ path }) => path === request.url);
    const answer = await handler?.fn(Buffer.concat(chunks).toString());
    response.writeHead(answer?.statusCode ?? 404, { 'content-type': answer?.contentType ?? 'text/plain' });
    response.end(answer?.response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const certificateLog = await libraries.initializeCTLog(newKeys());
  const authority = await libraries.initializeCA(newKeys(), certificateLog);
  const log = await libraries.initializeTLog(url, newKeys());
  handlers.push(libraries.fulcioHandler(authority), libraries.rekorHandler(log));

  const attest = async (predicateType: string, signer: Signer, statement: object) => {
    // The mock's log stores an entry as proposed, which only works with this kind.
    const witness = new libraries.RekorWitness({ rekorBaseURL: url, entryType: 'intoto' });
    const builder = new libraries.DSSEBundleBuilder({ signer, witnesses: [witness] });
    const bundle = await builder.create({ data: Buffer.from(JSON.stringify(statement)), type: STATEMENT });
    return { predicateType, bundle: libraries.bundleToJSON(bundle) };
  };
  return {
    trustedRoot: trustedRootOf(url, { authority, certificateLog, log }),
    provenance(subject, repository) {
      const identityProvider = { getToken: async () => workflowToken(repository) };
      const signer = new libraries.FulcioSigner({ fulcioBaseURL: url, identityProvider });
      return attest(PROVENANCE, signer, provenanceStatement(subject, repository));
    },
    publishAttestation(subject, registry, key) {
      return attest(PUBLISH, registrySigner(key), {
        ...subjectOf(subject, 'https://in-toto.io/Statement/v0.1'),
        predicateType: PUBLISH,
        predicate: { name: subject.name, version: subject.version, registry },
      });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Loads the parts, as the mock's index would load a library that intercepts every program's connections. */
function loadLibraries(): Libraries {
  const load = createRequire(import.meta.url);
  return {
    ...load('@sigstore/mock/dist/fulcio/index.js'),
    ...load('@sigstore/mock/dist/rekor/index.js'),
    ...load('@sigstore/bundle'),
    ...load('@sigstore/sign'),
  } as Libraries;
}

function newKeys(): KeyPairKeyObjectResult {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function registrySigner({ keyid, publicKey, privateKey }: SigningKey): Signer {
  const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
  return {
    sign: async (bytes) => ({
      signature: sign('sha256', bytes, privateKey),
      key: { $case: 'publicKey', publicKey: pem, hint: keyid },
    }),
  };
}

const REF = 'refs/heads/main';
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const WORKFLOW = '.github/workflows/release.yml';

/** Returns a workflow's token from GitHub; its signature is not verified. */
function workflowToken(repository: string): string {
  const workflow = `${repository}/${WORKFLOW}@${REF}`;
  const claims = {
    iss: 'https://token.actions.githubusercontent.com',
    sub: `https://github.com/${workflow}`,
    event_name: 'push',
    sha: COMMIT,
    workflow: 'release',
    repository,
    ref: REF,
    job_workflow_ref: workflow,
    job_workflow_sha: COMMIT,
    runner_environment: 'github-hosted',
    repository_id: '1',
    repository_owner: repository.split('/')[0],
    repository_owner_id: '2',
    workflow_ref: workflow,
    workflow_sha: COMMIT,
    repository_visibility: 'public',
    run_id: '7',
    run_attempt: '1',
  };
  const encoded = [{ alg: 'none' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return `${encoded.join('.')}.`;
}

function provenanceStatement(subject: Subject, repository: string): object {
  const address = `https://github.com/${repository}`;
  return {
    ...subjectOf(subject, 'https://in-toto.io/Statement/v1'),
    predicateType: PROVENANCE,
    predicate: {
      buildDefinition: {
        buildType: 'https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1',
        externalParameters: { workflow: { ref: REF, repository: address, path: WORKFLOW } },
        internalParameters: { github: { event_name: 'push', repository_id: '1', repository_owner_id: '2' } },
        resolvedDependencies: [{ uri: `git+${address}@${REF}`, digest: { gitCommit: COMMIT } }],
      },
      runDetails: {
        builder: { id: 'https://github.com/actions/runner/github-hosted' },
        metadata: { invocationId: `${address}/actions/runs/7/attempts/1` },
      },
    },
  };
}

function subjectOf({ name, version, sha512 }: Subject, type: string): object {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return { _type: type, subject: [{ name: purl, digest: { sha512 } }] };
}

function trustedRootOf(
  url: string,
  parts: {
    readonly authority: { readonly rootCertificate: Uint8Array };
    readonly certificateLog: { readonly publicKey: Buffer; readonly logID: Uint8Array };
    readonly log: { readonly publicKey: Buffer };
  },
): object {
  const { authority, certificateLog, log } = parts;
  const validFor = { start: '2020-01-01T00:00:00.000Z' };
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const logOf = (publicKey: Buffer, keyId: Uint8Array) => ({
    baseUrl: url,
    hashAlgorithm: 'SHA2_256',
    publicKey: { rawBytes: base64(publicKey), keyDetails: 'PKIX_ECDSA_P256_SHA_256', validFor },
    logId: { keyId: base64(keyId) },
  });
  return {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [logOf(log.publicKey, sha256(log.publicKey))],
    certificateAuthorities: [
      {
        subject: { organization: 'sigstore.mock', commonName: 'sigstore' },
        uri: url,
        certChain: { certificates: [{ rawBytes: base64(authority.rootCertificate) }] },
        validFor,
      },
    ],
    ctlogs: [logOf(certificateLog.publicKey, certificateLog.logID)],
    timestampAuthorities: [],
  };
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
