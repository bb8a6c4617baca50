import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lockedFor } from '../../../formats/example-project.ts';
import { FORMATS } from '../../../formats/lockfile-formats.ts';
import { fixOf, openWorkspace } from '../../../workspace.ts';

const RULE = 'install-script-unreviewed';

const SCRIPT = { scripts: { install: 'node a.js' } };

interface Given {
  readonly manager?: string | undefined;
  readonly format: string;
  readonly manifest?: object;
  readonly workspace?: string;
  readonly names?: readonly string[];
}

/** Returns a project whose dependencies, version 1.0.0 of each name, have install scripts. */
function project({ manager, format, manifest = {}, workspace, names = ['native'] }: Given): string {
  const { file, write } = FORMATS.find(({ id }) => id === format)!;
  const declared = Object.fromEntries(names.map((name) => [name, '1.0.0']));
  const text = { name: 'shop', packageManager: manager, dependencies: declared, ...manifest };
  const locked = names.map((name) => ({ ...lockedFor(name, '1.0.0'), hasInstallScript: true }));
  const lockfile = write({ manifest: text, declared, locked, files: new Map() });
  const settings = workspace === undefined ? '' : `-- pnpm-workspace.yaml --\n${workspace}`;
  return `-- package.json --\n${JSON.stringify(text, undefined, 2)}\n${settings}-- ${file} --\n${lockfile}`;
}

const registry = (names: readonly string[] = ['native']) =>
  Object.fromEntries(names.map((name) => [name, { versions: { '1.0.0': SCRIPT } }]));

async function fixed(given: Given, title: RegExp): Promise<Readonly<Record<string, string>>> {
  const after = await fixOf(project(given), RULE, title, { registry: registry(given.names) });
  return Object.fromEntries(
    after.split(/^-- (?=\S+ --\n)/m).map((part) => part.split(' --\n') as [string, string]),
  );
}

const titles = async (given: Given) =>
  (await openWorkspace(project(given), { registry: registry(given.names) }))
    .findings(RULE)
    .flatMap((finding) => finding.fixes().map(({ title }) => title))
    .filter((title) => !title.startsWith('Ignore'));

const manifestOf = (files: Readonly<Record<string, string>>) => JSON.parse(files['package.json']!);

describe('npm', () => {
  test('before 11.16 reads no decisions, so none is offered', async () => {
    assert.deepEqual(await titles({ manager: 'npm@11.15.0', format: 'npm-3' }), []);
    assert.deepEqual(await titles({ manager: 'npm@12.2.0', format: 'npm-3' }), [
      'Approve the script of native 1.0.0: add "native@1.0.0": true to allowScripts',
      'Deny the scripts of native: add "native": false to allowScripts',
    ]);
  });

  test('approves all at once', async () => {
    const names = ['a-one', 'b-two', 'c-three'];
    const given = { manager: 'npm@12.2.0', format: 'npm-3', names };
    const title = /^Approve all 3 packages with unreviewed install scripts: add "a-one@1\.0\.0": true, /;
    const { allowScripts } = manifestOf(await fixed(given, title));
    assert.deepEqual(allowScripts, { 'a-one@1.0.0': true, 'b-two@1.0.0': true, 'c-three@1.0.0': true });
  });
});

