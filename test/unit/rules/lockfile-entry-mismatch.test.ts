import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, openWorkspace } from '../../workspace.ts';

const HASH =
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';

/** A workspace whose lockfile has one entry, with the address on a line of its own. */
function lockWith(key: string, fields: Record<string, string>, address: string, mark = ''): string {
  const members = Object.entries({ integrity: HASH, ...fields }).map(
    ([name, value]) => `      ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return `-- package.json --
{ "name": "shop", "private": true }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop" },
    ${JSON.stringify(key)}: {
      "resolved": ${JSON.stringify(address)},
${mark === '' ? '' : `                  ${'^'.repeat(address.length + 2)} ${mark}\n`}${members.join(',\n')}
    }
  }
}
`;
}

const REGISTRY = 'https://registry.public.example.test';

const WRONG: readonly (readonly [
  key: string,
  fields: Record<string, string>,
  address: string,
  message: string,
])[] = [
  [
    'node_modules/minimist',
    { version: '1.2.8' },
    `${REGISTRY}/wrappy/-/wrappy-1.0.2.tgz`,
    'The entry "node_modules/minimist" is for minimist 1.2.8 but downloads wrappy-1.0.2.tgz, another package; find out who changed it.',
  ],
  [
    'node_modules/minimist',
    { version: '1.2.8' },
    `${REGISTRY}/minimist/-/minimist-1.2.5.tgz`,
    'The entry "node_modules/minimist" is for minimist 1.2.8 but downloads minimist-1.2.5.tgz, another version; find out who changed it.',
  ],
  ['node_modules/minimist', { version: '1.2.8' }, `${REGISTRY}/@evil/minimist/-/minimist-1.2.8.tgz`, ''],
  ['node_modules/minimist', { version: '1.2.8' }, `${REGISTRY}/%40evil/minimist/-/minimist-1.2.8.tgz`, ''],
  ['node_modules/@a/b', { version: '1.0.0' }, `${REGISTRY}/b/-/b-1.0.0.tgz`, ''],
  ['node_modules/@a/b', { version: '1.0.0' }, `${REGISTRY}/@a%2fc/-/c-1.0.0.tgz`, ''],
  [
    'node_modules/x/node_modules/b',
    { version: '1.0.0' },
    `${REGISTRY}/c/-/c-1.0.0.tgz?a=/b/-/b-1.0.0.tgz`,
    '',
  ],
  ['node_modules/b', { version: '1.0.0' }, `${REGISTRY}/c/-/c-1.0.0.tgz#/b/-/b-1.0.0.tgz`, ''],
  ['node_modules/b', { version: '1.0.0' }, `${REGISTRY}/b/-/wrappy-1.0.2.tgz`, ''],
  ['node_modules/b', { version: '1.0.0-rc.1' }, `${REGISTRY}/b/-/b-1.0.0.tgz`, ''],
  ['node_modules/r17', { name: 'react', version: '17.0.2' }, `${REGISTRY}/r17/-/r17-17.0.2.tgz`, ''],
  ['node_modules/b', {}, `${REGISTRY}/c/-/c-1.0.0.tgz`, ''],
];

for (const [key, fields, address, message] of WRONG) {
  test(`${key} ${fields.version} is not ${address}`, () =>
    expectMarks(
      lockWith(key, fields, address, `lockfile-entry-mismatch${message === '' ? '' : `: ${message}`}`),
    ));
}

