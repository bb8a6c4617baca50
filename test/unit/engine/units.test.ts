import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RULES } from '../../../server/src/core/judge/rules/index.ts';
import { joinUri } from '../../../server/src/core/read/text/paths/uri.ts';
import { findingsOf, ROOT, settled, TEST_REGISTRY } from '../../workspace.ts';
import { configure, type Harness, loadHarness, manifest } from './session-harness.ts';

/** Returns a workspace with a root, its lockfile and that many members. */
function monorepo(members: number): Record<string, string> {
  const root = { name: 'root', workspaces: ['packages/*'], dependencies: { zod: '^3.0.0' } };
  const packages: Record<string, object> = { '': root };
  const files: Record<string, string> = { 'package.json': manifest(root) };
  for (let at = 0; at < members; at++) {
    files[`packages/m${at}/package.json`] = member(at, '^4.0.0');
    packages[`packages/m${at}`] = { dependencies: { 'is-odd': '^4.0.0', lodahs: '1.0.0' } };
  }
  packages['node_modules/zod'] = { version: '3.23.8', resolved: `${TEST_REGISTRY}zod/-/zod-3.23.8.tgz` };
  return { ...files, 'package-lock.json': manifest({ lockfileVersion: 3, packages }) };
}

function member(at: number, range: string, name = `m${at}`): string {
  return manifest({ name, version: '1.0.0', dependencies: { 'is-odd': range, lodahs: '1.0.0' } });
}

/** Returns the number of units that ran for a change, with everything diagnosed before and after. */
async function runsOf(harness: Harness, change: () => unknown): Promise<number> {
  findingsOf(harness.session.snapshot());
  const before = harness.session.unitRuns;
  await change();
  findingsOf(harness.session.snapshot());
  return harness.session.unitRuns - before;
}

describe('with 500 members', async () => {
  const harness = await loadHarness(monorepo(500));
  const { session, uri } = harness;

  test('everything is diagnosed once', async () => {
    assert.equal(await runsOf(harness, () => {}), 0);
    assert.equal(session.unitRuns, 502);
  });

  test("a keystroke in one member runs that member's unit", async () => {
    const type = () => session.setOverlay(uri('packages/m7/package.json'), member(7, '^4.0.01'));
    assert.equal(await runsOf(harness, type), 1);
  });

  test('half-typed as well', async () => {
    const text = member(7, '^4.0.0');
    for (const length of [text.length - 3, text.length - 10, text.length - 40, text.length]) {
      const type = () => session.setOverlay(uri('packages/m7/package.json'), text.slice(0, length));
      assert.equal(await runsOf(harness, type), 1);
    }
  });

  test("a keystroke in the root's dependencies runs the root's unit", async () => {
    const fields = { name: 'root', workspaces: ['packages/*'], dependencies: { zod: '^3.0.01' } };
    const type = () => session.setOverlay(uri('package.json'), manifest(fields));
    assert.equal(await runsOf(harness, type), 1);
  });

  test("an edit of the root's overrides runs every unit that reads them", async () => {
    const fields = { name: 'root', workspaces: ['packages/*'], dependencies: { zod: '^3.0.01' } };
    const type = (overrides: object) =>
      session.setOverlay(uri('package.json'), manifest({ ...fields, overrides }));
    assert.ok((await runsOf(harness, () => type({ 'is-odd': '3.0.1' }))) > 500);
    assert.ok((await runsOf(harness, () => session.setOverlay(uri('package.json'), manifest(fields)))) > 500);
  });

  test('nothing is parsed or listed again for it', async () => {
    harness.lists.length = 0;
    harness.reads.length = 0;
    const models = [...session.snapshot().projects[0]!.files];
    session.setOverlay(uri('packages/m7/package.json'), member(7, '^4.1.0'));
    await session.ensureProject(uri('packages/m7/package.json'));
    const kept = models.filter(([file, model]) => session.snapshot().projects[0]!.files.get(file) === model);
    assert.equal(kept.length, models.length - 1);
    assert.deepEqual([harness.lists, harness.reads], [[], []]);
  });

  test('a snapshot of the same text gives the same array of findings', () => {
    const first = session.snapshot().diagnose(uri('packages/m1/package.json')).findings;
    assert.equal(first.length > 0, true);
    session.setOverlay(uri('packages/m7/package.json'), member(7, '^4.2.0'));
    assert.equal(session.snapshot().diagnose(uri('packages/m1/package.json')).findings, first);
  });

  test('what depends on an input runs again when that changes', async () => {
    const policy = () => harness.disk.write('dependency-hygiene.json', manifest({ allowNames: ['lodahs'] }));
    const runs = await runsOf(harness, async () => {
      policy();
      await session.filesChanged([uri('dependency-hygiene.json')]);
    });
    assert.equal(runs, 503);
    assert.equal(findingsOf(session.snapshot()).filter(({ rule }) => rule === 'typosquat-name').length, 0);
    const again = await runsOf(harness, async () => {
      harness.disk.remove('dependency-hygiene.json');
      await session.filesChanged([uri('dependency-hygiene.json')]);
    });
    assert.equal(again, 502);
  });

  test('a member that gets another name is another member to all', async () => {
    const type = () => session.setOverlay(uri('packages/m7/package.json'), member(7, '^4.2.0', 'lodahs'));
    assert.ok((await runsOf(harness, type)) > 1);
    const squats = findingsOf(session.snapshot()).filter(({ rule }) => rule === 'typosquat-name');
    assert.deepEqual(squats, []);
  });
});

