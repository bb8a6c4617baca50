import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Advisories } from './advisories.ts';
import { type DocumentContext, documentsOf, type PackageDocuments } from './documents.ts';
import { type Fault, faulty } from './faults.ts';
import type { PackageFixture } from './package-fixture.ts';
import { type Recording, type SeenRequest, seenRequest } from './recording.ts';
import { answerOf, type Contents, packageOfPath } from './routes.ts';
import { makeSigningKey, type SigningKey } from './signing-key.ts';
import type { Sigstore } from './sigstore.ts';

export interface RecordedRegistryOptions {
  readonly packages?: readonly PackageFixture[];
  /** Requests without this `Bearer` token receive `refusal`. */
  readonly token?: string;
  /** 401 by default; the public registry hides private packages behind 404. */
  readonly refusal?: 401 | 403 | 404;
  /** The data of the bulk endpoint; 'unsupported' responds with 405, as mirrors do. */
  readonly advisories?: Advisories | 'unsupported';
  /**
   * A mirror that keeps only what an install needs: no people, no signatures, no attestations, no removed versions,
   * times in another order and notation, no advisories. With `mirroredOn` every version has that day.
   */
  readonly partialMirror?: boolean | { readonly mirroredOn: string };
  /** How far the registry's clock is ahead: in its `Date` header and in all publish times. */
  readonly skewMs?: number;
  /** Creates the attestations of versions with provenance. */
  readonly sigstore?: Sigstore;
}

/** A registry on loopback in the public one's formats that records every request. */
export interface RecordedRegistry extends Recording {
  /** With a trailing slash. */
  readonly url: string;
  /** The key of its signatures, listed in `/-/npm/v1/keys`. */
  readonly key: SigningKey;
  /** The line of an .npmrc that configures the token for this registry and no other; empty without a token. */
  readonly tokenLine: string;
  /** Adds a package, or replaces it, as a publish does. */
  put(fixture: PackageFixture): void;
  /** Removes a package, of which nothing is left. */
  remove(name: string): void;
  /** Applies this fault to requests for a package, for paths with this prefix, or for everything ('*'). */
  fail(target: string, fault: Fault | undefined): void;
  /** Returns `GET` and the name for each requested document, in order. */
  asked(): readonly string[];
  /** Clears the recorded requests. */
  forget(): void;
  close(): Promise<void>;
}

/** Starts a registry with these packages and nothing else. */
export async function startRecordedRegistry(
  options: RecordedRegistryOptions = {},
): Promise<RecordedRegistry> {
  const requests: SeenRequest[] = [];
  const faults = new Map<string, Fault>();
  const contents: { current?: Contents } = {};
  const server = createServer((message, response) => {
    serve(message, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  const serve = async (message: IncomingMessage, response: ServerResponse) => {
    const request = await seenRequest(message);
    requests.push(request);
    const answer = await answerOf(request, contents.current!);
    const fault = faultFor(request.path, faults);
    const given = fault === undefined ? answer : await faulty(fault, answer, request.path, response);
    if (given === undefined || response.destroyed) return;
    const date = new Date(Date.now() + (options.skewMs ?? 0)).toUTCString();
    response.writeHead(given.status, { date, ...given.headers });
    response.end(given.body);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  const { token } = options;
  const context = contextOf(url, options);
  const packages = new Map<string, PackageDocuments & { readonly fixture: PackageFixture }>();
  const put = (fixture: PackageFixture) =>
    packages.set(fixture.name, { fixture, ...documentsOf(fixture, context) });
  for (const fixture of options.packages ?? []) put(fixture);
  contents.current = {
    packages,
    keys: context.partialMirror === undefined ? [context.keys.current, context.keys.expired] : [],
    token,
    refusal: options.refusal ?? 401,
    advisories: context.partialMirror === undefined ? (options.advisories ?? {}) : 'unsupported',
    attestations: (of) => attestationsOf(of, context, options.sigstore),
  };
  return {
    url,
    requests,
    key: context.keys.current,
    tokenLine: token === undefined ? '' : `//127.0.0.1:${port}/:_authToken=${token}\n`,
    put,
    remove: (name) => packages.delete(name),
    fail: (target, fault) => (fault === undefined ? faults.delete(target) : faults.set(target, fault)),
    asked: () => requests.map(({ method, path }) => `${method} ${packageOfPath(path) ?? path}`),
    forget: () => {
      requests.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function contextOf(
  url: string,
  { partialMirror = false, skewMs = 0 }: RecordedRegistryOptions,
): DocumentContext {
  return {
    url,
    keys: {
      current: makeSigningKey(),
      expired: makeSigningKey('2025-01-29T00:00:00.000Z'),
      unlisted: makeSigningKey(),
    },
    partialMirror: partialMirror === false ? undefined : partialMirror === true ? {} : partialMirror,
    skewMs,
  };
}

function faultFor(path: string, faults: ReadonlyMap<string, Fault>): Fault | undefined {
  const name = packageOfPath(path);
  for (const [target, fault] of faults) {
    if (target === '*' || target === name || (target.startsWith('/') && path.startsWith(target)))
      return fault;
  }
  return undefined;
}

async function attestationsOf(
  { fixture, version, sha512 }: { fixture: PackageFixture; version: string; sha512: string },
  { url, keys }: DocumentContext,
  sigstore: Sigstore | undefined,
): Promise<readonly object[]> {
  const repository = fixture.versions[version]?.provenance;
  if (repository === undefined) return [];
  if (sigstore === undefined)
    throw new Error(`${fixture.name} has a provenance; give its registry a Sigstore`);
  const subject = { name: fixture.name, version, sha512 };
  return [
    await sigstore.publishAttestation(subject, url, keys.current),
    await sigstore.provenance(subject, repository),
  ];
}
