import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lockedFor } from '../../../formats/example-project.ts';
import { FORMATS } from '../../../formats/lockfile-formats.ts';
import { fixOf, openWorkspace, TEST_REGISTRY } from '../../../workspace.ts';

const RULE = 'script-policy-ineffective';

interface Given {
  readonly manager?: string | undefined;
  readonly format?: string;
  readonly manifest?: object;
  readonly files?: Readonly<Record<string, string>>;
}

/** Returns a project with native 1.0.0 locked. */
function project({ manager = 'npm@12.2.0', format = 'npm-3', manifest = {}, files = {} }: Given): string {
  const { file, write } = FORMATS.find(({ id }) => id === format)!;
  const declared = { native: '1.0.0' };
  const text = { name: 'shop', packageManager: manager, dependencies: declared, ...manifest };
  const locked = [{ ...lockedFor('native', '1.0.0'), hasInstallScript: true }];
  const all = {
    'package.json': `${JSON.stringify(text, undefined, 2)}\n`,
    [file]: write({ manifest: text, declared, locked, files: new Map() }),
    ...files,
  };
  return Object.entries(all)
    .map(([path, content]) => `-- ${path} --\n${content}`)
    .join('');
}

const said = async (given: Given) =>
  (await openWorkspace(project(given)))
    .findings(RULE)
    .map(({ message, severity }) => `${severity}: ${message}`);

async function fixed(given: Given, title: RegExp): Promise<Readonly<Record<string, string>>> {
  const after = await fixOf(project(given), RULE, title);
  return Object.fromEntries(
    after.split(/^-- (?=\S+ --\n)/m).map((part) => part.split(' --\n') as [string, string]),
  );
}

const npm = (allowScripts: object) => ({ manifest: { allowScripts } });
const pnpm = (workspace: string, manager = 'pnpm@11.2.0') => ({
  manager,
  format: 'pnpm-9.0',
  files: { 'pnpm-workspace.yaml': workspace },
});

