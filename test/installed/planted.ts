import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProcess } from '../cli/run-cli.ts';
import { type PackageFixture, pack } from '../registry-servers/support/package-fixture.ts';

/** What installs have that is no difference: links, bundled packages, aliases, peers, other platforms, commands. */
export const PACKAGES: readonly PackageFixture[] = [
  pack('alpha', {
    '1.1.0': { dependencies: { beta: '^1.0.0' }, files: { 'index.js': 'module.exports = 1;\n' } },
  }),
  pack('beta', { '1.0.0': { dependencies: { gamma: '^1.0.0' } }, '2.0.0': {} }),
  pack('gamma', { '1.0.0': {}, '1.2.0': {} }),
  pack('@scope/delta', { '1.0.0': { dependencies: { beta: '^2.0.0' } } }),
  pack('other-platform', { '1.0.0': { manifest: { os: ['aix'], cpu: ['s390x'] } } }),
  pack('has-optional', { '1.0.0': { manifest: { optionalDependencies: { 'other-platform': '^1.0.0' } } } }),
  pack('with-script', { '1.0.0': { scripts: { postinstall: 'node --version' } } }),
  pack('peered', { '1.0.0': { manifest: { peerDependencies: { gamma: '*' } } } }),
  pack('bundler', {
    '1.0.0': {
      dependencies: { inner: '1.0.0' },
      manifest: { bundleDependencies: ['inner'] },
      files: { 'node_modules/inner/package.json': '{ "name": "inner", "version": "1.0.0" }' },
    },
  }),
  pack('inner', { '1.0.0': {} }),
  pack('windows-command', {
    '1.0.0': {
      manifest: { bin: { 'windows-command': 'cli.js' } },
      files: { 'cli.js': '#!/usr/bin/env node\r\nconsole.log(1);\r\n', '.gitignore': 'node_modules\n' },
    },
  }),
];

export const FILES: Readonly<Record<string, string>> = {
  'package.json': `${JSON.stringify(
    {
      ...{ name: 'shop', version: '1.0.0', private: true, workspaces: ['packages/*'] },
      dependencies: {
        ...{ alpha: '^1.0.0', '@scope/delta': '^1.0.0', 'has-optional': '^1.0.0', peered: '^1.0.0' },
        ...{ renamed: 'npm:gamma@1.0.0', gamma: '^1.2.0', bundler: '^1.0.0', 'windows-command': '^1.0.0' },
      },
      devDependencies: { 'with-script': '^1.0.0' },
    },
    undefined,
    2,
  )}\n`,
  'packages/m/package.json':
    '{ "name": "member", "version": "1.0.0", "private": true, "dependencies": { "beta": "^2.0.0" } }\n',
  'pnpm-workspace.yaml': 'packages: ["packages/*"]\n',
};

export interface Checked {
  /** `kind name version`. */
  readonly found: readonly string[];
  /** The packages whose files were not compared. */
  readonly uncompared: readonly string[];
}

/** Runs `check --installed` in the environment that the install had. */
export function checkInstalled(directory: string, env: Readonly<Record<string, string>>): Checked {
  const { code, out, error } = runProcess(['check', directory, '--installed', '--json'], { env });
  assert.ok(code === 0 || code === 1, error);
  const { findings, coverage } = JSON.parse(out) as {
    readonly findings: readonly { readonly rule: string; readonly data: Readonly<Record<string, unknown>> }[];
    readonly coverage: { readonly gaps: readonly { reason: string; packages?: readonly string[] }[] };
  };
  const isInstalled = coverage.gaps.every(({ reason }) => reason !== 'not-installed');
  assert.ok(isInstalled, 'something is compared');
  const own = findings.filter(({ rule }) => rule === 'installed-mismatch');
  return {
    found: own.map(({ data: { kind, name, version } }) => `${kind} ${name} ${version}`).sort(),
    // A bundled copy need not be the package of that name and version.
    uncompared: coverage.gaps
      .flatMap(({ reason, packages }) => (reason === 'not-cached' ? (packages ?? []) : []))
      .filter((name) => name !== 'inner'),
  };
}

/** Plants an extra package, another version, an edited file and an added one. Returns what has to be found. */
export function plantChanges(directory: string, hasArchives: boolean): readonly string[] {
  if (!existsSync(join(directory, 'node_modules/alpha')))
    return [...(hasArchives ? ['altered alpha 1.1.0'] : []), ...plantInMap(directory)].sort();
  const altered = hasArchives ? ['altered alpha 1.1.0', 'altered windows-command 1.0.0'] : [];
  const modules = join(directory, 'node_modules');
  mkdirSync(join(modules, 'evil'));
  writeFileSync(join(modules, 'evil/package.json'), '{ "name": "evil", "version": "6.6.6" }');
  appendFileSync(join(realpathSync(join(modules, 'alpha')), 'index.js'), 'steal();\n');
  // Loaded by `require('windows-command/cli')`, in the place of cli.js.
  writeFileSync(join(realpathSync(join(modules, 'windows-command')), 'cli'), 'steal();\n');
  const manifest = join(realpathSync(join(modules, 'gamma')), 'package.json');
  const text = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, text.replace('1.2.0', '9.9.9'));
  return [...altered, 'extra evil 6.6.6', 'version gamma 9.9.9'].sort();
}

/** In a Plug'n'Play install the map says what is installed, and packages are zips. */
function plantInMap(directory: string): readonly string[] {
  const map = join(directory, '.pnp.cjs');
  const text = readFileSync(map, 'utf8');
  const planted =
    '["evil", [["npm:6.6.6", { "packageLocation": "./evil/", "packageDependencies": [] }]]], ["alpha", [';
  const other = text.replace('["alpha", [', planted).replaceAll('"npm:1.2.0"', '"npm:9.9.9"');
  assert.notEqual(other, text);
  writeFileSync(map, other);
  const [, zip] = /"([^"]*\/alpha-npm-[^"]*?\.zip)\//.exec(text) ?? [];
  assert.ok(zip);
  appendFileSync(join(directory, zip), 'x');
  return ['extra evil 6.6.6', 'version gamma 9.9.9'];
}
