import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareHashes, hashesOf } from '../../../../server/src/core/read/lockfile/model/entry-hashes.ts';
import { applyEdits } from '../../../../server/src/core/read/text/edit.ts';
import { START } from '../../../../server/src/core/read/text/span.ts';
import { fixOf, openWorkspace, parseWorkspace } from '../../../workspace.ts';
import { openWithRegistry } from './with-registry.ts';

const RULE = 'lockfile-integrity-mismatch';
const A = 'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';
const B = 'sha512-wmeiSMxkZCSc+PM2w2VRsOYAZC8GdipNFRTsLSfodVqI9mbejKeXEGr8SckuLnrQPGe3oJN5c3K0vpoU9q/wCQ==';
const SHA1 = 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=';
const SHA1_HEX = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';
const MANIFEST = '-- package.json --\n{ "name": "shop" }\n';
const HOST = 'https://registry.public.example.test';

type Members = Readonly<Record<string, unknown>>;
const at = (integrity: string, more: Members = {}) => ({
  version: '1.0.0',
  resolved: `${HOST}/a/-/a-1.0.0.tgz`,
  integrity,
  ...more,
});
const json = (path: string, value: unknown) => `-- ${path} --\n${JSON.stringify(value, undefined, 2)}\n`;
const npm = (packages: Members, more: Members = {}) =>
  MANIFEST +
  json('package-lock.json', {
    lockfileVersion: 3,
    packages: { '': { name: 'shop' }, ...packages },
    ...more,
  });

/** Returns each finding with its line, the marked text and the message. */
async function found(workspace: string): Promise<readonly string[]> {
  const opened = await openWorkspace(workspace);
  return opened.findings(RULE).map(({ uri, span, severity, data }) => {
    const path = uri.slice(18);
    const text = opened.text(path)!;
    const line = text.slice(0, span.start).split('\n').length;
    const { other, algorithm } = data as { other: string; algorithm: string };
    return `${path}:${line} ${severity} ${other} ${algorithm} ${text.slice(span.start, span.end)}`;
  });
}

