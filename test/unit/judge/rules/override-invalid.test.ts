import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace, parseWorkspace } from '../../../workspace.ts';

const RULE = 'override-invalid';
const json = (path: string, value: unknown) => `-- ${path} --\n${JSON.stringify(value, undefined, 2)}\n`;
const manifest = (more: object) =>
  json('package.json', { name: 'shop', dependencies: { left: '^1.0.0' }, ...more });
const NPM = json('package-lock.json', {
  lockfileVersion: 3,
  packages: {
    '': { name: 'shop', dependencies: { left: '^1.0.0' } },
    'node_modules/left': { version: '1.2.0' },
    'node_modules/deep': { version: '2.0.0' },
    'node_modules/alias': { name: 'real', version: '1.0.0' },
  },
});
const YARN = `-- yarn.lock --
# yarn lockfile v1


deep@^2.0.0:
  version "2.0.0"

left@^1.0.0:
  version "1.2.0"
`;
const PNPM = `-- pnpm-lock.yaml --
lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      left:
        specifier: ^1.0.0
        version: 1.2.0

  packages/a: {}

packages:

  deep@2.0.0:
    resolution: {integrity: sha512-AA==}

  left@1.2.0:
    resolution: {integrity: sha512-AA==}

snapshots:

  deep@2.0.0: {}

  left@1.2.0:
    dependencies:
      deep: 2.0.0
`;

/** Returns the marked tokens with severity and kind. */
async function found(workspace: string): Promise<readonly string[]> {
  const opened = await openWorkspace(workspace);
  return opened.findings(RULE).map(({ uri, span, severity, data }) => {
    const path = uri.slice(18);
    const marked = opened.text(path)!.slice(span.start, span.end);
    return `${path === 'package.json' ? '' : `${path} `}${marked} ${severity} ${(data as { kind: string }).kind}`;
  });
}

describe('an override of a direct dependency (EOVERRIDE of npm)', () => {
  const tagged = { dependencies: { left: '^1.0.0', tagged: 'latest' } };
  const of = (overrides: unknown, more: object = {}) =>
    found(manifest({ ...tagged, overrides, ...more }) + NPM);

  test('that says something else', async () => {
    for (const overrides of [
      { left: '1.2.0' },
      { left: '^1.2.0' },
      { 'left@^1': '1.2.0' },
      { 'left@1.5.0': '1.2.0' },
      { left: { '.': '1.2.0', deep: '2.0.0' } },
      { tagged: '1.2.0' },
    ]) {
      assert.deepEqual((await of(overrides)).length, 1, JSON.stringify(overrides));
      assert.match((await of(overrides))[0]!, / error conflict$/);
    }
  });

  test('of development dependencies too', async () =>
    assert.deepEqual(await of({ dev: '2.0.0' }, { devDependencies: { dev: '^1.0.0' } }), [
      '"dev" error conflict',
    ]));

  test('silent where it follows, says the same, or is about other versions or what others bring in', async () => {
    for (const overrides of [
      { left: '$left' },
      { left: '^1.0.0' },
      { left: '' },
      { left: '*' },
      { 'left@^2': '2.1.0' },
      { 'tagged@^1': '$left' },
      { deep: { left: '1.2.0' } },
      { left: { deep: '2.0.0' } },
    ]) {
      assert.deepEqual(await of(overrides), [], JSON.stringify(overrides));
    }
    assert.deepEqual(
      await of({ peer: '2.0.0' }, { peerDependencies: { peer: '^1.0.0' } }).then((all) =>
        all.filter((line) => line.includes('conflict')),
      ),
      [],
    );
  });

  test('other package managers allow it', async () => {
    assert.deepEqual(await found(manifest({ resolutions: { left: '1.2.0' } }) + YARN), []);
    assert.deepEqual(await found(manifest({ pnpm: { overrides: { left: '1.2.0' } } }) + PNPM), []);
  });
});

describe('a reference', () => {
  test('to a dependency that is not there', () =>
    expectMarks(`-- package.json --
{
  "dependencies": { "left": "^1.0.0" },
  "overrides": {
    "deep": "$right"
    ^^^^^^ ${RULE}: The override of "deep" takes its version from "right", which the root package.json does not depend on, so the install fails. Name a version, or a dependency that is there.
  }
}
${NPM}`));

  test('in pnpm-workspace.yaml', async () => {
    const workspace = `-- pnpm-workspace.yaml --\noverrides:\n  # why\n  deep: $right\n  left: $left\n`;
    assert.deepEqual(await found(manifest({}) + PNPM + workspace), [
      'pnpm-workspace.yaml deep warning reference',
    ]);
  });
});

