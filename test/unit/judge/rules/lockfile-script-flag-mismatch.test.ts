import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixOf, openWorkspace, parseWorkspace } from '../../../workspace.ts';
import { openWithRegistry } from './with-registry.ts';

const RULE = 'lockfile-script-flag-mismatch';
const A = 'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';
const B = 'sha512-wmeiSMxkZCSc+PM2w2VRsOYAZC8GdipNFRTsLSfodVqI9mbejKeXEGr8SckuLnrQPGe3oJN5c3K0vpoU9q/wCQ==';
const MANIFEST = '-- package.json --\n{ "name": "shop" }\n';
const HOST = 'https://registry.public.example.test';

type Members = Readonly<Record<string, unknown>>;
const at = (more: Members = {}) => ({
  version: '1.0.0',
  resolved: `${HOST}/a/-/a-1.0.0.tgz`,
  integrity: A,
  ...more,
});
const json = (path: string, value: unknown) => `-- ${path} --\n${JSON.stringify(value, undefined, 2)}\n`;
const npm = (packages: Members, more: Members = {}) =>
  MANIFEST +
  json('package-lock.json', { lockfileVersion: 3, packages: { '': { name: 'shop' }, ...packages }, ...more });

/** Returns the marked tokens with the messages. */
async function found(workspace: string): Promise<readonly string[]> {
  const opened = await openWorkspace(workspace);
  return opened.findings(RULE).map(({ uri, span, severity, message }) => {
    assert.equal(severity, 'error');
    return `${opened.text(uri.slice(18))!.slice(span.start, span.end)}: ${message}`;
  });
}

describe('the two copies of version 2', () => {
  const both = (packages: Members, dependencies: Members) =>
    npm(packages, { lockfileVersion: 2, dependencies });

  test('of another version, address or name', async () => {
    assert.deepEqual(await found(both({ 'node_modules/a': at() }, { a: at({ version: '0.9.0' }) })), [
      '"1.0.0": a is 1.0.0 in "packages" but 0.9.0 in "dependencies", which npm up to 6 reads. Restore the entry from git and find out who changed it.',
    ]);
    const elsewhere = `${HOST.replace('public', 'other')}/a/-/a-1.0.0.tgz`;
    assert.deepEqual(await found(both({ 'node_modules/a': at() }, { a: at({ resolved: elsewhere }) })), [
      `"${HOST}/a/-/a-1.0.0.tgz": a 1.0.0 comes from ${HOST}/a/-/a-1.0.0.tgz in "packages" but ${elsewhere} in "dependencies", which npm up to 6 reads. Restore the entry from git and find out who changed it.`,
    ]);
    assert.deepEqual(
      await found(both({ 'node_modules/x': { name: 'a', ...at() } }, { x: at({ version: 'npm:b@1.0.0' }) })),
      [
        '"node_modules/x": this package is a in "packages" but b in "dependencies", which npm up to 6 reads. Restore the entry from git and find out who changed it.',
      ],
    );
  });

  test('of another kind of source', async () => {
    const tarball = 'https://files.example.test/m.tgz';
    const git = 'git+https://files.example.test/o/a.git#0123456789abcdef0123456789abcdef01234567';
    const says = (here: string, there: string) =>
      `a 1.0.0 comes from ${here} in "packages" but ${there} in "dependencies", which npm up to 6 reads. Restore the entry from git and find out who changed it.`;
    const registry = `${HOST}/a/-/a-1.0.0.tgz`;
    const cases = [
      [at(), at({ resolved: tarball, integrity: B }), `"${registry}": ${says(registry, tarball)}`],
      [at(), { version: git, from: 'a@o/a' }, `"${registry}": ${says(registry, git)}`],
      [
        { version: '1.0.0', integrity: A },
        at({ resolved: tarball, integrity: B }),
        `"node_modules/a": ${says('the registry', tarball)}`,
      ],
      [
        at({ resolved: tarball }),
        { version: 'https://other.example.test/m.tgz', integrity: A },
        `"${tarball}": ${says(tarball, 'https://other.example.test/m.tgz')}`,
      ],
    ] as const;
    for (const [entry, copy, message] of cases) {
      assert.deepEqual(await found(both({ 'node_modules/a': entry }, { a: copy })), [message]);
    }
  });

  test('never shows a secret, nor more than fits a sentence', async () => {
    const secret = `https://me:hunter2@registry.other.example.test/${'a'.repeat(5000)}/-/a-1.0.0.tgz`;
    const workspace = both({ 'node_modules/a': at() }, { a: at({ resolved: secret }) });
    const [finding] = (await openWorkspace(workspace)).findings(RULE);
    assert.doesNotMatch(JSON.stringify([finding!.message, finding!.data]), /hunter2/);
    assert.ok(finding!.message.length < 600);
  });

  test('of nested packages', async () => {
    const workspace = both(
      { 'node_modules/b': at(), 'node_modules/b/node_modules/@s/a': at() },
      { b: at({ dependencies: { '@s/a': at({ version: '2.0.0' }) } }) },
    );
    assert.equal((await found(workspace)).length, 1);
  });

  test('the place in the other copy is told as well', async () => {
    const workspace = both({ 'node_modules/a': at() }, { a: at({ version: '0.9.0' }) });
    const opened = await openWorkspace(workspace, { base: '{}' });
    const [finding] = opened.findings(RULE);
    const text = opened.text('package-lock.json')!;
    assert.deepEqual(
      finding?.related.map(({ span }) => text.slice(span.start, span.end)),
      ['"0.9.0"'],
    );
    assert.deepEqual(
      finding?.fixes().map(({ command }) => command),
      ['git restore --source=HEAD package-lock.json'],
    );
  });

  test('silent where they agree, or say it differently by design', async () => {
    const git = 'git+ssh://git@host.example.test/o/a.git#0123456789abcdef0123456789abcdef01234567';
    for (const [entry, copy] of [
      [at(), at()],
      [at(), at({ integrity: B })],
      [at(), { version: '1.0.0' }],
      [{ version: '1.0.0' }, at()],
      [at({ resolved: git }), { version: git, from: 'a@o/a' }],
      [at({ resolved: 'file:a.tgz' }), { version: 'file:a.tgz' }],
      [at({ resolved: `${HOST}/a-2.0.0.tgz` }), { version: `${HOST}/a-2.0.0.tgz`, integrity: A }],
      [{ version: '1.0.0', integrity: A }, at({ resolved: `${HOST}/download/a.tgz` })],
      [{ resolved: 'packages/a', link: true }, { version: 'file:packages/a' }],
      [at({ inBundle: true }), at({ version: '2.0.0', bundled: true })],
    ] as const) {
      assert.deepEqual(await found(both({ 'node_modules/a': entry }, { a: copy })), []);
    }
    const alias = both({ 'node_modules/x': { name: 'a', ...at() } }, { x: at({ version: 'npm:a@1.0.0' }) });
    assert.deepEqual(await found(alias), []);
    assert.deepEqual(await found(both({ 'node_modules/a': at() }, { b: at() })), []);
    assert.deepEqual(await found(both({ 'node_modules/a': at() }, { a: 1 } as Members)), []);
  });
});

