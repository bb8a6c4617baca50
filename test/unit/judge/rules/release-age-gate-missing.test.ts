import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const RULE = 'release-age-gate-missing';
const ONLY = { rules: [RULE] };

/** A mistake: the package manager, the file, its faulty line, and the line that the fix writes. */
type Mistake = readonly [manager: string, file: string, line: string, fixed: string, reason: string];

const MISTAKES: readonly Mistake[] = [
  ['npm@11.19.1', '.npmrc', 'min-release-age=3d', 'min-release-age=3', 'npm reads a plain number of days'],
  ['npm@11.19.1', '.npmrc', 'min-release-age=7d', 'min-release-age=7', 'npm reads a plain number of days'],
  ['npm@11.19.1', '.npmrc', 'min-release-age=72h', 'min-release-age=3', 'npm reads a plain number of days'],
  ['npm@11.19.1', '.npmrc', 'minimum-release-age=4320', 'min-release-age=3', 'no setting of npm'],
  ['npm@11.19.1', '.npmrc', 'minimumReleaseAge=10080', 'min-release-age=7', 'no setting of npm'],
  ['npm@11.19.1', '.npmrc', 'min-relase-age=3', 'min-release-age=3', 'npm has no such setting'],
  ['npm@11.19.1', '.npmrc', 'min-release-age=4320', 'min-release-age=3', 'a cooldown of 4320 days'],
  ['npm@11.19.1', '.npmrc', 'min-release-age=259200', 'min-release-age=3', 'a cooldown of 259200 days'],
  [
    'pnpm@11.4.0',
    'pnpm-workspace.yaml',
    'minimumReleaseAge: 1',
    'minimumReleaseAge: 1440',
    'a cooldown of 1 minute',
  ],
  [
    'pnpm@10.20.0',
    'pnpm-workspace.yaml',
    'minimumReleaseAge: 7',
    'minimumReleaseAge: 10080',
    'a cooldown of 7 minutes',
  ],
  [
    'pnpm@10.20.0',
    'pnpm-workspace.yaml',
    "minimumReleaseAge: '3d'",
    'minimumReleaseAge: 4320',
    'pnpm reads a plain number of minutes',
  ],
  [
    'pnpm@11.4.0',
    'pnpm-workspace.yaml',
    'minimumReleseAge: 4320',
    'minimumReleaseAge: 4320',
    'pnpm has no such setting',
  ],
  ['pnpm@11.4.0', 'pnpm-workspace.yaml', 'minReleaseAge: 3', 'minimumReleaseAge: 4320', 'no setting of pnpm'],
  [
    'bun@1.4.5',
    'bunfig.toml',
    'minimumReleaseAge = 3',
    'minimumReleaseAge = 259200',
    'a cooldown of 3 seconds',
  ],
  [
    'bun@1.4.5',
    'bunfig.toml',
    'minimumReleaseAge = 4320',
    'minimumReleaseAge = 259200',
    'a cooldown of 72 minutes',
  ],
  [
    'bun@1.4.5',
    'bunfig.toml',
    'minimumReleaseAge = "3d"',
    'minimumReleaseAge = 259200',
    'Bun reads a plain number of seconds',
  ],
  ['yarn@4.18.1', '.yarnrc.yml', 'npmMinimalAgeGate: 7', 'npmMinimalAgeGate: 7d', 'a cooldown of 7 minutes'],
  [
    'yarn@4.18.1',
    '.yarnrc.yml',
    'npmMinimalAgeGate: 3 days',
    'npmMinimalAgeGate: 3d',
    'one with a suffix such as 3d',
  ],
  [
    'pnpm@11.4.0',
    'pnpm-workspace.yaml',
    'minimum-release-age: 4320',
    'minimumReleaseAge: 4320',
    'pnpm has no such setting',
  ],
];

