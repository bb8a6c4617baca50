import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Fact } from '../../../../../server/src/core/know/registry/documents/fact.ts';
import type { Packument } from '../../../../../server/src/core/know/registry/documents/packument.ts';
import { updateGap } from '../../../../../server/src/core/show/features/update-gap.ts';
import { updateHints } from '../../../../../server/src/core/show/features/update-hints.ts';
import { type OpenWorkspace, openWorkspace } from '../../../../workspace.ts';
import { knownAdvisories } from '../known-advisories.ts';
import { document, LEFT_PAD, NOW, openWithRegistry } from './registry-documents.ts';

const EVERYTHING = { start: 0, end: Number.MAX_SAFE_INTEGER };

function inputOf(workspace: OpenWorkspace, path = 'package.json') {
  const { project, files, facts } = workspace.snapshot.projectOf(workspace.uri(path))!;
  return { project, file: files.get(workspace.uri(path))!, facts, now: NOW };
}

function labelsIn(workspace: OpenWorkspace, path?: string): Record<string, string> {
  const { hints } = updateHints(inputOf(workspace, path), EVERYTHING);
  return Object.fromEntries(
    hints.map(({ range, parts }) => [range.name, parts.map(({ label }) => label).join(' · ')]),
  );
}

const LONG = document({ '0.190.0': '2026-01-01', '0.190.12': '2026-02-01', '0.280.12': '2026-03-01' });

const CATALOG = `-- package.json --
{
  "name": "shop",
  "packageManager": "pnpm@10.16.0",
  "dependencies": { "left-pad": "catalog:", "pinned": "1.0.0", "new": "^2.0.0", "gone": "^1.0.0" }
}
-- pnpm-workspace.yaml --
minimumReleaseAge: 4320
catalog:
  left-pad: '^1.0.0'
`;

const IGNORING = `-- package.json --
{ "name": "shop", "packageManager": "pnpm@10.16.0", "dependencies": { "kept": "npm:left-pad@^1.0.0", "moved": "npm:left-pad@^1.0.0" } }
-- pnpm-workspace.yaml --
minimumReleaseAge: 4320
updateConfig:
  ignoreDependencies: ['ke*']
`;

describe('hints of newer versions', () => {
  test('say nothing of what pnpm is told to leave alone', async () => {
    const workspace = await openWithRegistry(IGNORING, { 'left-pad': LEFT_PAD });
    assert.deepEqual(Object.keys(labelsIn(workspace)), ['moved']);
    const offline = await openWithRegistry(IGNORING.replaceAll('ke*', '*'), { 'left-pad': 500 });
    assert.equal(updateGap(inputOf(offline)), undefined);
  });

  test('say the newest in range, the latest, and what waits', async () => {
    const workspace = await openWithRegistry(
      `-- package.json --
{ "dependencies": {
  "left-pad": "^1.0.0", "pinned": "npm:left-pad@1.2.0", "wide": "npm:left-pad@>=1.0.0", "newest": "npm:left-pad@2.1.0",
  "waits": "npm:left-pad@2.0.0", "other": "git+https://git.example.test/a.git", "any": "npm:left-pad@*"
} }
`,
      { 'left-pad': LEFT_PAD },
    );
    assert.deepEqual(labelsIn(workspace), {
      'left-pad': 'in range 1.2.0 · newest 2.0.0 · 2.1.0 in cooldown',
      pinned: 'newest 2.0.0 · 2.1.0 in cooldown',
      wide: 'newest 2.0.0 · 2.1.0 in cooldown',
      waits: 'latest 2.1.0 in cooldown',
    });
    const { hints } = updateHints(inputOf(workspace), EVERYTHING);
    assert.deepEqual(
      hints[0]?.parts.map(({ tooltip, version }) => [tooltip, version]),
      [
        ['left-pad 1.2.0 is the latest version in ^1.0.0. Writes ^1.2.0.', '1.2.0'],
        [
          'left-pad 2.0.0 is the highest version that can be used now (latest: 2.1.0). Writes ^2.0.0.',
          '2.0.0',
        ],
        ['left-pad 2.1.0 is within the cooldown of 3 days (default) until 27 Nov 2026.', undefined],
      ],
    );
  });

  test('fit a line where both are vulnerable, as editors cut long ones', async () => {
    const advisories = knownAdvisories([{ id: 'GHSA-xvch-5gv4-984h', package: 'left-pad', range: '*' }]);
    const labelsOf = async (version: string) => {
      const manifest = `-- package.json --\n{ "dependencies": { "left-pad": "${version}" } }\n`;
      const workspace = await openWithRegistry(manifest, { 'left-pad': LONG });
      const { hints } = updateHints({ ...inputOf(workspace), advisories }, EVERYTHING);
      return hints[0]?.parts.map(({ label }) => label) ?? [];
    };
    const both = await labelsOf('^0.190.0');
    assert.deepEqual(both, ['in range 0.190.12 ⚠', 'latest 0.280.12 ⚠']);
    assert.ok(both.join(' · ').length <= 43);
    assert.deepEqual(await labelsOf('0.190.12'), ['latest 0.280.12, vulnerable']);
  });

  test('stand in a catalog and beside what refers to it, and write into the catalog', async () => {
    const registry = { 'left-pad': LEFT_PAD, pinned: LEFT_PAD, new: LEFT_PAD, gone: 404 };
    const workspace = await openWithRegistry(CATALOG, registry);
    assert.deepEqual(labelsIn(workspace), {
      'left-pad': 'in range 1.2.0 · newest 2.0.0 · 2.1.0 in cooldown',
      pinned: 'newest 2.0.0 · 2.1.0 in cooldown',
      new: 'latest 2.1.0 in cooldown',
    });
    assert.deepEqual(Object.keys(labelsIn(workspace, 'pnpm-workspace.yaml')), ['left-pad']);
    const { hints } = updateHints(inputOf(workspace), EVERYTHING);
    assert.equal(hints[0]?.range.token?.uri, workspace.uri('pnpm-workspace.yaml'));
    assert.match(
      hints[0]?.parts[2]?.tooltip ?? '',
      /cooldown of 3 days \(minimumReleaseAge in pnpm-workspace\.yaml\)/,
    );
  });

  test('only of the part, and with what is yet to be asked', async () => {
    const workspace = await openWorkspace(CATALOG, { settings: { online: true, trusted: true } });
    const text = workspace.text('package.json')!;
    const part = { start: text.indexOf('"pinned"'), end: text.indexOf('"new"') };
    const { hints, asked, pending } = updateHints(inputOf(workspace), part);
    assert.deepEqual([hints, [...asked], pending], [[], ['pinned'], ['pinned']]);
  });

  test('an override that decides is not written over', async () => {
    const workspace = await openWithRegistry(
      `-- package.json --
{ "name": "shop", "workspaces": ["a"], "overrides": { "left-pad": "1.0.1" } }
-- a/package.json --
{ "name": "a", "dependencies": { "left-pad": "^1.0.0" } }
`,
      { 'left-pad': LEFT_PAD },
    );
    const { hints } = updateHints(inputOf(workspace, 'a/package.json'), EVERYTHING);
    assert.deepEqual(
      hints[0]?.parts.map(({ label, version }) => [label, version]),
      [
        ['newest 2.0.0', undefined],
        ['2.1.0 in cooldown', undefined],
      ],
    );
    assert.match(hints[0]?.parts[0]?.tooltip ?? '', /An override decides/);
  });
});