describe('a flag that is missing', () => {
  test('in one of two entries of the same version', async () => {
    const workspace = npm({
      'node_modules/a': at({ hasInstallScript: true }),
      'node_modules/b/node_modules/a': at(),
    });
    assert.deepEqual(await found(workspace), [
      '"node_modules/b/node_modules/a": a 1.0.0 is marked as having an install script elsewhere in this file but not here. Restore the entry from git and find out who removed the mark.',
    ]);
  });

  test('silent where another version, another hash, a bundled or a git package has it', async () => {
    for (const other of [
      at({ version: '1.1.0' }),
      at({ integrity: B }),
      at({ resolved: 'git+ssh://git@host.example.test/o/a.git#0123456789abcdef0123456789abcdef01234567' }),
      at({ hasInstallScript: true }),
    ]) {
      const workspace = npm({
        'node_modules/a': at({ hasInstallScript: true }),
        'node_modules/b/node_modules/a': other,
      });
      assert.deepEqual(await found(workspace), []);
    }
    const bundled = npm({
      'node_modules/a': at({ hasInstallScript: true }),
      'node_modules/b': { version: '1.0.0', bundleDependencies: ['a'] },
      'node_modules/b/node_modules/a': at({ inBundle: true }),
    });
    assert.deepEqual(await found(bundled), []);
  });

  test('compared with the lockfile that is read', async () => {
    const pnpm = (build: string, version = "'6.0'") => `-- pnpm-lock.yaml --
lockfileVersion: ${version}

dependencies:
  a:
    specifier: ^1.0.0
    version: 1.0.0

packages:

  /a@1.0.0:
    resolution: {integrity: ${A}}
${build}    dev: false
`;
    const lock = npm({ 'node_modules/a': at({ hasInstallScript: true }) });
    assert.deepEqual(await found(lock + pnpm('')), [
      '/a@1.0.0: a 1.0.0 is marked as having an install script in package-lock.json but not here. Restore the entry from git and find out who removed the mark.',
    ]);
    assert.deepEqual(await found(lock + pnpm('    requiresBuild: true\n')), []);
    // pnpm up to 8 does not check optional packages.
    assert.deepEqual(await found(lock + pnpm('    optional: true\n')), []);
    const unmarked = npm({ 'node_modules/a': at() });
    assert.deepEqual(await found(unmarked + pnpm('    requiresBuild: true\n    optional: true\n')), []);
    assert.deepEqual(await found(unmarked + pnpm('')), []);
    const yarn = `-- yarn.lock --\n# yarn lockfile v1\n\n\na@^1.0.0:\n  version "1.0.0"\n  resolved "${HOST}/a/-/a-1.0.0.tgz"\n  integrity ${A}\n`;
    assert.deepEqual(await found(lock + yarn), []);
  });
});

