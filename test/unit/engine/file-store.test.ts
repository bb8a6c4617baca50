import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReadResult } from '../../../server/src/engine/ports.ts';
import { createFileStore } from '../../../server/src/engine/projects/file-store.ts';

const URI = 'file:///a/package.json';

/** Opens a store over a port that answers on request, with a count of reads. */
function openStore() {
  const answers: ((text: string) => void)[] = [];
  const store = createFileStore({
    read: () =>
      new Promise<ReadResult>((resolve) => {
        answers.push((text) => resolve({ type: 'text', text }));
      }),
    list: async () => undefined,
  });
  return { store, answers };
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

test('one read serves all who ask', async () => {
  const { store, answers } = openStore();
  const asked = [store.load(URI), store.load(URI)];
  assert.equal(answers.length, 1);
  answers[0]!('1');
  assert.deepEqual(await Promise.all(asked), [
    { type: 'text', text: '1' },
    { type: 'text', text: '1' },
  ]);
  assert.deepEqual(await store.load(URI), { type: 'text', text: '1' });
  assert.equal(answers.length, 1);
});

test('an answer that may be older than a change is asked for again', async () => {
  const { store, answers } = openStore();
  const asked = store.load(URI);
  store.forget(URI);
  answers[0]!('old');
  await turns();
  assert.equal(store.textOf(URI), undefined);
  answers[1]!('new');
  assert.deepEqual(await asked, { type: 'text', text: 'new' });
  assert.equal(store.textOf(URI), 'new');
});

test('two who ask around a change both get the newer text', async () => {
  const { store, answers } = openStore();
  const first = store.load(URI);
  store.forget(URI);
  const second = store.load(URI);
  answers[1]!('new');
  await turns();
  answers[0]!('old');
  assert.deepEqual(
    [await first, await second].map((result) => result.type === 'text' && result.text),
    ['new', 'new'],
  );
  assert.equal(store.textOf(URI), 'new');
  assert.equal(answers.length, 2);
});

test('what was read stays until it was read again', async () => {
  const { store, answers } = openStore();
  const first = store.load(URI);
  answers[0]!('1');
  await first;
  store.forgetBelow('file:///a');
  const again = store.load(URI);
  assert.equal(store.textOf(URI), '1');
  answers[1]!('2');
  await again;
  assert.equal(store.textOf(URI), '2');
});

test('a view keeps its texts, and is the same one while nothing changes', async () => {
  const { store, answers } = openStore();
  const first = store.load(URI);
  answers[0]!('1');
  await first;
  const view = store.view();
  assert.equal(store.view(), view);
  const same = store.reload(URI);
  answers[1]!('1');
  await same;
  assert.equal(store.view(), view, 'the same text again');
  store.setOverlay(URI, 'open');
  assert.deepEqual([view.textOf(URI), store.view().textOf(URI)], ['1', 'open']);
});

test('a model is the same object as long as the text is', () => {
  const { store } = openStore();
  store.setOverlay(URI, '{}');
  const model = store.parsed('manifest', URI, undefined);
  store.setOverlay(URI, '{}');
  assert.equal(store.parsed('manifest', URI, undefined), model);
  store.setOverlay(URI, '{ }');
  assert.notEqual(store.parsed('manifest', URI, undefined), model);
  assert.equal(store.parsed('manifest', 'file:///b', undefined), undefined);
});

test('only the open text that was meant is removed', () => {
  const { store } = openStore();
  store.setOverlay(URI, '1');
  const first = store.overlayOf(URI)!;
  store.setOverlay(URI, '2');
  store.removeOverlay(URI, first);
  assert.equal(store.textOf(URI), '2');
});
