import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RULES } from '../../../../server/src/core/judge/rules/index.ts';
import { openWorkspace, parseWorkspace, type RegistryDocuments, settled } from '../../../workspace.ts';
import { strippedOf } from './releases.ts';

/** Rules that judge a release by its time, and the other members that each of them needs. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  'fresh-version': [],
  'publisher-changed': ['_npmUser'],
  'maintainer-alert': [],
  'suspicious-release': [],
  'dependency-added-in-patch': ['dependencies'],
  'outdated-dependency': [],
};

const judged = RULES.filter(({ id }) => Object.hasOwn(NEEDS, id));

type Document = Readonly<Record<string, unknown>> & { readonly time?: Readonly<Record<string, string>> };

/** Returns the documents of an example, each changed. */
function changed(documents: Readonly<Record<string, object>>, change: (document: Document) => object) {
  const entries = Object.entries(documents).map(([name, document]) => [name, change(document as Document)]);
  return Object.fromEntries(entries) as RegistryDocuments;
}

/** Returns the same versions with other times. */
function withTimes(document: Document, timeOf: (at: number, count: number) => number): Document {
  const versions = Object.keys(document.time ?? {});
  const time = versions.map((version, at) => [version, new Date(timeOf(at, versions.length)).toISOString()]);
  return { ...document, time: Object.fromEntries(time) as Readonly<Record<string, string>> };
}

const HOUR = 3_600_000;
const now = Date.parse('2026-11-24T12:00:00Z');
const mirrors: Readonly<Record<string, (document: Document) => object>> = {
  'no times': (document) => strippedOf(document, ['time']),
  'one time for all': (document) => withTimes(document, () => now - HOUR),
  'times in the future': (document) => withTimes(document, (at) => now + (at + 2) * HOUR),
  'times that are none': (document) => ({
    ...document,
    time: { '1.0.0': 5, created: null, modified: 'today' },
  }),
};

describe('a registry that leaves something out makes no rule say anything', () => {
  for (const { id, docs } of judged) {
    for (const [what, change] of Object.entries(mirrors)) {
      test(`${id}: ${what}`, async () => {
        const workspace = await openWorkspace(docs.bad, { registry: changed(docs.registry!, change) });
        assert.deepEqual(workspace.findings(id), []);
      });
    }
    for (const member of NEEDS[id]!) {
      test(`${id}: no ${member}`, async () => {
        const registry = changed(docs.registry!, (document) => strippedOf(document, [member]));
        assert.deepEqual((await openWorkspace(docs.bad, { registry })).findings(id), []);
      });
    }
    test(`${id}: the short form of a document`, async () => {
      const short = (document: Document) => ({
        ...strippedOf(document, ['time', '_npmUser', 'maintainers', 'repository', 'scripts']),
        modified: '2026-11-24T10:00:00.000Z',
      });
      const workspace = await openWorkspace(docs.bad, { registry: changed(docs.registry!, short) });
      assert.deepEqual(workspace.findings(id), []);
    });
    test(`${id}: nothing at all, an error, no access`, async () => {
      for (const answer of [404, 500, 401]) {
        const registry = Object.fromEntries(Object.keys(docs.registry!).map((name) => [name, answer]));
        assert.deepEqual((await openWorkspace(docs.bad, { registry })).findings(id), [], String(answer));
      }
    });
    test(`${id}: while nothing is known yet, the result is provisional`, async () => {
      let answer = () => {};
      const asked = new Promise<void>((resolve) => {
        answer = resolve;
      });
      const http = {
        get: async () => {
          await asked;
          return { type: 'answer', status: 404, headers: new Map(), body: '' } as const;
        },
      };
      const workspace = await openWorkspace(docs.bad, { http, settings: { online: true, trusted: true } });
      const [path] = parseWorkspace(docs.bad).files.keys();
      const before = workspace.snapshot.diagnose(workspace.uri(path!));
      assert.equal(before.provisional, true);
      assert.deepEqual(
        before.findings.filter(({ rule }) => rule === id),
        [],
      );
      answer();
      await settled(workspace.session);
      assert.deepEqual(workspace.findings(id), []);
    });
  }

  test('times of fetching, in the order of asking: nobody is new, and nothing was published just now', async () => {
    const versions = ['1.0.0', '1.0.1', '1.0.2', '1.0.3', '2.0.0', '2.0.1', '2.0.2', '2.0.3'];
    const days: Readonly<Record<string, number>> = {
      '1.0.3': 300,
      '1.0.0': 200,
      '2.0.2': 150,
      '2.0.0': 90,
      '1.0.2': 60,
    };
    const document = {
      'dist-tags': { latest: '2.0.3' },
      time: Object.fromEntries(
        versions.map((version, at) => [
          version,
          new Date(now - (days[version] ?? at) * 24 * HOUR).toISOString(),
        ]),
      ),
      versions: Object.fromEntries(
        versions.map((version) => [
          version,
          { _npmUser: { name: version.startsWith('1') ? 'alice' : 'bob' } },
        ]),
      ),
    };
    const source = '-- package.json --\n{ "dependencies": { "x": "1.0.1", "y": "npm:x@2.0.1" } }\n';
    const workspace = await openWorkspace(source, { registry: { x: document } });
    const found = workspace
      .findings()
      .filter(({ rule }) => rule !== 'outdated-dependency' && Object.hasOwn(NEEDS, rule));
    assert.deepEqual(
      found.map(({ message }) => message),
      [],
    );
  });
});
