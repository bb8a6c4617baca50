import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const RULE = 'lockfile-multiple';
const NPM = (name = 'package-lock.json', mark = '') =>
  `-- ${name} --\n{\n${mark}  "lockfileVersion": 3,\n  "packages": { "": { "name": "shop" } }\n}\n`;
const PNPM = (path = 'pnpm-lock.yaml') => `-- ${path} --\nlockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n`;
const YARN = (path = 'yarn.lock') => `-- ${path} --\n# yarn lockfile v1\n\n`;
const BUN = `-- bun.lock --\n{\n  "lockfileVersion": 1,\n  "workspaces": { "": { "name": "shop" } },\n  "packages": {},\n}\n`;
const rooted = (manager: string, ...files: readonly string[]) =>
  `-- package.json --\n{ "name": "shop"${manager === '' ? '' : `, "packageManager": "${manager}"`} }\n${files.join('')}`;

async function found(workspace: string): Promise<readonly string[]> {
  const findings = (await openWorkspace(workspace)).findings(RULE);
  return findings.map(({ uri, message, severity }) => `${uri.slice(18)} ${severity}: ${message}`);
}

test('beside the lockfile that the named package manager reads', async () => {
  assert.deepEqual(await found(rooted('yarn@1.22.22', NPM(), YARN())), [
    'package-lock.json warning: Yarn reads yarn.lock, not package-lock.json. Delete package-lock.json.',
  ]);
  assert.deepEqual(await found(rooted('npm@11.21.0', NPM(), YARN(), PNPM(), BUN)), [
    'bun.lock warning: npm reads package-lock.json, not bun.lock. Delete bun.lock.',
    'pnpm-lock.yaml warning: npm reads package-lock.json, not pnpm-lock.yaml. Delete pnpm-lock.yaml.',
    'yarn.lock warning: npm reads package-lock.json, not yarn.lock. Delete yarn.lock.',
  ]);
});

test('configuration of a package manager decides as well', async () => {
  assert.deepEqual(await found(rooted('', NPM(), YARN(), '-- .yarnrc.yml --\nnodeLinker: node-modules\n')), [
    'package-lock.json warning: Yarn reads yarn.lock, not package-lock.json. Delete package-lock.json.',
  ]);
});

test('none of them is read', async () => {
  assert.deepEqual(await found(rooted('pnpm@12.21.0', NPM(), YARN())), [
    'package-lock.json warning: pnpm installs this project and does not read package-lock.json. Delete it, or name the package manager that does.',
    'yarn.lock warning: pnpm installs this project and does not read yarn.lock. Delete it, or name the package manager that does.',
  ]);
});

test('nothing says which one is read', async () => {
  assert.deepEqual(await found(rooted('', NPM(), YARN())), [
    'yarn.lock warning: No package manager is configured for this project, which has both yarn.lock and package-lock.json. Keep one of them.',
  ]);
  assert.deepEqual(await found(rooted('', YARN(), PNPM())), [
    'yarn.lock warning: No package manager is configured for this project, which has both yarn.lock and pnpm-lock.yaml. Keep one of them.',
  ]);
  const related = async (manager: string) => {
    const [finding] = (await openWorkspace(rooted(manager, NPM(), YARN()))).findings(RULE);
    return finding?.related.map(({ uri, message }) => `${uri.slice(18)}: ${message}`);
  };
  assert.deepEqual(await related(''), ['package-lock.json: The other lockfile.']);
  assert.deepEqual(await related('npm@11.21.0'), ['package-lock.json: This one is read instead.']);
});

test('npm-shrinkwrap.json wins over package-lock.json up to npm 11, and is not read by npm 12', async () => {
  const both = [NPM(), NPM('npm-shrinkwrap.json')];
  for (const manager of ['', 'npm@10.9.0', 'npm@11.21.0']) {
    const major = manager === '' ? '' : ` ${manager.slice(4, 6)}`;
    assert.deepEqual(await found(rooted(manager, ...both)), [
      `package-lock.json warning: npm${major} reads npm-shrinkwrap.json, not package-lock.json. Delete package-lock.json.`,
    ]);
  }
  assert.deepEqual(await found(rooted('npm@12.2.0', ...both)), [
    'npm-shrinkwrap.json warning: npm 12 reads package-lock.json, not npm-shrinkwrap.json. Delete npm-shrinkwrap.json.',
  ]);
});

test('Bun reads bun.lock, not the binary one, and prints a yarn.lock for others', async () => {
  assert.deepEqual(await found(rooted('', BUN, '-- bun.lockb --\nbinary\n')), [
    'bun.lockb warning: Bun reads bun.lock, not bun.lockb. Delete bun.lockb.',
  ]);
  const printed = '-- yarn.lock --\n# yarn lockfile v1\n# bun ./bun.lockb --hash: 9BFBF11D86084AAB\n\n';
  assert.deepEqual(await found(rooted('bun@1.4.5', BUN, printed)), []);
  assert.deepEqual((await found(rooted('bun@1.4.5', BUN, YARN()))).length, 1);
});

