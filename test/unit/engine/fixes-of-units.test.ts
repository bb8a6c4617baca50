import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineRule } from '../../../server/src/core/judge/check/rule.ts';
import { readManifest } from '../../../server/src/core/read/manifest/read-manifest.ts';
import type { CheckedFile } from '../../../server/src/core/read/project/checked-file.ts';
import type { UnitInput } from '../../../server/src/engine/units/unit-input.ts';
import { createUnits } from '../../../server/src/engine/units/units.ts';
import { loadHarness, manifest } from './session-harness.ts';

/** Reports every manifest, with the text of another file in the title of the fix. */
const COPYING = defineRule({
  id: 'copying',
  category: 'policy',
  preset: 'security',
  severity: 'hint',
  facts: [],
  options: {},
  docs: { summary: 'A rule for this test.', why: '', bad: '', good: '' },
  check: {
    *manifest(file) {
      yield { span: { start: 0, end: file.text.length }, data: {} };
    },
  },
  message: () => 'Found.',
  *fix(_, { uri, text, project }) {
    const title = `${text('file:///other')} ${project.rootManifest?.name?.value}`;
    yield { title, applicability: 'unsafe', edits: [{ uri, span: { start: 0, end: 0 }, newText: '' }] };
  },
});

const URI = 'file:///workspace/a/package.json';

async function openUnits() {
  const { session } = await loadHarness({ 'package.json': manifest({ name: 'one' }) });
  const snapshot = session.snapshot();
  const { project } = snapshot.projects[0]!;
  const file: CheckedFile = readManifest(URI, '{}');
  const settings = { online: false, trusted: false, severities: new Map(), policyFile: undefined };
  const inputAt = (other: string, rootName: string): UnitInput => ({
    uri: URI,
    file,
    project: {
      ...project,
      rootManifest: readManifest('file:///workspace/package.json', manifest({ name: rootName })),
    },
    facts: snapshot.projects[0]!.facts,
    advisories: snapshot.projects[0]!.advisories,
    popular: snapshot.popular,
    settings,
    today: '2026-11-24',
    hour: Date.parse('2026-11-24T12:00:00Z'),
    moment: {},
    text: () => other,
  });
  return { units: createUnits([COPYING]), inputAt, settings };
}

test('a finding that still holds has the fixes of the newest snapshot', async () => {
  const { units, inputAt } = await openUnits();
  const first = inputAt('1', 'one');
  const finding = units.run(first).findings[0]!;
  assert.equal(units.fixesOf(finding, first)[0]?.title, '1 one');
  const second = inputAt('2', 'two');
  assert.equal(units.run(second).findings[0], finding);
  assert.equal(units.runs, 1, 'nothing that the check read has changed');
  assert.equal(units.fixesOf(finding, second)[0]?.title, '2 two');
  assert.equal(units.fixesOf(finding, first)[0]?.title, '1 one', 'and an older one its own');
  assert.equal(units.fixesOf(finding, second)[0], units.fixesOf(finding, second)[0], 'made once');
});

test('a finding that holds no more has no fixes, but in its own snapshot', async () => {
  const { units, inputAt, settings } = await openUnits();
  const first = inputAt('1', 'one');
  const finding = units.run(first).findings[0]!;
  const second = { ...inputAt('2', 'two'), file: readManifest(URI, '{ }'), settings: { ...settings } };
  assert.notEqual(units.run(second).findings[0], finding);
  assert.deepEqual(units.fixesOf(finding, second), []);
  assert.equal(units.fixesOf(finding, first)[0]?.title, '1 one');
});

test('units of files that are gone are forgotten', async () => {
  const { units, inputAt } = await openUnits();
  const input = inputAt('1', 'one');
  units.run(input);
  units.keepOnly(new Set([URI]));
  units.run(input);
  assert.equal(units.runs, 1);
  units.keepOnly(new Set());
  units.run(input);
  assert.equal(units.runs, 2);
});