describe('a field that is not read', () => {
  test('resolutions with npm, overrides with Yarn and pnpm', async () => {
    const pinned = (packageManager: string, more: object) => manifest({ packageManager, ...more });
    const both = { deep: '2.0.0', left: '1.0.0' };
    assert.deepEqual(await found(pinned('npm@11.21.0', { resolutions: both }) + NPM), [
      '"deep" warning field',
    ]);
    assert.deepEqual(await found(pinned('yarn@1.22.22', { overrides: both }) + YARN), [
      '"deep" warning field',
    ]);
    assert.deepEqual(await found(pinned('pnpm@12.21.0', { overrides: both }) + PNPM), [
      '"deep" warning field',
    ]);
    assert.deepEqual(await found(manifest({ resolutions: both }) + NPM), ['"deep" warning field']);
  });

  test('what it says', async () => {
    const message = async (workspace: string) => (await openWorkspace(workspace)).findings(RULE)[0]?.message;
    assert.equal(
      await message(manifest({ packageManager: 'yarn@1.22.22', overrides: { deep: '2.0.0' } }) + YARN),
      'Yarn does not read "overrides", so it changes nothing. Use "resolutions".',
    );
    assert.equal(
      await message(
        manifest({ packageManager: 'pnpm@12.21.0', pnpm: { overrides: { deep: '2.0.0' } } }) + PNPM,
      ),
      'pnpm 11 and later do not read "pnpm.overrides" in package.json, so it changes nothing. Use "overrides" in pnpm-workspace.yaml.',
    );
  });

  test('pnpm.overrides from pnpm 11 on, and with other package managers', async () => {
    const fields = { pnpm: { overrides: { deep: '2.0.0' } } };
    assert.deepEqual(await found(manifest({ packageManager: 'pnpm@11.0.0', ...fields }) + PNPM), [
      '"deep" warning old-field',
    ]);
    assert.deepEqual(await found(manifest({ packageManager: 'npm@11.21.0', ...fields }) + NPM), [
      '"deep" warning field',
    ]);
    assert.deepEqual(await found(manifest({ packageManager: 'pnpm@10.33.4', ...fields }) + PNPM), []);
    assert.deepEqual(await found(manifest(fields) + PNPM), []);
  });

  test('silent where another package manager reads it, the same is said elsewhere, or nothing tells which one is used', async () => {
    const both = { overrides: { deep: '2.0.0' }, resolutions: { deep: '2.0.0' } };
    assert.deepEqual(await found(manifest(both) + NPM), []);
    assert.deepEqual(await found(manifest({ resolutions: { deep: '2.0.0' } }) + NPM + YARN), []);
    assert.deepEqual(await found(manifest({ resolutions: { deep: '2.0.0' } })), []);
    const bun = `-- bun.lock --\n{ "lockfileVersion": 1, "workspaces": { "": { "name": "shop" } }, "packages": {} }\n`;
    assert.deepEqual(await found(manifest(both) + bun), []);
  });
});

describe('in a member of the workspace', () => {
  const workspace = (member: object, lock: string) =>
    json('package.json', { name: 'shop', private: true, workspaces: ['packages/*'] }) +
    json('packages/a/package.json', { name: 'a', ...member }) +
    lock;
  const lock = json('package-lock.json', {
    lockfileVersion: 3,
    packages: {
      '': { name: 'shop', workspaces: ['packages/*'] },
      'packages/a': { name: 'a' },
      'node_modules/a': { resolved: 'packages/a', link: true },
    },
  });

  test('it is not read', async () => {
    const member = { overrides: { deep: '2.0.0', left: '1.0.0' } };
    assert.deepEqual(await found(workspace(member, lock)), ['packages/a/package.json "deep" warning member']);
    const [finding] = (await openWorkspace(workspace(member, lock))).findings(RULE);
    assert.equal(
      finding?.message,
      'npm reads "overrides" in the root package.json only, so this one changes nothing. Move it there.',
    );
    assert.deepEqual(await found(workspace({ resolutions: { deep: '2.0.0' } }, YARN)), [
      'packages/a/package.json "deep" warning member',
    ]);
  });

  test('silent for other fields, and for folders that the lockfile does not know', async () => {
    assert.deepEqual(await found(workspace({ resolutions: { deep: '2.0.0' } }, lock)), []);
    assert.deepEqual(await found(workspace({ overrides: { deep: '2.0.0' } }, NPM)), []);
    assert.deepEqual(await found(workspace({}, lock)), []);
  });

  test('of pnpm', async () => {
    const pnpm = (version: string) =>
      json('package.json', { name: 'shop', packageManager: `pnpm@${version}` }) +
      json('packages/a/package.json', { name: 'a', pnpm: { overrides: { deep: '2.0.0' } } }) +
      `-- pnpm-workspace.yaml --\npackages: [packages/*]\n${PNPM}`;
    assert.deepEqual(await found(pnpm('10.33.4')), ['packages/a/package.json "deep" warning member']);
    assert.deepEqual(await found(pnpm('12.21.0')), []);
  });
});

