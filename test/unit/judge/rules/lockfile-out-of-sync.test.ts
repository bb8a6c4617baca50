import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const RULE = 'lockfile-out-of-sync';
const HASH =
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';

interface LockOptions {
  readonly root?: object;
  readonly packages?: object;
  readonly file?: string;
}

/** Returns a lockfile in which zod 3.23.8 and a 1.2.3 are installed. */
function lockOf({ root = {}, packages = {}, file = 'package-lock.json' }: LockOptions): string {
  const installed = Object.fromEntries(
    Object.entries({ zod: '3.23.8', a: '1.2.3' }).map(([name, version]) => [
      `node_modules/${name}`,
      {
        version,
        resolved: `https://registry.public.example.test/${name}/-/${name}-${version}.tgz`,
        integrity: HASH,
      },
    ]),
  );
  const lock = {
    name: 'shop',
    lockfileVersion: 3,
    packages: { '': { name: 'shop', ...root }, ...installed, ...packages },
  };
  return `-- ${file} --\n${JSON.stringify(lock, undefined, 2)}\n`;
}

describe('reports', () => {
  test('another range, that the locked version does not fit', () =>
    expectMarks(`-- package.json --
{
  "dependencies": {
    "zod": "^4.0.0"
           ^^^^^^^^ lockfile-out-of-sync: "zod" is "^4.0.0" here but "^3.0.0" in package-lock.json. npm ci fails, as 3.23.8 is locked. Update the lockfile.
  }
}
${lockOf({ root: { dependencies: { zod: '^3.0.0' } } })}`));

  test('another range, that the locked version fits', () =>
    expectMarks(`-- package.json --
{
  "devDependencies": {
    "zod": "^3.23.0"
           ^^^^^^^^^ lockfile-out-of-sync: "zod" is "^3.23.0" here but "^3.0.0" in npm-shrinkwrap.json. npm ci still installs 3.23.8, which fits. Update the lockfile to record it.
  }
}
${lockOf({ root: { devDependencies: { zod: '^3.0.0' } }, file: 'npm-shrinkwrap.json' })}`));

  test('a dependency that the lockfile does not have', () =>
    expectMarks(`-- package.json --
{
  "dependencies": {
    "zod": "^3.0.0",
    "new": "^1.0.0",
           ^^^^^^^^ lockfile-out-of-sync: "new" is not declared in package-lock.json. npm ci fails, as no version is locked. Update the lockfile.
    "a": "^1.0.0",
         ^^^^^^^^ lockfile-out-of-sync: "a" is not declared in package-lock.json. npm ci still installs 1.2.3, which fits. Update the lockfile to record it.
    "tag": "next"
           ^^^^^^ lockfile-out-of-sync: "tag" is not declared in package-lock.json. Update the lockfile.
  }
}
${lockOf({ root: { dependencies: { zod: '^3.0.0' } } })}`));

  test('as information only where what is locked fits, so that bounding a range or pinning a commit adds no warning', async () => {
    const sha = '0123456789abcdef0123456789abcdef01234567';
    const lock = lockOf({
      root: { dependencies: { zod: '*', a: '^1.0.0', left: 'github:someone/left#main' } },
      packages: {
        'node_modules/left': {
          version: '1.0.0',
          resolved: `git+ssh://git@github.com/someone/left.git#${sha}`,
        },
      },
    });
    const severities = async (dependencies: Record<string, string>) =>
      (await openWorkspace(`-- package.json --\n${JSON.stringify({ dependencies })}\n${lock}`))
        .findings(RULE)
        .map(({ package: name, severity }) => `${name} ${severity}`);
    assert.deepEqual(await severities({ zod: '^3.23.8', a: '^2.0.0' }), ['zod information', 'a warning']);
    assert.deepEqual(await severities({ left: `github:someone/left#${sha}` }), ['left information']);
    assert.deepEqual(await severities({ left: `someone/left#${sha.replace('0', 'f')}` }), ['left warning']);
    assert.deepEqual(await severities({ left: `github:other/left#${sha}` }), ['left warning']);
  });

  test('an alias to another package', () =>
    expectMarks(`-- package.json --
{
  "dependencies": {
    "zod": "npm:zod-fork@^3.0.0"
           ^^^^^^^^^^^^^^^^^^^^^ lockfile-out-of-sync: "zod" is "npm:zod-fork@^3.0.0" here but "^3.0.0" in package-lock.json, and npm ci installs zod 3.23.8. Update the lockfile.
  }
}
${lockOf({ root: { dependencies: { zod: '^3.0.0' } } })}`));

  test('an alias to another package, of a version that does not fit', () =>
    expectMarks(`-- package.json --
{
  "dependencies": {
    "zod": "npm:zod-fork@^4.0.0"
           ^^^^^^^^^^^^^^^^^^^^^ lockfile-out-of-sync: "zod" is "npm:zod-fork@^4.0.0" here but "^3.0.0" in package-lock.json. npm ci fails, as zod 3.23.8 is locked. Update the lockfile.
  }
}
${lockOf({ root: { dependencies: { zod: '^3.0.0' } } })}`));

  test("a member out of the declared range: the root's is linked in any case, another member's is not", async () => {
    const lock = lockOf({
      root: { workspaces: ['packages/*'], dependencies: { two: '1.0.0' } },
      packages: {
        'node_modules/one': { resolved: 'packages/one', link: true },
        'node_modules/two': { resolved: 'packages/two', link: true },
        'packages/one': { name: 'one', version: '1.0.0', dependencies: { two: '1.0.0' } },
        'packages/two': { name: 'two', version: '1.0.0' },
      },
    });
    const workspace = await openWorkspace(`-- package.json --
{ "name": "shop", "workspaces": ["packages/*"], "dependencies": { "two": "^2.0.0" } }
-- packages/one/package.json --
{ "name": "one", "version": "1.0.0", "dependencies": { "two": "^2.0.0" } }
-- packages/two/package.json --
{ "name": "two", "version": "1.0.0" }
${lock}`);
    assert.deepEqual(
      workspace.findings(RULE).map(({ severity, message }) => [severity, message]),
      [
        [
          'information',
          '"two" is "^2.0.0" here but "1.0.0" in package-lock.json. npm ci still links the workspace\'s own 1.0.0, which does not fit. Update the lockfile to record it.',
        ],
        [
          'warning',
          '"two" is "^2.0.0" here but "1.0.0" in package-lock.json. npm ci fails, as 1.0.0 is locked. Update the lockfile.',
        ],
      ],
    );
  });

  test('each member by its own place in the lockfile', () =>
    expectMarks(`-- package.json --
{ "name": "root", "workspaces": ["packages/*"], "dependencies": { "zod": "^3.0.0" } }
-- packages/one/package.json --
{ "name": "one", "version": "1.0.0", "dependencies": { "zod": "^2.0.0", "two": "*" } }
-- packages/two/package.json --
{
  "name": "two",
  "version": "1.0.0",
  "dependencies": {
    "zod": "^2.0.0",
           ^^^^^^^^ lockfile-out-of-sync
    "one": "^1.0.0"
  }
}
${lockOf({
  root: { workspaces: ['packages/*'], dependencies: { zod: '^3.0.0' } },
  packages: {
    'node_modules/one': { resolved: 'packages/one', link: true },
    'node_modules/two': { resolved: 'packages/two', link: true },
    'packages/one': { name: 'one', version: '1.0.0', dependencies: { zod: '^2.0.0', two: '*' } },
    'packages/one/node_modules/zod': { version: '2.0.0', integrity: HASH },
    'packages/two': { name: 'two', version: '1.0.0', dependencies: { zod: '^3.0.0' } },
  },
})}`));

  test('related places are those of the lockfile', async () => {
    const workspace = await openWorkspace(
      `-- package.json --\n{ "dependencies": { "zod": "^4.0.0" } }\n${lockOf({ root: { dependencies: { zod: '^3.0.0' } } })}`,
    );
    const text = workspace.text('package-lock.json')!;
    assert.deepEqual(
      workspace.findings(RULE)[0]?.related.map(({ span }) => text.slice(span.start, span.end)),
      ['"^3.0.0"', '"3.23.8"'],
    );
  });
});

