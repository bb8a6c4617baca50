import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { history, incident, lockfile } from './run-incident.ts';

const CLEAN = lockfile({ evil: '6.6.5' });
const BAD = lockfile({ evil: '6.6.6' });

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
    const far = 'x '.repeat(2000);
    const textOf = (version: string) =>
      `{ "lockfileVersion": 3, "packages": { "": {}, "node_modules/evil": { "license": "${far}", "version": "${version}" } } }`;
    const own = history();
    own.write('package-lock.json', textOf('6.6.5'));
    own.commit();
    own.write('package-lock.json', textOf('6.6.6'));
    const { repositories } = incident(['evil@6.6.6', own.directory]);
    assert.equal(repositories[0]!.verdict, 'hit-now');
  });
});

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
