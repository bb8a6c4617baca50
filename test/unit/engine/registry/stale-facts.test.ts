import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RULES } from '../../../../server/src/core/judge/rules/index.ts';
import { narrowPackument } from '../../../../server/src/core/know/registry/documents/narrow-packument.ts';
import { PACKUMENT } from '../../../../server/src/core/know/registry/documents/packument-kind.ts';
import { createSession } from '../../../../server/src/engine/create-session.ts';
import type { HttpResult } from '../../../../server/src/engine/ports.ts';
import { answerToRecord } from '../../../../server/src/engine/registry/registry-answer.ts';
import { DEFAULT_SETTINGS } from '../../../../server/src/engine/settings.ts';
import { ROOT, TEST_REGISTRY, testPorts } from '../../../workspace.ts';
import { samplePackument } from '../../know/registry/sample-packument.ts';

const NAME = 'lodahs';
const MANIFEST = `${ROOT}/package.json`;
const NOW = Date.parse('2026-11-24T12:00:00Z');
const DAY = 24 * 60 * 60 * 1000;

function oldRecord() {
  const narrowed = narrowPackument(samplePackument(NAME), { name: NAME, now: NOW });
  assert.ok('packument' in narrowed);
  const confirmed = { asOf: NOW - 3 * DAY, freshMs: DAY, etag: '"1"', authenticated: false };
  return answerToRecord({ value: narrowed.packument, ...confirmed }, PACKUMENT);
}

/** Opens a session whose rules request one package, with an old record in the cache. */
async function open(answer: () => Promise<HttpResult>) {
  const files = new Map([['package.json', `{ "dependencies": { "${NAME}": "^1.0.0" } }`]]);
  const key = `packument ${TEST_REGISTRY} ${NAME}`;
  const session = createSession({
    ...testPorts(files, { http: { get: answer } }),
    cache: {
      read: async (asked) => (asked === key ? oldRecord() : undefined),
      write: async () => {},
      confirm: async () => {},
    },
  });
  // Others request more than the packument.
  const others = RULES.filter(({ id }) => id !== 'package-not-found');
  const severities = new Map(others.map(({ id }) => [id, 'off'] as const));
  session.configure({ ...DEFAULT_SETTINGS, online: true, trusted: true, severities });
  session.setFolders([ROOT]);
  await session.ensureProject(MANIFEST);
  const look = () => {
    const snapshot = session.snapshot();
    const { provisional } = snapshot.diagnose(MANIFEST);
    const fact = snapshot.projects[0]!.facts.packument(NAME);
    const state = fact.state === 'ready' ? (fact.stale ? 'old' : 'fresh') : fact.state;
    return provisional ? `${state}, provisional` : state;
  };
  const changed = () =>
    new Promise<void>((resolve) => {
      const stop = session.onDidChange(() => {
        stop();
        resolve();
      });
    });
  return { look, changed };
}

describe('facts that the disk knows from earlier', () => {
  test('are told at once, and again when the registry confirmed them', async () => {
    let release = () => {};
    const answered = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { look, changed } = await open(async () => {
      await answered;
      return { type: 'answer', status: 304, headers: new Map(), body: '' };
    });
    let change = changed();
    assert.equal(look(), 'pending, provisional');
    await change;
    change = changed();
    assert.equal(look(), 'old');
    release();
    await change;
    assert.equal(look(), 'fresh');
  });

  test('stay told while the registry cannot be reached, and are not asked for over and over', async () => {
    let asked = 0;
    const { look, changed } = await open(async () => {
      asked++;
      return { type: 'failed', detail: 'cannot be reached', unreachable: true };
    });
    let change = changed();
    look();
    await change;
    change = changed();
    assert.equal(look(), 'old');
    await change;
    assert.equal(look(), 'old');
    for (let at = 0; at < 20; at++) {
      look();
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(asked, 1);
  });
});
