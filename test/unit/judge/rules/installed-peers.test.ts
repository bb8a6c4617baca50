import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openWorkspace } from '../../../workspace.ts';
import { osv } from './osv.ts';

const EVIL = osv('MAL-2026-1', 'evil', '0');
const OLD = osv('GHSA-aaaa-bbbb-cccc', 'old', '0', { versions: ['1.0.0'] });

/** Returns the rules that report a package.json, with their lines: `rule line`. */
async function reported(manifest: object, others = ''): Promise<string[]> {
  const source = `-- package.json --\n${JSON.stringify(manifest, undefined, 2)}\n${others}`;
  const { snapshot, uri } = await openWorkspace(source, { advisories: [EVIL, OLD] });
  const { findings } = snapshot.diagnose(uri('package.json'));
  return findings
    .map(({ rule }) => rule)
    .filter((rule) => rule !== 'package-manager-unpinned')
    .sort();
}

/** npm installs the root's peers, since version 7. */
describe('peers of a project without a lockfile', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['malware', 'evil', '^1.0.0'],
    ['malware by an exact version', 'evil', '1.0.0'],
    ['a known vulnerability in an exact version', 'old', '1.0.0'],
    ['git', 'left', 'github:evil/left'],
    ['a URL', 'left', 'http://files.example.test/left.tgz'],
    ['a path out of the project', 'left', 'file:../../left'],
    ['another package', 'lodash', 'npm:@evil/lodash@^4.17.0'],
    ['a name like a popular one', 'expresss', '^4.0.0'],
  ];
  for (const [what, name, specifier] of cases) {
    test(`${what} is reported as it is among dependencies`, async () => {
      const asDependency = await reported({ dependencies: { [name]: specifier } });
      const asPeer = await reported({ peerDependencies: { [name]: specifier } });
      assert.deepEqual(
        asPeer,
        asDependency.filter((rule) => rule !== 'lockfile-missing'),
      );
      assert.ok(asPeer.length > 0);
    });
  }

  test('those that are not installed are silent', async () => {
    const peerDependencies = { left: 'github:evil/left' };
    const optional = { peerDependencies, peerDependenciesMeta: { left: { optional: true } } };
    assert.deepEqual(await reported(optional), []);
    const own = { devDependencies: { left: '1.0.0' }, peerDependencies };
    assert.deepEqual(await reported(own), ['lockfile-missing']);
  });

  test('the wide ranges of a library are silent', async () => {
    const peerDependencies = { react: '>=16', old: '^1.0.0', typescript: '*', webpack: '^4 || ^5' };
    assert.deepEqual(await reported({ name: 'library', version: '1.0.0', peerDependencies }), []);
  });

  test('what is locked is judged in the lockfile alone', async () => {
    const lock = { lockfileVersion: 3, packages: { '': { peerDependencies: { old: '1.0.0' } } } };
    const others = `-- package-lock.json --\n${JSON.stringify(lock)}\n`;
    assert.deepEqual(await reported({ peerDependencies: { old: '1.0.0' } }, others), []);
  });
});
