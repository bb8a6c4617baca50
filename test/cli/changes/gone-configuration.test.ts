import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { PUBLIC_REGISTRY } from '../../../server/generated/npm-defaults.ts';
import { checkJson, runCli } from '../run-cli.ts';
import { BUN, commit, type Files, NPM, PNPM, repository, YARN } from './changed-code.ts';

/** Returns the findings of `check` about settings, as `path token severity: message`. */
function reported(directory: string, ...args: readonly string[]): readonly string[] {
  const { findings } = checkJson(directory, ...args);
  return findings
    .filter(({ rule }) => rule === 'protection-weakened' || rule === 'install-source-changed')
    .map(({ path, range: { start, end }, severity, message }) => {
      const line = readFileSync(join(directory, path), 'utf8').split('\n')[start.line] ?? '';
      return `${path} ${line.slice(start.character, end.character)} ${severity}: ${message}`;
    });
}

const SCOPE = '@acme:registry=https://npm.acme.example.test/\n';

describe('a deleted file that held a protection is reported at the manifest', () => {
  const cases: readonly (readonly [title: string, base: Files, change: Files, found: readonly RegExp[]])[] = [
    [
      '.npmrc',
      { ...NPM, '.npmrc': `ignore-scripts=true\nmin-release-age=3\n${SCOPE}fund=false\n` },
      { '.npmrc': null },
      [
        /^package\.json \{ warning: "@acme:registry" is no longer set, as \.npmrc is gone, but was https:\/\/npm\.acme/,
        /^package\.json \{ warning: "ignore-scripts \(removed with \.npmrc\)" weakens protection compared with .*\(true\)/,
        /^package\.json \{ warning: "min-release-age \(removed with \.npmrc\)"/,
      ],
    ],
    [
      '.yarnrc.yml',
      {
        ...YARN,
        '.yarnrc.yml':
          'enableScripts: false\nnpmScopes:\n  acme:\n    npmRegistryServer: https://npm.acme.example.test\n',
      },
      { '.yarnrc.yml': null },
      [/enableScripts \(removed with \.yarnrc\.yml\)/, /npmScopes\.acme\.npmRegistryServer/],
    ],
    [
      'bunfig.toml',
      { ...BUN, 'bunfig.toml': '[install]\nminimumReleaseAge = 604800\n' },
      { 'bunfig.toml': null },
      [/install\.minimumReleaseAge \(removed with bunfig\.toml\)/],
    ],
    [
      'pnpm-workspace.yaml',
      { ...PNPM, 'pnpm-workspace.yaml': 'minimumReleaseAge: 1440\nblockExoticSubdeps: true\n' },
      { 'pnpm-workspace.yaml': null },
      [/blockExoticSubdeps/, /minimumReleaseAge/],
    ],
    [
      '.npmrc in the folder of a member',
      {
        ...PNPM,
        'pnpm-workspace.yaml': 'packages: [packages/*]\n',
        'packages/b/package.json': { name: 'b' },
        'packages/b/.npmrc': 'ignore-scripts=true\n',
      },
      { 'packages/b/.npmrc': null },
      [/^package\.json \{ warning: "ignore-scripts \(removed with packages\/b\/\.npmrc\)"/],
    ],
  ];
  for (const [title, base, change, found] of cases)
    test(title, () => {
      const directory = repository(base);
      commit(directory, change);
      const lines = [...reported(directory, '--base', 'HEAD~1')].sort();
      assert.equal(lines.length, found.length, lines.join('\n'));
      for (const [at, pattern] of found.entries()) assert.match(lines[at]!, pattern);
      const file = Object.keys(change)[0]!;
      assert.match(runCli(['diff', directory, '--base', 'HEAD~1']).out, new RegExp(`^${file}: gone`, 'm'));
    });

  test('the line of a private scope alone, in the file that stays', () => {
    const directory = repository({ ...NPM, '.npmrc': `fund=false\n${SCOPE}` });
    commit(directory, { '.npmrc': 'fund=false\n' });
    const [line, ...others] = reported(directory, '--base', 'HEAD~1');
    assert.match(line!, /^\.npmrc {2}warning: "@acme:registry" is no longer set here, but was https:/);
    assert.deepEqual(others, []);
  });
});

describe('silent is a deleted file', () => {
  const cases: readonly (readonly [title: string, base: Files, change: Files])[] = [
    ['without a protection', { ...NPM, '.npmrc': 'fund=false\nsave-exact=true\n' }, { '.npmrc': null }],
    [
      'that names the public registry',
      { ...NPM, '.npmrc': `registry=${PUBLIC_REGISTRY}\n` },
      { '.npmrc': null },
    ],
    [
      'whose settings another file has',
      { ...PNPM, '.npmrc': `ignore-scripts=true\nminimum-release-age=1440\n` },
      {
        '.npmrc': null,
        'pnpm-workspace.yaml': 'ignoreScripts: true\nminimumReleaseAge: 2880\n',
      },
    ],
    [
      'that another package manager follows',
      { ...NPM, '.npmrc': 'min-release-age=3\nignore-scripts=true\n' },
      {
        '.npmrc': null,
        'package-lock.json': null,
        ...YARN,
        '.yarnrc.yml': 'npmMinimalAgeGate: 4320\nenableScripts: false\n',
      },
    ],
    [
      'of a project that is gone',
      { ...NPM, 'api/package.json': { name: 'api' }, 'api/.npmrc': 'ignore-scripts=true\n' },
      { 'api/package.json': null, 'api/.npmrc': null },
    ],
  ];
  for (const [title, base, change] of cases)
    test(title, () => {
      const directory = repository(base);
      commit(directory, change);
      assert.deepEqual(reported(directory, '--base', 'HEAD~1'), []);
    });

  test('whose registry another file has, where that line is reported', () => {
    const directory = repository({ ...PNPM, '.npmrc': SCOPE });
    const registries = "registries:\n  '@acme': https://npm.acme.example.test\n";
    commit(directory, { '.npmrc': null, 'pnpm-workspace.yaml': registries });
    const [line, ...others] = reported(directory, '--base', 'HEAD~1');
    assert.match(line!, /^pnpm-workspace\.yaml '@acme' warning: /);
    assert.deepEqual(others, []);
  });
});
