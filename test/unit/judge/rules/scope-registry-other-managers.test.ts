import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace, TEST_REGISTRY } from '../../../workspace.ts';

const RULE = 'scope-registry-missing';
const URL = 'https://npm.acme.example.test/';
const POLICY = `-- dependency-hygiene.json --\n{ "privateScopes": [{ "scope": "@acme", "registry": "${URL}" }] }\n`;

const shop = (manager: string) =>
  `-- package.json --
{ "packageManager": "${manager}", "name": "shop", "dependencies": { "@acme/ui": "^1.0.0" } }
`;
const marked = (manager: string) => {
  const source = shop(manager);
  const line = source.split('\n')[1]!;
  return `${source}${' '.repeat(line.indexOf('"@acme/ui"'))}^^^^^^^^^^ ${RULE}\n`;
};
const silent = (source: string) => expectMarks(source + POLICY, { rules: [RULE] });

const YARN = 'yarn@4.18.1';
const CLASSIC = 'yarn@1.22.22';
const PNPM = 'pnpm@11.0.0';
const BUN = 'bun@1.4.5';

describe('a scope without a registry', () => {
  for (const manager of [YARN, CLASSIC, PNPM, BUN]) {
    test(`is reported for ${manager}`, () => expectMarks(marked(manager) + POLICY, { rules: [RULE] }));
  }

  test('is one for Yarn 2 and later whatever .npmrc says, as they read none', () =>
    expectMarks(`${marked(YARN)}-- .npmrc --\n@acme:registry=${URL}\n${POLICY}`, { rules: [RULE] }));

  test('is one for a package manager that does not read the file that says it', async () => {
    await expectMarks(
      `${marked(BUN)}-- pnpm-workspace.yaml --\nregistries: { "@acme": "${URL}" }\n${POLICY}`,
      {
        rules: [RULE],
      },
    );
    await expectMarks(`${marked(CLASSIC)}-- .yarnrc.yml --\nnpmRegistryServer: "${URL}"\n${POLICY}`, {
      rules: [RULE],
    });
  });
});

describe('the project says it', () => {
  test('in .npmrc, for all but Yarn 2 and later', async () => {
    for (const manager of [CLASSIC, PNPM, BUN]) {
      await silent(`${shop(manager)}-- .npmrc --\n@acme:registry=${URL}\n`);
      await silent(`${shop(manager)}-- .npmrc --\nregistry=${URL}\n`);
    }
  });

  test('in .yarnrc.yml, also above the project', async () => {
    await silent(`${shop(YARN)}-- .yarnrc.yml --\nnpmScopes:\n  acme:\n    npmRegistryServer: "${URL}"\n`);
    await silent(`${shop(YARN)}-- .yarnrc.yml --\nnpmRegistryServer: "${URL}"\n`);
    await silent(
      `${shop(YARN).replace('package.json', 'shop/package.json')}-- .yarnrc.yml --\nnpmScopes: { acme: { npmRegistryServer: "${URL}" } }\n`,
    );
  });

  test('in .yarnrc of Yarn 1', () => silent(`${shop(CLASSIC)}-- .yarnrc --\n"@acme:registry" "${URL}"\n`));

  test('in pnpm-workspace.yaml', async () => {
    await silent(`${shop(PNPM)}-- pnpm-workspace.yaml --\nregistries:\n  '@acme': ${URL}\n`);
    await silent(`${shop(PNPM)}-- pnpm-workspace.yaml --\nregistries:\n  default: ${URL}\n`);
  });

  test('in bunfig.toml', async () => {
    await silent(`${shop(BUN)}-- bunfig.toml --\n[install.scopes]\nacme = "${URL}"\n`);
    await silent(`${shop(BUN)}-- bunfig.toml --\n[install]\nregistry = "${URL}"\n`);
  });
});