describe('silent', () => {
  const lock = lockOf({
    root: { dependencies: { zod: '^3.0.0', gone: '^1.0.0' }, devDependencies: { a: '^1.0.0' } },
  });
  const cases: Record<string, string> = {
    'where both agree; what only the lockfile has is let pass': `-- package.json --
{ "dependencies": { "zod": "^3.0.0" }, "devDependencies": { "a": " ^1.0.0" } }
${lock}`,
    'where only the section differs': `-- package.json --
{ "dependencies": { "zod": "^3.0.0", "a": "^1.0.0" } }
${lock}`,
    'for peer dependencies': `-- package.json --
{ "peerDependencies": { "zod": "^9.0.0" } }
${lock}`,
    'for overridden names': `-- package.json --
{ "dependencies": { "zod": "^4.0.0" }, "overrides": { "zod@^4": "3.23.8" } }
${lock}`,
    'in a lockfile with a merge conflict': `-- package.json --
{ "dependencies": { "zod": "^4.0.0" } }
${lock.replace('  "lockfileVersion"', '<<<<<<< ours\n  "lockfileVersion"')}`,
    'in a lockfile of another version': `-- package.json --
{ "dependencies": { "zod": "^4.0.0" } }
${lock.replace('"lockfileVersion": 3', '"lockfileVersion": 1')}`,
    'without a lockfile': `-- package.json --
{ "dependencies": { "zod": "^4.0.0" } }
`,
    'where another package manager is in use': `-- package.json --
{ "packageManager": "pnpm@10.0.0", "dependencies": { "zod": "^4.0.0" } }
-- pnpm-lock.yaml --
lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      zod: { specifier: ^4.0.0, version: 4.0.0 }
packages:
  zod@4.0.0: { resolution: { integrity: ${HASH} } }
snapshots:
  zod@4.0.0: {}
${lock}`,
    'for a member that the lockfile does not have': `-- package.json --
{ "workspaces": ["packages/*"], "dependencies": { "zod": "^3.0.0" } }
-- packages/new/package.json --
{ "name": "new", "dependencies": { "zod": "^9.0.0" } }
${lock}`,
    'for values that cannot be read, which are a finding of their own': `-- package.json --
{ "dependencies": { "zod": "3.x.x.1", "a": "npm:" } }
${lock}`,
    'for values that are no text': `-- package.json --
{ "dependencies": { "zod": 3, "a": null } }
${lock}`,
  };
  for (const [name, source] of Object.entries(cases))
    test(name, () => expectMarks(source, { rules: [RULE] }));

  test('a manifest cut anywhere gives no finding outside of it', async () => {
    const manifest = '{\n  "dependencies": {\n    "zod": "^4.0.0",\n    "new": "1"\n  }\n}\n';
    for (let end = 0; end < manifest.length; end++) {
      const workspace = await openWorkspace(`-- package.json --\n${manifest.slice(0, end)}\n${lock}`);
      for (const { span } of workspace.findings(RULE)) {
        assert.ok(span.start >= 0 && span.end <= workspace.text('package.json')!.length);
      }
    }
  });
});