describe('two entries of one version in a file', () => {
  test('of package-lock.json: the one that most others disagree with', async () => {
    const workspace = npm({
      'node_modules/a': at(B),
      'node_modules/b/node_modules/a': at(A),
      'node_modules/c/node_modules/a': at(A),
    });
    assert.deepEqual(await found(workspace), [`package-lock.json:10 error entry sha512 "${B}"`]);
    const [finding] = (await openWorkspace(workspace)).findings(RULE);
    assert.equal(
      finding?.message,
      'a 1.0.0 has a different sha512 hash here than elsewhere in this file. Only one of them can be the published hash. Restore the entry from git and find out who changed it.',
    );
    assert.equal(finding?.related.length, 1);
  });

  test('without a majority: the later one', async () =>
    assert.deepEqual(await found(npm({ 'node_modules/a': at(A), 'node_modules/b/node_modules/a': at(B) })), [
      `package-lock.json:15 error entry sha512 "${B}"`,
    ]));

  test('of an alias', async () => {
    const workspace = npm({ 'node_modules/a': at(A), 'node_modules/alias': { name: 'a', ...at(B) } });
    assert.equal((await found(workspace)).length, 1);
  });

  test('of version 1 of the file', async () => {
    const lock = {
      lockfileVersion: 1,
      dependencies: { a: at(A), b: { ...at(A), version: '2.0.0', dependencies: { a: at(B) } } },
    };
    assert.deepEqual(await found(MANIFEST + json('package-lock.json', lock)), [
      `package-lock.json:17 error entry sha512 "${B}"`,
    ]);
  });

  test('of Yarn 1, by integrity and by the hash behind the address', async () => {
    const entry = (key: string, hash: string, integrity: string) =>
      `"${key}":\n  version "1.0.0"\n  resolved "${HOST}/a/-/a-1.0.0.tgz${hash}"\n${integrity}\n`;
    const lock = (...entries: readonly string[]) =>
      `${MANIFEST}-- yarn.lock --\n# yarn lockfile v1\n\n\n${entries.join('\n')}`;
    const same = entry('a@^1.0.0', `#${SHA1_HEX}`, `  integrity ${A}\n`);
    assert.deepEqual(await found(lock(same, entry('b@npm:a@1', `#${SHA1_HEX}`, `  integrity ${B}\n`))), [
      `yarn.lock:13 error entry sha512 ${B}`,
    ]);
    const old = entry('a@^1.0.0', `#${SHA1_HEX}`, '');
    const changed = entry('b@npm:a@1', `#${SHA1_HEX.replaceAll('a', 'b')}`, '');
    assert.equal((await found(lock(old, changed))).length, 1);
    assert.deepEqual(await found(lock(old, entry('b@npm:a@1', '', `  integrity ${SHA1}\n`))), []);
  });

  test('of Yarn 4, with the same cache key only', async () => {
    const entry = (key: string, locator: string, checksum: string) =>
      `"${key}":\n  version: 1.0.0\n  resolution: "${locator}"\n  checksum: ${checksum}\n  languageName: node\n  linkType: hard\n`;
    const lock = (...entries: readonly string[]) =>
      `${MANIFEST}-- yarn.lock --\n__metadata:\n  version: 8\n  cacheKey: 10c0\n\n${entries.join('\n')}`;
    const archive = `a@npm:1.0.0::__archiveUrl=${encodeURIComponent(`${HOST}/a/-/a-1.0.0.tgz`)}`;
    const zip = 'a1'.repeat(64);
    const first = entry('a@npm:^1.0.0', 'a@npm:1.0.0', `10c0/${zip}`);
    const other = `10c0/${'b2'.repeat(64)}`;
    assert.deepEqual(await found(lock(first, entry('a@npm:1.0.0', archive, other))), [
      `yarn.lock:15 error entry zip 10c0/ ${other}`,
    ]);
    assert.deepEqual(await found(lock(first, entry('a@npm:1.0.0', archive, `9/${'b2'.repeat(64)}`))), []);
  });

  test('of bun.lock', async () => {
    const lock = `${MANIFEST}-- bun.lock --
{
  "lockfileVersion": 1,
  "workspaces": { "": { "name": "shop" } },
  "packages": {
    "a": ["a@1.0.0", "", {}, "${A}"],
    "b": ["b@1.0.0", "", { "dependencies": { "a": "1" } }, "${A}"],
    "b/a": ["a@1.0.0", "", {}, "${B}"],
  }
}
`;
    assert.deepEqual(await found(lock), [`bun.lock:7 error entry sha512 "${B}"`]);
    assert.deepEqual(await found(lock.replace(B, A)), []);
  });

  test('of the two documents of pnpm-lock.yaml', async () => {
    const document = (importer: string, integrity: string) => `lockfileVersion: '9.0'

importers:

  .:
    ${importer}:
      a:
        specifier: 1.0.0
        version: 1.0.0

packages:

  a@1.0.0:
    resolution: {integrity: ${integrity}}

snapshots:

  a@1.0.0: {}
`;
    const lock = (second: string) =>
      `${MANIFEST}-- pnpm-lock.yaml --\n---\n${document('configDependencies', A)}---\n${document('dependencies', second)}`;
    assert.deepEqual(await found(lock(B)), [`pnpm-lock.yaml:34 error entry sha512 ${B}`]);
    assert.deepEqual(await found(lock(A)), []);
  });
});

