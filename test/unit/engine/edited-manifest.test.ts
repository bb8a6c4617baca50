import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { factKey } from '../../../server/src/core/know/facts/facts.ts';
import { changeOf } from '../../../server/src/core/read/text/text-change.ts';
import type { UnitResult } from '../../../server/src/engine/units/units.ts';
import { TEST_REGISTRY } from '../../workspace.ts';
import { randomSource } from '../read/text/random-source.ts';
import { type Harness, loadHarness, manifest } from './session-harness.ts';

const NAMES = [
  'zod',
  'lodahs',
  'lodash',
  'react',
  'raect',
  '@acme/ui',
  'is-odd',
  'native',
  'UPPER',
  '.x',
  'exprses',
];
const VALUES = [
  '^3.0.0',
  '*',
  'latest',
  '1.0.0',
  'http://a.example.test/a.tgz',
  'git+ssh://git@a.example.test/b.git',
  'npm:lodahs@1',
  '',
  '>=1',
  'x y',
  'file:../x',
  'acme/ui',
];

const LINES = 12;

/** Returns a manifest with one dependency per line, repeating the names and values of the lists above. */
function lines(seed: number): string[] {
  const random = randomSource(seed);
  return Array.from({ length: LINES }, () => `    "${random.pick(NAMES)}": "${random.pick(VALUES)}"`);
}

function manifestOf(some: readonly string[], { second = 'devDependencies', split = LINES / 2 } = {}): string {
  const [own, other] = [some.slice(0, split), some.slice(split)];
  return `{\n  "name": "shop",\n  "dependencies": {\n${own.join(',\n')}\n  },\n  "${second}": {\n${other.join(',\n')}\n  }\n}\n`;
}

const INSERTED = ['', ' ', '\n', '\n\n', 'x', '"', ',', '"zod": "^3.0.0",', '"catalog": { "zod": "3.0.0" },'];

const ADVISORIES = ['zod', 'react', 'is-odd'].map((name, at) => ({
  id: `GHSA-2222-2222-222${at + 2}`,
  affected: [
    {
      package: { ecosystem: 'npm', name },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.0.0' }] }],
    },
  ],
}));

const LOCK = manifest({
  lockfileVersion: 3,
  packages: {
    '': { name: 'shop', dependencies: { zod: '^3.0.0', native: '^1.0.0', lodash: '*' } },
    ...Object.fromEntries(
      ['zod', 'native', 'lodash', 'react'].map((name) => [
        `node_modules/${name}`,
        {
          version: '3.0.0',
          resolved: `${TEST_REGISTRY}${name}/-/${name}-3.0.0.tgz`,
          hasInstallScript: name === 'native',
          ...(name === 'lodash' ? { dependencies: { zod: '*', react: '*' } } : {}),
        },
      ]),
    ),
  },
});

function findings({ session, uri }: Harness): unknown {
  const snapshot = session.snapshot();
  const { findings: found, notChecked } = snapshot.diagnose(uri('package.json'));
  const all = found.map((finding) => ({ ...finding, made: snapshot.fixesOf(finding) }));
  return JSON.parse(JSON.stringify({ found: all, notChecked }));
}