describe('a private scope that is taken from the public registry', () => {
  const caret = (indent: number, length: number) => `${' '.repeat(indent)}${'^'.repeat(length)} ${RULE}\n`;
  const length = TEST_REGISTRY.length;

  test('in .yarnrc.yml', () =>
    expectMarks(
      `${shop(YARN)}-- .yarnrc.yml --\nnpmScopes:\n  acme:\n    npmRegistryServer: ${TEST_REGISTRY}\n${caret(23, length)}${POLICY}`,
      { rules: [RULE] },
    ));

  test('in pnpm-workspace.yaml', () =>
    expectMarks(
      `${shop(PNPM)}-- pnpm-workspace.yaml --\nregistries:\n  '@acme': ${TEST_REGISTRY}\n${caret(11, length)}${POLICY}`,
      { rules: [RULE] },
    ));

  test('in bunfig.toml, and is mended there', async () => {
    const file = `-- bunfig.toml --\n[install.scopes]\nacme = "${TEST_REGISTRY}"\n`;
    await expectMarks(`${shop(BUN)}${file}${caret(7, length + 2)}${POLICY}`, { rules: [RULE] });
    const fixed = await fixOf(shop(BUN) + file + POLICY, RULE, /to bunfig\.toml$/);
    assert.ok(fixed.includes(`acme = "${URL}"`), fixed);
  });
});

describe('the fix writes where the package manager reads', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    [YARN, '', '.yarnrc.yml', `npmScopes:\n  acme:\n    npmRegistryServer: "${URL}"\n`],
    [
      YARN,
      '-- .yarnrc.yml --\nnodeLinker: node-modules\n',
      '.yarnrc.yml',
      `nodeLinker: node-modules\n\nnpmScopes:\n  acme:\n    npmRegistryServer: "${URL}"\n`,
    ],
    [CLASSIC, '', '.npmrc', `@acme:registry=${URL}\n`],
    [PNPM, '-- pnpm-workspace.yaml --\npackages: []\n', '.npmrc', `@acme:registry=${URL}\n`],
    [BUN, '', '.npmrc', `@acme:registry=${URL}\n`],
    [
      BUN,
      '-- bunfig.toml --\n[install]\nexact = true\n',
      'bunfig.toml',
      `[install]\nexact = true\n\n[install.scopes]\nacme = "${URL}"\n`,
    ],
  ];
  for (const [manager, files, name, expected] of cases) {
    test(`${manager} ${files.split('\n', 1)[0]}: ${name}`, async () => {
      const fixed = await fixOf(
        shop(manager) + files + POLICY,
        RULE,
        new RegExp(`to ${name.replaceAll('.', '\\.')}$`),
      );
      assert.ok(fixed.includes(`-- ${name} --\n${expected}`), fixed);
    });
  }

  test('and none is offered where no line can be added', async () => {
    const file = '-- .yarnrc.yml --\nnpmScopes: { b: { npmAuthToken: x } }\n';
    const [finding] = (await openWorkspace(shop(YARN) + file + POLICY)).findings(RULE);
    assert.deepEqual(finding?.fixes(), []);
  });
});

test('what one project says of a scope is evidence for the others, in every file', async () => {
  const said: readonly (readonly [string, string])[] = [
    [PNPM, `-- said/pnpm-workspace.yaml --\nregistries:\n  '@acme': ${URL}\n`],
    [YARN, `-- said/.yarnrc.yml --\nnpmScopes:\n  acme:\n    npmRegistryServer: ${URL}\n`],
    [CLASSIC, `-- said/.yarnrc --\n"@acme:registry" "${URL}"\n`],
    [BUN, `-- said/bunfig.toml --\n[install.scopes]\nacme = "${URL}"\n`],
  ];
  for (const [manager, file] of said) {
    const source = `-- said/package.json --\n{ "packageManager": "${manager}" }\n${file}-- own/package.json --\n{ "dependencies": { "@acme/ui": "1" } }\n`;
    const [finding, ...more] = (await openWorkspace(source)).findings(RULE);
    assert.equal(finding?.package, '@acme/ui', manager);
    assert.equal(more.length, 0);
    assert.match(finding?.fixes()[0]?.title ?? '', new RegExp(`^Add @acme:registry=${URL} to \\.npmrc$`));
    assert.equal(finding?.related.length, 1);
  }
});