test('silent where the hashes can both be right', async () => {
  const pair = (a: Members, b: Members) => npm({ 'node_modules/a': a, 'node_modules/b/node_modules/a': b });
  for (const workspace of [
    pair(at(A), at(A)),
    pair(at(A), at(B, { version: '1.0.1' })),
    pair(at(A), at(SHA1)),
    pair(at(A), at(`${SHA1} ${A}`)),
    pair(at(A), at('')),
    pair(at(A), at('sha512-')),
    pair(at(A), at(`${A}?opt`)),
    pair(at(A), at(A.slice(0, -2))),
    pair(at(A), at(B, { resolved: 'https://other.example.test/a/-/a-1.0.0.tgz' })),
    pair(at(A), at(B, { resolved: 'git+ssh://git@host.example.test/o/a.git#main' })),
    pair(at(A), at(B, { resolved: 'file:a.tgz' })),
    npm({
      'node_modules/a': at(A),
      'node_modules/b': { version: '1.0.0', bundleDependencies: ['a'] },
      'node_modules/b/node_modules/a': at(B, { inBundle: true }),
    }),
  ]) {
    assert.deepEqual(await found(workspace), [], workspace);
  }
});

test('the strongest hash that both have decides', () => {
  const of = (value: string) => hashesOf({ integrity: { value, span: START }, checksum: undefined });
  assert.deepEqual(compareHashes(of(`${SHA1} ${A}`), of(`${SHA1} ${B}`)), {
    result: 'other',
    algorithm: 'sha512',
  });
  assert.deepEqual(compareHashes(of(`md5-AAAA ${SHA1}`), of(`md5-BBBB ${SHA1}`)), { result: 'same' });
  assert.deepEqual(compareHashes(of('md5-AAAA'), of(SHA1)), { result: 'unknown' });
});

describe('the two copies that npm 7 and 8 write', () => {
  const both = (copy: unknown) =>
    npm({ 'node_modules/a': at(A) }, { lockfileVersion: 2, dependencies: { a: copy } });

  test('with different hashes', async () => {
    assert.deepEqual(await found(both(at(B))), [`package-lock.json:10 error copy sha512 "${A}"`]);
    const [finding] = (await openWorkspace(both(at(B)))).findings(RULE);
    assert.equal(
      finding?.message,
      'a 1.0.0 has a different sha512 hash in "packages" than in "dependencies", the copy of this file for npm up to 6. Restore the entry from git and find out who changed it.',
    );
  });

  test('silent for equal ones, other versions, and what only one copy has', async () => {
    for (const copy of [at(A), at(B, { version: '2.0.0' }), at(SHA1), { version: '1.0.0' }, 'a', {}])
      assert.deepEqual(await found(both(copy)), []);
    const nested = both(at(A, { dependencies: { b: at(B) } }));
    assert.deepEqual(await found(nested), []);
  });
});

describe('another lockfile of the project', () => {
  const yarn = (integrity: string, host = HOST, version = '1.0.0') =>
    `-- yarn.lock --\n# yarn lockfile v1\n\n\na@^1.0.0:\n  version "${version}"\n  resolved "${host}/a/-/a-1.0.0.tgz"\n  integrity ${integrity}\n`;
  const own = npm({ 'node_modules/a': at(A) });

  test('with another hash is reported in the one that is not read', async () => {
    assert.deepEqual(await found(own + yarn(B)), [`yarn.lock:7 error lockfile sha512 ${B}`]);
    const [finding] = (await openWorkspace(own + yarn(B))).findings(RULE);
    assert.equal(
      finding?.message,
      'a 1.0.0 has a different sha512 hash here than in package-lock.json. Only one of them can be the published hash. Restore the entry from git and find out who changed it.',
    );
    assert.deepEqual(
      finding?.related.map(({ uri }) => uri),
      ['file:///workspace/package-lock.json'],
    );
  });

  test('silent for the same hash, another version and another registry', async () => {
    for (const other of [yarn(A), yarn(B, HOST, '1.0.1'), yarn(B, 'https://other.example.test'), yarn(SHA1)])
      assert.deepEqual(await found(own + other), []);
  });

  test('two hosts of the public registry are one registry', async () => {
    const policy = '-- dependency-hygiene.json --\n{ "mirrors": ["https://mirror.example.test/"] }\n';
    assert.equal((await found(own + yarn(B, 'https://mirror.example.test') + policy)).length, 1);
  });
});

