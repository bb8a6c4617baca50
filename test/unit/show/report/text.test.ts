import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Severity } from '../../../../server/src/core/read/text/finding.ts';
import { displayWidth } from '../../../../server/src/core/read/text/words/visible-text.ts';
import type { JsonEnding } from '../../../../server/src/core/show/report/check/json.ts';
import type { Report } from '../../../../server/src/core/show/report/check/report.ts';
import { reportCoverage } from '../../../../server/src/core/show/report/check/report-coverage.ts';
import { textReport } from '../../../../server/src/core/show/report/check/text.ts';
import { findingOn, ROOT, type Sample, sampleReport } from './sample-report.ts';

const NOW = Date.parse('2026-11-28T10:00:00Z');
const ESCAPE = '\u001b';
const TEXT = '{\n  "dependencies": {\n    "lodahs": "^4.17.0"\n  }\n}\n';

function print(
  sample: Sample,
  { columns = 80, colour = false, leastShown = 'hint' as Severity, verbose = false } = {},
): string {
  const report = sampleReport(sample);
  const ending = endingOf(report);
  return textReport(report, ending, { columns, colour, leastShown, failOn: 'error', verbose, now: NOW });
}

function endingOf(report: Report): JsonEnding {
  const coverage = reportCoverage(report, NOW);
  if (report.findings.some(({ finding }) => finding.severity === 'error')) {
    return { coverage, exitReason: 'findings' };
  }
  if (report.findings.length > 0) return { coverage, exitReason: 'below-threshold' };
  return { coverage, exitReason: coverage.state === 'checked' ? 'clean' : 'incomplete' };
}

