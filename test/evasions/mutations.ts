import type { Random } from '../fuzz/random.ts';
import { FLAGS, type Locked } from './lockfile-of.ts';
import type { Sample } from './samples.ts';

/** One way to change an entry of a lockfile. */
interface Mutation {
  readonly id: string;
  readonly apply: (locked: Locked, evil: Sample, random: Random) => Locked;
}

const ofUrl = (id: string, change: (url: string, evil: Sample, random: Random) => string): Mutation => ({
  id: `url: ${id}`,
  apply: (locked, evil, random) => ({ ...locked, url: change(locked.url ?? evil.url, evil, random) }),
});

const ofHash = (
  id: string,
  change: (hash: string, evil: string, random: Random) => string | undefined,
): Mutation => ({
  id: `hash: ${id}`,
  apply: (locked, evil, random) => ({
    ...locked,
    integrity: change(locked.integrity ?? evil.integrity, evil.integrity, random),
  }),
});

const digestOf = (random: Random, bytes: number) =>
  Buffer.from(Array.from({ length: bytes }, () => random.below(256))).toString('base64');
const BYTES = { sha384: 48, sha256: 32, sha1: 20, md5: 16, sha512: 64 } as const;
const insertAt = (text: string, at: number, what: string) => text.slice(0, at) + what + text.slice(at);
const slashesOf = (url: string) => [...url.matchAll(/\//g)].map(({ index }) => index).filter((at) => at > 7);
const escapeOf = (character: string) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

const pathOf = (url: string) => url.replace(/^https?:\/*[^/]*/i, '');

/** Everything that was once misinterpreted, and similar cases. */
export const MUTATIONS: readonly Mutation[] = [
  ofUrl('another package', (_, evil) => evil.url),
  ofUrl('another version', (url, _, random) =>
    url.replace(/-\d[^/]*\.tgz/, `-${random.below(90)}.${random.below(9)}.0.tgz`),
  ),
  ofUrl('another host', (url) => url.replace(/\/\/[^/]+/, '//evil.example.test')),
  ofUrl('a host that ends in the evil one', (url) =>
    url.replace(/^(https:\/\/[^/]+)/, '$1.evil.example.test'),
  ),
  ofUrl('the host as a user', (url) => url.replace(/^https:\/\/([^/]+)/, 'https://$1@evil.example.test')),
  ofUrl('the host as user and password', (url) =>
    url.replace(/^https:\/\/([^/]+)/, 'https://$1:x@evil.example.test'),
  ),
  ofUrl('a backslash before the host', (url) => url.replace('https://', 'https://evil.example.test\\@')),
  ofUrl('another port', (url, _, random) =>
    url.replace(/^(https:\/\/[^/]+)/, `$1:${random.pick([80, 444, 8443, 1])}`),
  ),
  ofUrl('the default port', (url, _, random) =>
    url.replace(/^(https:\/\/[^/]+)/, `$1:${random.pick(['443', '0443', ''])}`),
  ),
  ofUrl('a dot behind the host', (url) => url.replace(/^(https:\/\/[^/]+)/, '$1.')),
  ofUrl('the host in capitals', (url) => url.replace(/\/\/[^/]+/, (host) => host.toUpperCase())),
  ofUrl('an escaped host', (url) =>
    url.replace(/\/\/([^/]+)/, (_, host: string) => `//${host.replaceAll('.', '%2e')}`),
  ),
  ofUrl('other dots in the host', (url) =>
    url.replace(/\/\/([^/]+)/, (_, host: string) => `//${host.replaceAll('.', '。')}`),
  ),
  ofUrl('plain http', (url) => url.replace('https:', 'http:')),
  ofUrl('the scheme in capitals', (url) => url.replace('https:', 'HTTPS:')),
  ofUrl('no slashes', (url) => url.replace('https://', 'https:')),
  ofUrl('many slashes', (url) => url.replace('https://', 'https:////')),
  ofUrl('no scheme', (url) => url.replace('https:', '')),
  ofUrl('a relative path', (url) => url.replace(/^https:\/\/[^/]+\//, '')),
  ofUrl('an absolute path', (url) => url.replace(/^https:\/\/[^/]+/, '')),
  ofUrl('a file beside', (_, evil) => `./${evil.name.replace('/', '-')}.tgz`),
  ofUrl('a file above', (_, evil, random) =>
    random.pick([
      '../evil.tgz',
      '/opt/evil.tgz',
      '~/evil.tgz',
      'evil.tgz',
      'C:\\evil.tgz',
      `file:${evil.name}.tgz`,
    ]),
  ),
  ofUrl(
    'git',
    (_, evil, random) =>
      random.pick(['git+https', 'git+ssh', 'git', 'ssh']) +
      `://git@evil.example.test/${evil.name}.git#0123456789abcdef0123456789abcdef01234567`,
  ),
  ofUrl('an alias', (_, evil) => `npm:${evil.name}@${evil.version}`),
  ofUrl('a dot segment', (url, evil, random) =>
    insertAt(
      random.chance(0.5) ? evil.url : url,
      random.pick(slashesOf(url)),
      random.pick(['/.', '/%2e', '/%2E', '/./.']),
    ),
  ),
  ofUrl('two dot segments', (url, evil, random) =>
    insertAt(
      url,
      random.pick(slashesOf(url)),
      random.pick([`/${evil.name}/..`, '/..', '/x/%2e%2e', '/x/.%2E', '/%2e.', '/x/../..']),
    ),
  ),
  ofUrl(
    'the evil path behind dots',
    (url, evil, random) => `${url}${random.pick(['/../', '/%2e%2e/'])}../../../${pathOf(evil.url).slice(1)}`,
  ),
  ofUrl('double slashes', (url, _, random) => insertAt(url, random.pick(slashesOf(url)), '/')),
  ofUrl('a backslash for a slash', (url, _, random) => {
    const at = random.pick(slashesOf(url));
    return `${url.slice(0, at)}\\${url.slice(at + 1)}`;
  }),
  ofUrl('an escaped character', (url, evil, random) => {
    // A path from an earlier change may be too short.
    const from = url.length > 8 && random.chance(0.5) ? url : evil.url;
    const at = 8 + random.below(from.length - 8);
    return from.slice(0, at) + escapeOf(from[at]!) + from.slice(at + 1);
  }),
  ofUrl('an escape escaped', (url, _, random) => {
    const at = random.pick(slashesOf(url));
    return `${url.slice(0, at)}${random.pick(['%252f', '%2f', '%5c', '%00', '%0a', '%20'])}${url.slice(at + 1)}`;
  }),
  ofUrl('a blank at an end', (url, evil, random) => {
    const from = random.chance(0.5) ? url : evil.url;
    return random.pick([`${from} `, ` ${from}`, `${from}\t`, `${from}\u00a0`, `\u0000${from}`]);
  }),
  ofUrl('a tab within', (url, evil, random) => {
    const from = random.chance(0.5) ? url : evil.url;
    return insertAt(from, 1 + random.below(from.length - 1), random.pick(['\t', '\n', '\r']));
  }),
  ofUrl('another ending', (url, evil, random) =>
    (random.chance(0.5) ? url : evil.url).replace(
      /\.tgz$/,
      random.pick(['.tar.gz', '.TGZ', '.tar', '.zip', '', '.tgz/', '.tgz;x']),
    ),
  ),
  ofUrl('no /-/', (url, evil, random) =>
    (random.chance(0.5) ? url : evil.url).replace(
      '/-/',
      random.pick(['/', '/download/', '/-/../-/', '/-/-/', '/%2d/', '//-/']),
    ),
  ),
  ofUrl('a query', (url, evil, random) =>
    random.pick([
      `${url}?x`,
      `${url}?version=9.0.0`,
      `${evil.url}?/${pathOf(url)}`,
      `https://evil.example.test/?${pathOf(url)}`,
    ]),
  ),
  ofUrl('a fragment', (url, evil, random) =>
    random.pick([`${evil.url}#${pathOf(url)}`, `https://evil.example.test/x.tgz#${url}`, `${url}#sha512-x`]),
  ),
  ofUrl('the name in another case', (url) =>
    url.replace(/[a-z](?=[^/]*\.tgz$)/, (letter) => letter.toUpperCase()),
  ),
  ofUrl('a scope before the name', (url) => url.replace(/^(https:\/\/[^/]+\/)/, '$1@evil/')),
  ofUrl('a folder before the name', (url, _, random) =>
    url.replace(/^(https:\/\/[^/]+\/)/, `$1${random.pick(['evil', 'npm', '-', 'x%40y'])}/`),
  ),
  ofHash('another digest', (_, evil) => evil),
  ofHash('another algorithm', (_, __, random) => {
    const algorithm = random.pick(['sha384', 'sha256', 'sha1', 'md5'] as const);
    return `${algorithm}-${digestOf(random, BYTES[algorithm])}`;
  }),
  ofHash('a second digest', (hash, evil, random) =>
    random.chance(0.5) ? `${hash} ${evil}` : `${evil} ${hash}`,
  ),
  ofHash('a weaker one beside', (hash, _, random) => `${hash} sha1-${digestOf(random, 20)}`),
  ofHash('none', () => undefined),
  ofHash('one that nobody knows', (hash, _, random) =>
    hash.replace('sha512', random.pick(['sha3', 'SHA512', 'sha-512', 'blake2b', 'sha513'])),
  ),
  ofHash('one that is cut off', (hash, _, random) => hash.slice(0, 8 + random.below(60))),
  { id: 'entry: another name', apply: (locked, evil) => ({ ...locked, name: evil.name }) },
  {
    id: 'entry: another version',
    apply: (locked, _, random) => ({
      ...locked,
      version: `${random.below(90)}.${random.below(9)}.${random.below(9)}`,
    }),
  },
  {
    id: 'entry: another package',
    apply: (_, { name, version, url, integrity }) => ({ name, version, url, integrity }),
  },
  { id: 'entry: no URL', apply: (locked) => ({ ...locked, url: undefined }) },
  // By themselves these install the same, but an entry may be skipped because of one of them.
  {
    id: 'flags',
    apply: (locked, _, random) => ({
      ...locked,
      flags: [...new Set([random.pick(FLAGS), random.pick(FLAGS)])],
    }),
  },
  {
    id: 'flags: bundled by the project',
    apply: (locked) => ({ ...locked, flags: ['bundledByProject'] }),
  },
  {
    id: 'flags: for other machines',
    apply: (locked, _, random) => ({
      ...locked,
      flags: random.chance(0.5) ? ['otherMachine'] : ['otherMachine', 'optional'],
    }),
  },
  // Changes that are combined in an attack, so that each single comparison finds nothing.
  {
    id: 'entry: the same hash for another version',
    apply: (locked, _, random) => ({
      ...locked,
      version: `${random.below(90)}.${random.below(9)}.${random.below(9)}`,
      url: undefined,
    }),
  },
  {
    id: 'entry: another version with all of its own',
    apply: anotherVersion,
  },
  {
    id: 'entry: another version with all of its own, and its dependent asks for it',
    apply: (locked, evil, random) => {
      const other = anotherVersion(locked, evil, random);
      return { ...other, asked: random.pick([other.version, `^${other.version}`, '*', '']) };
    },
  },
];

/** Returns what an honest update of the package itself writes. */
function anotherVersion(locked: Locked, evil: Sample, random: Random): Locked {
  const version = `${random.below(90)}.${random.below(9)}.${random.below(9)}`;
  const bare = locked.name.slice(locked.name.indexOf('/') + 1);
  const origin = new URL(evil.url).origin;
  const url = locked.url === undefined ? undefined : `${origin}/${locked.name}/-/${bare}-${version}.tgz`;
  return { ...locked, version, url, integrity: `sha512-${digestOf(random, BYTES.sha512)}` };
}
