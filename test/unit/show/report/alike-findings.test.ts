import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Finding, Fix } from '../../../../server/src/core/read/text/finding.ts';
import type { Report } from '../../../../server/src/core/show/report/check/report.ts';
import { textReport } from '../../../../server/src/core/show/report/check/text.ts';
import { findingOn, ROOT, type Sample, sampleReport } from './sample-report.ts';

const WORKFLOW = 'steps:\n  - run: npx foo\n';
const names = Array.from({ length: 12 }, (_, at) => `.github/workflows/${String.fromCharCode(97 + at)}.yml`);
const texts = Object.fromEntries(names.map((name) => [name, WORKFLOW]));
const pin: Fix = { title: 'Pin it', applicability: 'unsafe', edits: [] };

function unpinned(path: string, changes: Partial<Finding> = {}): Finding {
  const uri = `${ROOT}/${path}`;
  return findingOn(WORKFLOW, 'foo', {
    uri,
    rule: 'ci-unpinned-exec',
    message: 'foo is unpinned.',
    ...changes,
  });
}

function print(sample: Sample, verbose = false): string {
  return printReport(sampleReport(sample), verbose);
}

function printReport(report: Report, verbose = false): string {
  const coverage = { state: 'checked' as const, gaps: [] };
  return textReport(
    report,
    { coverage, exitReason: 'below-threshold' },
    { columns: 80, colour: false, leastShown: 'hint', failOn: 'error', verbose, now: 0 },
  );
}

describe('findings that differ only in their place', () => {
  test('are one block that names the first places and counts the rest', () => {
    const output = print({ texts, findings: names.map((name) => [unpinned(name), [pin]] as const) });
    assert.match(output, /^Passed: 12 warnings\.\n/);
    assert.equal(
      output.slice(output.indexOf('.github')),
      `.github/workflows/a.yml
  2:14  warning  foo is unpinned.   ci-unpinned-exec
   2 |   - run: npx foo
     |              ^^^  Pin it
     = Also at .github/workflows/b.yml:2:14, .github/workflows/c.yml:2:14,
         .github/workflows/d.yml:2:14 and 8 more
`,
    );
  });

  test('leave room for others, and are not counted as more findings', () => {
    const others = Array.from({ length: 14 }, (_, at) =>
      unpinned(names[0]!, { rule: `rule-${at}`, message: `No ${at}.` }),
    );
    const output = print({ texts, findings: [...names.map((name) => unpinned(name)), ...others] });
    assert.match(output, /^Passed: 26 warnings\.\n/);
    assert.match(output, /\n5 more findings; list all with --verbose\n/);
    assert.equal(output.match(/foo is unpinned/g)?.length, 1);
  });

  test('have every place listed by --verbose', () => {
    const output = print({ texts, findings: names.map((name) => unpinned(name)) }, true);
    assert.equal(output.match(/foo is unpinned/g)?.length, 1);
    for (const name of names.slice(1)) assert.ok(output.includes(`${name}:2:14`), name);
  });

  test('have their fixes planned only where they are shown', () => {
    const findings = names.flatMap((name) => [
      unpinned(name),
      unpinned(name, { severity: 'hint', message: `Own of ${name}.` }),
    ]);
    const planned: Finding[] = [];
    const lazy = findings.map((finding) => ({
      finding,
      get fixes() {
        planned.push(finding);
        return [pin];
      },
    }));
    const output = printReport({ ...sampleReport({ texts }), findings: lazy });
    assert.match(output, /and 8 more\n/);
    // Of each rule three are shown: these twelve, and two of their own.
    assert.equal(new Set(planned).size, 12 + 2);
  });

  test('stay apart if the fix, the severity or the message differs', () => {
    const [a, b, c, d] = names.map((name) => unpinned(name)) as [Finding, Finding, Finding, Finding];
    const output = print({
      texts,
      findings: [[a, [pin]], b, { ...c, severity: 'hint' }, { ...d, message: 'bar is unpinned.' }],
    });
    assert.doesNotMatch(output, /Also at/);
    assert.equal(output.match(/is unpinned/g)?.length, 4);
  });
});

test('findings of fixtures follow those of the projects with the same severity', () => {
  const critical = { data: { advisories: [{ severity: 'critical' }] } };
  const output = print({
    texts: { 'test/fixtures/a/ci.yml': WORKFLOW, 'z.yml': WORKFLOW },
    projects: [
      { root: ROOT, kind: 'project' },
      { root: `${ROOT}/test/fixtures/a`, kind: 'fixture' },
    ],
    findings: [
      unpinned('test/fixtures/a/ci.yml', { message: 'Of a fixture.', ...critical }),
      unpinned('z.yml', { message: 'Own.' }),
    ],
  });
  assert.ok(output.indexOf('Own.') < output.indexOf('Of a fixture.'), output);
});
