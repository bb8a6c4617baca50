import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace, type RegistryDocuments } from '../../../workspace.ts';
import { documentOf, lockOf, manifestOf, type Release, strippedOf } from './releases.ts';
import { openOverCommit } from './with-registry.ts';

const RULE = 'dependency-added-in-patch';
const repository = { repository: { url: 'git+https://github.com/please/http.git' } };
const crypto = documentOf({
  '4.2.0': { at: '2026-11-22T08:00:00.000Z', by: 'nr' },
  '4.2.1': { at: '2026-11-22', by: 'nr' },
});
const old = documentOf({ '4.2.0': { at: '2024-01-01' } });

/** Returns axios with a patch that adds `crypto-please`, and the test's facts about the new version. */
function please(added: Release, before: Release = {}): object {
  return documentOf({
    '1.13.0': { at: '2026-01-01', by: 'jason', ...repository },
    '1.14.0': { at: '2026-08-01', by: 'jason', ...repository, ...before },
    '1.14.1': { at: '2026-11-23T00:21:00.000Z', by: 'jason', ...repository, ...added },
  });
}

const axios = please({ dependencies: { 'crypto-please': '^4.2.1' } });

async function said(registry: RegistryDocuments, version = '1.14.1') {
  const workspace = await openWorkspace(manifestOf(`    "http-please": "${version}"`), { registry });
  return workspace.findings(RULE).map(({ severity, message }) => `${severity}: ${message}`);
}

