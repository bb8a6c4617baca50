import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lockedFor } from '../../../formats/example-project.ts';
import { FORMATS } from '../../../formats/lockfile-formats.ts';
import { fixOf, openWorkspace } from '../../../workspace.ts';

const RULE = 'install-scripts-unrestricted';

function project(
  packageManager: string | undefined,
  format: string,
  files: Readonly<Record<string, string>> = {},
  manifest: object = {},
): string {
  const { file, write } = FORMATS.find(({ id }) => id === format)!;
  const declared = { native: '1.0.0' };
  const text = { name: 'shop', packageManager, dependencies: declared, ...manifest };
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

const said = async (source: string) =>
  (await openWorkspace(source)).findings(RULE).map(({ severity, message }) => `${severity}: ${message}`);

describe('settings that let scripts run', () => {
  test('a list of denials in package.json, which pnpm 10 takes for permission of all others', async () => {
    const source = (pnpm: object | undefined) =>
      project('pnpm@10.20.0', 'pnpm-9.0', {}, pnpm === undefined ? {} : { pnpm });
    const denying = { neverBuiltDependencies: [], overrides: {} };
    assert.deepEqual(await said(source(denying)), [
      'warning: "pnpm.neverBuiltDependencies" runs every install script that is not denied. Delete it and approve packages in onlyBuiltDependencies.',
    ]);
    assert.deepEqual(await said(source({ ...denying, onlyBuiltDependencies: ['a'] })), []);
    assert.equal(await fixOf(source(denying), RULE, /^Delete "/), source({ overrides: {} }));
  });

  test('names the list that this version of pnpm reads', async () => {
    for (const [version, list] of [
      ['10.20.0', 'onlyBuiltDependencies'],
      ['10.26.0', 'allowBuilds'],
      ['11.2.0', 'allowBuilds'],
    ] as const) {
      const files = { 'pnpm-workspace.yaml': 'dangerouslyAllowAllBuilds: true\n' };
      const [message = ''] = await said(project(`pnpm@${version}`, 'pnpm-9.0', files));
      assert.match(message, new RegExp(`approve packages in ${list}\\.$`));
    }
  });

  const ROWS: readonly (readonly [string, string, string, string, string | undefined])[] = [
    ['npm@12.2.0', 'npm-3', '.npmrc', 'dangerously-allow-all-scripts=true\n', 'error'],
    ['npm@12.2.0', 'npm-3', '.npmrc', 'dangerously-allow-all-scripts=false\n', undefined],
    ['npm@12.2.0', 'npm-3', '.npmrc', 'dangerously-allow-all-scripts=1\n', 'error'],
    ['npm@12.2.0', 'npm-3', '.npmrc', 'dangerously-allow-all-scripts[]=true\n', 'error'],
    ['npm@12.2.0', 'npm-3', '.npmrc', 'dangerously-allow-all-scripts=null\n', undefined],
    ['npm@12.2.0', 'npm-3', '.npmrc', `dangerously-allow-all-scripts=\${X:-true}\n`, 'error'],
    ['pnpm@10.20.0', 'pnpm-9.0', '.npmrc', 'dangerously-allow-all-builds=1\n', 'error'],
    ['pnpm@11.0.0', 'pnpm-9.0', 'pnpm-workspace.yaml', 'dangerouslyAllowAllBuilds: yes\n', 'error'],
    ['pnpm@11.0.0', 'pnpm-9.0', 'pnpm-workspace.yaml', 'dangerouslyAllowAllBuilds: 0\n', undefined],
    ['pnpm@10.20.0', 'pnpm-9.0', 'pnpm-workspace.yaml', 'neverBuiltDependencies: []\n', 'warning'],
    ['pnpm@10.20.0', 'pnpm-9.0', 'pnpm-workspace.yaml', 'neverBuiltDependencies:\n  - a\n', 'warning'],
    ['pnpm@9.0.0', 'pnpm-9.0', 'pnpm-workspace.yaml', 'neverBuiltDependencies: []\n', undefined],
    ['npm@11.0.0', 'npm-3', '.npmrc', 'dangerously-allow-all-scripts=true\n', undefined],
    ['pnpm@10.20.0', 'pnpm-9.0', '.npmrc', 'dangerously-allow-all-builds=true\n', 'error'],
    ['pnpm@11.0.0', 'pnpm-9.0', '.npmrc', 'dangerously-allow-all-builds=true\n', undefined],
    ['pnpm@11.0.0', 'pnpm-9.0', 'pnpm-workspace.yaml', 'dangerouslyAllowAllBuilds: true\n', 'error'],
    ['pnpm@9.0.0', 'pnpm-9.0', 'pnpm-workspace.yaml', 'dangerouslyAllowAllBuilds: true\n', undefined],
    ['pnpm@11.0.0', 'pnpm-9.0', 'pnpm-workspace.yaml', 'strictDepBuilds: false\n', 'information'],
    ['pnpm@10.0.0', 'pnpm-9.0', 'pnpm-workspace.yaml', 'strictDepBuilds: false\n', undefined],
    ['yarn@4.14.0', 'yarn-berry-8', '.yarnrc.yml', 'enableScripts: true\n', 'warning'],
    ['yarn@4.13.0', 'yarn-berry-8', '.yarnrc.yml', 'enableScripts: true\n', undefined],
    ['yarn@4.14.0', 'yarn-berry-8', '.yarnrc.yml', 'enableScripts: false\n', undefined],
    ['npm@12.2.0', 'npm-3', 'pnpm-workspace.yaml', 'dangerouslyAllowAllBuilds: true\n', undefined],
  ];
  for (const [manager, format, file, line, severity] of ROWS)
    test(`${line.trim()} in ${file} with ${manager}`, async () => {
      const source = project(manager, format, { [file]: `# kept\n${line}` });
      assert.deepEqual(
        (await said(source)).map((text) => text.split(':', 1)[0]),
        severity === undefined ? [] : [severity],
      );
      if (severity === undefined) return;
      const after = await fixOf(source, RULE, /^Delete "/);
      assert.ok(after.includes(`-- ${file} --\n# kept\n`) && !after.includes(line));
    });
});

describe('scripts that run by default', () => {
  const decided = { allowScripts: { 'native@1.0.0': true } };

  test('where a project decides on all that it has', async () => {
    const source = project('npm@11.19.1', 'npm-3', {}, decided);
    assert.deepEqual(await said(source), [
      'information: npm runs the install scripts of packages that are added later, before a review. Set "strict-allow-scripts=true".',
    ]);
    const after = await fixOf(source, RULE, /^Add "strict-allow-scripts=true" to \.npmrc$/);
    assert.match(after, /-- \.npmrc --\nstrict-allow-scripts=true\n/);
    const dependenciesMeta = { native: { built: true } };
    const yarn = project(
      'yarn@4.9.4',
      'yarn-berry-8',
      { '.yarnrc.yml': 'nodeLinker: node-modules\n' },
      { dependenciesMeta },
    );
    const safe = await fixOf(yarn, RULE, /^Add "enableScripts: false" to \.yarnrc\.yml$/);
    assert.match(safe, /-- \.yarnrc\.yml --\nnodeLinker: node-modules\n\nenableScripts: false\n/);
  });

  test('silent where nothing is decided, something is undecided, or nothing runs', async () => {
    assert.deepEqual(await said(project('npm@11.19.1', 'npm-3')), []);
    assert.deepEqual(await said(project('npm@11.19.1', 'npm-3', {}, { allowScripts: { other: true } })), []);
    assert.deepEqual(
      await said(project('npm@11.19.1', 'npm-3', {}, { allowScripts: { native: false } })),
      [],
    );
    assert.deepEqual(await said(project('npm@12.2.0', 'npm-3', {}, decided)), []);
    assert.deepEqual(await said(project('npm@11.10.0', 'npm-3', {}, decided)), []);
    for (const line of ['strict-allow-scripts=false', 'dangerously-allow-all-scripts=true'])
      assert.ok(
        (await said(project('npm@11.19.1', 'npm-3', { '.npmrc': `${line}\n` }, decided))).every(
          (text) => !text.startsWith('information'),
        ),
      );
    const strict = { '.npmrc': 'ignore-scripts=true\n' };
    assert.deepEqual(await said(project('npm@11.19.1', 'npm-3', strict, decided)), []);
    assert.deepEqual(await said(project('yarn@1.22.22', 'yarn-1', {}, decided)), []);
  });
});
