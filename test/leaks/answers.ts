import { PUBLIC_REGISTRY } from '../../server/generated/npm-defaults.ts';
import type { Answer } from '../registry-servers/support/faults.ts';
import type { SeenRequest } from '../registry-servers/support/recording.ts';
import { type Tarball, tarballOf } from '../registry-servers/support/tarball.ts';
import { EVIL, FILES, HOOK } from './cast.ts';

/**
 * A registry's dishonest responses for packages with one of these words in their name: where it redirects or refers
 * clients. Each value builds the URLs.
 */
export const TRICKS: Readonly<Record<string, Trick>> = {
  plain: {},
  tarevil: { tarball: (_, name) => `${EVIL}/${name}/-/x-1.1.0.tgz` },
  tarpub: { tarball: (_, name) => `${PUBLIC_REGISTRY}${name}/-/x-1.1.0.tgz` },
  tarfiles: { tarball: (_, name) => `${FILES}/${name}/-/x-1.1.0.tgz` },
  tarhttp: { tarball: (origin, name) => `${origin.replace(/^https/, 'http')}/a/${name}/-/x-1.1.0.tgz` },
  tarother: { tarball: (origin, name) => `${origin}/b/${name}/-/x-1.1.0.tgz` },
  tardots: { tarball: (origin, name) => `${origin}/a/../b/${name}/-/x-1.1.0.tgz` },
  tarescaped: { tarball: (origin, name) => `${origin}/a/%2e%2E/b/${name}/-/x-1.1.0.tgz` },
  tartab: { tarball: (origin, name) => `${origin}/a/\t.\t./b/${name}/-/x-1.1.0.tgz` },
  tarback: { tarball: (origin, name) => `${origin}\\a\\..\\b\\${name}/-/x-1.1.0.tgz` },
  taruser: { tarball: (origin, name) => `${origin.replace('://', '://ana:word@')}/${name}/-/x-1.1.0.tgz` },
  tardot: { tarball: (_, name) => `${PUBLIC_REGISTRY.replace(/\/$/, './')}${name}/-/x-1.1.0.tgz` },
  redpub: { moves: () => PUBLIC_REGISTRY },
  redevil: { moves: () => `${EVIL}/` },
  redother: { moves: (origin) => `${origin}/b/` },
  redhttp: { moves: (origin) => `${origin.replace(/^https/, 'http')}/a/` },
  tarredpub: { movesFile: () => PUBLIC_REGISTRY },
  tarredevil: { movesFile: () => `${EVIL}/` },
  tarredother: { movesFile: (origin) => `${origin}/b/` },
  attevil: { attestations: () => `${EVIL}/` },
  attpub: { attestations: () => PUBLIC_REGISTRY },
  attredevil: { movesAttestations: () => `${EVIL}/` },
  attredpub: { movesAttestations: () => PUBLIC_REGISTRY },
};

interface Trick {
  readonly tarball?: (origin: string, name: string) => string;
  readonly attestations?: (origin: string) => string;
  readonly moves?: (origin: string) => string;
  readonly movesFile?: (origin: string) => string;
  readonly movesAttestations?: (origin: string) => string;
}

/** Paths below which a host of the world has a registry, the longest first. */
const BASES = ['/api/npm/', '/a/', '/b/', '/'];
const VERSIONS = ['1.0.0', '1.1.0', '2.0.0'];
const JSON_TYPE = { 'content-type': 'application/json' };

/** Responds as a registry that has every package, with the trick in the package's name. */
export function answerAt(
  origin: string,
  path: string,
  request: Pick<SeenRequest, 'body' | 'method'>,
): Answer {
  // Whoever follows this sends the news to somebody else.
  if (origin === HOOK) return { status: 307, headers: { location: `${EVIL}/news` }, body: Buffer.alloc(0) };
  const [pathname = ''] = path.split('?');
  const base = BASES.find((each) => pathname.startsWith(each)) ?? '/';
  const rest = pathname.slice(base.length);
  const isSearch = rest.startsWith('-/v1/search');
  const trick = trickOf(isSearch ? path : rest);
  const isFile = rest.endsWith('.tgz');
  const isAttestation = rest.includes('npm/v1/attestations/');
  const target = isFile ? trick.movesFile : isAttestation ? trick.movesAttestations : trick.moves;
  const elsewhere = target?.(origin);
  if (elsewhere !== undefined && !`${origin}${base}`.startsWith(elsewhere))
    return { status: 302, headers: { location: `${elsewhere}${rest}` }, body: Buffer.alloc(0) };
  if (rest.endsWith('-/npm/v1/security/advisories/bulk')) return json(200, bulk(request.body));
  if (rest.endsWith('-/npm/v1/keys')) return json(200, { keys: [] });
  if (isAttestation) return json(200, { attestations: [] });
  if (rest.startsWith('downloads/')) return json(200, {});
  if (isSearch)
    return json(200, { total: 1, objects: [{ package: { name: 'news-of-ana', version: '1.0.0' } }] });
  if (rest.startsWith('-/') || rest === '') return json(404, { error: 'Not found' });
  const [name, more] = nameAndRest(rest);
  if (isFile) {
    const version = /-(\d+\.\d+\.\d+)\.tgz$/.exec(rest)?.[1] ?? '1.1.0';
    return { status: 200, headers: {}, body: tarball(name, version).bytes };
  }
  const document = documentOf(origin, base, name);
  if (more === '') return json(200, document);
  const one = document.versions[document['dist-tags'][more] ?? more];
  return one === undefined ? json(404, 'no such version') : json(200, one);
}