const RIGHT: readonly (readonly [key: string, fields: Record<string, string>, address: string])[] = [
  ['node_modules/minimist', { version: '1.2.8' }, `${REGISTRY}/minimist/-/minimist-1.2.8.tgz`],
  ['node_modules/@a/b', { version: '1.0.0' }, `${REGISTRY}/@a/b/-/b-1.0.0.tgz`],
  ['node_modules/@a/b', { version: '1.0.0' }, `${REGISTRY}/@a%2fb/-/b-1.0.0.tgz`],
  ['node_modules/@a/b', { version: '1.0.0' }, `${REGISTRY}/@a/b/-/@a/b-1.0.0.tgz`],
  ['node_modules/b', { version: '1.0.0' }, `${REGISTRY}/b/-/b-1.0.0.tgz?x=1#0123`],
  ['node_modules/b', { version: '1.0.0+build.5' }, `${REGISTRY}/b/-/b-1.0.0.tgz`],
  ['node_modules/b', { version: '1.0.0-rc.1' }, `${REGISTRY}/b/-/b-1.0.0-rc.1.tgz`],
  ['node_modules/b', { version: '1.0.0' }, `${REGISTRY}/b/-/b-latest.tgz`],
  ['node_modules/b', { version: '1.0.0' }, `${REGISTRY}/b/-/0123456789abcdef.tgz`],
  ['node_modules/b', { version: '1.0.0' }, `${REGISTRY}/npm/npm-virtual/b/-/b-1.0.0.tgz`],
  ['node_modules/@a/b', { version: '1.0.0' }, `${REGISTRY}/download/@a/b/1.0.0/0123456789abcdef`],
  ['node_modules/b', { version: '1.0.0' }, 'https://host.example.test/o/c/archive/main.tar.gz'],
  [
    'node_modules/b',
    { version: '1.0.0' },
    'git+ssh://git@host.example.test/c/-/c.git#0123456789012345678901234567890123456789',
  ],
  ['node_modules/b', { version: '1.0.0' }, 'file:c/-/c-1.0.0.tgz'],
  ['node_modules/b', { version: '1.0.0' }, '%%%/-/x.tgz'],
];

for (const [key, fields, address] of RIGHT) {
  test(`${key} ${fields.version} may be ${address}`, () =>
    expectMarks(lockWith(key, fields, address), { rules: ['lockfile-entry-mismatch'] }));
}

describe('a name that is another package in the lockfile', () => {
  const lock = lockWith(
    'node_modules/r17',
    { name: 'react', version: '17.0.2' },
    `${REGISTRY}/react/-/react-17.0.2.tgz`,
    'lockfile-entry-mismatch: The entry "node_modules/r17" installs react 17.0.2 in place of r17, and nothing declares that; find out who changed it.',
  );
  const unmarked = lockWith(
    'node_modules/r17',
    { name: 'react', version: '17.0.2' },
    `${REGISTRY}/react/-/react-17.0.2.tgz`,
  );

  test('is reported where nothing declares that', () => expectMarks(lock));

  for (const members of [
    '"dependencies": { "r17": "npm:react@^17.0.0" }',
    '"overrides": { "r17": "npm:react@17" }',
    '"resolutions": { "r17": "npm:react" }',
  ]) {
    test(`may be with ${members}`, () =>
      expectMarks(unmarked.replace('"private": true', members), { rules: ['lockfile-entry-mismatch'] }));
  }
});

test('a package that the manifest itself takes from an address', () =>
  expectMarks(
    lockWith('node_modules/mine', { version: '1.0.0' }, `${REGISTRY}/other/-/other-1.0.0.tgz`).replace(
      '"private": true',
      `"dependencies": { "mine": "${REGISTRY}/other/-/other-1.0.0.tgz" }`,
    ),
    { rules: ['lockfile-entry-mismatch'] },
  ));

test('what it offers is a command to copy, and nothing is edited', async () => {
  const workspace = await openWorkspace(
    lockWith('node_modules/a', { version: '1.0.0' }, `${REGISTRY}/b/-/b-1.0.0.tgz`),
  );
  const [finding] = workspace.findings('lockfile-entry-mismatch');
  assert.equal(finding?.target, 'b');
  const fix = workspace.snapshot
    .fixesOf(finding!)
    .find(({ applicability }) => applicability === 'display-only');
  assert.deepEqual([fix?.command, fix?.edits], ['git restore package-lock.json', []]);
});