describe('a selector that cannot be read', () => {
  test('of each package manager', async () => {
    const yarn4 = 'yarn@4.18.1';
    assert.deepEqual(await found(manifest({ packageManager: yarn4, resolutions: { '**/deep': '2.0.0' } })), [
      '"**/deep" warning selector',
    ]);
    assert.deepEqual(
      await found(manifest({ packageManager: 'yarn@1.22.22', resolutions: { '**/deep': '2.0.0' } })),
      [],
    );
    assert.deepEqual(await found(manifest({ overrides: { '': '1.0.0' } }) + NPM), ['"" warning selector']);
  });
});

describe('an override that takes a package from elsewhere', () => {
  test('is reported once, by exotic-dependency', async () => {
    for (const value of ['github:o/deep', 'o/deep', 'https://files.example.test/deep.tgz']) {
      const { findings } = await openWorkspace(manifest({ overrides: { deep: value } }) + NPM);
      const rules = [...findings(RULE), ...findings('exotic-dependency')].map(({ rule }) => rule);
      assert.deepEqual(rules, ['exotic-dependency'], value);
    }
  });

  test('never shows a secret', async () => {
    const value = 'https://me:hunter2@files.example.test/deep.tgz';
    const conflict = manifest({ dependencies: { deep: '^1.0.0' }, overrides: { deep: value } });
    const [finding] = (await openWorkspace(conflict + NPM)).findings(RULE);
    assert.doesNotMatch(JSON.stringify([finding!.message, finding!.data]), /hunter2/);
  });

  test('silent for aliases, folders and patches', async () => {
    for (const value of ['npm:real@1.0.0', 'file:./deep', 'file:deep.tgz'])
      assert.deepEqual(await found(manifest({ overrides: { deep: value } }) + NPM), []);
    const patch = { resolutions: { deep: 'patch:deep@npm%3A2.0.0#./deep.patch' } };
    assert.deepEqual(await found(manifest(patch) + YARN), []);
  });
});

describe('a name that nothing in the lockfile has', () => {
  test('is a hint', async () => {
    assert.deepEqual(await found(manifest({ overrides: { dep: '2.0.0' } }) + NPM), ['"dep" hint absent']);
    assert.deepEqual(await found(manifest({ resolutions: { dep: '2.0.0' } }) + YARN), ['"dep" hint absent']);
    const workspace = `-- pnpm-workspace.yaml --\noverrides:\n  dep: 2.0.0\n  deep: 2.0.0\n  gone: '-'\n`;
    assert.deepEqual(await found(manifest({}) + PNPM + workspace), ['pnpm-workspace.yaml dep hint absent']);
  });

  test('silent for names of aliases and their targets, replaced ones, and lockfiles that say little', async () => {
    for (const overrides of [
      { alias: '1.0.0' },
      { real: '1.0.0' },
      { gone: 'npm:real@1' },
      { gone: 'file:./gone' },
      { 'gone@<2': '2.0.0' },
    ])
      assert.deepEqual(await found(manifest({ overrides }) + NPM), []);
    assert.deepEqual(await found(manifest({ overrides: { dep: '2.0.0' } })), []);
    const broken = `-- package-lock.json --\n{ "lockfileVersion": 3, "packages": { "": {}, "node_modules/a": {\n`;
    assert.deepEqual(await found(manifest({ overrides: { dep: '2.0.0' } }) + broken), []);
  });
});

