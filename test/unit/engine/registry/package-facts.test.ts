import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { narrowPackument } from '../../../../server/src/core/know/registry/documents/narrow-packument.ts';
import { PACKUMENT } from '../../../../server/src/core/know/registry/documents/packument-kind.ts';
import { createSession } from '../../../../server/src/engine/create-session.ts';
import type { HttpResult } from '../../../../server/src/engine/ports.ts';
import { answerToRecord } from '../../../../server/src/engine/registry/registry-answer.ts';
import { DEFAULT_SETTINGS, type EngineSettings } from '../../../../server/src/engine/settings.ts';
import { ROOT, TEST_REGISTRY, testPorts } from '../../../workspace.ts';
import { samplePackument } from '../../know/registry/sample-packument.ts';

const NAME = 'left-pad';
const NOW = Date.parse('2026-11-24T12:00:00Z');
const DAY = 24 * 60 * 60 * 1000;

function record(document: object) {
  const narrowed = narrowPackument(document, { name: NAME, now: NOW });
  assert.ok('packument' in narrowed);
  const confirmed = { asOf: NOW - 3 * DAY, freshMs: DAY, etag: '"1"', authenticated: false };
  return answerToRecord({ value: narrowed.packument, ...confirmed }, PACKUMENT);
}

interface Given {
  /** The cached document, from three days ago. */
  readonly cached?: object;
  answer(url: string): Promise<HttpResult>;
  readonly settings?: Partial<EngineSettings>;
}

/** Opens a session, and returns functions for the facts of a card and the requested paths. */
async function open({ cached, answer, settings }: Given) {
  const asked: string[] = [];
  const files = new Map([['package.json', `{ "dependencies": { "${NAME}": "^1.0.0" } }`]]);
  const key = `packument ${TEST_REGISTRY} ${NAME}`;
  const ports = testPorts(files, {
    http: {
      get(request) {
        asked.push(request.url);
        return answer(request.url);
      },
    },
  });
  const session = createSession({
    ...ports,
    clock: { ...ports.clock, wait: () => new Promise((resolve) => void setImmediate(resolve)) },
    cache: {
      read: async (wanted) => (wanted === key && cached !== undefined ? record(cached) : undefined),
      write: async () => {},
      confirm: async () => {},
    },
  });
  session.configure({ ...DEFAULT_SETTINGS, online: true, trusted: true, ...settings });
  session.setFolders([ROOT]);
  const { project } = (await session.ensureProject(`${ROOT}/package.json`))!;
  const facts = (version?: string) => session.packageFacts(project, NAME, version, { patienceMs: 1 });
  return { facts, asked: () => asked.map((url) => new URL(url).pathname).sort() };
}

/** Requests for statistics are sent together, a little later. */
const ofRegistry = (paths: readonly string[]) => paths.filter((path) => !path.startsWith('/downloads/'));

const never = () => new Promise<HttpResult>(() => undefined);
const json = (value: object): HttpResult => ({
  ...{ type: 'answer', status: 200, headers: new Map(), body: JSON.stringify(value) },
});

describe('what a card gets to know', () => {
  test('what is known and old is told at once, while it is asked for again', async () => {
    const { facts, asked } = await open({ cached: samplePackument(), answer: never });
    const { packument, downloads } = await facts('1.2.0');
    assert.ok(packument.state === 'ready' && packument.stale);
    assert.equal(packument.notRefreshed, undefined);
    assert.equal(downloads.state, 'pending');
    assert.ok(asked().includes('/left-pad'));
  });

  test('what is known and cannot be asked for says so', async () => {
    const { facts, asked } = await open({
      ...{ cached: samplePackument(), answer: never, settings: { online: false } },
    });
    await facts('1.2.0');
    const { packument, downloads } = await facts('1.2.0');
    assert.ok(packument.state === 'ready' && packument.notRefreshed?.reason === 'offline');
    assert.ok(downloads.state === 'unavailable' && downloads.reason === 'offline');
    assert.deepEqual(asked(), []);
  });

  test('what is not known is waited for, up to a point', async () => {
    const { facts } = await open({ answer: never });
    assert.equal((await facts('1.2.0')).packument.state, 'pending');
  });

  test('signatures and provenance are asked for only where the version lists any', async () => {
    const plain = samplePackument();
    const { dist: _, ...bare } = (plain.versions as Record<string, Record<string, unknown>>)['1.2.0']!;
    const none = { ...plain, versions: { '1.2.0': bare } };
    const answer = (document: object) => async (url: string) =>
      url.endsWith('/left-pad') && !url.includes('/downloads/') ? json(document) : never();
    const without = await open({ answer: answer(none) });
    const known = await without.facts('1.2.0');
    assert.deepEqual([known.signature, known.provenance], [undefined, undefined]);
    assert.deepEqual(ofRegistry(without.asked()), ['/left-pad']);

    const signed = await open({ answer: answer(plain) });
    const more = await signed.facts('1.2.0');
    assert.equal(more.signature?.state, 'pending');
    assert.equal(more.provenance, undefined);
    assert.deepEqual(ofRegistry(signed.asked()), ['/-/npm/v1/keys', '/left-pad']);
  });
});
