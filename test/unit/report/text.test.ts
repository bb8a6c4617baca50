import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Severity } from '../../../server/src/core/finding.ts';
import { textReport } from '../../../server/src/core/report/text.ts';
import { displayWidth } from '../../../server/src/core/text/visible-text.ts';
import { findingOn, ROOT, type Sample, sampleReport } from './sample-report.ts';

const NOW = Date.parse('2026-11-28T10:00:00Z');
const ESCAPE = '\u001b';
const TEXT = '{\n  "dependencies": {\n    "lodahs": "^4.17.0"\n  }\n}\n';

function print(
  sample: Sample,
  { columns = 80, colour = false, leastShown = 'hint' as Severity } = {},
): string {
  return textReport(sampleReport(sample), { columns, colour, leastShown, now: NOW });
}

describe('textReport', () => {
  test('shows each finding with its frame and its first fix', () => {
    const finding = findingOn(TEXT, '"lodahs"');
    const ignore = { title: 'Ignore until 2027-01-01', applicability: 'unsafe' as const, edits: [] };
    const replace = {
      title: 'Replace with "lodash": "^4.17.0"',
      applicability: 'unsafe' as const,
      edits: [],
    };
    const output = print({
      texts: { 'package.json': TEXT },
      findings: [[finding, [ignore, replace]]],
      sources: [
        { kind: 'popular-names', asOf: '2026-11-24', status: 'bundled' },
        { kind: 'registry', asOf: undefined, status: 'offline' },
      ],
    });
    assert.equal(
      output,
      `package.json
  3:5  warning  "lodahs" looks like a misspelling of "lodash".   typosquat-name
   3 |     "lodahs": "^4.17.0"
     |     ^^^^^^^^  Replace with "lodash": "^4.17.0"

1 finding (1 warning) in 1 file; 1 file checked.
Data: popular names of 24 Nov 2026 (bundled, 4 days old) · offline
`,
    );
  });

  test('a folder that cannot be read is told, and is no file', () => {
    const state = { reason: undefined, entries: undefined };
    const output = print({
      files: [
        { uri: `${ROOT}/package.json`, kind: 'manifest', status: 'checked', ...state },
        {
          ...{ uri: `${ROOT}/data`, kind: 'folder', status: 'unreadable', ...state },
          reason: 'It is a folder; make it readable, or exclude it.',
        },
      ],
    });
    assert.match(output, /^No findings in what was checked; 1 file checked\.\n/);
    assert.match(
      output,
      /\nNot checked: data \(unreadable\): it is a folder; make it readable, or exclude it\.\n/,
    );
  });

  test('what is less grave than is asked for is counted in a line', () => {
    const texts = { 'package.json': TEXT, 'package-lock.json': '{}\n' };
    const inLockfile = { uri: `${ROOT}/package-lock.json`, rule: 'deprecated-dependency' };
    const hints = Array.from({ length: 59 }, (_, at) =>
      findingOn('{}\n', '{}', { ...inLockfile, severity: 'hint', message: `Hint ${at}.` }),
    );
    const remark = findingOn('{}\n', '{}', { ...inLockfile, severity: 'information', message: 'Remark.' });
    const findings = [findingOn(TEXT, '"lodahs"'), remark, ...hints];
    const endOf = (leastShown: Severity) => {
      const output = print({ texts, findings }, { leastShown });
      return [output.includes('Hint 7.'), output.includes('Remark.'), output.match(/Not shown: .*/)?.[0]];
    };
    assert.deepEqual(endOf('hint'), [true, true, undefined]);
    assert.deepEqual(endOf('information'), [
      false,
      true,
      'Not shown: 59 hints; add --severity hint to see all.',
    ]);
    assert.deepEqual(endOf('warning'), [
      false,
      false,
      'Not shown: 1 information, 59 hints; add --severity hint to see all.',
    ]);
    assert.match(
      print({ texts, findings }, { leastShown: 'information' }),
      /\n61 findings \(1 warning, 1 information, 59 hints\) in 2 files; 2 files checked\.\nNot shown: /,
    );
    const onlyHints = print({ texts, findings: hints }, { leastShown: 'information' });
    assert.match(onlyHints, /^59 findings \(59 hints\) in 1 file;/);
  });

  test('keeps findings of one file apart by an empty line', () => {
    const output = print({
      texts: { 'package.json': TEXT },
      findings: [
        findingOn(TEXT, '"lodahs"'),
        findingOn(TEXT, '"dependencies"', { message: 'No.', rule: 'lockfile-missing' }),
      ],
    });
    assert.equal(
      output.slice(0, output.indexOf('2 findings')),
      `package.json
  2:3  warning  No.   lockfile-missing
   2 |   "dependencies": {
     |   ^^^^^^^^^^^^^^

  3:5  warning  "lodahs" looks like a misspelling of "lodash".   typosquat-name
   3 |     "lodahs": "^4.17.0"
     |     ^^^^^^^^

`,
    );
  });

  test('says that nothing was found, and never that all was checked when it was not', () => {
    const output = print({
      texts: { 'package.json': TEXT },
      files: [
        {
          uri: `${ROOT}/package.json`,
          kind: 'manifest',
          status: 'checked',
          reason: undefined,
          entries: undefined,
        },
        {
          uri: `${ROOT}/package-lock.json`,
          kind: 'package-lock',
          status: 'partial',
          reason: 'Line 210: a merge conflict is not resolved; 1204 of 1300 entries were read.',
          entries: { read: 1204, total: 1300 },
        },
        {
          uri: `${ROOT}/yarn.lock`,
          kind: 'yarn',
          status: 'unsupported',
          reason: undefined,
          entries: undefined,
        },
      ],
      notChecked: [{ rule: 'new-package', reason: 'offline', count: 2 }],
      sources: [{ kind: 'registry', asOf: undefined, status: 'not-asked' }],
    });
    assert.equal(
      output,
      `No findings in what was checked; 1 of 3 files checked with 1,204 locked
packages.
Not checked: package-lock.json (partly read): line 210: a merge conflict is not
             resolved; 1204 of 1300 entries were read.
             yarn.lock (unsupported)
             new-package for 2 packages against the registry (offline)
Data: no registry was asked
`,
    );
  });

  test('rules that lack the same of as many packages share a line', () => {
    const gap = (rule: string, reason: 'offline' | 'private', count: number) => ({ rule, reason, count });
    const output = print({
      notChecked: [
        gap('fresh-version', 'offline', 12),
        gap('new-package', 'offline', 12),
        gap('new-package', 'private', 1),
        gap('typosquat-name', 'offline', 1),
      ],
    });
    assert.equal(
      output.slice(output.indexOf('Not checked'), output.indexOf('Data:')),
      `Not checked: fresh-version and new-package for 12 packages against the registry
             (offline)
             new-package for 1 package against the registry (private)
             typosquat-name for 1 package against the registry (offline)
`,
    );
  });

  test('wraps messages below themselves and keeps to the width', () => {
    const long =
      'esbuild 0.28.2 runs "node install.js" on install; no decision is recorded, and npm 11 will run it.';
    const related = [0, 1, 2, 3, 4].map((at) => ({
      uri: `${ROOT}/package.json`,
      span: { start: at, end: at + 1 },
      message: `place ${at} ${'of a long story '.repeat(4)}`.trim(),
    }));
    const title = `Approve the script of esbuild 0.28.2 in allowScripts ${'x'.repeat(100)}`;
    const fixes = [{ title, applicability: 'unsafe' as const, edits: [] }];
    const finding = findingOn(TEXT, '"lodahs"', {
      message: long,
      related,
      rule: 'install-script-unreviewed',
    });
    for (const columns of [40, 60, 80, 120]) {
      const output = print({ texts: { 'package.json': TEXT }, findings: [[finding, fixes]] }, { columns });
      for (const line of output.split('\n')) assert.ok(displayWidth(line) <= columns, `${columns}: ${line}`);
      for (const word of long.split(' ')) assert.ok(output.includes(word));
      assert.match(output, /and 2 more/);
    }
  });

  test('shows a command that is to be copied', () => {
    const fixes = [
      { title: 'Update the lockfile', applicability: 'display-only' as const, edits: [], command: 'npm i' },
    ];
    const output = print({
      texts: { 'package.json': TEXT },
      findings: [[findingOn(TEXT, '"lodahs"'), fixes]],
    });
    assert.match(output, /\^ {2}Run: npm i$/m);
  });

  test('lets no text of a file command the terminal', () => {
    const evil = '\u001b]0;title\u0007\u009b2J\r\nok  error  fake\u202e';
    const text = `{ "a${evil}": 1 }`;
    const output = print({
      texts: { [`dir${encodeURIComponent(evil)}/package.json`]: text },
      findings: [
        [
          findingOn(text, '"a', {
            message: `"${evil}" is odd.`,
            uri: `${ROOT}/dir${encodeURIComponent(evil)}/package.json`,
          }),
          [{ title: `Rename ${evil}`, applicability: 'unsafe', edits: [] }],
        ],
      ],
      notChecked: [{ rule: evil, reason: 'failed', count: 1 }],
    });
    assert.doesNotMatch(output.replaceAll('\n', ''), /[\p{Cc}\p{Cf}]/u);
    assert.doesNotMatch(output, /^ok/m);
  });

  test('colours only where asked, and says the same', () => {
    const sample: Sample = { texts: { 'package.json': TEXT }, findings: [findingOn(TEXT, '"lodahs"')] };
    const plain = print(sample);
    const coloured = print(sample, { colour: true });
    assert.ok(!plain.includes(ESCAPE));
    assert.ok(coloured.includes(`${ESCAPE}[33mwarning${ESCAPE}[39m`));
    assert.equal(coloured.replaceAll(ESCAPE, '').replace(/\[\d+m/g, ''), plain);
  });

  test('shows a finding in a file without a text or with an empty one', () => {
    const finding = findingOn('', '', { span: { start: 0, end: 0 } });
    assert.match(print({ findings: [finding] }), /^package\.json\n {2}1:1 {2}warning/);
    assert.match(
      print({ texts: { 'package.json': '' }, findings: [finding] }),
      /^package\.json\n {2}1:1 {2}warning/,
    );
  });
});
