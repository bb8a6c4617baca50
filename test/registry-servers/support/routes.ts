import { createHash } from 'node:crypto';
import { type Advisories, bulkAnswer } from './advisories.ts';
import type { PackageDocuments } from './documents.ts';
import { downloadsAnswer } from './downloads.ts';
import type { Answer } from './faults.ts';
import type { PackageFixture } from './package-fixture.ts';
import type { SeenRequest } from './recording.ts';
import { searchAnswer } from './search-answer.ts';
import type { SigningKey } from './signing-key.ts';

export interface Contents {
  readonly packages: ReadonlyMap<string, PackageDocuments & { readonly fixture: PackageFixture }>;
  readonly keys: readonly SigningKey[];
  readonly token: string | undefined;
  readonly refusal: 401 | 403 | 404;
  readonly advisories: Advisories | 'unsupported';
  attestations(of: {
    readonly fixture: PackageFixture;
    readonly version: string;
    readonly sha512: string;
  }): Promise<readonly object[]>;
}

const ABBREVIATED = 'application/vnd.npm.install-v1+json';
const NOT_FOUND = json(404, { error: 'Not found' });

/** Returns the registry's response to a request without faults. */
export async function answerOf(request: SeenRequest, contents: Contents): Promise<Answer> {
  const { token, refusal } = contents;
  if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) return refused(refusal);
  const [path = ''] = request.path.split('?');
  if (path.startsWith('/downloads/')) return downloadsAnswer(path, fixturesOf(contents));
  if (path.startsWith('/-/')) return service(request, path, contents);
  const [name, rest] = nameAndRest(path);
  const known = contents.packages.get(name);
  if (known === undefined) return NOT_FOUND;
  if (rest === '') return cached(request, document(request, known));
  const tarball = /^-\/.*-(\d+\.\d+\.\d+.*)\.tgz$/.exec(rest);
  if (tarball !== null) {
    const body = known.tarballs.get(tarball[1]!)?.bytes;
    return body === undefined
      ? NOT_FOUND
      : { status: 200, headers: { 'content-type': 'application/octet-stream' }, body };
  }
  return oneVersion(known, rest);
}

/** Returns the name of the package in a path: of its document, a version or a tarball. */
export function packageOfPath(path: string): string | undefined {
  return path.startsWith('/-/') || path.startsWith('/downloads/') ? undefined : nameAndRest(path)[0];
}

function nameAndRest(path: string): readonly [name: string, rest: string] {
  const [first = '', second = '', ...rest] = path.slice(1).split('/').map(decodeURIComponent);
  return first.startsWith('@') && !first.includes('/')
    ? [`${first}/${second}`, rest.join('/')]
    : [first, [second, ...rest].join('/')];
}

function document({ headers }: SeenRequest, { full, abbreviated }: PackageDocuments): Answer {
  const wantsAbbreviated = headers.accept?.includes(ABBREVIATED) === true;
  return json(200, wantsAbbreviated ? abbreviated : full, {
    'content-type': wantsAbbreviated ? ABBREVIATED : 'application/json',
    'cache-control': 'public, max-age=300',
    vary: 'accept-encoding, accept',
  });
}

function oneVersion({ full }: PackageDocuments, wanted: string): Answer {
  const tags = full['dist-tags'] as Readonly<Record<string, string>> | undefined;
  const versions = full.versions as Readonly<Record<string, object>> | undefined;
  const version = versions?.[tags?.[wanted] ?? wanted];
  return version === undefined ? json(404, `version not found: ${wanted}`) : json(200, version);
}

async function service(request: SeenRequest, path: string, contents: Contents): Promise<Answer> {
  const { packages, keys, advisories } = contents;
  if (path === '/-/ping') return json(200, {});
  if (path === '/-/v1/search') return json(200, searchAnswer(request.path, fixturesOf(contents)));
  if (path === '/-/npm/v1/keys') {
    return keys.length === 0 ? NOT_FOUND : json(200, { keys: keys.map(({ listed }) => listed) });
  }
  if (path === '/-/npm/v1/security/advisories/bulk') {
    if (advisories === 'unsupported' || request.method !== 'POST')
      return json(405, { error: 'Method Not Allowed' });
    return json(200, bulkAnswer(advisories, JSON.parse(request.body) as Record<string, string[]>));
  }
  if (path.startsWith('/-/npm/v1/security/audits')) return json(410, { error: 'Gone' });
  const tags = /^\/-\/package\/(.+)\/dist-tags$/.exec(path);
  if (tags !== null) {
    const known = packages.get(decodeURIComponent(tags[1]!));
    return known === undefined ? NOT_FOUND : json(200, known.full['dist-tags']);
  }
  const attested = /^\/-\/npm\/v1\/attestations\/(.+)@([^@]+)$/.exec(path);
  if (attested !== null) {
    const version = attested[2]!;
    const known = packages.get(decodeURIComponent(attested[1]!));
    const sha512 = known?.tarballs.get(version)?.sha512;
    const isAttested = known?.fixture.versions[version]?.provenance !== undefined && keys.length > 0;
    if (known === undefined || sha512 === undefined || !isAttested) return NOT_FOUND;
    return json(200, {
      attestations: await contents.attestations({ fixture: known.fixture, version, sha512 }),
    });
  }
  return NOT_FOUND;
}

/** Returns 304 without a body if the client has the same document already. */
function cached({ headers }: SeenRequest, answer: Answer): Answer {
  const etag = `"${createHash('sha1').update(answer.body).digest('hex')}"`;
  const tagged = { ...answer, headers: { ...answer.headers, etag } };
  return headers['if-none-match'] === etag ? { ...tagged, status: 304, body: Buffer.alloc(0) } : tagged;
}

function refused(status: Contents['refusal']): Answer {
  if (status === 404) return NOT_FOUND;
  const challenge: Record<string, string> = status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  return json(status, { error: status === 401 ? 'Unauthorized' : 'Forbidden' }, challenge);
}

function fixturesOf({ packages }: Contents): ReadonlyMap<string, PackageFixture> {
  return new Map([...packages].map(([name, { fixture }]) => [name, fixture]));
}

function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(value)),
  };
}
