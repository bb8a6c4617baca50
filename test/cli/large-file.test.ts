import assert from 'node:assert/strict';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { largeLockfile } from '../large-lockfile.ts';
import { checkJson, MIRROR, makeProject, runCli } from './run-cli.ts';

const MANIFEST = { name: 'large', packageManager: 'npm@11.19.1', dependencies: { 'large-0': '1.0.0' } };

/** A minute, as a busy machine may take many times the three seconds of an idle one. */
describe('files that are large', { timeout: 60_000 }, () => {
  test('a lockfile over 50 MB is read to its end', () => {
    const { text, entries } = largeLockfile();
    const directory = makeProject({
      'package.json': MANIFEST,
      'package-lock.json': text,
      'dependency-hygiene.json': MIRROR,
    });
    const { files, findings } = checkJson(directory, '--offline');
    assert.deepEqual(
      files.find(({ path }) => path === 'package-lock.json'),
      {
        path: 'package-lock.json',
        kind: 'package-lock',
        status: 'checked',
        entries: { read: entries, total: entries },
      },
    );
    const [insecure, ...others] = findings.filter(({ path }) => path === 'package-lock.json');
    assert.equal(insecure?.rule, 'insecure-url');
    assert.equal(insecure.package, 'last');
    assert.deepEqual(others, []);
  });

  test('one over 200 MB is said not to be read', () => {
    const directory = makeProject({ 'package.json': MANIFEST, 'package-lock.json': '' });
    truncateSync(join(directory, 'package-lock.json'), 200 * 1024 * 1024 + 1);
    const { code, out, error } = runCli(['check', directory, '--offline']);
    assert.equal(code, 2);
    assert.match(out, /^Not checked: package-lock\.json \(not read: it is larger than 200 MB\)\. /m);
    assert.match(
      error,
      /^dephygiene: could not read package-lock\.json \(it is larger than 200 MB\); fix or exclude it\.$/m,
    );
  });
});
