import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { readNpmrc } from '../../server/src/core/read/config/npm/read-npmrc.ts';
import { resolveNpmConfig } from '../../server/src/core/read/config/npm/resolve-npm-config.ts';
import { randomFrom } from '../fuzz/random.ts';

interface NpmAuth {
  readonly token: unknown;
  readonly auth: unknown;
}

const getAuth = createRequire(import.meta.url)('npm-registry-fetch/lib/auth.js') as (
  url: string,
  options: Readonly<Record<string, unknown>>,
) => NpmAuth;

const SEED = 20_261_128;
const ROUNDS = 10_000;
const HOSTS = [
  'npm.acme.example.test',
  'NPM.acme.example.test',
  'npm.acme.example.test:443',
  'npm.acme.example.test:8443',
  'a.example.test',
  '[::1]',
  '127.0.0.1',
  '0x7f.1',
];
const PLAIN = [
  'npm.acme.example.test',
  'npm.acme.example.test',
  'npm.acme.example.test',
  'npm.acme.example.test',
];
const KEY_HOSTS = [...PLAIN, 'npm.acme.example.test:443', 'npm.acme.example.test:8443', '[::1]', '127.0.0.1'];
const SEGMENTS = [
  'a',
  'b',
  'a%2fb',
  '..',
  '.',
  '%2e%2e',
  '%2E',
  '.%2e',
  '\t..',
  'a\tb',
  '',
  'c\\d',
  '..\\b',
  '@acme',
  '-',
  'A',
];
const ENDS = ['', '/', '?a=/b/', '#/b/', '?', ' '];
const KINDS = ['_authToken', '_auth', 'username', '_password', 'certfile', 'keyfile'];
/** Base64 of ASCII, as npm replaces invalid UTF-8 in a password. */
const VALUES = ['dG9rZW4=', 'c2VjcmV0', 'null', 'undefined', 'false', '', 'bm9uZQ=='];

test('a URL gets the credential that npm-registry-fetch gives it, and no other', () => {
  const { below, pick } = randomFrom(SEED);
  let given = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const settings = new Map<string, string>();
    for (let count = below(5) + 1; count > 0; count--) {
      const segments = Array.from({ length: below(3) }, () => pick(['a', 'b', 'a%2Fb', '@acme', 'c']));
      const path = segments.map((segment) => `/${segment}`).join('') + pick(['/', '', '/']);
      settings.set(`//${pick(KEY_HOSTS)}${path}:${pick(KINDS)}`, pick(VALUES));
    }
    const scheme = pick(['https://', 'http://', 'HTTPS:\\\\', 'https:/', ' https://']);
    const path = Array.from({ length: below(5) }, () => pick(['/', '\\', '/']) + pick(SEGMENTS)).join('');
    const url = `${scheme}${pick(['', '', 'user@'])}${pick([...HOSTS, ...PLAIN, ...PLAIN])}${path}${pick(ENDS)}`;
    const lines = [...settings].map(([key, value]) => `${key}=${value}\n`).join('');
    const config = resolveNpmConfig({
      user: readNpmrc('file:///home/.npmrc', lines, 'user'),
      environment: {},
      trusted: true,
      publicRegistry: 'https://registry.public.example.test/',
      mirrors: [],
    });
    const npm = getAuth(url, Object.fromEntries([...settings].map(([key, value]) => [key, parsed(value)])));
    const own = config.credentialFor(url);
    const ours =
      own === undefined ? '' : own.type === 'bearer' ? `Bearer ${own.token}` : `Basic ${own.encoded}`;
    const theirs = npm.token ? `Bearer ${npm.token}` : npm.auth ? `Basic ${npm.auth}` : '';
    assert.equal(ours, theirs, JSON.stringify({ seed: SEED, round, url, lines }));
    if (ours !== '') given++;
  }
  assert.ok(given > ROUNDS / 50, `only ${given} URLs got a credential`);
});

/** Parses the words that npm's configuration reader treats as special values. */
function parsed(value: string): unknown {
  switch (value) {
    case 'null':
      return null;
    case 'undefined':
      return undefined;
    case 'false':
      return false;
    default:
      return value;
  }
}
