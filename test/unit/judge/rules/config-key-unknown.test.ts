import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const RULE = 'config-key-unknown';
const ONLY = { rules: [RULE] };

function project(manager: string, file: string, text: string): string {
  return `-- package.json --\n{ "name": "shop", "packageManager": "${manager}" }\n-- ${file} --\n${text}\n`;
}

describe(RULE, () => {
  test('names three keys in full, and counts the others', async () => {
    const { findings } = await openWorkspace(`-- package.json --
{ "name": "a", "packageManager": "pnpm@11.2.0" }
-- .npmrc --
shamefully-hoist=true
ignore-scripts=true
public-hoist-pattern[]=a
save-prefix=~
`);
    assert.match(
      findings('config-key-unknown')[0]!.message,
      /^"shamefully-hoist, ignore-scripts, public-hoist-pattern and 1 more" have no effect/,
    );
  });

  test('leaves allowBuilds to the rule about decisions', async () => {
    const { findings } = await openWorkspace(`-- package.json --
{ "name": "a", "packageManager": "pnpm@10.20.0" }
-- pnpm-workspace.yaml --
allowBuilds:
  esbuild: true
`);
    assert.deepEqual(
      [findings('config-key-unknown').length, findings('script-policy-ineffective').length],
      [0, 1],
    );
  });

  for (const [manager, file, text, severity, message] of [
    ['npm@11.19.1', '.npmrc', 'ignore-script=true', 'warning', /no setting of npm.+mean "ignore-scripts"/],
    ['npm@11.19.1', '.npmrc', 'pacakge-lock=true', 'warning', /mean "package-lock"/],
    ['npm@11.19.1', '.npmrc', 'only=production', 'hint', /deprecated in npm\. Use "omit=dev"/],
    ['npm@11.19.1', '.npmrc', 'strict-dep-builds=true', 'warning', /a setting of pnpm, and not of npm/],
    ['pnpm@10.20.0', '.npmrc', 'ignore-scrips=true', 'warning', /mean "ignore-scripts"/],
    [
      'pnpm@11.4.0',
      '.npmrc',
      'ignore-scripts=true',
      'warning',
      /pnpm 11\.4\.0 does not read such settings from \.npmrc/,
    ],
    ['pnpm@11.4.0', '.npmrc', 'shamefully-hoist=true', 'hint', /Move them to pnpm-workspace\.yaml/],
    ['pnpm@11.4.0', 'pnpm-workspace.yaml', 'trustPolcy: no-downgrade', 'warning', /mean "trustPolicy"/],
    [
      'pnpm@11.4.0',
      'pnpm-workspace.yaml',
      'linkWorkspacePackage: true',
      'hint',
      /mean "linkWorkspacePackages"/,
    ],
    [
      'pnpm@10.20.0',
      'pnpm-workspace.yaml',
      'trustPolicy: no-downgrade',
      'warning',
      /Update to pnpm 10\.21\.0/,
    ],
    ['yarn@4.18.1', '.yarnrc.yml', 'enableHardendMode: true', 'warning', /mean "enableHardenedMode"/],
    ['yarn@4.18.1', '.yarnrc.yml', 'nodeLinkers: pnp', 'hint', /mean "nodeLinker"/],
    ['bun@1.4.5', 'bunfig.toml', '[install]\nignoreScript = true', 'warning', /mean "ignoreScripts"/],
    ['bun@1.4.5', 'bunfig.toml', 'minimumReleaseAge = 259200', 'warning', /Bun reads it in \[install\]/],
    [
      'pnpm@11.4.0',
      'pnpm-workspace.yaml',
      'trust-policy: no-downgrade',
      'warning',
      /^"trust-policy" is no setting of pnpm.+ mean "trustPolicy"/,
    ],
  ] as const)
    test(`${manager}: ${text}`, async () => {
      const found = (await openWorkspace(project(manager, file, text))).findings(RULE);
      assert.match(found[0]?.message ?? '', message);
      assert.equal(found[0]?.severity, severity);
      assert.equal(found.length, 1);
    });

  test('is silent on known keys, those of other programs, credentials, and what another file sets', async () => {
    for (const [manager, file, text] of [
      [
        'npm@11.19.1',
        '.npmrc',
        `ignore-scripts=true\n//npm.example.test/:_authToken=\${NPM_TOKEN}\n@acme:registry=https://npm.example.test/`,
      ],
      [
        'npm@11.19.1',
        '.npmrc',
        'puppeteer_skip_download=true\ntarget=30.0.0\ndisturl=https://e.example.test/\nchrome=1',
      ],
      ['npm@11.19.1', '.npmrc', `shamefully-hoist=true\n\${KEY}=1`],
      ['pnpm@10.20.0', '.npmrc', 'shamefully-hoist=true\nignore-scripts=true\nfund=false'],
      ['pnpm@11.4.0', '.npmrc', 'registry=https://npm.example.test/\nstrict-ssl=true\nfund=false'],
      ['pnpm@11.4.0', 'pnpm-workspace.yaml', 'packages: [a]\nallowBuilds:\n  esbuild: true\nx-own: 1'],
      ['pnpm@10.30.0', 'pnpm-workspace.yaml', 'trust-policy: no-downgrade'],
      // Neither file has these with pnpm 11.
      [
        'pnpm@11.4.0',
        '.npmrc',
        'package-manager-strict=false\nonly-built-dependencies[]=esbuild\nglobal-dir=./g',
      ],
      ['yarn@4.18.1', '.yarnrc.yml', 'ownPluginSetting: 1\nplugins: []\nenableScripts: false'],
      ['yarn@1.22.22', '.yarnrc', 'own-setting true\nnetwork-timeout 1000\nignore-script false'],
      ['bun@1.4.5', 'bunfig.toml', 'telemetry = false\n[test]\npreload = ["./setup.ts"]'],
    ] as const)
      await expectMarks(project(manager, file, text), ONLY);
    await expectMarks(
      `${project('pnpm@11.4.0', '.npmrc', 'ignore-scripts=true')}-- pnpm-workspace.yaml --\nignoreScripts: true\n`,
      ONLY,
    );
    // These are better unread than moved or renamed.
    for (const [manager, file, text] of [
      [
        'pnpm@11.4.0',
        '.npmrc',
        'dangerously-allow-all-builds=true\ntrust-lockfile=true\nstrict-dep-builds=false',
      ],
      ['pnpm@11.4.0', 'pnpm-workspace.yaml', 'dangerouslyAllowAllBuild: true\nverify-store-integrity: false'],
      ['npm@11.19.1', '.npmrc', 'dangerously-allow-all-builds=true\nignore-script=false'],
    ] as const)
      await expectMarks(project(manager, file, text), ONLY);
    await expectMarks('-- package.json --\n{}\n-- .npmrc --\nstrict-dep-builds=true\n', ONLY);
  });

  test('renames, and moves all settings of pnpm at once', async () => {
    assert.equal(
      await fixOf(project('npm@11.19.1', '.npmrc', 'ignore-script=true'), RULE, /^Rename to/),
      project('npm@11.19.1', '.npmrc', 'ignore-scripts=true'),
    );
    const source = project(
      'pnpm@11.4.0',
      '.npmrc',
      'registry=https://npm.example.test/\nignore-scripts=true\npublic-hoist-pattern[]=*eslint*\npublic-hoist-pattern[]=prettier',
    );
    assert.equal(
      await fixOf(`${source}-- pnpm-workspace.yaml --\npackages:\n  - app\n`, RULE, /^Move 2 settings/),
      `${project('pnpm@11.4.0', '.npmrc', 'registry=https://npm.example.test/')}-- pnpm-workspace.yaml --
packages:
  - app

ignoreScripts: true
publicHoistPattern:
  - "*eslint*"
  - prettier
`,
    );
  });

  test('settings of pnpm in package.json', async () => {
    const member = (version: string) => `-- package.json --
{ "name": "shop", "packageManager": "pnpm@${version}" }
-- pnpm-workspace.yaml --
packages: [app]
-- app/package.json --
{ "name": "app", "pnpm": { "executionEnv": {}, "peerDependencyRules": {} } }
`;
    await expectMarks(
      `${member('10.20.0')}                                               ^^^^^^^^^^^^^^^^^^^^^ config-key-unknown: "peerDependencyRules" has no effect, because pnpm reads "pnpm" only in the package.json of the root. Move it there.\n`,
      ONLY,
    );
    await expectMarks(
      `-- package.json --
{ "packageManager": "pnpm@11.4.0", "pnpm": { "peerDependencyRules": {}, "overrides": {} } }
                                             ^^^^^^^^^^^^^^^^^^^^^ config-key-unknown: "peerDependencyRules" has no effect, because pnpm 11.4.0 does not read "pnpm" in package.json. Move the settings to pnpm-workspace.yaml.
`,
      ONLY,
    );
    await expectMarks(
      '-- package.json --\n{ "packageManager": "pnpm@10.20.0", "pnpm": { "peerDependencyRules": {} } }\n',
      ONLY,
    );
  });

  describe("the brief's configuration of an organisation has nothing to report", () => {
    const brief = new URL('../../../../../shared/data/brief/', import.meta.url);
    const rules = [RULE, 'protection-weakened', 'release-age-gate-missing', 'config-runs-code'];
    const skip = existsSync(brief) ? false : 'the brief is not here';

    test('its .npmrc', { skip }, async () => {
      const text = readFileSync(new URL('organisation.npmrc', brief), 'utf8');
      await expectMarks(project('npm@11.19.1', '.npmrc', text), { rules });
    });

    test('the settings that its commands write', { skip }, async () => {
      const text = readFileSync(new URL('essential-config.sh', brief), 'utf8');
      const set = [...text.matchAll(/^npm config set (\S+) (\S+)/gm)].map(
        ([, key, value]) => `${key}=${value}`,
      );
      assert.ok(set.includes('ignore-scripts=true'));
      await expectMarks(project('npm@11.19.1', '.npmrc', set.join('\n')), { rules });
    });
  });

  test('misspelled keys of pnpm in package.json, as far as it reads them there', async () => {
    const source = (version: string) => `-- package.json --
{
  "name": "shop",
  "packageManager": "pnpm@${version}",
  "pnpm": {
    "onlyBuildDependencies": ["esbuild"],
    "overides": { "a": "1.0.0" },
    "dangerouslyAllowAllBuild": true,
    "mine": 1
  }
}
`;
    const messages = async (version: string) =>
      (await openWorkspace(source(version)))
        .findings(RULE)
        .map(({ severity, message }) => `${severity}: ${message}`);
    assert.deepEqual(await messages('10.20.0'), [
      'warning: "onlyBuildDependencies" is no setting of pnpm, and has no effect. Did you mean "onlyBuiltDependencies"?',
      'hint: "overides" is no setting of pnpm, and has no effect. Did you mean "overrides"?',
    ]);
    assert.equal((await messages('11.2.0')).length, 1);
    assert.match(
      await fixOf(source('10.20.0'), RULE, /^Rename to "onlyBuiltDependencies"$/),
      /^ {4}"onlyBuiltDependencies": \["esbuild"\],$/m,
    );
  });

  test('keys of .yarnrc that protect nothing in Yarn 1', async () => {
    await expectMarks(
      project(
        'yarn@1.22.22',
        '.yarnrc',
        `ignore-script true
^^^^^^^^^^^^^ config-key-unknown: "ignore-script" is no setting of Yarn 1, and has no effect. Did you mean "ignore-scripts"?
enableImmutableInstalls true
^^^^^^^^^^^^^^^^^^^^^^^ config-key-unknown: "enableImmutableInstalls" has no effect, because it is a setting of Yarn 2 and later, and not of Yarn 1. Delete it, or use a setting of Yarn 1.
block-exotic-subdeps true
^^^^^^^^^^^^^^^^^^^^ config-key-unknown
enableScripts false
^^^^^^^^^^^^^ config-key-unknown
strict-ssl true
save-prefix ""
my-tool true
--install.ignore-scripts true
"@acme:registry" "https://npm.acme.test/"`,
      ),
      ONLY,
    );
    assert.deepEqual(
      (await openWorkspace(project('yarn@4.18.1', '.yarnrc', 'ignore-script true'))).findings(RULE),
      [],
    );
    assert.match(
      await fixOf(project('yarn@1.22.22', '.yarnrc', 'ignore-script true'), RULE, /^Rename/),
      /^ignore-scripts true$/m,
    );
  });
});
