import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { limitTime } from '../../../../server/src/node/git/time-limit.ts';

const start = (code: string) => spawn(process.execPath, ['-e', code], { stdio: 'ignore' });

test('a process that runs longer than allowed is ended, and the reason is known', async () => {
  const child = start('setInterval(() => {}, 1000)');
  // Without one of its own, nothing else would keep this process running.
  const awake = setInterval(() => undefined, 1000);
  const limit = limitTime([child], () => 0);
  const [, signal] = await once(child, 'close');
  clearInterval(awake);
  assert.equal(signal, 'SIGKILL');
  assert.equal(limit.reason(), 'git did not end in 0 seconds');
});

test('a process that ends in time has no reason', async () => {
  const child = start('');
  const limit = limitTime([child], () => 60_000);
  await once(child, 'close');
  limit.clear();
  assert.equal(limit.reason(), undefined);
});
