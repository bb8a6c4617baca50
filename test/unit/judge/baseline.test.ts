import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { planBaseline } from '../../../server/src/core/judge/baseline/plan-baseline.ts';
import { applyEdits } from '../../../server/src/core/read/text/edit.ts';
import { nameOf, relativeUri } from '../../../server/src/core/read/text/paths/uri.ts';
import { openFiles, ROOT } from '../../workspace.ts';

const manifest = (manager: string | undefined, more: object = {}) =>
  JSON.stringify({
    ...{ name: 'shop', private: true },
    ...(manager === undefined ? {} : { packageManager: manager }),
    ...more,
  });

/** Plans the baseline of files, and returns the files after it, and what is left as it is. */
async function planned(files: Readonly<Record<string, string>>, userNpmrc?: string) {
  const all = new Map(Object.entries(files));
  const { snapshot } = await openFiles(all, userNpmrc === undefined ? {} : { userNpmrc });
  const { project } = snapshot.projects[0]!;
  const baseline = planBaseline(project, snapshot.textOf);
  const after: Record<string, string> = { ...files };
  for (const uri of new Set(baseline.edits.map((edit) => edit.uri)))
    after[relativeUri(ROOT, uri)] = applyEdits(
      snapshot.textOf(uri) ?? '',
      baseline.edits.filter((edit) => edit.uri === uri),
    );
  return {
    after,
    added: baseline.added.map(({ uri, setting }) => `${nameOf(uri)}: ${setting}`),
    kept: baseline.kept.map(({ setting, proposed }) => `${setting} / ${proposed}`),
    unwritten: baseline.unwritten.map(({ setting }) => setting),
    baseline,
  };
}

/** Plans once more, which must add nothing. */
async function expectDone(files: Readonly<Record<string, string>>): Promise<void> {
  assert.deepEqual((await planned(files)).added, []);
}

describe('the baseline of each package manager and version', () => {
  const cases: readonly (readonly [string | undefined, string, readonly string[]])[] = [
    [undefined, '.npmrc', ['ignore-scripts=true', 'min-release-age=3', 'save-exact=true']],
    ['npm@10.9.9', '.npmrc', ['ignore-scripts=true', 'save-exact=true']],
    ['npm@11.12.0', '.npmrc', ['ignore-scripts=true', 'min-release-age=3', 'save-exact=true']],
    ['npm@11.19.1', '.npmrc', ['strict-allow-scripts=true', 'min-release-age=3', 'save-exact=true']],
    ['npm@12.2.0', '.npmrc', ['min-release-age=3', 'save-exact=true']],
    ['pnpm@9.15.9', '.npmrc', ['ignore-scripts=true', 'save-exact=true']],
    ['pnpm@10.12.0', 'pnpm-workspace.yaml', ['strictDepBuilds: true', "savePrefix: ''"]],
    [
      'pnpm@10.34.2',
      'pnpm-workspace.yaml',
      [
        ...['minimumReleaseAge: 4320', 'trustPolicy: no-downgrade', 'blockExoticSubdeps: true'],
        ...['strictDepBuilds: true', "savePrefix: ''"],
      ],
    ],
    [
      'pnpm@12.21.0',
      'pnpm-workspace.yaml',
      ['minimumReleaseAge: 4320', 'trustPolicy: no-downgrade', "savePrefix: ''"],
    ],
    ['yarn@1.22.22', '.yarnrc', ['ignore-scripts true', 'save-prefix ""']],
    ['yarn@3.8.7', '.yarnrc.yml', ['enableScripts: false', 'defaultSemverRangePrefix: ""']],
    [
      'yarn@4.12.0',
      '.yarnrc.yml',
      ['enableScripts: false', 'npmMinimalAgeGate: "3d"', 'defaultSemverRangePrefix: ""'],
    ],
    ['yarn@4.18.1', '.yarnrc.yml', ['npmMinimalAgeGate: "3d"', 'defaultSemverRangePrefix: ""']],
    [
      'bun@1.4.5',
      'bunfig.toml',
      ['install.minimumReleaseAge = 259200', 'install.auto = "disable"', 'install.exact = true'],
    ],
  ];
  for (const [manager, file, settings] of cases)
    test(manager ?? 'npm of unknown version', async () => {
      const { added, after } = await planned({ 'package.json': manifest(manager) });
      assert.deepEqual(
        added,
        settings.map((setting) => `${file}: ${setting}`),
      );
      await expectDone(after);
      // Every line has its reason above it.
      const lines = after[file]!.trim()
        .split('\n')
        .filter((line) => !line.startsWith('['));
      assert.equal(lines.length, settings.length * 2);
      for (const [at, line] of lines.entries()) assert.equal(line.startsWith('# '), at % 2 === 0, line);
    });

  test('a library keeps ranges', async () => {
    const library = { private: false, version: '1.0.0', main: 'index.js' };
    const { added } = await planned({ 'package.json': manifest('npm@12.2.0', library) });
    assert.deepEqual(added, ['.npmrc: min-release-age=3']);
  });

  test('pins the version that the lockfile of pnpm states', async () => {
    const lockfile = `---
lockfileVersion: '9.0'

importers:

  .:
    packageManagerDependencies:
      pnpm:
        specifier: 12.21.0
        version: 12.21.0

---
lockfileVersion: '9.0'

importers:

  .: {}
`;
    const { added } = await planned({ 'package.json': manifest(undefined), 'pnpm-lock.yaml': lockfile });
    assert.equal(added.at(-1), 'package.json: "packageManager": "pnpm@12.21.0"');
  });
});

