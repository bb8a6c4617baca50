import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isAccepted } from '../../../../../server/src/core/judge/policy/ignored.ts';
import { planImport } from '../../../../../server/src/core/judge/policy/import/plan-import.ts';
import { unusedIgnore } from '../../../../../server/src/core/judge/policy/unused-ignore.ts';
import type { Advisories } from '../../../../../server/src/core/know/advisory/advisories.ts';
import { NO_ADVISORIES } from '../../../../../server/src/core/know/advisory/advisories.ts';
import type { Advisory } from '../../../../../server/src/core/know/advisory/advisory.ts';
import { readLockfile } from '../../../../../server/src/core/read/lockfile/detect.ts';
import { addIgnores } from '../../../../../server/src/core/read/policy-file/edit-policy-text.ts';
import { readAuditFile } from '../../../../../server/src/core/read/policy-file/import/read-audit-file.ts';
import { DEFAULT_POLICY, readPolicy } from '../../../../../server/src/core/read/policy-file/read-policy.ts';
import { applyEdits } from '../../../../../server/src/core/read/text/edit.ts';
import { importText } from '../../../../../server/src/core/show/report/import-text.ts';

const TODAY = '2026-11-24';
const GHSA = 'GHSA-xvch-5gv4-984h';
const MINIMIST = advisory({ id: GHSA, aliases: ['CVE-2021-44906'], package: 'minimist' }, ['1.2.5']);
const MALWARE = advisory({ id: 'MAL-2026-7', package: 'evil', isMalware: true }, ['6.6.6']);
const LOCKFILE = readLockfile(
  'file:///p/package-lock.json',
  JSON.stringify({
    name: 'p',
    lockfileVersion: 3,
    packages: {
      '': { name: 'p' },
      'node_modules/minimist': { version: '1.2.5', integrity: 'sha512-x' },
      'node_modules/a/node_modules/minimist': { version: '1.2.8', integrity: 'sha512-x' },
      'node_modules/evil': { version: '6.6.6', integrity: 'sha512-x' },
      'node_modules/lodash': { version: '4.17.21', integrity: 'sha512-x' },
    },
  }),
  'package-lock',
);

function advisory(facts: Partial<Advisory>, versions: readonly string[]): Advisory {
  return {
    aliases: [],
    isMalware: false,
    affects: (version: string) => (versions.includes(version) ? 'yes' : 'no'),
    ...facts,
  } as Advisory;
}

function knowing(...all: readonly Advisory[]): Advisories {
  const of = (name: string) => all.filter((each) => each.package === name);
  return {
    of,
    affecting: (name, version) => of(name).filter((each) => each.affects(version) === 'yes'),
    sources: [],
  };
}

function plan(name: string, content: object, policy = DEFAULT_POLICY) {
  const text = JSON.stringify(content, undefined, 1);
  const source = { path: name, text, ignores: readAuditFile(`file:///p/${name}`, text).ignores };
  const context = { today: TODAY, days: 180, lockfiles: [LOCKFILE], advisories: knowing(MINIMIST, MALWARE) };
  return planImport([source], policy, context);
}

const decisions = (all: Record<string, object>) => ({ version: 1, decisions: all });