describe('the hash that the registry gives', () => {
  const policy = `-- dependency-hygiene.json --\n{ "rules": { "${RULE}": ["error", { "askRegistry": true }] } }\n`;
  const lock = npm({
    '': { name: 'shop', dependencies: { a: '^1.0.0', alias: 'npm:c@1' } },
    'node_modules/a': at(A),
    'node_modules/alias': { name: 'c', ...at(A, { resolved: `${HOST}/c/-/c-1.0.0.tgz` }) },
    'node_modules/b': at(A, { resolved: `${HOST}/b/-/b-1.0.0.tgz` }),
  });
  const giving = (integrity: unknown) => ({ versions: { '1.0.0': { dist: { integrity } } } });

  test('is not asked for unless the project says so', async () => {
    const { workspace, asked } = await openWithRegistry(lock, { a: giving(B) }, RULE);
    assert.deepEqual([workspace.findings(RULE), asked], [[], []]);
  });

  test('is compared with direct dependencies, an alias by its target', async () => {
    const registry = { a: giving(B), b: giving(B), c: giving(A) };
    const { workspace, asked } = await openWithRegistry(lock + policy, registry, RULE);
    assert.deepEqual(asked.toSorted(), ['a', 'c']);
    assert.deepEqual(
      workspace.findings(RULE).map(({ message }) => message),
      [
        'a 1.0.0 has a different sha512 hash here than its registry gives for it. Restore the entry from git and find out who changed it.',
      ],
    );
    const [fix] = workspace.findings(RULE)[0]!.fixes();
    assert.equal(fix?.applicability, 'unsafe');
    const text = workspace.text('package-lock.json')!;
    assert.equal(applyEdits(text, fix!.edits), text.replace(A, B));
  });

  test('silent where the registry has none, another kind, no such version, or no such package', async () => {
    for (const registry of [{ a: giving(undefined) }, { a: giving(SHA1) }, { a: { versions: {} } }, {}]) {
      const { workspace } = await openWithRegistry(lock + policy, registry, RULE);
      assert.deepEqual(workspace.findings(RULE), []);
    }
  });
});

test('a file that ends anywhere: never an error, never outside of the text', async () => {
  const whole = parseWorkspace(
    npm(
      { 'node_modules/a': at(A), 'node_modules/b/node_modules/a': at(B) },
      { lockfileVersion: 2, dependencies: { a: at(SHA1) } },
    ),
  ).files.get('package-lock.json')!;
  for (let end = 0; end < whole.length; end += 7) {
    const opened = await openWorkspace(`${MANIFEST}-- package-lock.json --\n${whole.slice(0, end)}\n`);
    for (const { span } of opened.findings(RULE)) assert.ok(span.end <= end + 1);
  }
});

test('thousands of entries of one version, all of them other ones', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 5000 }, (_, index) => [
      `node_modules/p${index}/node_modules/a`,
      at(`sha512-${String(index).padStart(8, '0')}`, {
        resolved: `https://host${index}.example.test/a/-/a-1.0.0.tgz`,
        ...(index % 2 === 0 ? { hasInstallScript: true } : {}),
      }),
    ]),
  );
  const yarn = Array.from({ length: 5000 }, (_, index) => {
    const lines = [
      `a@${index}:`,
      '  version "1.0.0"',
      `  integrity sha512-${String(index).padStart(8, '1')}`,
    ];
    return `${lines.join('\n')}\n`;
  });
  const workspace = `${npm(many)}-- yarn.lock --\n# yarn lockfile v1\n\n\n${yarn.join('\n')}`;
  assert.ok((await openWorkspace(workspace)).findings(RULE).length > 0);
});

test('the fix is a command to copy', async () => {
  const workspace = npm({ 'node_modules/a': at(A), 'node_modules/b/node_modules/a': at(B) });
  const [finding] = (await openWorkspace(workspace, { base: '{}' })).findings(RULE);
  assert.deepEqual(
    finding?.fixes().map(({ applicability, command }) => [applicability, command]),
    [['display-only', 'git restore --source=HEAD package-lock.json']],
  );
  await assert.rejects(fixOf(workspace, RULE, /restores/));
});