test('fix: what the lockfile has', async () => {
  const source = `-- package.json crlf --
{
	// kept
	"dependencies": {
		"zod" : "^4.0.0", // why
	}
}
${lockOf({ root: { dependencies: { zod: '^3.0.0' } } })}`;
  const after = await fixOf(source, RULE, /^Replace with "zod": "\^3\.0\.0"/);
  assert.match(after, /\t\t"zod" : "\^3\.0\.0", \/\/ why\n/);
  assert.match(after, /-- package\.json crlf --/);
});

test('fix: a command to copy', async () => {
  const workspace = await openWorkspace(
    `-- package.json --\n{ "dependencies": { "new": "1" } }\n${lockOf({})}`,
  );
  const fixes = workspace.snapshot.fixesOf(workspace.findings(RULE)[0]!);
  const copied = fixes.filter(({ applicability }) => applicability === 'display-only');
  assert.deepEqual(
    copied.map(({ command, edits }) => [command, edits]),
    [['npm install --package-lock-only --ignore-scripts', []]],
  );
});

test('npm ci keeps what does not fit in the folder of a member, where it is newer', async () => {
  const member = (range: string, version: string) => {
    const files = {
      'package.json': { name: 'shop', workspaces: ['app'] },
      'app/package.json': { name: 'app', dependencies: { zod: range } },
      'package-lock.json': {
        lockfileVersion: 3,
        packages: {
          '': { name: 'shop', workspaces: ['app'] },
          app: { dependencies: { zod: range } },
          'node_modules/app': { resolved: 'app', link: true },
          'app/node_modules/zod': { version, integrity: HASH },
        },
      },
    };
    return Object.entries(files)
      .map(([path, content]) => `-- ${path} --\n${JSON.stringify(content, undefined, 2)}\n`)
      .join('');
  };
  const said = async (range: string, version: string) =>
    (await openWorkspace(member(range, version))).findings(RULE).map(({ message }) => message);
  assert.deepEqual(await said('^3.0.0', '4.0.0'), [
    '"zod" is "^3.0.0", but package-lock.json has 4.0.0, which does not fit. npm ci still installs it. Update the lockfile.',
  ]);
  assert.deepEqual(await said('^4.0.0', '3.0.0'), [
    '"zod" is "^4.0.0", but package-lock.json has 3.0.0, which does not fit. npm ci fails. Update the lockfile.',
  ]);
  assert.deepEqual(await said('^4.0.0', '4.1.0'), []);
});
