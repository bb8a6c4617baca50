import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
  GuardFinding,
  GuardReport,
} from '../../../../../server/src/core/show/report/guard/guard-report.ts';
import { guardText } from '../../../../../server/src/core/show/report/guard/guard-text.ts';

const CLEAN: GuardReport = {
  command: 'npm install a',
  verdict: 'clean',
  reason: undefined,
  packages: { all: 1, new: 1 },
  findings: [],
  failed: [],
  unknown: [],
  withheld: [],
};

function finding(rest: Partial<GuardFinding>): GuardFinding {
  return {
    rule: 'malicious-version',
    subject: 'vulnerability',
    severity: 'error',
    stops: true,
    package: 'a',
    version: '1.0.0',
    isLocked: false,
    message: 'a 1.0.0 is malware.',
    path: ['a'],
    ...rest,
  };
}

function gap(subject: string): GuardReport['failed'][number] {
  const texts = { subject, detail: 'the registry cannot be reached', advice: 'check the network' };
  return { kind: 'rules', state: 'not-checked', reason: 'unreachable', ...texts };
}

describe('the verdict of guard', () => {
  test('fits on one screen at 80 columns, however much was found', () => {
    const long = 'word '.repeat(200);
    const path = Array.from({ length: 30 }, (_, at) => `@scope/a-package-with-a-long-name-${at}`);
    const text = guardText(
      {
        ...CLEAN,
        command: `npm install ${long}`,
        verdict: 'wrong',
        findings: [
          ...Array.from({ length: 500 }, () => finding({ message: long, path })),
          finding({ subject: 'name', stops: false, message: long }),
        ],
        failed: Array.from({ length: 100 }, (_, at) => gap(`${long}${at}`)),
        unknown: Array.from({ length: 100 }, (_, at) => gap(`${long}${at}`)),
      },
      80,
    );
    const lines = text.split('\n');
    // One more says that the command did not run.
    assert.ok(lines.length - 1 <= 23, `${lines.length} lines`);
    assert.ok(lines.every((line) => line.length <= 80));
    assert.match(text, /and 497 more: 497 vulnerabilities/);
  });

  test('has the findings that stop it, and counts the others', () => {
    const findings = [
      finding({ subject: 'malware', path: ['b', 'c', 'd', 'e', 'a'] }),
      finding({ subject: 'script', stops: false, severity: 'warning' }),
    ];
    assert.equal(
      guardText({ ...CLEAN, verdict: 'wrong', findings, packages: { all: 1204, new: 2 } }, 80),
      `Stopped: npm install a
  1,204 packages, 2 new or changed; 1 note: 1 script
  malware       a 1.0.0 is malware.
                by b > c > … > a
`,
    );
  });

  test('shows a note on the name that was typed, and not those on others', () => {
    const name = finding({ subject: 'name', stops: false, severity: 'hint', message: 'Did you mean "b"?' });
    const findings = [finding({}), { ...name, path: ['a', 'c'] }, name];
    assert.equal(
      guardText({ ...CLEAN, verdict: 'wrong', findings }, 80),
      `Stopped: npm install a
  1 package, 1 new or changed; 2 notes: 2 names
  vulnerability a 1.0.0 is malware.
  name          Did you mean "b"?
`,
    );
  });

  test('leaves a space after the longest subject, and counts in the plural with separators', () => {
    const notes = ['script', 'vulnerability', 'age'].flatMap((subject) => [
      finding({ subject, stops: false }),
      finding({ subject, stops: false }),
    ]);
    assert.equal(
      guardText(
        { ...CLEAN, verdict: 'wrong', findings: [finding({}), ...notes], packages: { all: 1308, new: 1308 } },
        100,
      ),
      `Stopped: npm install a
  1,308 packages, 1,308 new or changed; 6 notes: 2 scripts, 2 vulnerabilities, 2 age
  vulnerability a 1.0.0 is malware.
`,
    );
  });

  test('a reason that many packages share fits beside their number', () => {
    const names = Array.from({ length: 68 }, (_, at) => `package-${at}`);
    const unknown = [{ ...gap('new-package for many'), rules: ['new-package'], packages: names }];
    assert.match(
      guardText({ ...CLEAN, unknown }, 80),
      /^ {2}Unknown: new-package for 68 packages: the registry cannot be reached$/m,
    );
  });

  test('text of others does not reach the terminal as commands', () => {
    const text = guardText(
      { ...CLEAN, command: 'npm i \u001b[31ma', findings: [finding({ message: 'a\u001b]0;x\u0007\nb' })] },
      80,
    );
    assert.ok(!text.includes('\u001b') && !text.includes('\u0007'));
  });
});
