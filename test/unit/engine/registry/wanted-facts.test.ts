import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AbortSignalLike, ClockPort } from '../../../../server/src/engine/ports.ts';
import { createWantedFacts, type WantedFact } from '../../../../server/src/engine/registry/wanted-facts.ts';

const FILE = 'file:///shop/package.json';
const OTHER = 'file:///shop/packages/a/package.json';

/** Creates wanted facts over a clock that a test advances. */
function setUp() {
  const timers: { readonly at: number; readonly run: () => void }[] = [];
  let now = 1_000_000;
  const clock: ClockPort = {
    now: () => now,
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        timers.push({ at: now + milliseconds, run: resolve });
        signal?.addEventListener('abort', resolve);
      }),
  };
  const asked: string[] = [];
  const signals = new Map<string, AbortSignalLike>();
  const answers = new Map<string, (isNew: boolean) => void>();
  let reported = 0;
  const wanted = createWantedFacts(clock, () => reported++);
  const facts = (...names: string[]): Map<string, WantedFact> =>
    new Map(
      names.map((name) => [
        name,
        {
          isKnown: name.startsWith('old'),
          ask(signal) {
            asked.push(name);
            signals.set(name, signal);
            return new Promise<boolean>((resolve) => answers.set(name, resolve));
          },
        },
      ]),
    );
  return {
    ...{ wanted, facts, asked, signals },
    reported: () => reported,
    answer: (name: string, isNew = true) => answers.get(name)!(isNew),
    async pass(milliseconds: number) {
      now += milliseconds;
      for (const timer of timers.filter(({ at }) => at <= now)) timer.run();
      await turns();
    },
  };
}

function turns(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

describe('facts that checks want', () => {
  test('each is asked for once, and answers that come together are told together', async () => {
    const { wanted, facts, asked, answer, reported, pass } = setUp();
    wanted.want(FILE, facts('a', 'b', 'c'));
    wanted.want(FILE, facts('a', 'b', 'c'));
    wanted.want(OTHER, facts('b'));
    assert.deepEqual(asked, ['a', 'b', 'c']);
    answer('a');
    answer('b');
    await pass(0);
    await pass(40);
    assert.equal(reported(), 0);
    await pass(10);
    assert.equal(reported(), 1);
    answer('c');
    await pass(0);
    await pass(50);
    assert.equal(reported(), 2);
  });

  test('what nobody wants any more is cancelled, what another file wants is not', async () => {
    const { wanted, facts, signals } = setUp();
    wanted.want(FILE, facts('a', 'b'));
    wanted.want(OTHER, facts('b'));
    wanted.want(FILE, facts());
    assert.equal(signals.get('a')!.aborted, true);
    assert.equal(signals.get('b')!.aborted, false);
    wanted.want(OTHER, facts('c'));
    assert.equal(signals.get('b')!.aborted, true);
    wanted.dispose();
    assert.equal(signals.get('c')!.aborted, true);
  });

  test('while somebody types nothing is asked, and of half a name never', async () => {
    const { wanted, facts, asked, pass } = setUp();
    for (const name of ['l', 'lo', 'lod', 'loda', 'lodas', 'lodash']) {
      wanted.edited();
      wanted.want(FILE, facts(name));
      await pass(200);
    }
    assert.deepEqual(asked, []);
    await pass(300);
    assert.deepEqual(asked, ['lodash']);
  });

  test('a cancelled answer tells nothing, and can be asked for again', async () => {
    const { wanted, facts, asked, answer, reported, pass } = setUp();
    wanted.want(FILE, facts('a'));
    answer('a', false);
    await pass(100);
    assert.equal(reported(), 0);
    wanted.want(FILE, facts('a'));
    assert.deepEqual(asked, ['a', 'a']);
  });

  test('what is known and old is asked for again now and then, and says nothing where nothing changed', async () => {
    const { wanted, facts, asked, answer, reported, pass } = setUp();
    wanted.want(FILE, facts('old'));
    answer('old', false);
    await pass(100);
    wanted.want(FILE, facts('old'));
    await pass(29_000);
    wanted.want(FILE, facts('old'));
    assert.deepEqual(asked, ['old']);
    await pass(2_000);
    wanted.want(FILE, facts('old'));
    assert.deepEqual(asked, ['old', 'old']);
    assert.equal(reported(), 0);
  });
});
