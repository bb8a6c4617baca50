import type { Severity } from '../../../../read/text/finding.ts';
import { visibleText } from '../../../../read/text/words/visible-text.ts';
import type { JsonFinding, JsonReport } from '../json.ts';
import { reaches } from '../summary.ts';

/**
 * Returns a report as JUnit XML: a suite for each checked file, in which each finding is a failed test, and one for what
 * was not checked, whose tests are skipped. A file without findings has one test that passed.
 */
export function junitReport(report: JsonReport, leastShown: Severity): string {
  const findings = report.findings.filter(({ severity }) => reaches(severity, leastShown));
  const paths = new Set([...report.files.map(({ path }) => path), ...findings.map(({ path }) => path)]);
  const suites = [...paths].map((path) => {
    const own = findings.filter((finding) => finding.path === path);
    return suiteOf(path, own.length === 0 ? [testOf('no findings', path)] : own.map(failedTestOf), {
      failures: own.length,
    });
  });
  const gaps = report.coverage.gaps.map(({ subject, detail, path }) =>
    testOf(subject, path ?? 'not checked', `<skipped${attributes({ message: detail })}/>`),
  );
  if (gaps.length > 0) suites.push(suiteOf('not checked', gaps, { skipped: gaps.length }));
  const totals = { name: 'dephygiene', failures: findings.length };
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes(totals)}>\n${suites.join('')}</testsuites>\n`;
}

function suiteOf(
  name: string,
  tests: readonly string[],
  { failures = 0, skipped = 0 }: { readonly failures?: number; readonly skipped?: number },
): string {
  const counts = { name, tests: tests.length, failures, errors: 0, skipped };
  return `  <testsuite${attributes(counts)}>\n${tests.join('')}  </testsuite>\n`;
}

function failedTestOf({ rule, severity, message, path, range }: JsonFinding): string {
  const place = `${path}:${range.start.line + 1}:${range.start.character + 1}`;
  const failure = `<failure${attributes({ type: severity, message })}>${xml(`${place}\n${message}`)}</failure>`;
  return testOf(`${rule} ${place}`, path, failure);
}

function testOf(name: string, file: string, content?: string): string {
  const start = `    <testcase${attributes({ name, classname: file, file })}`;
  return content === undefined ? `${start}/>\n` : `${start}>${content}</testcase>\n`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xml(String(value))}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** XML has no form at all for most control characters, which `visibleText` writes as escapes. */
function xml(text: string): string {
  const lines = text.split('\n').map(visibleText);
  return lines.join('\n').replace(/[&<>"\n]/g, (character) => ENTITIES[character]!);
}
