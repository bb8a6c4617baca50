import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, openFiles, openWorkspace } from '../../../workspace.ts';

const HASH =
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';

/** Returns a workspace whose lockfile has one entry, with the URL on a line of its own. */
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
/** A registry with a layout of its own. */
const OTHER = 'https://npm.example.test';

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
    'The entry "node_modules/minimist" is for minimist 1.2.8 but downloads wrappy-1.0.2.tgz, another package. Restore the entry from git and find out who changed it.',
  ],
  [
    'node_modules/minimist',
    { version: '1.2.8' },
    `${REGISTRY}/minimist/-/minimist-1.2.5.tgz`,
    'The entry "node_modules/minimist" is for minimist 1.2.8 but downloads minimist-1.2.5.tgz, another version. Restore the entry from git and find out who changed it.',
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
  [
    'node_modules/b',
    { version: '1.0.0' },
    `${REGISTRY}/b/-/b-1.0.0.tgz?x=1`,
    "The URL of b 1.0.0 is not that of a registry's tarball (registry.public.example.test/b/-/b-1.0.0.tgz?x=1). Restore the entry from git and find out who changed it.",
  ],
  ['node_modules/b', { version: '1.0.0' }, `${REGISTRY}/b/-/b-latest.tgz`, ''],
  ['node_modules/b', { version: '1.0.0' }, `${REGISTRY}/b/-/0123456789abcdef.tgz`, ''],
  ['node_modules/b', { version: '1.0.0' }, `${REGISTRY}/npm/npm-virtual/b/-/b-1.0.0.tgz`, ''],
  ['node_modules/@a/b', { version: '1.0.0' }, `${REGISTRY}/download/@a/b/1.0.0/0123456789abcdef`, ''],
  [
    'node_modules/b',
    { version: '1.0.0' },
    `${REGISTRY}/x/../b/-/b-1.0.0.tgz`,
    'The URL of b 1.0.0 is requested as registry.public.example.test/b/-/b-1.0.0.tgz, and not as it is written. Restore the entry from git and find out who changed it.',
  ],
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
  ['node_modules/b', { version: '1.0.0' }, `${OTHER}/b/-/b-1.0.0.tgz?x=1`],
  ['node_modules/b', { version: '1.0.0+build.5' }, `${REGISTRY}/b/-/b-1.0.0.tgz`],
  ['node_modules/b', { version: '1.0.0-rc.1' }, `${REGISTRY}/b/-/b-1.0.0-rc.1.tgz`],
  ['node_modules/b', { version: '1.0.0' }, `${OTHER}/b/-/b-latest.tgz`],
  ['node_modules/b', { version: '1.0.0' }, `${OTHER}/b/-/0123456789abcdef.tgz`],
  ['node_modules/b', { version: '1.0.0' }, `${OTHER}/npm/npm-virtual/b/-/b-1.0.0.tgz`],
  [
    'node_modules/@a/b',
    { version: '1.0.0' },
    `${OTHER}/download/@a/b/1.0.0/0123456789abcdef0123456789abcdef01234567`,
  ],
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

test('an empty URL is none, as for npm', () =>
  expectMarks(lockWith('node_modules/minimist', { version: '1.2.8' }, ''), {
    rules: ['lockfile-entry-mismatch'],
  }));

describe('a name that is another package in the lockfile', () => {
  const lock = lockWith(
    'node_modules/r17',
    { name: 'react', version: '17.0.2' },
    `${REGISTRY}/react/-/react-17.0.2.tgz`,
    'lockfile-entry-mismatch: The entry "node_modules/r17" installs react 17.0.2 in place of r17, and nothing declares that. Restore the entry from git and find out who changed it.',
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

test('an alias that only a package declares is not what the project asks for', () =>
  expectMarks(
    `-- package.json --
{ "name": "shop", "dependencies": { "kit": "^1.0.0", "r17": "^17.0.0" } }
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "kit": "^1.0.0", "r17": "^17.0.0" } },
    "node_modules/kit": { "version": "1.0.0", "dependencies": { "r17": "npm:react@^17.0.0" } },
    "node_modules/r17": { "name": "react", "version": "17.0.2" }
    ^^^^^^^^^^^^^^^^^^ lockfile-entry-mismatch
  }
}
`,
    { rules: ['lockfile-entry-mismatch'] },
  ));

test('a package that the manifest itself takes from an address', () =>
  expectMarks(
    lockWith('node_modules/mine', { version: '1.0.0' }, `${REGISTRY}/other/-/other-1.0.0.tgz`).replace(
      '"private": true',
      `"dependencies": { "mine": "${REGISTRY}/other/-/other-1.0.0.tgz" }`,
    ),
    { rules: ['lockfile-entry-mismatch'] },
  ));

test('what it offers is a command to copy, and nothing is edited', async () => {
  const source = lockWith('node_modules/a', { version: '1.0.0' }, `${REGISTRY}/b/-/b-1.0.0.tgz`);
  const workspace = await openWorkspace(source, { base: '{}' });
  const [finding] = workspace.findings('lockfile-entry-mismatch');
  assert.equal(finding?.target, 'b');
  const fix = workspace.snapshot
    .fixesOf(finding!)
    .find(({ applicability }) => applicability === 'display-only');
  assert.deepEqual([fix?.command, fix?.edits], ['git restore --source=HEAD package-lock.json', []]);
  // Restoring does not help if the base has the same entry, and needs git.
  const lockfile = /-- package-lock\.json --\n([\s\S]*)$/.exec(source)![1]!;
  const other = lockfile.replace('{', '{ "requires": true,');
  for (const options of [{}, { base: lockfile }, { base: other }]) {
    const opened = await openWorkspace(source, options);
    const [same] = opened.findings('lockfile-entry-mismatch');
    assert.ok(same);
    assert.deepEqual(
      same.fixes().flatMap((each) => (each.command?.startsWith('git ') ? [each.command] : [])),
      [],
    );
  }
});

describe('packages with one and the same hash', () => {
  /** Returns a package-lock.json with these entries: path, version and a number that determines the hash. */
  const locked = (entries: Iterable<readonly [key: string, version: string, hash: number]>) => {
    const packages = Object.fromEntries(
      Array.from(entries, ([key, version, hash]) => {
        const name = key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length);
        const resolved = `${REGISTRY}/${name}/-/${name}-${version}.tgz`;
        return [key, { version, resolved, integrity: `sha512-${String(hash).padStart(86, 'A')}==` }];
      }),
    );
    const lock = { name: 'shop', lockfileVersion: 3, packages: { '': { name: 'shop' }, ...packages } };
    return `-- package.json --\n{ "name": "shop" }\n-- package-lock.json --\n${JSON.stringify(lock, undefined, 2)}\n`;
  };
  const many = (count: number, hash: (at: number) => number) =>
    locked(Array.from({ length: count }, (_, at) => [`node_modules/p${at}`, '1.0.0', hash(at)] as const));
  const found = async (workspace: string) =>
    (await openWorkspace(workspace)).findings('lockfile-entry-mismatch');
  const sameAs = (one: string, other: string) =>
    `${one} has the same hash here as ${other}. Only one of them can be the published hash. Restore the entry from git and find out who changed it.`;

  test('a pair is reported at both', async () => {
    const findings = await found(many(2, () => 1));
    assert.deepEqual(
      findings.map(({ message, related }) => [message, related.length]),
      [
        [sameAs('p0 1.0.0', 'p1 1.0.0'), 1],
        [sameAs('p1 1.0.0', 'p0 1.0.0'), 1],
      ],
    );
  });

  test('two versions of a package are, and each once however often it stands there', async () => {
    const findings = await found(
      locked([
        ['node_modules/a', '1.0.0', 1],
        ['node_modules/b/node_modules/a', '1.0.0', 1],
        ['node_modules/c/node_modules/a', '2.0.0', 1],
        ['node_modules/d/node_modules/a', '2.0.0', 1],
        ['node_modules/e/node_modules/a', '3.0.0', 2],
      ]),
    );
    assert.deepEqual(
      findings.map(({ message }) => message),
      [sameAs('a 1.0.0', 'a 2.0.0'), sameAs('a 2.0.0', 'a 1.0.0')],
    );
  });

  test('the same package at many places has one hash, and nothing is said', async () =>
    assert.deepEqual(
      await found(
        locked(Array.from({ length: 9 }, (_, at) => [`node_modules/p${at}/node_modules/a`, '1.0.0', 1])),
      ),
      [],
    ));

  test('a handful are reported at each, more at the first alone, with how many', async () => {
    assert.equal((await found(many(5, () => 1))).length, 5);
    const [first, ...others] = await found(many(30_000, () => 1));
    assert.equal(first?.message, sameAs('p0 1.0.0', '29,999 other packages'));
    assert.equal(first?.package, 'p0');
    assert.equal(first?.related.length, 5);
    assert.deepEqual(others, []);
  });

  test('of more shared hashes than anybody reads, the first is told with how many packages have one', async () => {
    const pairs = (count: number) => many(count * 2 + 1, (at) => Math.floor(at / 2));
    assert.equal((await found(pairs(20))).length, 40);
    const [first, ...others] = await found(pairs(10_000));
    assert.equal(
      first?.message,
      'p0 1.0.0 and 19,999 other packages each have the same hash here as another of them. Restore the entry from git and find out who changed it.',
    );
    assert.deepEqual(others, []);
  });

  test('one that is known to download another package says why both have its hash', async () => {
    const pair = many(2, () => 1);
    const findings = await found(pair.replace('/p0/-/p0-', '/p1/-/p1-'));
    assert.deepEqual(
      findings.map(({ message }) => message),
      [
        'The entry "node_modules/p0" is for p0 1.0.0 but downloads p1-1.0.0.tgz, another package. Restore the entry from git and find out who changed it.',
      ],
    );
  });
});

describe('a package of Bun that is not what its dependents ask for', () => {
  const hash = (byte: number) => `sha512-${Buffer.alloc(64, byte).toString('base64')}`;
  const lock = (asked: string, more = '') => `{
  "lockfileVersion": 2,
  "workspaces": { "": { "name": "shop", "dependencies": { "a": "^1.0.0", "b": "^1.0.0" } } },${more}
  "packages": {
    "a": ["a@1.2.0", "", { "dependencies": { "b": "${asked}" }, "peerDependencies": { "c": "^2.0.0" } }, "${hash(1)}"],
    "b": ["b@1.0.0", "", {}, "${hash(2)}"],
    "c": ["c@1.0.0", "", {}, "${hash(3)}"],
    "a/b": ["b@0.5.0", "", {}, "${hash(4)}"],
  }
}
`;
  const found = async (text: string) => {
    const workspace = await openFiles(
      new Map([
        ['package.json', '{ "name": "shop", "dependencies": { "a": "^1.0.0", "b": "^1.0.0" } }\n'],
        ['bun.lock', text],
      ]),
    );
    return workspace
      .findings('lockfile-entry-mismatch')
      .map(({ message, span }) => [text.slice(span.start, span.end), message]);
  };

  test('is told at its version, as Bun installs it all the same', async () => {
    for (const asked of ['0.6.0', '^0.6.0', 'npm:b@0.6.0']) {
      const range = asked.replace(/^npm:b@/, '');
      assert.deepEqual(await found(lock(asked)), [
        [
          '0.5.0',
          `The entry "a/b" installs b 0.5.0, which is not in ${JSON.stringify(range)}. Restore the entry from git and find out who changed it.`,
        ],
      ]);
    }
  });

  test('but not a peer, a tag, what is in the range, nor what an override names', async () => {
    for (const asked of ['^0.5.0', 'latest', '*', '0.5.0']) assert.deepEqual(await found(lock(asked)), []);
    assert.deepEqual(await found(lock('^0.6.0', ' "overrides": { "b": "0.5.0" },')), []);
  });
});