describe('dependency-added-in-patch', () => {
  test('a dependency of two days: axios', async () => {
    const registry = { 'http-please': axios, 'crypto-please': crypto };
    await expectMarks(
      `${manifestOf(`    "http-please": "^1.14.0"
                   ^^^^^^^^^ dependency-added-in-patch: http-please 1.14.1 adds the dependency "crypto-please", which was first published 2 days ago. Stay with 1.14.0 until you know why.`)}-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "http-please": "^1.14.0" } },
    "node_modules/http-please": {
      "version": "1.14.1"
    },
    "node_modules/crypto-please": { "version": "4.2.1" }
  }
}
`,
      { registry },
    );
    assert.match((await said(registry))[0] ?? '', /^error: /);
    await expectMarks(
      `-- package.json --
{ "packageManager": "pnpm@11.2.0", "dependencies": { "http-please": "catalog:" } }
-- pnpm-workspace.yaml --
catalog:
  http-please: 1.14.1
               ^^^^^^ dependency-added-in-patch
`,
      { registry },
    );
  });

  test('one from git, behind optionalDependencies: TanStack', async () => {
    const source = 'github:tan/setup#0123456789abcdef0123456789abcdef01234567';
    const document = please({ optionalDependencies: { '@tan/setup': source } });
    assert.deepEqual(await said({ 'http-please': document }), [
      `error: http-please 1.14.1 adds the dependency "@tan/setup", which does not come from a registry (${source}). Stay with 1.14.0 until you know why.`,
    ]);
  });

  test('the package itself: jscrambler', async () => {
    const document = please({ dependencies: { 'http-please': '^1.14.0' } });
    assert.deepEqual(await said({ 'http-please': document }), [
      'error: http-please 1.14.1 adds itself as a dependency (^1.14.0). Stay with 1.14.0 until you know why.',
    ]);
  });

  test('an old one that is called almost like a popular package', async () => {
    const document = please({ dependencies: { lodahs: '^4.0.0' } });
    assert.deepEqual(await said({ 'http-please': document, lodahs: old }), [
      'warning: http-please 1.14.1 adds the dependency "lodahs", which looks like a misspelling of "lodash". Stay with 1.14.0 until you know why.',
    ]);
  });

  test('the target of an alias is what counts', async () => {
    const document = please({ dependencies: { lodash: 'npm:crypto-please@^4.2.1' } });
    assert.match(
      (await said({ 'http-please': document, 'crypto-please': crypto }))[0] ?? '',
      /"crypto-please"/,
    );
  });

  const honest: readonly (readonly [string, object, RegistryDocuments, string?])[] = [
    ['a dependency of long standing', axios, { 'crypto-please': old }],
    ['one that the registry has not', axios, {}],
    [
      'one of which the registry does not say when it was made',
      axios,
      { 'crypto-please': strippedOf(crypto, ['time']) },
    ],
    [
      'one that an earlier version had',
      please({ dependencies: { 'crypto-please': '5' } }, { dependencies: { 'crypto-please': '4' } }),
      { 'crypto-please': crypto },
    ],
    [
      'one that was a peer before',
      please({ dependencies: { 'crypto-please': '5' } }, { peerDependencies: { 'crypto-please': '4' } }),
      { 'crypto-please': crypto },
    ],
    [
      'a new major version',
      documentOf({
        '1.0.0': { at: '2026-08-01' },
        '2.0.0': { at: '2026-11-22', dependencies: { 'crypto-please': '4' } },
      }),
      { 'crypto-please': crypto },
      '2.0.0',
    ],
    [
      'a new part by the same publisher from the same repository',
      axios,
      {
        'crypto-please': documentOf({
          '4.2.1': {
            at: '2026-11-22',
            by: 'jason',
            repository: { url: 'https://github.com/please/http', directory: 'crypto' },
          },
        }),
      },
    ],
    ['a version whose time is not known', strippedOf(axios, ['time']), { 'crypto-please': crypto }],
    [
      'a version of last year',
      documentOf({
        '1.14.0': { at: '2025-08-01' },
        '1.14.1': { at: '2025-09-01', dependencies: { 'crypto-please': 'github:a/b' } },
      }),
      {},
    ],
  ];
  for (const [what, document, more, version] of honest) {
    test(`${what} says nothing`, async () => {
      assert.deepEqual(await said({ 'http-please': document, ...more }, version), []);
    });
  }

  test('a new part of the same scope says nothing', async () => {
    const document = documentOf({
      '1.0.0': { at: '2026-08-01' },
      '1.0.1': { at: '2026-11-22', dependencies: { '@please/new': '^1.0.0' } },
    });
    const registry = {
      '@please/http': document,
      '@please/new': documentOf({ '1.0.0': { at: '2026-11-22' } }),
    };
    const workspace = await openWorkspace(manifestOf('    "@please/http": "1.0.1"'), { registry });
    assert.deepEqual(workspace.findings(RULE), []);
  });

  test('a claimed repository does not make a stranger the same publisher: Mastra', async () => {
    const spoof = documentOf({ '4.2.1': { at: '2026-11-22', by: 'nr', ...repository } });
    assert.equal((await said({ 'http-please': axios, 'crypto-please': spoof })).length, 1);
  });

  test('of several the gravest is told', async () => {
    const document = please({ dependencies: { lodahs: '4', 'http-please': '^1.0.0', x: 'github:a/b' } });
    const [first, ...rest] = await said({ 'http-please': document, lodahs: old });
    assert.match(first ?? '', /adds itself/);
    assert.deepEqual(rest, []);
  });

  test('keys that mean something in JavaScript do no harm', async () => {
    const document = please({ dependencies: { ['__proto__']: '1', constructor: '1', 'crypto-please': '4' } });
    assert.equal((await said({ 'http-please': document, 'crypto-please': crypto })).length, 1);
  });

  test('pins the last version without it', async () => {
    const registry = { 'http-please': axios, 'crypto-please': crypto };
    const after = await fixOf(
      manifestOf('    "http-please": ">=1.14.0 <2" , // kept too') +
        lockOf('http-please', '>=1.14.0 <2', '1.14.1'),
      RULE,
      /^Replace with "http-please": "1\.14\.0"$/,
      { registry },
    );
    assert.ok(after.startsWith(manifestOf('    "http-please": "1.14.0" , // kept too')));
  });

  test('a package of two days that is locked for the first time since the last commit', async () => {
    const lock = (more: string) => `{ "lockfileVersion": 3, "packages": {
    "": { "dependencies": { "http-please": "^1.13.0" } },
    "node_modules/http-please": { "version": "1.13.0", "dependencies": { "crypto-please": "*", "@old/new": "*" } },
    "node_modules/@old/known": { "version": "1.0.0" }${more}
  } }
`;
    const more = `,
    "node_modules/crypto-please": { "version": "4.2.1" },
    "node_modules/@old/new": { "version": "4.2.1" }`;
    const source = `${manifestOf('    "http-please": "^1.13.0"')}-- package-lock.json --\n${lock(more)}`;
    const registry = { 'http-please': axios, 'crypto-please': crypto, '@old/new': crypto };
    const workspace = await openOverCommit(source, registry, 'package-lock.json', lock(''));
    assert.deepEqual(
      workspace.findings(RULE).map(({ message }) => message),
      [
        'crypto-please 4.2.1 is in this lockfile for the first time, and was first published 2 days ago. Find out what pulled it in.',
      ],
    );
  });
});