describe('what is there stays', () => {
  test('the organisation-wide .npmrc of the brief, corrected', async (t) => {
    const file = path.join(import.meta.dirname, '../../../../shared/data/brief/organisation.npmrc');
    if (!existsSync(file)) return t.skip('the brief is not here');
    const before = readFileSync(file, 'utf8');
    const files = { 'package.json': manifest('npm@11.19.1'), '.npmrc': before };
    const { added, after, kept } = await planned(files);
    assert.deepEqual(added, ['.npmrc: strict-allow-scripts=true', '.npmrc: min-release-age=3']);
    assert.deepEqual(kept, []);
    assert.ok(after['.npmrc']!.startsWith(before));
    for (const key of ['save-exact', 'registry', 'package-lock', 'audit-level', 'min-release-age'])
      assert.equal(after['.npmrc']!.split('\n').filter((line) => line.startsWith(`${key}=`)).length, 1, key);
    await expectDone(after);
  });

  test('values that the project has are kept and named, stricter and weaker ones alike', async () => {
    const npmrc = 'ignore-scripts=false\nmin-release-age=7\nsave-exact=true\n';
    const files = { 'package.json': manifest('npm@11.19.1'), '.npmrc': npmrc };
    const { added, kept, after } = await planned(files);
    assert.deepEqual([added, after], [[], files]);
    assert.deepEqual(kept, ['ignore-scripts=false / strict-allow-scripts=true']);
  });

  test('the cooldown of the user is not replaced by a shorter one', async () => {
    const files = { 'package.json': manifest('npm@12.2.0', { private: true }) };
    assert.deepEqual((await planned(files, 'min-release-age=14\n')).added, ['.npmrc: save-exact=true']);
    assert.equal((await planned(files, 'min-release-age=0\n')).added.length, 2);
  });

  test('credentials and sections stay below, line endings as they are', async () => {
    const npmrc = `; ours\r\nregistry=https://npm.acme.test/\r\n; the robot\r\n//npm.acme.test/:_authToken=\${NPM_TOKEN}\r\n`;
    const { after } = await planned({ 'package.json': manifest('npm@12.2.0'), '.npmrc': npmrc });
    assert.match(
      after['.npmrc']!,
      /^; ours\r\nregistry=[^\r]*\r\n# [^\r]*\r\nmin-release-age=3\r\n# [^\r]*\r\nsave-exact=true\r\n; the robot\r\n\/\//,
    );
    assert.doesNotMatch(after['.npmrc']!, /[^\r]\n/);
  });

  test('tables of a bunfig.toml', async () => {
    const bun = { 'package.json': manifest('bun@1.4.5') };
    const inTable = await planned({
      ...bun,
      'bunfig.toml': '[install] # ours\nexact = false\n\n[install.scopes]\na = "https://npm.acme.test/"\n',
    });
    assert.match(
      inTable.after['bunfig.toml']!,
      /^\[install\] # ours\n# .*\nminimumReleaseAge = 259200\n# .*\nauto = "disable"\nexact = false\n/,
    );
    assert.deepEqual(inTable.kept, ['install.exact = false / install.exact = true']);
    await expectDone(inTable.after);
    const dotted = await planned({ ...bun, 'bunfig.toml': 'install.exact = true\n' });
    assert.deepEqual(dotted.unwritten, ['install.minimumReleaseAge = 259200', 'install.auto = "disable"']);
    assert.equal(dotted.baseline.edits.length, 0);
  });

  test('YAML that no line can be added to is named', async () => {
    const pnpm = { 'package.json': manifest('pnpm@12.21.0') };
    for (const text of ['{ packages: [a] }\n', 'packages: [a\n', 'a: 1\n---\nb: 1\n']) {
      const { unwritten, baseline } = await planned({ ...pnpm, 'pnpm-workspace.yaml': text });
      assert.equal(unwritten.length, 3, text);
      assert.equal(baseline.edits.length, 0);
    }
    const { after } = await planned({ ...pnpm, 'pnpm-workspace.yaml': 'packages:\n  - packages/*' });
    assert.match(
      after['pnpm-workspace.yaml']!,
      /^packages:\n {2}- packages\/\*\n\n# .*\nminimumReleaseAge: 4320\n/,
    );
    await expectDone(after);
  });
});
