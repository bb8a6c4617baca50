import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Slots } from '../../slots.ts';
import { Steps } from '../../steps.ts';

test('a step is printed as a whole once it ends, and one that breaks off has failed', async () => {
  const written: string[] = [];
  const steps = new Steps(2, (text) => written.push(text));
  let goOn = () => {};
  const first = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await Promise.all([
    steps.run('slow', async ({ print, inTurn }) => {
      print('begins\n');
      await inTurn(() => first);
      print('ends\n');
      return { passed: 2, failed: 1, skipped: 3 };
    }),
    steps.run('broken', async ({ print, inTurn }) => {
      print('before\n');
      await inTurn(async () => goOn());
      throw new Error('no such folder');
    }),
  ]);
  const [slow = '', broken = ''] = written[0]?.includes('slow') ? written : written.toReversed();
  assert.match(slow, /^begins\nends\nFAILED slow: 2 passed, 1 failed, 3 skipped \(\d+\.\d s\)$/);
  assert.match(
    broken,
    /^before\nthe step broke off: Error: no such folder\n[\s\S]*\nFAILED broken: 0 passed, 1 failed \(/,
  );
  assert.equal(steps.end(), false);
  assert.deepEqual(written.slice(2), ['3 skipped', '2 passed, 2 failed']);
});

test('no more runs than there are slots, and the first step goes on before the others', async () => {
  const slots = new Slots(2);
  const started: string[] = [];
  let running = 0;
  const work = (name: string) => async () => {
    started.push(name);
    running++;
    assert.ok(running <= 2);
    await new Promise(setImmediate);
    running--;
  };
  const later = ['c1', 'c2', 'c3'].map((name) => slots.with(2, work(name)));
  const earlier = ['a1', 'a2'].map((name) => slots.with(0, work(name)));
  await assert.rejects(
    slots.with(1, () => Promise.reject(new Error('broken'))),
    /broken/,
  );
  await Promise.all([...later, ...earlier]);
  assert.deepEqual(started, ['c1', 'c2', 'a1', 'a2', 'c3']);
});
