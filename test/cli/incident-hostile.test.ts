import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { History } from './lockfile-histories.ts';
import { history, incident, lockfile } from './run-incident.ts';

const CLEAN = lockfile({ evil: '6.6.5' });
const BAD = lockfile({ evil: '6.6.6' });

const FAR = 'x '.repeat(2000);
const ENTRY = '"node_modules/evil": { "version": "6.6.6" }';

describe('a repository that is made to look clean', () => {
  test('by a file that takes commits out of its history', () => {
    const own = history();
    own.write('package-lock.json', CLEAN);
    own.commit();
    own.write('package-lock.json', BAD);
    own.commit();
    own.write('package-lock.json', lockfile({ evil: '6.6.7' }));
    const head = own.commit();
    own.write('.git/info/grafts', `${head}\n`);
    const { repositories } = incident(['evil@6.6.6', own.directory, '--history']);
    assert.equal(repositories[0]!.verdict, 'was-hit');
  });

  test('by a file that states parents of its commits', () => {
    const own = past();
    own.git('commit-graph', 'write', '--reachable');
    takeParents(join(own.directory, '.git/objects/info/commit-graph'), own.git('rev-parse', 'HEAD'));
    assert.equal(own.git('rev-list', '--all').length, 40, 'git does not notice it');
    assert.equal(verdictOfGit(own), 'was-hit');
  });

  for (const setting of ['i18n.logOutputEncoding', 'i18n.commitEncoding'])
    test(`by ${setting}`, () => {
      const own = past();
      own.git('config', setting, 'UTF-16');
      assert.equal(verdictOfGit(own), 'was-hit');
    });

  test('by a git folder whose references and objects are those of another one', () => {
    const own = past();
    const other = join(own.directory, '../other');
    own.git('init', '--quiet', '--initial-branch=main', other);
    writeFileSync(join(other, '.git/commondir'), `${own.directory}/.git\n`);
    assert.equal(incident(['evil@6.6.6', other, '--history']).repositories[0]!.verdict, 'was-hit');
  });

  test('by a reference whose name git ignores', () => {
    const own = past();
    const bad = own.git('rev-parse', 'HEAD~2');
    own.git('reset', '--quiet', '--hard', 'HEAD~3');
    writeFileSync(join(own.directory, '.git/refs/heads/bad..name'), `${bad}\n`);
    assert.equal(incident(['evil@6.6.6', own.directory, '--history']).repositories[0]!.verdict, 'unknown');
  });

  test('by the copy that only npm 6 and earlier install', () => {
    const textOf = (version: string, older: string) =>
      JSON.stringify({
        lockfileVersion: 2,
        packages: { '': {}, 'node_modules/evil': { version } },
        dependencies: { evil: { version: older } },
      });
    const own = history();
    for (const older of ['6.6.5', '6.6.6', '6.6.5']) {
      own.write('package-lock.json', textOf('6.6.5', older));
      own.commit();
    }
    assert.equal(incident(['evil@6.6.6', own.directory, '--history']).repositories[0]!.verdict, 'was-hit');
  });

  test('by trees that it lacks, of which git says so', () => {
    const own = history();
    own.write('package-lock.json', BAD);
    own.commit();
    own.git('config', 'uploadpack.allowFilter', 'true');
    const clone = join(own.directory, '../clone');
    own.git('clone', '--quiet', '--bare', '--filter=tree:0', `file://${own.directory}`, clone);
    const { repositories } = incident(['evil@6.6.6', clone]);
    const [{ verdict, notRead }] = repositories as [(typeof repositories)[0]];
    assert.equal(verdict, 'unknown');
    assert.doesNotMatch(notRead[0]!.reason, /hint/);
  });

  test('by an index of a pack that names another object', () => {
    const own = history();
    own.write('package-lock.json', CLEAN);
    own.commit();
    const clean = own.git('rev-parse', 'HEAD:package-lock.json');
    own.write('package-lock.json', BAD);
    own.commit();
    const bad = own.git('rev-parse', 'HEAD:package-lock.json');
    own.git('repack', '-a', '-d', '--quiet');
    exchange(join(own.directory, '.git/objects/pack'), bad, clean);
    assert.equal(own.git('cat-file', 'blob', bad), CLEAN.trim(), 'git does not notice it');
    const { repositories } = incident(['evil@6.6.6', own.directory]);
    const [{ verdict, findings, notRead }] = repositories as [(typeof repositories)[0]];
    assert.equal(verdict, 'hit-now');
    assert.deepEqual(findings[0]!.now, ['working tree']);
    assert.match(notRead[0]!.reason, /not that of its object id/);
  });

  test('by a version far from the name of its entry', () => {
    const textOf = (version: string) => farText('evil', version);
    const own = history();
    own.write('package-lock.json', textOf('6.6.5'));
    own.commit();
    own.write('package-lock.json', textOf('6.6.6'));
    const { repositories } = incident(['evil@6.6.6', own.directory]);
    assert.equal(repositories[0]!.verdict, 'hit-now');
  });

  for (const [change, texts] of [
    [
      'only the version changes, far from its name',
      ['6.6.5', '6.6.6', '6.6.5'].map((each) => farText('evil', each)),
    ],
    [
      'only the name changes, far from its version',
      ['evil-x', 'evil', 'evil-x'].map((each) => farText(each, '6.6.6')),
    ],
    [
      'only the name of a yarn.lock changes',
      ['evil-x', 'evil', 'evil-x'].map((each) => farYarn(each, '6.6.6')),
    ],
    [
      'only the version of a yarn.lock changes',
      ['6.6.5', '6.6.6', '6.6.5'].map((each) => farYarn('evil', each)),
    ],
    ['the member with its entry changes', ['other', 'packages', 'other'].map(memberText)],
    ['the member around its entry is in another one', [true, false, true].map(nestedText)],
    ['the member with its entry was a comment', [true, false, true].map(commentText)],
  ] as const)
    test(`in its history, as ${change}`, () => {
      const own = history();
      for (const text of texts) {
        own.write(fileOf(change), text);
        own.commit();
      }
      const { repositories } = incident(['evil@6.6.6', own.directory, '--history']);
      assert.notEqual(repositories[0]!.verdict, 'not-hit');
    });
});

