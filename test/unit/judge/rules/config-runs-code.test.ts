import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const RULE = 'config-runs-code';

function project(manager: string, file: string, text: string): string {
  return `-- package.json --\n{ "name": "shop", "packageManager": "${manager}" }\n-- ${file} --\n${text}\n`;
}

describe(RULE, () => {
  for (const [manager, file, text, message] of [
    [
      'npm@11.19.1',
      '.npmrc',
      'git=./tools/git',
      /^"git" makes npm run a program of this repository, "\.\/tools\/git"/,
    ],
    ['npm@11.19.1', '.npmrc', 'script-shell=tools\\sh.exe', /^"script-shell" makes npm run/],
    [
      'npm@11.19.1',
      '.npmrc',
      'node-options=--max-old-space-size=8192 --require ./hook.js',
      /^"node-options" makes npm/,
    ],
    [
      'pnpm@10.20.0',
      '.npmrc',
      '//npm.example.test/:tokenHelper=/home/me/helper',
      /^"tokenHelper" makes pnpm run a program for/,
    ],
    ['pnpm@11.4.0', 'pnpm-workspace.yaml', 'scriptShell: ./sh', /^"scriptShell" makes pnpm run/],
    ['yarn@4.18.1', '.yarnrc.yml', 'yarnPath: ./tools/yarn.cjs', /^"yarnPath" makes Yarn run/],
    [
      'yarn@4.18.1',
      '.yarnrc.yml',
      'plugins:\n  - path: .yarn/plugins/a.cjs\n    spec: "https://me:secret@plugins.example.test/a.js"',
      /^The plugin from "https:\/\/plugins\.example\.test\/a\.js" runs/,
    ],
    ['bun@1.4.5', 'bunfig.toml', 'preload = ["./start.ts"]', /^"preload" makes Bun run/],
    ['bun@1.4.5', 'bunfig.toml', '[install]\nauto = "force"', /^"auto = force" makes Bun download/],
  ] as const)
    test(`${file}: ${text.replace(/\n.*/s, '')}`, async () => {
      const found = (await openWorkspace(project(manager, file, text))).findings(RULE);
      assert.match(found[0]?.message ?? '', message);
      assert.ok(!found[0]!.message.includes('secret'));
      assert.equal(found.length, 1);
    });

  test('is silent on programs of the machine, folders, and what belongs to the package manager', async () => {
    for (const [manager, file, text] of [
      ['npm@11.19.1', '.npmrc', 'git=git\nscript-shell=bash\nshell=/bin/zsh\neditor=vim'],
      ['npm@11.19.1', '.npmrc', 'node-options=--max-old-space-size=8192\ncache=./.npm\nprefix=./.global'],
      ['npm@11.19.1', '.npmrc', 'script-shell=C:\\Program Files\\Git\\bin\\bash.exe\ncafile=./certs/ca.pem'],
      ['pnpm@10.20.0', '.npmrc', 'pnpmfile=.pnpmfile.cjs\nstore-dir=./store\npatches-dir=./patches'],
      ['pnpm@11.4.0', '.npmrc', 'script-shell=./sh'],
      ['pnpm@11.4.0', 'pnpm-workspace.yaml', 'patchedDependencies:\n  a@1.0.0: patches/a.patch'],
      [
        'yarn@4.18.1',
        '.yarnrc.yml',
        'yarnPath: .yarn/releases/yarn-4.18.1.cjs\nplugins:\n  - path: .yarn/plugins/a.cjs\n    spec: "@yarnpkg/plugin-a"',
      ],
      ['yarn@4.18.1', '.npmrc', 'git=./tools/git'],
      ['bun@1.4.5', 'bunfig.toml', '[test]\npreload = ["./setup.ts"]\n[install]\nauto = "disable"'],
    ] as const)
      await expectMarks(project(manager, file, text), { rules: [RULE] });
  });

  test('deletes the line', async () => {
    assert.equal(
      await fixOf(project('npm@11.19.1', '.npmrc', 'fund=false\ngit=./tools/git'), RULE, /^Delete "git"/),
      project('npm@11.19.1', '.npmrc', 'fund=false'),
    );
    assert.equal(
      await fixOf(project('bun@1.4.5', 'bunfig.toml', '[install]\nauto = "force"'), RULE, /^Write/),
      project('bun@1.4.5', 'bunfig.toml', '[install]\nauto = "disable"'),
    );
  });
});