test('while it is being typed', async () => {
  const text = `{ "dependencies": { "left": "^1.0.0" }, "overrides": { "left": "1.2.0", "deep": { ".": "$x" } }, "resolutions": { "a": "1" } }`;
  for (let end = 0; end <= text.length; end++) {
    const opened = await openWorkspace(`-- package.json --\n${text.slice(0, end)}\n${NPM}`);
    for (const finding of opened.findings(RULE)) {
      const edits = opened.snapshot.fixesOf(finding).flatMap((fix) => fix.edits);
      for (const { span } of [finding, ...edits.filter(({ uri }) => uri === finding.uri)])
        assert.ok(0 <= span.start && span.end <= end + 1);
    }
  }
});

describe('fixes keep the rest of the file', () => {
  const ODD = (overrides: string) => `-- package.json crlf --
{
\t// of the shop
\t"dependencies": { "left": "^1.0.0" },
\t"overrides": {
${overrides}
\t}
}
${NPM}`;

  test('the override follows the dependency', async () => {
    const after = await fixOf(
      ODD('\t\t"left": "1.2.0", // since the fix\n\t\t"deep": "2.0.0"'),
      RULE,
      /^Replace with "\$left"/,
    );
    assert.equal(after, ODD('\t\t"left": "$left", // since the fix\n\t\t"deep": "2.0.0"'));
  });

  test('the override goes', async () => {
    const after = await fixOf(
      ODD('\t\t"left": "1.2.0",\n\t\t"deep": "2.0.0"'),
      RULE,
      /^Remove the override of "left"/,
    );
    assert.equal(after, ODD('\t\t"deep": "2.0.0"'));
  });

  test('the field gets its right name', async () => {
    const before = manifest({ resolutions: { deep: '2.0.0', '@s/a': '1.0.0' } }) + NPM;
    const after = await fixOf(before, RULE, /^Rename "resolutions" to "overrides"/);
    assert.equal(after, before.replace('"resolutions"', '"overrides"'));
  });

  test('for pnpm only where its version is known to read the other one', async () => {
    const titles = async (version: string | undefined) => {
      const pin = version === undefined ? {} : { packageManager: `pnpm@${version}` };
      const source = manifest({ ...pin, overrides: { deep: '2.0.0' } }) + PNPM;
      const fixes = (await openWorkspace(source)).findings(RULE).flatMap((finding) => finding.fixes());
      return fixes.map(({ title }) => title);
    };
    assert.deepEqual(await titles('10.33.4'), ['Rename "overrides" to "resolutions"']);
    assert.deepEqual(await titles('11.0.0'), []);
    assert.deepEqual(await titles(undefined), []);
  });

  test('it is not renamed where the keys mean something else there', async () => {
    for (const resolutions of [{ '**/deep': '2.0.0' }, { 'a/deep': '2.0.0' }, { 'deep@^1': '2.0.0' }]) {
      const [finding] = (await openWorkspace(manifest({ resolutions }) + NPM)).findings(RULE);
      assert.deepEqual(finding?.fixes(), []);
    }
  });

  test('pnpm.overrides moves to pnpm-workspace.yaml, new or not', async () => {
    const before = manifest({
      packageManager: 'pnpm@12.21.0',
      pnpm: { overrides: { deep: '2.0.0', 'left>deep@^1': '^2.0.0' }, neverBuiltDependencies: [] },
    });
    const title = /^Move "pnpm\.overrides" to pnpm-workspace\.yaml$/;
    const lines = 'overrides:\n  deep: "2.0.0"\n  "left>deep@^1": "^2.0.0"\n';
    const created = parseWorkspace(await fixOf(before + PNPM, RULE, title)).files;
    assert.equal(created.get('pnpm-workspace.yaml'), lines);
    assert.deepEqual(JSON.parse(created.get('package.json')!).pnpm, { neverBuiltDependencies: [] });
    const settings = '-- pnpm-workspace.yaml --\n# ours\npackages:\n  - packages/*\n';
    const added = parseWorkspace(await fixOf(before + PNPM + settings, RULE, title)).files;
    assert.equal(added.get('pnpm-workspace.yaml'), `# ours\npackages:\n  - packages/*\n\n${lines}`);
  });

  test('none of them counts as safe', async () => {
    const workspace = await openWorkspace(manifest({ overrides: { left: '1.2.0', dep: '1.0.0' } }) + NPM);
    const fixes = workspace.findings(RULE).flatMap((finding) => finding.fixes());
    assert.deepEqual(new Set(fixes.map(({ applicability }) => applicability)), new Set(['unsafe']));
  });
});