describe('checks of an edited manifest', () => {
  test('find after each of 150 edits what they find in a fresh session', async () => {
    let found = 0;
    for (let seed = 1; seed <= 3; seed++) {
      const random = randomSource(seed);
      const some = lines(seed);
      let text = manifestOf(some);
      const edited = await loadHarness({ 'package.json': text, 'package-lock.json': LOCK });
      const file = edited.uri('package.json');
      findings(edited);
      for (let round = 0; round < 50; round++) {
        some[random.below(LINES)] = lines(seed * 1000 + round)[0]!;
        const next = manifestOf(some);
        edited.session.setOverlay(file, next, editBetween(text, next));
        text = next;
        const fresh = await loadHarness({ 'package.json': text, 'package-lock.json': LOCK });
        const expected = findings(fresh);
        assert.deepEqual(findings(edited), expected, text);
        found += (expected as { found: unknown[] }).found.length;
      }
    }
    assert.ok(found > 500, String(found));
  });

  test('and so in a manifest with a section twice, of which dependencies go from one to the other', async () => {
    let found = 0;
    const random = randomSource(7);
    for (let seed = 1; seed <= 3; seed++) {
      const some = lines(seed);
      const text = () => manifestOf(some, { second: 'dependencies', split: 4 + random.below(5) });
      let before = text();
      const edited = await loadHarness({ 'package.json': before, 'package-lock.json': LOCK });
      findings(edited);
      for (let round = 0; round < 20; round++) {
        if (random.below(3) === 0) some[random.below(LINES)] = lines(seed * 1000 + round)[0]!;
        const next = text();
        edited.session.setOverlay(edited.uri('package.json'), next, editBetween(before, next));
        before = next;
        const expected = findings(await loadHarness({ 'package.json': next, 'package-lock.json': LOCK }));
        assert.deepEqual(findings(edited), expected, next);
        found += (expected as { found: unknown[] }).found.length;
      }
    }
    assert.ok(found > 200, String(found));
  });

  test('and what advisories affect, wherever edits of the text move it', async () => {
    let found = 0;
    for (let seed = 1; seed <= 3; seed++) {
      const random = randomSource(seed);
      let text = manifestOf(lines(seed));
      const load = () =>
        loadHarness({ 'package.json': text, 'package-lock.json': LOCK }, { advisories: ADVISORIES });
      const edited = await load();
      const file = edited.uri('package.json');
      findings(edited);
      for (let round = 0; round < 40; round++) {
        const at = random.below(text.length);
        const next = text.slice(0, at) + random.pick(INSERTED) + text.slice(at + random.below(3));
        edited.session.setOverlay(file, next, editBetween(text, next));
        text = next;
        const expected = findings(await load());
        assert.deepEqual(findings(edited), expected, text);
        found += (expected as { found: unknown[] }).found.length;
        if (random.below(4) > 0) continue;
        text = manifestOf(lines(seed * 1000 + round));
        edited.session.setOverlay(file, text);
      }
    }
    assert.ok(found > 200, String(found));
  });
});

describe('what a registry was asked for and has not told', () => {
  /** Returns the requests that a check leaves open, and whether it says so. */
  const open = ({ session, uri }: Harness) => {
    const diagnosis = session.snapshot().diagnose(uri('package.json')) as UnitResult;
    const wanted = diagnosis.wanted.map((request) => factKey(request)).sort();
    return { wanted, provisional: diagnosis.provisional };
  };
  const options = {
    settings: { online: true, trusted: true },
    http: { get: () => new Promise<never>(() => {}) },
  };

  test('is wanted after an edit elsewhere as before, and no longer when nothing asks for it', async () => {
    let asked = 0;
    for (let seed = 1; seed <= 2; seed++) {
      const random = randomSource(seed);
      const some = lines(seed);
      let text = manifestOf(some);
      const edited = await loadHarness({ 'package.json': text }, options);
      open(edited);
      for (let round = 0; round < 30; round++) {
        some[random.below(LINES)] = lines(seed * 1000 + round)[0]!;
        const next = manifestOf(some);
        edited.session.setOverlay(edited.uri('package.json'), next, editBetween(text, next));
        text = next;
        const expected = open(await loadHarness({ 'package.json': text }, options));
        assert.deepEqual(open(edited), expected, text);
        asked += expected.wanted.length;
      }
    }
    assert.ok(asked > 200, String(asked));
  });
});

/** Returns the one replacement that turns the first text into the second. */
function editBetween(before: string, after: string) {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let kept = 0;
  while (kept < most - start && before.at(-1 - kept) === after.at(-1 - kept)) kept++;
  return changeOf({ start, end: before.length - kept }, after.slice(start, after.length - kept));
}