describe('what the registry says', () => {
  const policy = `-- dependency-hygiene.json --\n{ "rules": { "${RULE}": ["error", { "askRegistry": true }] } }\n`;
  const locked = (more: Members = {}) =>
    npm({
      '': { name: 'shop', dependencies: { a: '^1.0.0' } },
      'node_modules/a': at(more),
      'node_modules/b': at({ resolved: `${HOST}/b/-/b-1.0.0.tgz` }),
    });
  const saying = (version: Members) => ({ a: { versions: { '1.0.0': version } }, b: {} });

  test('is not asked for unless the project says so', async () => {
    const { workspace, asked } = await openWithRegistry(locked(), saying({ hasInstallScript: true }), RULE);
    assert.deepEqual([workspace.findings(RULE), asked], [[], []]);
  });

  test('of direct dependencies without a flag', async () => {
    for (const version of [{ hasInstallScript: true }, { scripts: { postinstall: 'node x.js' } }]) {
      const { workspace, asked } = await openWithRegistry(locked() + policy, saying(version), RULE);
      assert.deepEqual(asked, ['a']);
      assert.deepEqual(
        workspace.findings(RULE).map(({ message }) => message),
        [
          'a 1.0.0 has an install script according to its registry but is not marked so here. Restore the entry from git and find out who removed the mark.',
        ],
      );
    }
  });

  test('silent where it says no, nothing, or of another version, and for other platforms', async () => {
    for (const version of [{ scripts: { test: 'x' } }, {}, { hasInstallScript: false }]) {
      const { workspace } = await openWithRegistry(locked() + policy, saying(version), RULE);
      assert.deepEqual(workspace.findings(RULE), []);
    }
    const script = saying({ hasInstallScript: true });
    for (const more of [
      { hasInstallScript: true },
      { optional: true, os: ['darwin'] },
      { version: '2.0.0' },
    ]) {
      const { workspace } = await openWithRegistry(locked(more) + policy, script, RULE);
      assert.deepEqual(workspace.findings(RULE), []);
    }
  });
});

test('the fix inserts the flag and keeps the rest of the file', async () => {
  const lock = (flag: string) => `${MANIFEST}-- package-lock.json crlf --
{
\t"lockfileVersion": 3, "packages": {
\t\t"": { "name": "shop" },
\t\t"node_modules/a": { "version": "1.0.0", "integrity": "${A}", "hasInstallScript": true },
\t\t"node_modules/b/node_modules/a": {
\t\t\t"version": "1.0.0",
\t\t\t"integrity": "${A}"${flag}
\t\t}
\t}
}
`;
  assert.equal(
    await fixOf(lock(''), RULE, /^Insert "hasInstallScript": true for a 1\.0\.0$/),
    lock(',\n\t\t\t"hasInstallScript": true'),
  );
});

test('a file that ends anywhere: never an error, never outside of the text', async () => {
  const whole = parseWorkspace(
    npm(
      { 'node_modules/a': at({ hasInstallScript: true }), 'node_modules/b/node_modules/a': at() },
      { lockfileVersion: 2, dependencies: { a: at({ version: '2.0.0' }) } },
    ),
  ).files.get('package-lock.json')!;
  for (let end = 0; end < whole.length; end += 7) {
    const opened = await openWorkspace(`${MANIFEST}-- package-lock.json --\n${whole.slice(0, end)}\n`);
    for (const finding of opened.findings(RULE)) {
      const edits = opened.snapshot.fixesOf(finding).flatMap((fix) => fix.edits);
      for (const { span } of [finding, ...edits.filter(({ uri }) => uri === finding.uri)])
        assert.ok(span.end <= end + 1);
    }
  }
});

describe('scripts of the lockfile', () => {
  const scripts = { postinstall: 'node evil.js' };

  test('are reported, also under an escaped name', async () => {
    const message =
      'a 1.0.0 has scripts of the lockfile itself, which npm runs ({"postinstall":"node evil.js"}). Restore the entry from git and find out who added them.';
    const text = npm({ 'node_modules/a': at({ scripts }) });
    const [one, ...others] = await found(text);
    assert.deepEqual(others, []);
    assert.match(one!, /^\{\s+"postinstall"/);
    assert.ok(one!.endsWith(message));
    assert.ok((await found(text.replace('"scripts"', '"s\\u0063ripts"')))[0]!.endsWith(message));
  });

  test('are none in a member of the workspace, whose manifest npm reads', async () => {
    assert.deepEqual(await found(npm({ 'packages/b': { version: '1.0.0', scripts } })), []);
  });
});
