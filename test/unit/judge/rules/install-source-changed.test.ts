import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openWorkspace } from '../../../workspace.ts';

const HASH = `+sha512.${'a1'.repeat(64)}`;
const OTHER = `+sha512.${'b2'.repeat(64)}`;

/** Returns the findings of one file over an earlier text of it. */
async function found(file: string, before: string, now: string): Promise<readonly string[]> {
  const manifest = file === 'package.json' ? '' : '-- package.json --\n{ "name": "shop" }\n';
  const workspace = await openWorkspace(`${manifest}-- ${file} --\n${now}\n`, { base: `${before}\n` });
  return workspace
    .findings('install-source-changed')
    .filter(({ uri }) => uri.endsWith(`/${file}`))
    .map(({ severity, message }) => `${severity}: ${message}`);
}

const pinned = (packageManager?: string) => JSON.stringify({ name: 'shop', packageManager });

describe('the pinned package manager', () => {
  const honest: readonly (readonly [string | undefined, string])[] = [
    [undefined, 'pnpm@10.33.0'],
    [undefined, `yarn@4.0.2${HASH}`],
    ['pnpm@10.33.0', 'pnpm@11.0.0-rc.1'],
    [`pnpm@10.33.0${HASH}`, `pnpm@10.33.1${OTHER}`],
    ['npm@11.0.0', `npm@11.1.0${HASH}`],
    [undefined, 'yarn@1.22.22'],
    ['npm@6.14.18', 'npm@11.1.0'],
  ];
  for (const [before, now] of honest) {
    test(`from ${before ?? 'none'} to ${now} is an update`, async () =>
      assert.deepEqual(await found('package.json', pinned(before), pinned(now)), []));
  }

  const others: readonly (readonly [string | undefined, string])[] = [
    [undefined, 'https://files.example.test/pnpm-10.33.0.tgz'],
    [undefined, 'pnpm@https://files.example.test/pnpm-10.33.0.tgz'],
    [undefined, 'pnpm@10.33.0+evil'],
    [undefined, 'acme-pm@1.0.0'],
    ['pnpm@10.33.0', 'yarn@4.0.2'],
    [`pnpm@10.33.0${HASH}`, `pnpm@10.33.0${OTHER}`],
    [`pnpm@10.33.0${HASH}`, 'pnpm@10.33.0'],
    [`pnpm@10.33.0${HASH}`, 'pnpm@10.33.1'],
    ['pnpm@10.33.0', 'pnpm@6.0.0'],
    ['pnpm@10.33.0', 'pnpm@10.32.1'],
    ['pnpm@10.33.0', 'pnpm@10.33.0-rc.1'],
    [undefined, 'npm@6.0.0'],
    [undefined, 'pnpm@6.35.1'],
  ];
  for (const [before, now] of others) {
    test(`from ${before ?? 'none'} to ${now} is reported`, async () =>
      assert.equal((await found('package.json', pinned(before), pinned(now))).length, 1));
  }

  test('in volta', async () => {
    const volta = (pins?: object) => JSON.stringify({ name: 'shop', volta: pins });
    const changed = (before: object | undefined, now: object) =>
      found('package.json', volta(before), volta(now));
    assert.deepEqual(await changed(undefined, { node: '22.1.0', npm: '10.0.0' }), []);
    assert.deepEqual(await changed({ node: '22.1.0', npm: '10.0.0' }, { node: '20.1.0', npm: '11.0.0' }), []);
    assert.equal((await changed({ npm: '10.0.0' }, { npm: '9.9.0' })).length, 1);
    assert.equal((await changed(undefined, { npm: '6.0.0' })).length, 1);
    assert.equal((await changed(undefined, { extends: '../evil.json' })).length, 1);
  });

  test('in devEngines', async () => {
    const engine = (packageManager?: object) =>
      JSON.stringify({ name: 'shop', devEngines: { packageManager } });
    const pnpm = { name: 'pnpm', version: '^10.0.0', onFail: 'download' };
    assert.deepEqual(await found('package.json', engine(), engine(pnpm)), []);
    assert.deepEqual(await found('package.json', engine(pnpm), engine({ ...pnpm, version: '^11.0.0' })), []);
    assert.equal(
      (await found('package.json', engine(pnpm), engine({ ...pnpm, version: '^6.0.0' }))).length,
      1,
    );
    const other = await found('package.json', engine(pnpm), engine({ ...pnpm, name: 'acme-pm' }));
    assert.deepEqual(other, [
      'warning: "devEngines.packageManager.name" runs acme-pm here, but was pnpm in the last commit. Confirm that the change is intended.',
    ]);
    const url = { ...pnpm, version: 'https://files.example.test/pnpm.tgz' };
    assert.equal((await found('package.json', engine(pnpm), engine(url))).length, 1);
  });
});

test('a patch in the project is information, and one from elsewhere a warning', async () => {
  const file = 'pnpm-workspace.yaml';
  const patched = (path: string) => `patchedDependencies:\n  a@1.0.0: ${path}`;
  assert.deepEqual(await found(file, 'packages: []', patched('patches/a@1.0.0.patch')), [
    'information: "patchedDependencies.a@1.0.0" applies patches/a@1.0.0.patch here, but was not set in the last commit. Confirm that the change is intended.',
  ]);
  for (const path of ['../a.patch', '/tmp/a.patch', 'patches/../../a.patch', 'C:\\a.patch', '~/a.patch']) {
    const [only] = await found(file, 'packages: []', patched(path));
    assert.match(only ?? '', /^warning: /, path);
  }
});

test('a plugin of Yarn begins with its file', async () => {
  const plugin = `plugins:\n  - checksum: ${'a1'.repeat(64)}\n    path: .yarn/plugins/a.cjs\n    spec: https://files.example.test/a.cjs`;
  const [only] = await found('.yarnrc.yml', 'nodeLinker: pnp', plugin);
  assert.match(
    only ?? '',
    /^warning: "plugins" runs \.yarn\/plugins\/a\.cjs \(checksum a1a1.*… here, but was not set in the last commit/,
  );
});