describe('keys and values', () => {
  test('ranges and tags, in every setting that has versions', async () => {
    for (const key of ['native@^1.0.0', 'native@latest']) {
      const expected = `warning: "${key}" has no effect in allowScripts: only exact versions count. Use "native@1.0.0".`;
      assert.deepEqual(await said(npm({ [key]: true })), [expected]);
      const { 'package.json': after } = await fixed(npm({ [key]: true }), /^Replace "native@/);
      assert.deepEqual(JSON.parse(after!).allowScripts, { 'native@1.0.0': true });
    }
    const yaml = 'allowBuilds:\n  native@^1.0.0: true\n';
    const { 'pnpm-workspace.yaml': after } = await fixed(pnpm(yaml), /^Replace/);
    assert.equal(after, 'allowBuilds:\n  native@1.0.0: true\n');
    const yarn = { manager: 'yarn@4.18.1', format: 'yarn-berry-8' };
    const dependenciesMeta = { 'native@^1.0.0': { built: true } };
    assert.match((await said({ ...yarn, manifest: { dependenciesMeta } }))[0]!, /only exact versions/);
  });

  test('what counts is silent', async () => {
    for (const key of ['native@1.0.0', 'native@0.9.0 || 1.0.0', 'github:a/b', 'github:a/b#0123456'])
      assert.deepEqual(await said(npm({ [key]: true })), [], key);
    assert.deepEqual(await said(npm({ native: false, gone: false })), []);
    assert.deepEqual(await said(pnpm('allowBuilds:\n  native: set this to true or false\n')), []);
    assert.deepEqual(await said({ format: 'npm-3' }), []);
  });

  test('a value that is neither', async () => {
    assert.deepEqual(await said(npm({ native: 'yes' })), [
      'warning: "native" has no effect in allowScripts: its value is neither true nor false. Set it to one of them.',
    ]);
  });

  test('an alias', async () => {
    const source = `-- package.json --
{ "packageManager": "npm@12.2.0", "dependencies": { "short": "npm:native@1.0.0" }, "allowScripts": { "short@1.0.0": true } }
-- package-lock.json --
${JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': { dependencies: { short: 'npm:native@1.0.0' } },
    'node_modules/short': {
      name: 'native',
      version: '1.0.0',
      resolved: `${TEST_REGISTRY}native/-/native-1.0.0.tgz`,
      hasInstallScript: true,
    },
  },
})}
`;
    const workspace = await openWorkspace(source);
    assert.deepEqual(
      workspace.findings(RULE).map(({ message }) => message),
      ['"short@1.0.0" has no effect in allowScripts: it is an alias of another package. Use "native@1.0.0".'],
    );
    assert.match(await fixOf(source, RULE, /^Replace/), /"allowScripts": \{ "native@1\.0\.0": true \}/);
  });
});

describe('versions of package managers', () => {
  test('npm before 11.16', async () => {
    const given = { ...npm({ native: true, 'other@^1': true }), manager: 'npm@11.15.0' };
    assert.deepEqual(await said(given), [
      'warning: allowScripts has no effect: npm 11.15.0 does not read it. Update npm to 11.16.0 or later.',
    ]);
  });

  test('the lists of pnpm 10 in pnpm 11, which move', async () => {
    const yaml = '# a\nonlyBuiltDependencies:\n  - native\n  - other\nminimumReleaseAge: 1440\n';
    const list = '# a\nonlyBuiltDependencies:\n  - native@1.0.0\nminimumReleaseAge: 1440\n';
    assert.deepEqual(await said(pnpm(yaml)), [
      'warning: onlyBuiltDependencies has no effect: pnpm 11.2.0 does not read it. Use allowBuilds.',
    ]);
    assert.deepEqual(await said(pnpm(yaml, 'pnpm@10.20.0')), [
      'hint: onlyBuiltDependencies approves every future version of native. Use "native@1.0.0".',
      'hint: onlyBuiltDependencies approves "other", which is not locked. Remove it.',
    ]);
    const { 'pnpm-workspace.yaml': after } = await fixed(
      pnpm(list),
      /^Move onlyBuiltDependencies to allowBuilds$/,
    );
    assert.equal(after, '# a\nminimumReleaseAge: 1440\n\nallowBuilds:\n  native@1.0.0: true\n');
    const manifest = { pnpm: { neverBuiltDependencies: ['native'] } };
    const given = { manager: 'pnpm@12.0.0', format: 'pnpm-9.0', manifest };
    const moved = await fixed(given, /^Move pnpm.neverBuiltDependencies to allowBuilds$/);
    assert.equal(moved['pnpm-workspace.yaml'], 'allowBuilds:\n  native: false\n');
    assert.deepEqual(JSON.parse(moved['package.json']!).pnpm, {});
  });

  test('allowBuilds before pnpm 10.26, and an unknown version', async () => {
    const yaml = 'allowBuilds:\n  native@1.0.0: true\n';
    assert.deepEqual(await said(pnpm(yaml, 'pnpm@10.20.0')), [
      'warning: allowBuilds has no effect: pnpm 10.20.0 does not read it. Update pnpm to 10.26.0 or later.',
    ]);
    assert.deepEqual(await said({ ...pnpm(yaml), manifest: { packageManager: undefined } }), []);
  });
});

describe('places', () => {
  test('fields of another package manager', async () => {
    assert.deepEqual(await said({ manifest: { trustedDependencies: ['native'] } }), [
      'warning: trustedDependencies has no effect: npm does not read it. Use allowScripts, or remove it.',
    ]);
    const both = { files: { 'bun.lock': '{ "lockfileVersion": 1, "workspaces": {}, "packages": {} }\n' } };
    assert.deepEqual(await said({ manifest: { trustedDependencies: ['native'] }, ...both }), []);
  });

  test('a workspace member', async () => {
    const files = { 'a/package.json': '{ "name": "a", "allowScripts": { "native": true } }\n' };
    assert.deepEqual(await said({ manifest: { workspaces: ['a'] }, files }), [
      'warning: allowScripts has no effect in a workspace member: npm reads that of the root. Move it there.',
    ]);
  });

  test('allow-scripts beside allowScripts', async () => {
    const files = { '.npmrc': 'allow-scripts=native\n' };
    assert.deepEqual(await said({ files }), []);
    const given = { ...npm({ 'native@1.0.0': true }), files };
    assert.deepEqual(await said(given), [
      'warning: allow-scripts has no effect: allowScripts of package.json replaces it. Delete the line.',
    ]);
    assert.equal((await fixed(given, /^Delete/))['.npmrc'], '');
  });
});

describe('approvals of too much', () => {
  test('of what is not locked, one and all', async () => {
    const given = npm({ gone: true, 'native@1.0.0': true, 'native@0.9.0': true });
    assert.deepEqual(await said(given), [
      'hint: allowScripts approves 2 packages that are not locked: gone, native@0.9.0. Remove them.',
    ]);
    const one = npm({ gone: true, 'native@1.0.0': true });
    const removed = JSON.parse((await fixed(one, /^Remove "gone" from allowScripts$/))['package.json']!);
    assert.deepEqual(removed.allowScripts, { 'native@1.0.0': true });
    const all = await fixed(given, /^Remove 2 packages from allowScripts$/);
    assert.deepEqual(JSON.parse(all['package.json']!).allowScripts, { 'native@1.0.0': true });
    const yaml = pnpm('allowBuilds:\n  gone: true # old\n  native@1.0.0: true\n  off@1.0.0: true\n');
    const { 'pnpm-workspace.yaml': after } = await fixed(yaml, /^Remove 2 packages/);
    assert.equal(after, 'allowBuilds:\n  native@1.0.0: true\n');
  });

  test('of every version, where exact ones are possible', async () => {
    assert.deepEqual(await said(npm({ native: true })), [
      'hint: allowScripts approves every future version of native. Use "native@1.0.0".',
    ]);
    assert.deepEqual(
      await said({
        ...npm({ native: true }),
        files: { 'dependency-hygiene.json': '{ "internalNames": ["native"] }\n' },
      }),
      [],
    );
    const bun = { manager: 'bun@1.4.5', format: 'bun-1', manifest: { trustedDependencies: ['native'] } };
    assert.deepEqual(await said(bun), []);
    assert.deepEqual(await said(pnpm('onlyBuiltDependencies:\n  - native\n', 'pnpm@10.18.0')), []);
    const listed = pnpm('onlyBuiltDependencies:\n  - native\n', 'pnpm@10.20.0');
    const { 'pnpm-workspace.yaml': after } = await fixed(listed, /^Approve "native@1\.0\.0" instead$/);
    assert.equal(after, 'onlyBuiltDependencies:\n  - native@1.0.0\n');
  });
});