/** Returns the part of the report before its findings. */
function summaryOf(output: string): readonly string[] {
  return output.split('\n\n')[0]!.trimEnd().split('\n');
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
      `Passed: 1 warning.
Exit code 0 (only errors fail) · 1 file
Data: offline

package.json
  3:5  warning  "lodahs" looks like a misspelling of "lodash".   typosquat-name
   3 |     "lodahs": "^4.17.0"
     |     ^^^^^^^^  Replace with "lodash": "^4.17.0"
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
    assert.match(output, /^No findings in what was checked\.\nExit code 0 · 1 file\n/);
    assert.match(output, /\nNot checked: data \(cannot be read\). Make it readable, or exclude it\./);
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
      const output = print({ texts, findings }, { leastShown, verbose: true });
      return [
        output.includes('Hint 7.'),
        output.includes('Remark.'),
        output.match(/\n(\d+ .*below .*)\n/)?.[1],
      ];
    };
    const below = (count: number, least: string) =>
      `${count} findings below "${least}"; list them with --severity hint`;
    assert.deepEqual(endOf('hint'), [true, true, undefined]);
    assert.deepEqual(endOf('information'), [false, true, below(59, 'information')]);
    assert.deepEqual(endOf('warning'), [false, false, below(60, 'warning')]);
    const short = print({ texts, findings }, { leastShown: 'information' });
    assert.match(short, /^Passed: 1 warning, 1 information, 59 hints\.\n/);
    assert.match(short, /\n59 more findings; list all with --verbose --severity hint\n {2}\. {2}59 hints\n/);
  });

  test('shows the worst first: by severity, malware, critical, production, direct', () => {
    const texts = { 'package.json': TEXT, 'package-lock.json': '{}\n' };
    const locked = { uri: `${ROOT}/package-lock.json`, rule: 'vulnerable-dependency' };
    const at = (message: string, changes: object) =>
      findingOn('{}\n', '{}', { ...locked, message, ...changes });
    const error = { severity: 'error' } as const;
    const findings = [
      at('Transitive, development.', { ...error, data: { dev: true, isDirect: false } }),
      at('Transitive.', { ...error, data: { dev: false, isDirect: false } }),
      at('Transitive, critical.', {
        ...error,
        data: { isDirect: false, advisories: [{ severity: 'critical' }] },
      }),
      at('Direct.', { ...error, data: { dev: false, isDirect: true } }),
      at('Malware.', { ...error, rule: 'malicious-version', data: { dev: true, isDirect: false } }),
      findingOn(TEXT, '"lodahs"'),
    ];
    const output = print({ texts, findings });
    const places = [
      'Malware.',
      'Transitive, critical.',
      'Direct.',
      'Transitive. ',
      'Transitive, dev',
      'lodahs',
    ];
    const found = places.map((message) => output.indexOf(message));
    assert.ok(
      found.every((place) => place > 0),
      output,
    );
    assert.deepEqual(
      found,
      found.toSorted((a, b) => a - b),
    );
  });

  const many = (rule: string, count: number, severity: Severity) =>
    Array.from({ length: count }, (_, at) =>
      findingOn(TEXT, '"lodahs"', { rule, severity, package: `p${at}`, message: `${rule} ${at}.` }),
    );
  const shownOf = (output: string, rule: string) =>
    output.match(new RegExp(`${rule} \\d+\\.`, 'g'))?.length ?? 0;

  test('shows three warnings of a rule, so that others are seen, and all malware', () => {
    const output = print({
      texts: { 'package.json': TEXT },
      findings: [
        ...many('install-script-unreviewed', 18, 'warning'),
        ...many('malicious-version', 4, 'error'),
        ...many('insecure-url', 1, 'warning'),
        ...many('package-manager-unpinned', 1, 'information'),
      ],
    });
    assert.equal(shownOf(output, 'install-script-unreviewed'), 3);
    assert.equal(shownOf(output, 'malicious-version'), 4);
    assert.equal(shownOf(output, 'insecure-url'), 1);
    assert.equal(shownOf(output, 'package-manager-unpinned'), 1);
    assert.match(output, /\n15 more findings; list all with --verbose\n/);
    assert.match(output, /\n {4}15 install-script-unreviewed: p\d+, p/);
  });

  test('shows ten errors before any warning, and one of each rule that has some', () => {
    const warnings = many('deprecated-dependency', 5, 'warning');
    const texts = { 'package.json': TEXT };
    const hidden = print({
      texts,
      findings: [
        ...warnings,
        ...many('insecure-url', 14, 'error'),
        ...many('vulnerable-dependency', 2, 'error'),
      ],
    });
    assert.equal(shownOf(hidden, 'insecure-url'), 9);
    assert.equal(shownOf(hidden, 'vulnerable-dependency'), 1);
    assert.equal(shownOf(hidden, 'deprecated-dependency'), 0, 'while errors are left out');
    const all = print({ texts, findings: [...warnings, ...many('insecure-url', 8, 'error')] });
    assert.equal(shownOf(all, 'insecure-url'), 8);
    assert.equal(shownOf(all, 'deprecated-dependency'), 2);
  });

  test('findings of one rank and file share its path', () => {
    const texts = { 'package.json': TEXT, 'a/package.json': TEXT };
    const inA = { uri: `${ROOT}/a/package.json` };
    const output = print({
      texts,
      findings: [
        findingOn(TEXT, '"lodahs"', { message: 'First.' }),
        findingOn(TEXT, '"lodahs"', { ...inA, message: 'Second.' }),
        findingOn(TEXT, '"lodahs"', { message: 'Third.' }),
        findingOn(TEXT, '"lodahs"', { severity: 'information', message: 'Fourth.' }),
      ],
    });
    assert.deepEqual(output.match(/^\S*package\.json$/gm), ['a/package.json', 'package.json']);
    assert.ok(output.indexOf('Third.') < output.indexOf('Fourth.'));
  });

  test('says why a file was not read, and what to do', () => {
    const status = { status: 'unreadable', entries: undefined } as const;
    const output = print({
      files: [
        {
          ...{ uri: `${ROOT}/package-lock.json`, kind: 'package-lock', ...status },
          reason: 'It cannot be read: permission denied.',
          advice: "check the file's permissions",
        },
      ],
    });
    assert.match(
      output.replace(/\s+/g, ' '),
      /Not checked: package-lock\.json \(cannot be read: permission denied\). Check the file's permissions\./,
    );
  });

  test('collapses projects, nested ones and fixtures, and loses no count', () => {
    const many = (path: string, count: number, severity: Severity) =>
      Array.from({ length: count }, (_, at) =>
        findingOn('{}\n', '{}', {
          uri: `${ROOT}/${path}`,
          severity,
          package: `name-${at}`,
          message: `No ${at} of ${path}.`,
        }),
      );
    const folders = Array.from({ length: 50 }, (_, at) => `packages/n${at}`);
    const output = print({
      texts: { 'package.json': TEXT },
      projects: [
        { root: ROOT, kind: 'project' },
        { root: `${ROOT}/test/fixtures/a`, kind: 'fixture' },
        { root: `${ROOT}/test/fixtures/b`, kind: 'fixture' },
        ...folders.map((folder) => ({ root: `${ROOT}/${folder}`, kind: 'nested' as const })),
      ],
      findings: [
        ...many('package.json', 200, 'error'),
        ...many('packages/a/package.json', 3, 'warning'),
        ...many('test/fixtures/a/package.json', 4, 'warning'),
        ...many('test/fixtures/b/deep/package.json', 1, 'error'),
        ...folders.flatMap((folder) => many(`${folder}/package.json`, 2, 'warning')),
      ],
    });
    const lines = output.trimEnd().split('\n');
    assert.ok(lines.length <= 120, String(lines.length));
    const start = lines.findIndex((line) => /more findings; list all with --verbose$/.test(line));
    const groups = lines.slice(start + 1).filter((line) => /^ {2}\S/.test(line));
    assert.ok(groups.length <= 30, String(groups.length));
    assert.match(groups[0]!, /^ {2}\. +190 errors, 3 warnings$/);
    assert.match(output, /\n {4}193 typosquat-name: name-\d+, .*, …\n/);
    const sum = (noun: string) =>
      groups.reduce((total, line) => total + Number(line.match(`([\\d,]+) ${noun}`)?.[1] ?? 0), 0);
    assert.equal(sum('error'), 201 - 10);
    assert.equal(sum('warning'), 107);
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
      output.slice(output.indexOf('package.json')),
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
          reason: 'Line 210: unresolved merge conflict; 1204 of 1300 entries read.',
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
    assert.deepEqual(summaryOf(output), [
      'No findings in what was checked.',
      'Exit code 0 · 1 of 3 files · 1,204 locked packages',
      'Not checked: package-lock.json (read only in part, line 210: unresolved merge',
      '             conflict; 1204 of 1300 entries read). Restore it from git, let the',
      '             package manager rewrite it, or exclude it. Run with --verbose to',
      '             list 2 more.',
      'Data: no registry was asked',
    ]);
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
      assert.match(output, /and 2 more; list all/);
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
    assert.match(print({ findings: [finding] }), /^package\.json\n {2}1:1 {2}warning/m);
    assert.match(
      print({ texts: { 'package.json': '' }, findings: [finding] }),
      /^package\.json\n {2}1:1 {2}warning/m,
    );
  });
});