test('one lockfile, whoever it is of, is never too many', async () => {
  for (const lock of [NPM(), NPM('npm-shrinkwrap.json'), YARN(), PNPM(), BUN, '-- bun.lockb --\nbinary\n']) {
    for (const manager of ['', 'npm@11.21.0', 'pnpm@12.21.0', 'yarn@4.18.1', 'bun@1.4.5'])
      assert.deepEqual(await found(rooted(manager, lock)), [], `${manager} ${lock}`);
  }
});

const MEMBERS = `-- package.json --
{ "name": "shop", "workspaces": ["packages/*"] }
-- packages/a/package.json --
{ "name": "a" }
`;
const ROOT_LOCK = (members: string) =>
  `-- package-lock.json --\n{\n  "lockfileVersion": 3,\n  "packages": { "": { "name": "shop", "workspaces": ["packages/*"] }${members} }\n}\n`;

test('in a member of the workspace', () =>
  expectMarks(
    `${MEMBERS}${ROOT_LOCK(', "packages/a": { "name": "a" }')}${NPM(
      'packages/a/package-lock.json',
      `^ ${RULE}: npm installs this workspace by package-lock.json at its root and does not read packages/a/package-lock.json. Delete it.\n`,
    )}`,
  ));

test('a lockfile of another package manager in a member, and one of a Yarn 1 workspace', async () => {
  const lock = ROOT_LOCK(', "packages/a": { "name": "a" }');
  assert.equal((await found(`${MEMBERS}${lock}${YARN('packages/a/yarn.lock')}`)).length, 1);
  assert.deepEqual(await found(`${MEMBERS}${YARN()}${YARN('packages/a/yarn.lock')}`), [
    'packages/a/yarn.lock warning: Yarn installs this workspace by yarn.lock at its root and does not read packages/a/yarn.lock. Delete it.',
  ]);
});

test('silent in a folder that the lockfile at the root does not know, and without one there', async () => {
  const lock = NPM('packages/a/package-lock.json');
  assert.deepEqual(await found(`${MEMBERS}${ROOT_LOCK('')}${lock}`), []);
  assert.deepEqual(await found(`${MEMBERS}${lock}`), []);
  const published = NPM('packages/a/npm-shrinkwrap.json');
  assert.deepEqual(await found(`${MEMBERS}${ROOT_LOCK(', "packages/a": {}')}${published}`), []);
});

test('silent where pnpm keeps a lockfile in each member', async () => {
  const workspace = `-- package.json --
{ "name": "shop" }
-- pnpm-workspace.yaml --
packages: [packages/*]
-- packages/a/package.json --
{ "name": "a" }
-- pnpm-lock.yaml --
lockfileVersion: '9.0'

importers:

  .: {}

  packages/a: {}
${PNPM('packages/a/pnpm-lock.yaml')}`;
  assert.equal((await found(workspace)).length, 1);
  assert.deepEqual(await found(`${workspace}-- .npmrc --\nshared-workspace-lockfile=false\n`), []);
  const setting = 'sharedWorkspaceLockfile: false\n';
  assert.deepEqual(await found(workspace.replace('[packages/*]\n', `[packages/*]\n${setting}`)), []);
});

test('broken and empty lockfiles count as lockfiles', async () => {
  assert.equal((await found(rooted('npm@11.21.0', NPM(), '-- yarn.lock --\n'))).length, 1);
  assert.equal((await found(rooted('npm@11.21.0', NPM(), '-- yarn.lock --\n<<<<<<< a\n'))).length, 1);
  assert.equal((await found(rooted('npm@11.21.0', '-- package-lock.json --\n{ "lockf\n', YARN()))).length, 1);
});

test('the fix deletes the file that is not read, and nothing else', async () => {
  const source = rooted('npm@11.21.0', NPM(), YARN());
  assert.equal(await fixOf(source, RULE, /^Delete yarn\.lock$/), rooted('npm@11.21.0', NPM()));
});

test('where nothing decides, either can be deleted, and no fix counts as safe', async () => {
  const source = rooted('', NPM(), YARN());
  assert.equal(await fixOf(source, RULE, /^Delete yarn\.lock$/), rooted('', NPM()));
  assert.equal(await fixOf(source, RULE, /^Delete package-lock\.json$/), rooted('', YARN()));
  const workspace = await openWorkspace(source);
  const fixes = workspace.findings(RULE).flatMap((finding) => finding.fixes());
  assert.deepEqual(new Set(fixes.map(({ applicability }) => applicability)), new Set(['unsafe']));
});