describe('what other files are judged by', () => {
  const script = {
    ...monorepo(3),
    'package-lock.json': manifest({
      lockfileVersion: 3,
      packages: {
        '': { name: 'root', workspaces: ['packages/*'], dependencies: { esbuild: '0.25.0' } },
        'node_modules/esbuild': {
          version: '0.25.0',
          resolved: `${TEST_REGISTRY}esbuild/-/esbuild-0.25.0.tgz`,
          hasInstallScript: true,
        },
      },
    }),
  };
  const root = { name: 'root', workspaces: ['packages/*'], dependencies: { esbuild: '0.25.0' } };

  test("an edit of the root's allowScripts reaches the lockfile", async () => {
    const harness = await loadHarness({ ...script, 'package.json': manifest(root) });
    const { session, uri } = harness;
    const unreviewed = () =>
      findingsOf(session.snapshot()).filter(({ rule }) => rule === 'install-script-unreviewed').length;
    assert.ok(unreviewed() > 0);
    session.setOverlay(uri('package.json'), manifest({ ...root, allowScripts: { 'esbuild@0.25.0': true } }));
    assert.equal(unreviewed(), 0);
    session.setOverlay(uri('package.json'), manifest(root));
    assert.ok(unreviewed() > 0);
  });

  test('settings run everything again', async () => {
    const harness = await loadHarness(monorepo(3));
    const off = { severities: new Map([['typosquat-name', 'off' as const]]) };
    assert.equal(await runsOf(harness, () => configure(harness.session, off)), 5);
    assert.equal(
      findingsOf(harness.session.snapshot()).filter(({ rule }) => rule === 'typosquat-name').length,
      0,
    );
  });
});

test('an ignore ends with its last day', async () => {
  let today = '2026-11-24';
  const harness = await loadHarness(
    {
      'package.json': manifest({ dependencies: { lodahs: '1.0.0' } }),
      'dependency-hygiene.json': manifest({
        ignores: [{ rule: 'typosquat-name', package: 'lodahs', reason: 'Ours.', expires: '2026-11-30' }],
      }),
    },
    { ports: { clock: { now: () => Date.parse(`${today}T23:59:59Z`) } } },
  );
  const squats = () =>
    findingsOf(harness.session.snapshot()).filter(({ rule }) => rule === 'typosquat-name').length;
  const revisions = [harness.session.revision];
  assert.equal(squats(), 0);
  today = '2026-11-30';
  assert.equal(squats(), 0);
  revisions.push(harness.session.revision);
  today = '2026-12-01';
  assert.equal(squats(), 1);
  revisions.push(harness.session.revision);
  assert.deepEqual(
    revisions.map((revision) => revision - revisions[0]!),
    [0, 1, 2],
    'a new day is a new revision',
  );
});

