import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SaxesParser } from 'saxes';
import { fingerprintsOf } from '../../../../../server/src/core/show/report/check/formats/fingerprint.ts';
import { githubAnnotations } from '../../../../../server/src/core/show/report/check/formats/github.ts';
import { gitlabReport } from '../../../../../server/src/core/show/report/check/formats/gitlab.ts';
import { inRepository } from '../../../../../server/src/core/show/report/check/formats/in-repository.ts';
import { junitReport } from '../../../../../server/src/core/show/report/check/formats/junit.ts';
import { markdownReport } from '../../../../../server/src/core/show/report/check/formats/markdown.ts';
import { FINDINGS, HASH, sample } from './sample.ts';

const { json } = sample();

describe('fingerprints', () => {
  test('stay while lines move, and number what is equal', () => {
    const [first] = json.findings;
    const moved = { ...first!, range: { start: { line: 9, character: 0 }, end: { line: 9, character: 1 } } };
    const [a, b, c] = fingerprintsOf([first!, moved, { ...moved, version: '5.0.0' }], HASH);
    assert.equal(fingerprintsOf([moved], HASH)[0], a);
    assert.notEqual(a, b);
    assert.notEqual(a, c);
  });

  test('tell advisories apart', () => {
    const [first] = json.findings;
    const of = (id: string) => ({ ...first!, data: { advisories: [{ id }] } });
    const [a, b] = fingerprintsOf([of('GHSA-1'), of('GHSA-2')], HASH);
    assert.notEqual(a, b);
  });
});

describe('annotations of GitHub', () => {
  test('come worst first, and nothing in a message starts another', () => {
    const lines = githubAnnotations(json, 'information').split('\n');
    assert.deepEqual(lines.length, 3);
    assert.match(
      lines[0]!,
      /^::error file=package\.json,line=4,endLine=4,col=10,endColumn=13,title=unbounded-range::a \| /,
    );
    assert.match(lines[0]!, /%250A/);
    assert.match(lines[1]!, /^::warning file=package\.json,line=3,/);
  });

  test('escape paths', () => {
    const [first] = json.findings;
    const line = githubAnnotations({ ...json, findings: [{ ...first!, path: 'a,b:c\n' }] }, 'hint');
    assert.match(line, /file=a%2Cb%3Ac%0A,line/);
  });
});

test('issues of GitLab have a severity, a place and a fingerprint each', () => {
  const issues = JSON.parse(gitlabReport(json, HASH)) as readonly Record<string, unknown>[];
  assert.deepEqual(
    issues.map(({ check_name, severity, location }) => [check_name, severity, location]),
    json.findings.map(({ rule, range }) => [
      rule,
      { 'unbounded-range': 'critical', 'typosquat-name': 'major', 'outdated-dependency': 'info' }[rule],
      { path: 'package.json', lines: { begin: range.start.line + 1, end: range.end.line + 1 } },
    ]),
  );
  assert.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, 3);
});

describe('JUnit', () => {
  /** Returns the attributes of all elements of a name. Throws if the text is not well-formed. */
  const elements = (text: string, name: string): readonly Readonly<Record<string, string>>[] => {
    const found: Readonly<Record<string, string>>[] = [];
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', (tag) => {
      if (tag.name === name) found.push(tag.attributes);
    });
    parser.write(text).close();
    return found;
  };

  test('is valid XML whatever a message has', () => {
    const text = junitReport(json, 'hint');
    assert.equal(elements(text, 'failure').length, 3);
    assert.ok(!text.includes('\u0007'));
  });

  test('has a suite for each file, and its counts are right', () => {
    const suites = elements(junitReport(json, 'information'), 'testsuite');
    const counts = suites.map(({ name, tests, failures, skipped }) => [...[name, tests, failures, skipped]]);
    assert.deepEqual(counts, [
      ['my file.json', '1', '0', '0'],
      ['package.json', '2', '2', '0'],
      ['not checked', '1', '0', '1'],
    ]);
  });
});

describe('Markdown', () => {
  test('lists the worst first, then the gaps', () => {
    const text = markdownReport(json, 'information');
    const rows = text.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| -'));
    assert.deepEqual(
      rows.map((row) => row.split(' ')[1]),
      ['Severity', 'error', 'warning'],
    );
    assert.match(text, /### Not checked\n\n- yarn\.lock: is not text/);
  });

  test('takes nothing in a message for its own syntax', () => {
    const row = markdownReport(json, 'information')
      .split('\n')
      .find((line) => line.startsWith('| error'))!;
    assert.equal(row.match(/(?<!\\)\|/g)?.length, 5);
    assert.doesNotMatch(row, /(?<!\\)[<`]|@f/);
  });

  test('says that there is nothing', () => {
    assert.match(markdownReport(sample([]).json, 'hint'), /^\*\*No findings\*\*, 2 files read, 1 gap\.$/m);
  });
});

test('paths count from the repository', () => {
  const up = { ...json, findings: [{ ...json.findings[0]!, path: '../package.json' }] };
  assert.equal(inRepository(up, 'packages/a/').findings[0]!.path, 'packages/package.json');
  const placed = inRepository(json, 'packages/a/');
  assert.equal(placed.findings[0]!.related[0]?.path ?? placed.files[0]!.path, 'packages/a/my file.json');
  assert.equal(placed.coverage.gaps[0]!.path, 'packages/a/yarn.lock');
  assert.equal(FINDINGS.length, placed.findings.length);
});
