import assert from 'node:assert/strict';
import { test } from 'node:test';
import { releaseMemoryWhenIdle } from '../../server/src/lsp/handlers/idle-memory.ts';
import { createListeners, type ServerState } from '../../server/src/lsp/server-state.ts';

test('memory is released once after the last change, and not after the end', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const [edited, changed, ended] = [
    createListeners<void>(),
    createListeners<void>(),
    createListeners<void>(),
  ];
  const after = (milliseconds: number, callback: () => void) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  };
  let released = 0;
  const server = { edited, changed, ended, timers: { after } } as unknown as ServerState;
  releaseMemoryWhenIdle(server, () => released++);

  t.mock.timers.tick(60_000);
  assert.equal(released, 0);
  edited.call();
  t.mock.timers.tick(15_000);
  changed.call();
  t.mock.timers.tick(15_000);
  assert.equal(released, 0);
  t.mock.timers.tick(10_000);
  assert.equal(released, 1);
  t.mock.timers.tick(60_000);
  assert.equal(released, 1);
  edited.call();
  ended.call();
  t.mock.timers.tick(60_000);
  assert.equal(released, 1);
});