function trickOf(path: string): Trick {
  const word = Object.keys(TRICKS).find((each) => path.includes(`${each}-`));
  return word === undefined ? {} : TRICKS[word]!;
}

/** Returns a vulnerability for every name, so that a client that acts on a response has something to do. */
function bulk(body: string): object {
  const asked = body === '' ? {} : (JSON.parse(body) as Record<string, readonly string[]>);
  const advisory = { id: 1, title: 'Made for tests', severity: 'high', vulnerable_versions: '<1.1.0' };
  const url = 'https://advisories.example.test/GHSA-2222-3333-4444';
  return Object.fromEntries(Object.keys(asked).map((name) => [name, [{ ...advisory, url }]]));
}

function documentOf(origin: string, base: string, name: string) {
  const trick = trickOf(name);
  const at = (trick.attestations?.(origin) ?? `${origin}${base}`).replace(/\/$/, '');
  const versions: Record<string, object> = {};
  for (const version of VERSIONS) {
    const { integrity, shasum } = tarball(name, version);
    const file = `${origin}${base}${name}/-/${name.slice(name.indexOf('/') + 1)}-${version}.tgz`;
    versions[version] = {
      ...{
        name,
        version,
        license: 'MIT',
        scripts: { install: 'node install.js' },
        maintainers: [{ name: 'ana' }],
      },
      hasInstallScript: true,
      ...linksOf(name),
      _npmUser: { name: 'ana', email: 'ana@example.test' },
      dist: {
        ...{ integrity, shasum, tarball: trick.tarball?.(origin, name) ?? file },
        attestations: {
          url: `${at}/-/npm/v1/attestations/${name.replace('/', '%2f')}@${version}`,
          provenance: { predicateType: 'https://slsa.dev/provenance/v1' },
        },
      },
    };
  }
  const times = VERSIONS.map((version, month) => [version, `2024-0${month + 1}-01T00:00:00.000Z`]);
  return {
    ...{ name, 'dist-tags': { latest: '2.0.0' } as Record<string, string>, versions },
    time: {
      created: '2024-01-01T00:00:00.000Z',
      modified: '2024-03-01T00:00:00.000Z',
      ...Object.fromEntries(times),
    },
    ...{ maintainers: [{ name: 'ana' }], license: 'MIT' },
    ...linksOf(name),
    readme: `![badge](${EVIL}/badge/${name}.svg)`,
  };
}

/** The links of a document, which a client must not load by itself. */
function linksOf(name: string): object {
  return {
    description: `![badge](${EVIL}/badge/${name}.svg) [site](${EVIL}/${name})`,
    homepage: `${EVIL}/site/${name}`,
    repository: { type: 'git', url: `git+${EVIL}/${name}.git` },
    bugs: { url: `${EVIL}/bugs/${name}` },
    funding: { url: `${EVIL}/funding/${name}` },
  };
}

const tarballs = new Map<string, Tarball>();

function tarball(name: string, version: string): Tarball {
  const key = `${name}@${version}`;
  const known = tarballs.get(key) ?? tarballOf({ name, version, license: 'MIT' });
  tarballs.set(key, known);
  return known;
}

function nameAndRest(path: string): readonly [name: string, rest: string] {
  const [first = '', second = '', ...rest] = path.split('/').map(decodeURIComponent);
  return first.startsWith('@') && !first.includes('/')
    ? [`${first}/${second}`, rest.join('/')]
    : [first, [second, ...rest].join('/')];
}

function json(status: number, value: unknown): Answer {
  return { status, headers: JSON_TYPE, body: Buffer.from(JSON.stringify(value)) };
}