/** Returns a lockfile of an entry with much between its name and version. */
function farText(name: string, version: string): string {
  return `{ "lockfileVersion": 3, "description": "${FAR}", "packages": { "": {}, "node_modules/${name}": { "license": "${FAR}", "version": "${version}" } } }`;
}

/** Returns a yarn.lock of an entry with comments between its name and version. */
function farYarn(name: string, version: string): string {
  return `# yarn lockfile v1\n\n# ${FAR}\n"${name}@^6":\n  # ${FAR}\n  version "${version}"\n\n`;
}

function fileOf(change: string): string {
  if (change.includes('yarn.lock')) return 'yarn.lock';
  return change.endsWith('comment') ? 'bun.lock' : 'package-lock.json';
}

/** Returns a lockfile with the entry in a member of this name, and whose other member is for nothing. */
function memberText(name: string): string {
  const other = name === 'packages' ? 'other' : 'packages';
  return `{ "lockfileVersion": 3,\n"description": "${FAR}",\n"${other}": { "": {} },\n"${name}": {\n"x": { "license": "${FAR}" },\n${ENTRY} } }`;
}

/** Returns a lockfile whose entry is in a member of another one, or not. */
function nestedText(isNested: boolean): string {
  const [open, close] = isNested ? ['"x": {', '},\n"packages": { "": {} }'] : ['', ''];
  return `{ "lockfileVersion": 3,\n"description": "${FAR}",\n${open}\n"packages": {\n"x": { "license": "${FAR}" },\n${ENTRY},\n"y": { "license": "${FAR}" } }\n${close} }`;
}

/** Returns a bun.lock whose entry is in a comment, or not. */
function commentText(isComment: boolean): string {
  const [open, close] = isComment ? ['/*', '*/'] : ['/**/', '/**/'];
  return `{ "lockfileVersion": 1,\n"description": "${FAR}",\n"workspaces": { "": {} },\n"packages": {\n${open}\n"x": ["x@1.0.0", "${FAR}", {}, ""],\n"evil": ["evil@6.6.6", "", {}, ""],\n"y": ["y@1.0.0", "${FAR}", {}, ""],\n${close}\n} }`;
}

/** Makes a repository whose second commit of four locks the version. */
function past(): History {
  const own = history();
  for (const text of [CLEAN, BAD, lockfile({ evil: '6.6.7' }), lockfile({ evil: '6.6.8' })]) {
    own.write('package-lock.json', text);
    own.commit();
  }
  return own;
}

/** Returns the verdict on a history that only git reads, as it has another worktree. */
function verdictOfGit(own: History): string {
  own.git('worktree', 'add', '--quiet', '--detach', join(own.directory, '../worktree'));
  return incident(['evil@6.6.6', own.directory, '--history']).repositories[0]!.verdict;
}

/** Takes the parents of a commit out of a file of commits: gitformat-commit-graph(5). */
function takeParents(path: string, commit: string): void {
  const bytes = readFileSync(path);
  const chunks = new Map<string, number>();
  for (let at = 8; bytes.readUInt32BE(at) !== 0; at += 12)
    chunks.set(bytes.toString('latin1', at, at + 4), Number(bytes.readBigUInt64BE(at + 4)));
  const names = chunks.get('OIDL')!;
  const number = (bytes.indexOf(commit, names, 'hex') - names) / 20;
  bytes.writeUInt32BE(0x70000000, chunks.get('CDAT')! + number * 36 + 20);
  rmSync(path, { force: true });
  writeFileSync(path, bytes);
}

/** Lets two names of an index lead to each other's object. */
function exchange(folder: string, one: string, other: string): void {
  const path = join(folder, readdirSync(folder).find((name) => name.endsWith('.idx'))!);
  const bytes = readFileSync(path);
  const names = 8 + 256 * 4;
  const count = bytes.readUInt32BE(names - 4);
  const placeOf = (object: string) => names + count * 24 + (bytes.indexOf(object, names, 'hex') - names) / 5;
  const [at, from] = [placeOf(one), placeOf(other)];
  const offset = bytes.readUInt32BE(at);
  bytes.writeUInt32BE(bytes.readUInt32BE(from), at);
  bytes.writeUInt32BE(offset, from);
  rmSync(path, { force: true });
  writeFileSync(path, bytes);
}
