import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Fault } from './support/faults.ts';
import { pack } from './support/package-fixture.ts';
import { type RecordedRegistry, startRecordedRegistry } from './support/recorded-registry.ts';

describe('faults of a recorded registry', () => {
  let registry: RecordedRegistry;
  let other: RecordedRegistry;

  before(async () => {
    registry = await startRecordedRegistry({ packages: [pack('left-pad'), pack('fine')], skewMs: 7_200_000 });
    other = await startRecordedRegistry({ packages: [pack('left-pad', { '9.9.9': {} })] });
  });
  after(async () => {
    await registry.close();
    await other.close();
  });

  /** Returns what a client that follows redirects receives, as text, or the fault's name if it receives nothing. */
  const meet = async (fault: Fault, signal?: AbortSignal) => {
    registry.fail('left-pad', fault);
    const answer = await fetch(`${registry.url}left-pad`, { signal: signal ?? null }).catch(() => undefined);
    const text = await answer?.text().catch(() => undefined);
    return { status: answer?.status, headers: answer?.headers, text };
  };

  test('meet only the target, until they are lifted', async () => {
    registry.fail('left-pad', { type: 'status', status: 503 });
    const status = async (name: string) => (await fetch(registry.url + name)).status;
    assert.deepEqual([await status('left-pad'), await status('fine')], [503, 200]);
    registry.fail('left-pad', undefined);
    registry.fail('/-/npm', { type: 'status', status: 500 });
    assert.deepEqual([await status('left-pad'), await status('-/npm/v1/keys')], [200, 500]);
    registry.fail('/-/npm', undefined);
  });

  test('break the connection', async () => {
    assert.equal((await meet({ type: 'reset' })).status, undefined);
    const half = await meet({ type: 'half' });
    assert.deepEqual([half.status, half.text], [200, undefined]);
    assert.equal((await meet({ type: 'silent' }, AbortSignal.timeout(50))).status, undefined);
    assert.equal((await meet({ type: 'slow', ms: 60_000 }, AbortSignal.timeout(50))).status, undefined);
    assert.equal((await meet({ type: 'slow', ms: 20 })).status, 200);
  });

  test('answer with something else', async () => {
    const html = await meet({ type: 'html' });
    assert.deepEqual([html.status, html.headers!.get('content-type')], [200, 'text/html']);
    const wrong = await meet({ type: 'wrong-json' });
    assert.equal(wrong.headers!.get('content-type'), 'application/json');
    assert.throws(() => JSON.parse(wrong.text!));
    assert.equal((await meet({ type: 'json', value: [] })).text, '[]');
    const renamed = JSON.parse((await meet({ type: 'wrong-name', name: 'right-pad' })).text!) as object;
    assert.deepEqual(Object.entries(renamed).find(([key]) => key === 'name')?.[1], 'right-pad');
    const busy = await meet({ type: 'status', status: 429, retryAfter: '7' });
    assert.deepEqual([busy.status, busy.headers!.get('retry-after')], [429, '7']);
    const huge = await meet({ type: 'huge', bytes: 50_000_000 });
    assert.ok(huge.text!.length > 50_000_000 && huge.text!.endsWith('}'));
  });

  test('lead elsewhere, or nowhere', async () => {
    assert.equal((await meet({ type: 'redirect-loop' })).status, undefined);
    assert.match((await meet({ type: 'redirect', to: other.url })).text!, /9\.9\.9/);
    assert.deepEqual(other.asked(), ['GET left-pad']);
  });

  test('its clock is ahead as a whole', async () => {
    const answer = await fetch(`${registry.url}fine`);
    const ahead = Date.parse(answer.headers.get('date')!) - Date.now();
    assert.ok(ahead > 7_100_000 && ahead < 7_300_000);
    const { time } = (await answer.json()) as { time: Record<string, string> };
    assert.equal(time['1.0.0'], '2026-01-01T02:00:00.000Z');
  });
});
