import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { makeProject, runCli } from './run-cli.ts';

const isWindows = process.platform === 'win32';

const PROJECT = {
  'package.json': {
    name: 'shop',
    dependencies: {
      'left-pad': '^1.0.0',
      '@acme/ui': '^1.0.0',
      '@hidden/core': '1',
      charts: 'github:a/charts',
    },
  },
  '.npmrc': '@acme:registry=https://npm.acme.example.test/\nregistry=https://mirror.example.test/npm/\n',
  'dependency-hygiene.json': { privateScopes: ['@hidden'], mirrors: ['https://mirror.example.test/npm/'] },
};

describe('dephygiene privacy', () => {
  test('prints who would hear which name, and which names nobody hears, with the lines that decide', () => {
    const { code, out, error } = runCli(['privacy', makeProject(PROJECT)]);
    assert.deepEqual([code, error], [0, '']);
    const [title, ...rest] = out.split('\n');
    assert.match(title!, /^dephygiene-\w+ \(npm\)$/);
    assert.equal(
      rest.join('\n'),
      `
  Sent to mirror.example.test, a mirror of the public one (.npmrc line 2)
    1 name from your files: left-pad

  Sent to npm.acme.example.test (.npmrc line 1)
    1 name from your files: @acme/ui

  Never sent
    @hidden is a private scope without a configured registry:
      @hidden/core (dependency-hygiene.json line 3)
    this project does not take it from a registry:
      charts (package.json line 7)
    a package of this workspace:
      shop (package.json line 2)

This list was made without a request. An editor asks when you hover over or edit
a dependency, when a rule needs data, and every few hours if watching is on.
Only these names and their versions leave the project. Registries are also asked
for their signing keys, and Sigstore for its own if provenance is verified,
without any name.
`,
    );
  });

  test('prints JSON with a file and a line for each', () => {
    const { code, out } = runCli(['privacy', makeProject(PROJECT), '--format', 'json']);
    assert.equal(code, 0);
    const { projects, sentNow, notRead } = JSON.parse(out) as Record<string, unknown[]>;
    assert.deepEqual([sentNow, notRead], [[], []]);
    const kept = 'without a configured registry';
    assert.deepEqual(projects, [
      {
        path: '.',
        manager: 'npm',
        destinations: [
          {
            ...{ address: 'https://mirror.example.test/npm/', kind: 'mirror', because: '.npmrc line 2' },
            ...{ declared: ['left-pad'], locked: [], file: '.npmrc', line: 2 },
          },
          {
            ...{ address: 'https://npm.acme.example.test/', kind: 'private', because: '.npmrc line 1' },
            ...{ declared: ['@acme/ui'], locked: [], file: '.npmrc', line: 1 },
          },
        ],
        statistics: null,
        neverSent: [
          {
            ...{ name: '@hidden/core', reason: 'private', by: 'private-scope' },
            ...{ detail: `@hidden is a private scope ${kept}`, file: 'dependency-hygiene.json', line: 3 },
          },
          {
            ...{ name: 'charts', reason: 'elsewhere', by: 'not-from-registry' },
            ...{ detail: 'this project does not take it from a registry', file: 'package.json', line: 7 },
          },
          {
            ...{ name: 'shop', reason: 'private', by: 'workspace-member' },
            ...{ detail: 'it is a package of this workspace', file: 'package.json', line: 2 },
          },
        ],
      },
    ]);
  });

  test('never seems whole where a file was not read', () => {
    const broken = makeProject({ ...PROJECT, 'package-lock.json': '{ "lockfileVersion": 3, "packages": {' });
    const { code, out, error } = runCli(['privacy', broken]);
    assert.equal(code, 2);
    assert.match(out, /^Not read: package-lock\.json \([^)]+\); its names may be missing from this list\.$/m);
    assert.equal(error, 'dephygiene: a file was not read completely, so names may be missing.\n');
  });

  test("names the user's own files with a credential that others can read", { skip: isWindows }, () => {
    const token = 'b'.repeat(8) + Date.now().toString(36);
    const home = makeProject({
      '.npmrc': `//npm.acme.example.test/:_authToken=${token}\n`,
      '.yarnrc.yml': `npmAuthToken: "${token}"\n`,
      '.bunfig.toml': `[install]\nregistry = { url = "https://npm.acme.example.test/", token = "${token}" }\n`,
      '.yarnrc': 'registry "https://npm.acme.example.test/"\n',
      '.config/pnpm/auth.ini': `//npm.acme.example.test/:_authToken=${token}\n`,
      '.config/pnpm/rc': `//npm.acme.example.test/:_authToken=\${NPM_TOKEN}\n`,
      'set/pnpm/auth.ini': `//npm.acme.example.test/:_authToken=${token}\n`,
    });
    const project = makeProject(PROJECT);
    const run = (env: Readonly<Record<string, string>> = {}) => {
      const { code, out } = runCli(['privacy', project, '--json'], { env: { HOME: home, ...env } });
      assert.equal(code, 0);
      assert.doesNotMatch(out, new RegExp(token));
      return (JSON.parse(out) as { secretsOpenToOthers: unknown }).secretsOpenToOthers;
    };
    // The folder above them lets nobody in.
    assert.deepEqual(run(), []);
    chmodSync(home, 0o755);
    chmodSync(join(home, '.yarnrc.yml'), 0o600);
    assert.deepEqual(run(), ['~/.npmrc', '~/.config/pnpm/auth.ini', '~/.bunfig.toml']);
    assert.deepEqual(run({ XDG_CONFIG_HOME: join(home, 'set') }), [
      '~/.npmrc',
      '~/set/pnpm/auth.ini',
      '~/.bunfig.toml',
    ]);
    for (const file of ['.bunfig.toml', '.config/pnpm/auth.ini']) chmodSync(join(home, file), 0o600);
    const { out } = runCli(['privacy', project], { env: { HOME: home } });
    assert.match(
      out.replaceAll('\n', ' '),
      / Other users of this machine can read ~\/\.npmrc, which holds a credential\. Run: chmod 600 ~\/\.npmrc /,
    );
  });

  test('says what is wrong with its use', () => {
    assert.match(runCli(['privacy', makeProject({ 'a.txt': '' })]).error, /no package\.json was found in/);
    assert.match(runCli(['privacy', '--trust']).error, /privacy has no option --trust/);
    assert.match(runCli(['privcy']).error, /did you mean "privacy"\?/);
    assert.match(runCli(['privacy', '--help']).out, /It sends nothing itself/);
  });
});