describe('planImport', () => {
  test('keeps reasons and ends, and gives some where there are none', () => {
    const { added, none, present } = plan('.nsprc', {
      [GHSA]: { notes: 'only our scripts', expiry: '2027-01-31' },
      'CVE-2020-28469': '',
    });
    assert.deepEqual([none, present], [[], []]);
    assert.deepEqual(
      added.map(({ entry }) => entry),
      [
        {
          rule: 'vulnerable-dependency',
          id: GHSA,
          package: 'minimist',
          reason: 'only our scripts',
          expires: '2027-01-31',
        },
        {
          rule: 'vulnerable-dependency',
          id: 'CVE-2020-28469',
          reason: 'Was accepted in .nsprc; write here why.',
          expires: '2027-05-23',
        },
      ],
    );
    assert.deepEqual(added[0]?.places, [{ path: '.nsprc', line: 2, text: GHSA }]);
  });

  test('what cannot be said is listed with why', () => {
    const { added, none } = plan(
      'audit-resolve.json',
      decisions({
        '577|a>minimist': { decision: 'ignore' },
        '578|gone': { decision: 'ignore' },
        [`${GHSA}|minimist`]: { decision: 'ignore', expiresAt: 1772323200000 },
        'CVE-2020-1|x': { decision: 'fix' },
      }),
    );
    assert.deepEqual(added, []);
    assert.deepEqual(
      none.map(({ place, why }) => `${place.path}:${place.line} ${place.text}: ${why}`),
      [
        `audit-resolve.json:4 577|a>minimist: only its registry knows which advisory has the number 577; known of the minimist that is locked: ${GHSA}`,
        'audit-resolve.json:7 578|gone: only its registry knows which advisory has the number 578',
        `audit-resolve.json:10 ${GHSA}|minimist: it expired on 2026-03-01`,
        'audit-resolve.json:14 CVE-2020-1|x: its decision is "fix"',
      ],
    );
    const wide = plan('audit-ci.json', { allowlist: ['*', '*|a>*', 'lodash'] });
    assert.deepEqual(
      wide.none.map(({ why }) => why),
      ['it leaves out every advisory there is', 'it names no advisory and no package of npm'],
    );
    assert.deepEqual(
      wide.added.map(({ entry }) => [entry.id, entry.package]),
      [[undefined, 'lodash']],
    );
  });

  test('entries about one thing become one, with both reasons and the end that comes first', () => {
    const { added } = plan(
      'audit-resolve.json',
      decisions({
        [`${GHSA}|a>minimist`]: { decision: 'ignore', reason: 'dev only', expiresAt: 1798675200000 },
        [`${GHSA.toUpperCase()}|b>minimist`]: { decision: 'ignore', reason: 'dev only' },
      }),
    );
    assert.equal(added.length, 1);
    assert.equal(added[0]?.places.length, 2);
    assert.deepEqual(added[0]?.entry, {
      rule: 'vulnerable-dependency',
      id: GHSA,
      package: 'minimist',
      reason: 'dev only; it was for the path a>minimist only; it was for the path b>minimist only',
      expires: '2026-12-31',
    });
  });

  test('malware is accepted by the locked version, or not at all', () => {
    const { added, none } = plan('.nsprc', { 'MAL-2026-7': 'a sample', 'MAL-2026-8': 'another' });
    assert.deepEqual(
      added.map(({ entry }) => [entry.rule, entry.package, entry.version]),
      [['malicious-version', 'evil', '6.6.6']],
    );
    assert.match(none[0]!.why, /^malware is accepted for one version only/);
  });

  test('what is written is accepted, and a second import adds nothing', () => {
    const content = { [GHSA]: 'only our scripts', 'CVE-2020-1234': 'x', 'MAL-2026-7': 'y' };
    const { added } = plan('.nsprc', content);
    const before = '{\n  // ours\n  "ignores": [] // none yet\n}\n';
    const text = applyEdits(
      before,
      addIgnores(
        before,
        added.map(({ entry }) => entry),
      )!,
    );
    assert.ok(text.startsWith('{\n  // ours\n') && text.includes('// none yet'));
    const policy = readPolicy('file:///p/dependency-hygiene.json', text);
    assert.deepEqual(policy.problems, []);
    const minimist = { ids: [GHSA, 'CVE-2021-44906'], package: 'minimist', version: '1.2.5' };
    assert.ok(isAccepted(policy, { ...minimist, rule: 'vulnerable-dependency', path: 'x' }, TODAY));
    const again = plan('.nsprc', content, policy);
    assert.deepEqual([again.added.length, again.present.length], [0, 3]);
  });

  test('the text shows what is added, what is there, and what stays behind', () => {
    const options = {
      columns: 80,
      colour: false,
      target: 'dependency-hygiene.json',
      written: false,
      isWhole: true,
    };
    const shown = importText(plan('.nsprc', { [GHSA]: 'why\u001b[31m', '1337': 'x' }), options);
    assert.equal(
      shown,
      `dependency-hygiene.json
  from .nsprc:3
  + "rule": "vulnerable-dependency"
  + "id": "${GHSA}"
  + "package": "minimist"
  + "reason": "why\\u001b[31m"
  + "expires": "2027-05-23"

Not imported:
  .nsprc:2 1337
      only its registry knows which advisory has the number 1337.

1 entry to add. Use --write to write dependency-hygiene.json. 1 entry not
imported.
`,
    );
    assert.equal(importText(plan('.nsprc', {}), options), 'No ignore entries of other tools found.\n');
  });
});

describe('unusedIgnore', () => {
  const unused = (
    accepted: Partial<Parameters<typeof unusedIgnore>[0]>,
    advisories = knowing(MINIMIST, MALWARE),
  ) =>
    unusedIgnore(
      { id: undefined, package: undefined, version: undefined, ...accepted },
      [LOCKFILE],
      advisories,
    );

  test('a package or a version that is not locked', () => {
    assert.equal(unused({ package: 'gone' }), 'not-locked');
    assert.equal(unused({ package: 'minimist', version: '9.9.9', id: GHSA }), 'not-locked');
    assert.equal(unused({ package: '__proto__' }), 'not-locked');
    assert.equal(unused({ package: 'minimist' }), undefined);
  });

  test('an advisory that is known and affects no locked version', () => {
    assert.equal(unused({ package: 'minimist', version: '1.2.8', id: GHSA }), 'not-affected');
    assert.equal(unused({ package: 'minimist', version: '1.2.8', id: 'cve-2021-44906' }), 'not-affected');
    assert.equal(unused({ package: 'minimist', id: GHSA }), undefined);
    const fixed = advisory({ id: 'GHSA-a', package: 'lodash' }, ['4.17.20']);
    assert.equal(unused({ id: 'GHSA-a' }, knowing(fixed)), 'not-affected');
    assert.equal(unused({ id: GHSA }), undefined);
  });

  test('never what nobody knows, or not yet, or not for certain', () => {
    assert.equal(unused({ id: 'GHSA-unknown' }), undefined);
    assert.equal(unused({ id: 'GHSA-unknown', package: 'minimist' }), undefined);
    assert.equal(unused({}), undefined);
    assert.equal(unused({ package: 'minimist', version: '1.2.8', id: GHSA }, NO_ADVISORIES), undefined);
    const source = {
      source: 'registry',
      host: undefined,
      detail: undefined,
      asOf: undefined,
      unanswered: 3,
    } as const;
    for (const state of ['pending', 'failed'] as const) {
      const waiting = { ...knowing(MINIMIST), sources: [{ ...source, state }] };
      assert.equal(unused({ package: 'minimist', version: '1.2.8', id: GHSA }, waiting), undefined);
    }
    const unsure = { ...MINIMIST, affects: () => 'unknown' as const };
    assert.equal(unused({ package: 'minimist', version: '1.2.8', id: GHSA }, knowing(unsure)), undefined);
  });
});
