import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Schema, Validator } from '@cfworker/json-schema';
import { SEVERITIES } from '../../server/src/core/read/text/finding.ts';
import { sarifReport } from '../../server/src/core/show/report/check/formats/sarif.ts';
import { jsonOf } from '../../server/src/core/show/report/check/json.ts';
import type { Report } from '../../server/src/core/show/report/check/report.ts';
import { reportCoverage } from '../../server/src/core/show/report/check/report-coverage.ts';
import { summarize } from '../../server/src/core/show/report/check/summary.ts';
import { textReport } from '../../server/src/core/show/report/check/text.ts';
import { describedRules } from '../../server/src/core/show/report/explain/explained-rule.ts';
import { sha256 } from '../../server/src/node/cli/check/baseline.ts';
import { checkDirectory } from '../../server/src/node/cli/check/check-directory.ts';
import { uriOfPath } from '../../server/src/node/disk-files.ts';
import { makeProject } from '../cli/run-cli.ts';
import { CORPUS_MIRRORS, projectFiles, readCorpus } from './corpus.ts';

const MOST_LINES = 120;
const MOST_GROUPS = 30;
const SCREEN = 24;

const SARIF = { version: '1.0.0', accepted: [], hash: sha256 };
const SCHEMA = join(import.meta.dirname, '../../../shared/data/schemas/sarif-2.1.0.json');

function rulesOf({ findings }: Report) {
  return describedRules(new Set(findings.map(({ finding }) => finding.rule)));
}

/** Validates a log against the schema of SARIF, which lies beside the corpus. */
function faultsOf(log: string): readonly string[] {
  const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as Schema;
  const { errors } = new Validator(schema, '4').validate(JSON.parse(log));
  return errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
}

const rows = readCorpus();
const skip = rows.length === 0 ? 'the corpus is not beside the checkout' : false;

/** Counts the findings of a severity that have a block, and those that a block names as further places. */
function countShown(lines: readonly string[], severity: string): number {
  const blocks = lines.join('\n').split(/\n(?= +\d+:\d+ +\w)/);
  return blocks
    .filter((block) => new RegExp(`^ +\\d+:\\d+ +${severity} `).test(block))
    .reduce((sum, block) => {
      const places = block.replaceAll(/\n {9}/g, ' ').match(/^ {5}= Also at (.*?)(?: and (\d+) more)?$/m);
      const named = places === null ? 0 : places[1]!.split(', ').length + Number(places[2] ?? 0);
      return sum + 1 + named;
    }, 0);
}

describe('the text report of a real project', { skip }, () => {
  const config = join(makeProject({ 'config.json': { mirrors: CORPUS_MIRRORS } }), 'config.json');
  for (const row of rows) {
    test(row.folder, async () => {
      const { report, now } = await checkDirectory(
        {
          directory: makeProject(Object.fromEntries(projectFiles(row))),
          policyFile: uriOfPath(config),
          base: undefined,
          trusted: false,
          offline: true,
          advisorySources: new Set(['bundled']),
        },
        { report() {}, end() {} },
      );
      const ending = { coverage: reportCoverage(report, now), exitReason: 'findings' } as const;
      const options = {
        columns: 80,
        colour: false,
        leastShown: 'information',
        failOn: 'error',
        now,
      } as const;
      assert.deepEqual(
        faultsOf(sarifReport(jsonOf(report, ending), { ...SARIF, rules: rulesOf(report) })),
        [],
      );

      const lines = textReport(report, ending, { ...options, verbose: false })
        .trimEnd()
        .split('\n');
      assert.ok(lines.length <= MOST_LINES, `${lines.length} lines`);
      const summary = lines.slice(0, lines.indexOf(''));
      assert.ok(summary.length <= 6, summary.join('\n'));

      const from = lines.findIndex((line) => /more findings?; list all with/.test(line));
      const groups = from === -1 ? [] : lines.slice(from + 1).filter((line) => /^ {2}\S/.test(line));
      assert.ok(groups.length <= MOST_GROUPS);
      const blocks = from === -1 ? lines : lines.slice(0, from);
      const { errors, warnings, information, hints } = summarize(
        report.findings.map(({ finding }) => finding),
      );
      const totals = { error: errors, warning: warnings, information, hint: hints };
      for (const severity of SEVERITIES) {
        const countIn = (line: string) =>
          Number(line.match(new RegExp(`([\\d,]+) ${severity}`))?.[1]?.replaceAll(',', '') ?? 0);
        const shown = countShown(blocks, severity);
        const collapsed = groups.reduce((sum, line) => sum + countIn(line), 0);
        assert.equal(shown + collapsed, totals[severity], severity);
        assert.equal(countIn(lines[0]!), totals[severity], lines[0]);
      }

      const worst = SEVERITIES.find((severity) => totals[severity] > 0);
      if (worst === undefined || worst === 'hint') return;
      const first = lines.slice(0, SCREEN).find((line) => /^ +\d+:\d+ +\w/.test(line));
      assert.match(first ?? '', new RegExp(`^ +\\d+:\\d+ +${worst} `));
    });
  }
});
