import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runCli } from '../run-cli.ts';
import { commit, type Files, NPM, PNPM, reported, repository, SHOP, YARN } from './changed-code.ts';

const overrides = (value: object): Files => ({ 'package.json': { ...SHOP, overrides: value } });
const catalog = (text: string): Files => ({ 'pnpm-workspace.yaml': `catalog:\n  odd-parent: ${text}\n` });

/** What `check` and `diff` report of a change. */
function foundIn(base: Files, change: Files): readonly string[] {
  const directory = repository(base);
  commit(directory, change);
  const found = reported(directory, '--base', 'HEAD~1');
  const { out } = runCli(['diff', directory, '--base', 'HEAD~1']);
  assert.equal(/npm:evil@/.test(out), found.length > 0, out);
  return found;
}

describe('a name that gets another package', () => {
  test('by an override, behind another that reads the same with dots', () => {
    assert.deepEqual(
      foundIn(
        { ...NPM, ...overrides({ 'odd.child': '1.0.0' }) },
        overrides({ 'odd.child': '1.0.0', odd: { child: 'npm:evil@1.0.0' } }),
      ),
      ['package.json "child" information'],
    );
  });

  test('by a resolution or a catalog', () => {
    assert.deepEqual(
      foundIn(YARN, { 'package.json': { ...SHOP, resolutions: { 'a/odd-child': 'npm:evil@1.0.0' } } }),
      ['package.json "a/odd-child" information'],
    );
    assert.deepEqual(foundIn({ ...PNPM, ...catalog('1.0.0') }, catalog('npm:evil@1.0.0')), [
      'pnpm-workspace.yaml odd-parent information',
    ]);
  });

  test('is none where the package stays, or it is the workspace’s own', () => {
    assert.deepEqual(foundIn(NPM, overrides({ 'odd-child': '1.0.1', b: 'npm:b@2.0.0' })), []);
    assert.deepEqual(foundIn(NPM, overrides({ 'odd-child': 'npm:shop@1.0.0' })), []);
    assert.deepEqual(foundIn({ ...PNPM, ...catalog('1.0.0') }, catalog('1.0.1')), []);
  });
});