describe(RULE, () => {
  test('exempting all packages from the default of pnpm 11', async () => {
    const found = async (version: string, item: string) => {
      const source = `-- package.json --\n{ "name": "a", "packageManager": "pnpm@${version}" }\n-- pnpm-workspace.yaml --\nminimumReleaseAgeExclude:\n  - "${item}"\n`;
      return (await openWorkspace(source)).findings('release-age-gate-missing').length;
    };
    assert.deepEqual(
      [await found('11.2.0', '*'), await found('11.2.0', '@acme/*'), await found('10.20.0', '*')],
      [1, 0, 0],
    );
  });

  test('has plain data, as it is printed and compared', async () => {
    const source = `-- package.json --\n{ "name": "a", "packageManager": "npm@11.19.1" }\n-- .npmrc --\nmin-release-age=3d\n`;
    const [finding] = (await openWorkspace(source)).findings('release-age-gate-missing');
    assert.ok(JSON.stringify(finding!.data).length < 1000);
    assert.deepEqual(structuredClone(finding!.data), finding!.data);
  });

  for (const [manager, file, line, fixed, reason] of MISTAKES) {
    test(`${manager}: ${line}`, async () => {
      const source = (text: string) =>
        `-- package.json --\n{ "name": "shop", "packageManager": "${manager}" }\n-- ${file} --\n${
          file === 'bunfig.toml' ? '[install]\n' : ''
        }${text}\n`;
      const [finding, ...more] = (await openWorkspace(source(line))).findings(RULE);
      assert.ok(finding?.message.includes(reason), finding?.message);
      assert.equal(finding?.severity, 'warning');
      assert.deepEqual(more, []);
      assert.equal(await fixOf(source(line), RULE, /^Write /), source(fixed));
    });
  }

  test('only what is certain is part of fix-all', async () => {
    for (const [text, applicability] of [
      ['minimumReleaseAge: 3d', 'safe'],
      ['minimumReleseAge: 4320', 'safe'],
      ['minimumReleseAge: 3', 'unsafe'],
      ['minimumReleaseAge: 3', 'unsafe'],
      ['minReleaseAge: 3', 'unsafe'],
    ]) {
      const workspace = await openWorkspace(
        `-- package.json --\n{ "packageManager": "pnpm@11.4.0" }\n-- pnpm-workspace.yaml --\n${text}\n`,
      );
      const [finding] = workspace.findings(RULE);
      const [fix] = workspace.snapshot.fixesOf(finding!);
      assert.equal(fix?.applicability, applicability, text);
    }
  });

  test('npm 11.9 does not know the setting', () =>
    expectMarks(
      `-- package.json --
{ "name": "shop", "packageManager": "npm@11.9.0" }
-- .npmrc --
min-release-age=3
^^^^^^^^^^^^^^^^^ release-age-gate-missing: "min-release-age=3" sets no cooldown, because npm 11.9.0 does not know it. Update to npm 11.10.0 or later.
`,
      ONLY,
    ));

  test('trustPolicyIgnoreAfter not above the cooldown', async () => {
    const source = (after: number) => `-- package.json --
{ "name": "shop", "packageManager": "pnpm@11.4.0" }
-- pnpm-workspace.yaml --
minimumReleaseAge: 4320
trustPolicy: no-downgrade
trustPolicyIgnoreAfter: ${after}
`;
    await expectMarks(
      `${source(4320)}^^^^^^^^^^^^^^^^^^^^^^^^^^^^ release-age-gate-missing: "trustPolicyIgnoreAfter: 4320" leaves trustPolicy nothing to check, because the cooldown of 3 days keeps out all younger versions. Set a longer time.
`,
      ONLY,
    );
    await expectMarks(source(4321), ONLY);
    await expectMarks(source(4320).replace('no-downgrade', 'off'), ONLY);
  });

  test('a list of exemptions that covers every package', async () => {
    await expectMarks(
      `-- package.json --
{ "name": "shop", "packageManager": "pnpm@11.4.0" }
-- pnpm-workspace.yaml --
minimumReleaseAge: 4320
minimumReleaseAgeExclude:
  - '@acme/*'
  - '*'
    ^^^ release-age-gate-missing: "*" exempts every package from the cooldown, which then has no effect. List single packages or scopes.
`,
      ONLY,
    );
    await expectMarks(
      `-- package.json --
{ "name": "shop", "packageManager": "npm@11.19.1" }
-- .npmrc --
min-release-age=3
min-release-age-exclude=**
^^^^^^^^^^^^^^^^^^^^^^^^^^ release-age-gate-missing
min-release-age-exclude[]=@acme/*
`,
      ONLY,
    );
    // Bun compares whole names.
    await expectMarks(
      `-- package.json --
{ "name": "shop", "packageManager": "bun@1.4.5" }
-- bunfig.toml --
[install]
minimumReleaseAge = 259200
minimumReleaseAgeExcludes = ["*"]
`,
      ONLY,
    );
  });

  test('a key in a file in which it is not read moves', async () => {
    const source = `-- package.json --
{ "name": "shop", "packageManager": "pnpm@11.4.0" }
-- .npmrc --
registry=https://npm.example.test/
minimum-release-age=4320
`;
    await expectMarks(
      `${source}^^^^^^^^^^^^^^^^^^^^^^^^ release-age-gate-missing: "minimum-release-age=4320" sets no cooldown, because pnpm reads its cooldown from pnpm-workspace.yaml. Write "minimumReleaseAge: 4320" in pnpm-workspace.yaml for 3 days.
`,
      ONLY,
    );
    assert.equal(
      await fixOf(source, RULE, /^Write /),
      `-- package.json --
{ "name": "shop", "packageManager": "pnpm@11.4.0" }
-- .npmrc --
registry=https://npm.example.test/
-- pnpm-workspace.yaml --
minimumReleaseAge: 4320
`,
    );
  });

  test('is silent on plausible settings, on absent ones, and where several things may be meant', async () => {
    for (const [manager, file, text] of [
      ['npm@11.19.1', '.npmrc', 'min-release-age=3'],
      ['npm@11.19.1', '.npmrc', 'min-release-age=0.5'],
      ['npm@11.19.1', '.npmrc', 'min-release-age=0'],
      ['npm@11.19.1', '.npmrc', 'min-release-age=90'],
      ['npm@11.19.1', '.npmrc', `min-release-age=\${AGE}`],
      ['npm@11.19.1', '.npmrc', 'min-release-age=3\nminimum-release-age=4320'],
      ['npm@11.19.1', '.npmrc', 'registry=https://npm.example.test/'],
      ['pnpm@10.20.0', '.npmrc', 'minimum-release-age=4320'],
      ['pnpm@10.20.0', 'pnpm-workspace.yaml', 'minimum-release-age: 4320'],
      ['pnpm@11.4.0', 'pnpm-workspace.yaml', 'minimumReleaseAge: 90'],
      ['pnpm@11.4.0', 'pnpm-workspace.yaml', 'minimumReleaseAge: 0'],
      ['pnpm@11.4.0', 'pnpm-workspace.yaml', 'minReleaseAge: 0'],
      ['pnpm@11.4.0', '.npmrc', 'minimum-release-age=0'],
      ['pnpm@11.4.0', 'pnpm-workspace.yaml', "packages: ['*']"],
      ['yarn@4.18.1', '.yarnrc.yml', 'npmMinimalAgeGate: 43200'],
      ['yarn@4.18.1', '.yarnrc.yml', 'npmMinimalAgeGate: 3d'],
      ['yarn@4.18.1', '.yarnrc.yml', 'npmMinimalAgeGate: 0'],
      ['yarn@1.22.22', '.npmrc', 'min-release-age=3'],
      ['bun@1.4.5', 'bunfig.toml', '[install]\nminimumReleaseAge = 86400'],
      ['bun@1.4.5', 'bunfig.toml', '[install]\nminimumReleaseAge = 7200'],
    ] as const)
      await expectMarks(
        `-- package.json --\n{ "name": "shop", "packageManager": "${manager}" }\n-- ${file} --\n${text}\n`,
        ONLY,
      );
    // Nothing tells which package manager reads this.
    await expectMarks('-- package.json --\n{}\n-- .npmrc --\nminimum-release-age=4320\n', ONLY);
    const source =
      '-- package.json --\n{ "packageManager": "pnpm@11.4.0" }\n-- pnpm-workspace.yaml --\nminimumReleaseAge: 24\n';
    const workspace = await openWorkspace(source);
    const [finding] = workspace.findings(RULE);
    assert.match(
      finding!.message,
      /^"minimumReleaseAge: 24" is a cooldown of 24 minutes, .+ Check the unit\.$/,
    );
    const titles = workspace.snapshot.fixesOf(finding!).map(({ title }) => title);
    assert.deepEqual(
      titles.filter((title) => title.startsWith('Write')),
      [],
    );
  });

  test('requires a cooldown if the policy does', async () => {
    const policy =
      '-- dependency-hygiene.json --\n{ "rules": { "release-age-gate-missing": ["warning", { "days": 3 }] } }\n';
    await expectMarks(
      `-- package.json --
{ "name": "shop", "packageManager": "npm@11.19.1" }
                                    ^^^^^^^^^^^^^ release-age-gate-missing: npm has no cooldown here, and this project requires 3 days. Set a longer one.
${policy}`,
      ONLY,
    );
    await expectMarks(
      `-- package.json --
{ "name": "shop", "packageManager": "pnpm@11.4.0" }
                                    ^^^^^^^^^^^^^ release-age-gate-missing: pnpm has a cooldown of 1 day here, and this project requires 3 days. Set a longer one.
${policy}`,
      ONLY,
    );
    await expectMarks(
      `-- package.json --\n{ "packageManager": "npm@11.19.1" }\n-- .npmrc --\nmin-release-age=3\n${policy}`,
      ONLY,
    );
  });

  describe('a bot and the package manager that disagree', () => {
    const source = (age: number, bot: string) => `-- package.json --
{ "name": "shop", "packageManager": "pnpm@11.4.0" }
-- pnpm-workspace.yaml --
minimumReleaseAge: ${age}
${bot}`;
    const dependabot = (days: string, ecosystem = 'npm') => `-- .github/dependabot.yml --
version: 2
updates:
  - package-ecosystem: ${ecosystem}
    directory: /
    cooldown:
      ${days}
`;
    const renovate = (age: string) => `-- renovate.json --\n{ "minimumReleaseAge": "${age}" }\n`;
    const said = async (text: string) =>
      (await openWorkspace(text))
        .findings(RULE)
        .map(({ severity, message, related }) => [severity, message, related.length]);

    test('Dependabot with 3 days, pnpm with 1440 minutes', async () => {
      const text = source(1440, dependabot('default-days: 3'));
      assert.deepEqual(await said(text), [
        [
          'information',
          'pnpm has a cooldown of 1 day here, and Dependabot one of 3 days in dependabot.yml. Use the same length in both.',
          1,
        ],
      ]);
      assert.equal(await fixOf(text, RULE, /^Write/), text.replace('1440', '4320'));
    });

    test('Renovate proposes what pnpm does not install', async () => {
      assert.deepEqual(await said(source(10_080, renovate('3 days'))), [
        [
          'information',
          'pnpm has a cooldown of 7 days here, and Renovate one of 3 days in renovate.json, so it proposes versions that pnpm does not install. Use the same length in both.',
          1,
        ],
      ]);
    });

    test('is silent where they agree, and where nothing is certain', async () => {
      for (const bot of [
        dependabot('default-days: 3'),
        dependabot('semver-major-days: 30'),
        dependabot('default-days: 7', 'cargo'),
        dependabot('default-days: 7\n      include: [react]'),
        renovate('3 days'),
        renovate('72 hours'),
        renovate('a while'),
        '-- renovate.json --\n{ "minimumReleaseAge": \n',
        '-- .github/dependabot.yml --\nupdates: "\n',
      ])
        assert.deepEqual(await said(source(4320, bot)), [], bot);
      assert.deepEqual(
        await said(`-- package.json --\n{ "packageManager": "pnpm@11.4.0" }\n${renovate('9 days')}`),
        [],
      );
    });
  });
});
