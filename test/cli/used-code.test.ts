import assert from 'node:assert/strict';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runProcess } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'dephygiene-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const cache = join(folder, 'cache');
// Windows has the folder elsewhere.
const env = { XDG_CACHE_HOME: cache, LOCALAPPDATA: cache, CI: '' };

function check() {
  writeFileSync(join(folder, 'package.json'), '{ "dependencies": { "lodahs": "*" } }');
  return runProcess(['check', folder, '--offline', '--format', 'json'], { env });
}

function keptFiles(): readonly string[] {
  const code = join(cache, 'dephygiene', 'code');
  return readdirSync(code)
    .filter((name) => name.endsWith('.bin'))
    .map((name) => join(code, name));
}

test('a check keeps its code, and the next one says the same with it, whatever became of the file', () => {
  const first = check();
  assert.notEqual(first.out, '');
  const [kept, ...others] = keptFiles();
  assert.ok(kept !== undefined && others.length === 0);
  const whole = readFileSync(kept);
  assert.deepEqual(check(), first);
  assert.deepEqual(readFileSync(kept), whole, 'what is accepted is kept');

  for (const length of [0, 2, whole.length - 4]) {
    truncateSync(kept, length);
    assert.deepEqual(check(), first);
    assert.ok(readFileSync(kept).length > 0.9 * whole.length, 'what is cut off is replaced');
  }
});

test('what another version kept is removed after a month', () => {
  const code = join(cache, 'dephygiene', 'code');
  const days = (count: number) => Date.now() / 1000 - count * 24 * 60 * 60;
  for (const [name, age] of [['core-0.0.1.bin', 31] as const, ['core-0.0.2.bin', 29] as const]) {
    writeFileSync(join(code, name), '');
    utimesSync(join(code, name), days(age), days(age));
  }
  for (const file of keptFiles()) if (!/core-0\.0\./.test(file)) rmSync(file);
  check();
  const left = keptFiles().filter((file) => /core-0\.0\./.test(file));
  assert.deepEqual(left, [join(code, 'core-0.0.2.bin')]);
});

test('other commands keep none, as a check needs more', () => {
  for (const file of keptFiles()) rmSync(file);
  assert.equal(runProcess(['--version'], { env }).code, 0);
  assert.deepEqual(keptFiles(), []);
});

test('in CI none is kept, as there is no next check', () => {
  assert.notEqual(runProcess(['check', folder, '--offline'], { env: { ...env, CI: 'true' } }).out, '');
  assert.deepEqual(keptFiles(), []);
});