test('a version grows old: what looked at the time runs again in the next hour', async () => {
  let now = '2026-11-24T11:59:00Z';
  const document = { name: 'vite', time: { '1.0.0': '2026-11-21T12:30:00Z' }, versions: { '1.0.0': {} } };
  const harness = await loadHarness(
    {
      'a/package.json': manifest({ dependencies: { vite: '1.0.0' } }),
      'b/package.json': manifest({ dependencies: { b: 'file:../b' } }),
    },
    {
      settings: { online: true, trusted: true },
      ports: { clock: { now: () => Date.parse(now) } },
      http: {
        get: async () => ({
          type: 'answer',
          status: 200,
          headers: new Map(),
          body: JSON.stringify(document),
        }),
      },
    },
  );
  await settled(harness.session);
  const fresh = () =>
    findingsOf(harness.session.snapshot()).filter(({ rule }) => rule === 'fresh-version').length;
  assert.equal(fresh(), 1);
  const later = () => {
    now = '2026-11-24T12:59:00Z';
  };
  assert.equal(await runsOf(harness, later), 1, 'a manifest without versions of a registry is left alone');
  assert.equal(fresh(), 1);
  now = '2026-11-24T13:00:00Z';
  assert.equal(fresh(), 0);
});

describe('facts', () => {
  const files = {
    'a/package.json': manifest({ dependencies: { lodahs: '1.0.0' } }),
    'b/package.json': manifest({ dependencies: { zod: 'file:../zod' } }),
  };
  /** Disables all rules that request facts but one. */
  const only = (rule: string) =>
    new Map(
      RULES.filter(({ id, facts }) => facts.length > 0 && id !== rule).map(({ id }) => [id, 'off'] as const),
    );

  test('run again only the units that asked for them, and say that they came', async () => {
    const asked: string[] = [];
    let answer = () => {};
    const harness = await loadHarness(files, {
      settings: { online: true, trusted: true, severities: only('package-not-found') },
      http: {
        get: ({ url }) => {
          asked.push(url);
          return new Promise((resolve) => {
            answer = () => resolve({ type: 'answer', status: 404, headers: new Map(), body: '{}' });
          });
        },
      },
    });
    const { session, uri } = harness;
    const before = session.snapshot().diagnose(uri('a/package.json'));
    assert.equal(before.provisional, true);
    session.snapshot().diagnose(uri('b/package.json'));
    session.snapshot().diagnose(uri('a/package.json'));
    const changed = new Promise<void>((resolve) => session.onDidChange(resolve));
    while (asked.length === 0) await Promise.resolve();
    const snapshot = session.snapshot();
    const runs = await runsOf(harness, async () => {
      answer();
      await changed;
    });
    assert.deepEqual(asked, [`${TEST_REGISTRY}lodahs`]);
    assert.equal(runs, 1);
    const after = session.snapshot().diagnose(uri('a/package.json'));
    assert.equal(after.provisional, false);
    const isAbsent = ({ rule }: { rule: string }) => rule === 'package-not-found';
    assert.ok(after.findings.some(isAbsent), 'nobody has it');
    const old = snapshot.diagnose(uri('a/package.json'));
    assert.equal(old.provisional, true);
    assert.ok(!old.findings.some(isAbsent));
  });

  test('that cannot be had are counted, not waited for', async () => {
    const { session } = await loadHarness(files, {
      settings: { trusted: true, severities: only('typosquat-name') },
    });
    const diagnosis = session.snapshot().diagnose(joinUri(ROOT, 'a/package.json'));
    assert.equal(diagnosis.provisional, false);
    assert.deepEqual(diagnosis.notChecked, [
      { rule: 'typosquat-name', reason: 'offline', count: 1, packages: ['lodahs'] },
    ]);
  });
});