describe('what keeps hints from being complete', () => {
  const SOURCE = `-- package.json --
{ "dependencies": { "left-pad": "^1.0.0", "pinned": "1.0.0" } }
`;

  test('one reason for all is said in short', async () => {
    const untrusted = await openWorkspace(SOURCE);
    assert.equal(updateGap(inputOf(untrusted))?.label, 'updates not checked: untrusted');
    assert.deepEqual(updateHints(inputOf(untrusted), EVERYTHING).hints, []);
    const offline = await openWorkspace(SOURCE, { settings: { trusted: true } });
    assert.equal(updateGap(inputOf(offline))?.label, 'updates not checked: offline');
    const waiting = await openWorkspace(SOURCE, { settings: { trusted: true, online: true } });
    assert.equal(updateGap(inputOf(waiting)), undefined);
  });

  test('several reasons are in the tooltip alone, and nobody counts all of all', async () => {
    const workspace = await openWithRegistry(SOURCE, { 'left-pad': 500, pinned: 403 });
    const gap = updateGap(inputOf(workspace));
    assert.equal(gap?.label, 'updates not checked');
    assert.match(gap.tooltip, /: left-pad; .*: pinned\.$/);
  });

  test('others are counted', async () => {
    const workspace = await openWithRegistry(SOURCE, { 'left-pad': LEFT_PAD, pinned: 403 });
    const gap = updateGap(inputOf(workspace));
    assert.equal(gap?.label, 'updates not checked for 1 of 2 packages');
    assert.match(gap?.tooltip ?? '', /: pinned\.$/);
  });

  test('a long reason is in the tooltip alone, as editors cut long hints', async () => {
    const gap = updateGap(inputOf(await openWithRegistry(SOURCE, { 'left-pad': 403, pinned: 403 })));
    assert.equal(gap?.label, 'updates not checked');
    assert.match(
      gap.tooltip,
      /^Newer versions are unknown or from the cache\. The registry gives no access .*: left-pad, pinned\.$/,
    );
  });

  test('the hint stands behind the opening brace of its section, away from the versions', async () => {
    const startIn = async (source: string) => {
      const workspace = await openWorkspace(source, { settings: { trusted: true } });
      const { sectionStart } = updateGap(inputOf(workspace))!;
      return sectionStart === undefined
        ? undefined
        : workspace.text('package.json')!.slice(0, sectionStart).split('\n').at(-1);
    };
    const lines = `-- package.json --
{
  "name": "shop",
  "devDependencies": {
    "left-pad": "^1.0.0"
  }
}
`;
    assert.equal(await startIn(lines), '  "devDependencies": {');
    assert.equal(await startIn(SOURCE), undefined);
  });

  test('what is old and could not be refreshed is still shown, and said to be', async () => {
    const workspace = await openWithRegistry(SOURCE, { 'left-pad': LEFT_PAD, pinned: LEFT_PAD });
    const input = inputOf(workspace);
    const packument = (name: string): Fact<Packument> => {
      const fact = input.facts.packument(name);
      assert.equal(fact.state, 'ready');
      return { ...fact, stale: true, notRefreshed: { reason: 'offline', detail: 'offline' } };
    };
    const old = { ...input, facts: { packument } };
    assert.equal(updateHints(old, EVERYTHING).hints.length, 2);
    assert.equal(updateGap(old)?.label, 'updates not checked: offline');
  });
});