describe('pnpm', () => {
  test('from 10.26 on in allowBuilds, in a new file too', async () => {
    for (const manager of ['pnpm@10.26.0', 'pnpm@11.0.0', 'pnpm@12.21.0']) {
      const given = { manager, format: 'pnpm-9.0' };
      const approved = await fixed(
        given,
        /^Approve the script of native 1\.0\.0: add native@1\.0\.0: true to allowBuilds$/,
      );
      assert.equal(approved['pnpm-workspace.yaml'], 'allowBuilds:\n  native@1.0.0: true\n');
      const denied = await fixed(given, /^Deny the scripts of native: add native: false to allowBuilds$/);
      assert.equal(denied['pnpm-workspace.yaml'], 'allowBuilds:\n  native: false\n');
    }
  });

  test('the line that pnpm added becomes the decision', async () => {
    const workspace =
      'allowBuilds:\n  # reviewed\n  other: true\n  native: set this to true or false\nfoo: 1\n';
    const given = { manager: 'pnpm@11.0.0', format: 'pnpm-9.0', workspace };
    const approved = await fixed(given, /^Approve/);
    assert.equal(
      approved['pnpm-workspace.yaml'],
      'allowBuilds:\n  # reviewed\n  other: true\n  native@1.0.0: true\nfoo: 1\n',
    );
    const denied = await fixed(given, /^Deny/);
    assert.equal(
      denied['pnpm-workspace.yaml'],
      'allowBuilds:\n  # reviewed\n  other: true\n  native: false\nfoo: 1\n',
    );
  });

  test('an approval of a version that is no longer locked moves', async () => {
    const workspace = "allowBuilds:\n  'native@0.9.0': true # why\n";
    const after = await fixed({ manager: 'pnpm@12.0.0', format: 'pnpm-9.0', workspace }, /^Approve/);
    assert.equal(after['pnpm-workspace.yaml'], "allowBuilds:\n  'native@1.0.0': true # why\n");
  });

  test('a version that nothing states is named in the title', async () => {
    assert.deepEqual(await titles({ format: 'pnpm-9.0' }), [
      'Approve the script of native 1.0.0: add native@1.0.0: true to allowBuilds, which pnpm reads since 10.26',
      'Deny the scripts of native: add native: false to allowBuilds, which pnpm reads since 10.26',
    ]);
  });

  test('10.0 to 10.25 in lists, where this version reads them', async () => {
    const format = 'pnpm-9.0';
    const early = await fixed({ manager: 'pnpm@10.4.0', format }, /^Approve the script of every version/);
    assert.deepEqual(manifestOf(early).pnpm, { onlyBuiltDependencies: ['native'] });
    const later = await fixed({ manager: 'pnpm@10.18.0', format }, /^Approve the script of every version/);
    assert.equal(later['pnpm-workspace.yaml'], 'onlyBuiltDependencies:\n  - native\n');
    const pinned = await fixed({ manager: 'pnpm@10.19.0', format }, /^Approve the script of native 1\.0\.0/);
    assert.equal(pinned['pnpm-workspace.yaml'], 'onlyBuiltDependencies:\n  - native@1.0.0\n');
    const workspace = 'ignoredBuiltDependencies:\n  - other\n';
    const denied = await fixed({ manager: 'pnpm@10.18.0', format, workspace }, /^Deny/);
    assert.equal(denied['pnpm-workspace.yaml'], 'ignoredBuiltDependencies:\n  - other\n  - native\n');
    const manifest = { pnpm: { onlyBuiltDependencies: ['other'] } };
    const beside = await fixed({ manager: 'pnpm@10.18.0', format, manifest }, /^Approve/);
    assert.deepEqual(manifestOf(beside).pnpm, { onlyBuiltDependencies: ['other', 'native'] });
  });

  test('up to 9 one list or the other', async () => {
    const given = { manager: 'pnpm@9.15.0', format: 'pnpm-9.0' };
    const denied = await fixed(
      given,
      /^Deny the scripts of native: add native to pnpm.neverBuiltDependencies$/,
    );
    assert.deepEqual(manifestOf(denied).pnpm, { neverBuiltDependencies: ['native'] });
    const title = /: add native to pnpm.onlyBuiltDependencies, which denies all others$/;
    assert.deepEqual(manifestOf(await fixed(given, title)).pnpm, { onlyBuiltDependencies: ['native'] });
    const manifest = { pnpm: { neverBuiltDependencies: ['other'] } };
    assert.deepEqual(await titles({ ...given, manifest }), [
      'Deny the scripts of native: add native to pnpm.neverBuiltDependencies',
    ]);
  });
});

describe('Yarn', () => {
  test('in dependenciesMeta of the root', async () => {
    for (const manager of ['yarn@3.8.7', 'yarn@4.18.1']) {
      const given = { manager, format: 'yarn-berry-6' };
      const approved = await fixed(given, /^Approve the script of native 1\.0\.0: add "native@1\.0\.0": /);
      assert.deepEqual(manifestOf(approved).dependenciesMeta, { 'native@1.0.0': { built: true } });
      const denied = await fixed(given, /^Deny the scripts of native: add "native": /);
      assert.deepEqual(manifestOf(denied).dependenciesMeta, { native: { built: false } });
    }
  });

  test('Yarn 1 has none', async () =>
    assert.deepEqual(await titles({ manager: 'yarn@1.22.22', format: 'yarn-1' }), []));
});

describe('Bun', () => {
  test('approves by name; a script is denied by leaving it out', async () => {
    const given = { manager: 'bun@1.4.5', format: 'bun-1', manifest: { trustedDependencies: ['other'] } };
    const title = /^Approve the script of every version of native: add "native" to trustedDependencies$/;
    assert.deepEqual(manifestOf(await fixed(given, title)).trustedDependencies, ['other', 'native']);
    assert.equal((await titles(given)).length, 1);
  });
});

test('Bun approves every version of a name, so two versions are one entry', async () => {
  const names = ['esbuild', 'native'];
  const manifest = { trustedDependencies: ['other'] };
  const text = project({ manager: 'bun@1.4.5', format: 'bun-1', manifest, names });
  const [head, lock] = text.split(/(?<=-- bun\.lock --\n)/) as [string, string];
  const older = lock.replace(/^( *)"esbuild": \[.*$/m, (line, indent: string) =>
    [line, `${indent}"native/esbuild": ["esbuild@0.9.0", "", {}, ""],`].join('\n'),
  );
  assert.notEqual(older, lock);
  const released = { versions: { '1.0.0': SCRIPT, '0.9.0': SCRIPT } };
  const workspace = await openWorkspace(`${head}${older}`, {
    registry: { esbuild: released, native: released },
  });
  const all = workspace
    .findings(RULE)
    .flatMap((finding) => finding.fixes().map(({ title }) => title))
    .find((title) => title.startsWith('Approve all'));
  assert.equal(
    all,
    'Approve all 2 packages with unreviewed install scripts: add "esbuild", "native" to trustedDependencies',
  );
});
