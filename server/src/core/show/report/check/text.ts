import type { Severity } from '../../../read/text/finding.ts';
import { groupBy } from '../../../read/text/group-by.ts';
import { plural } from '../../../read/text/words/words.ts';
import { diffText } from '../diff/diff-text.ts';
import { COLOURED, PLAIN } from '../paint.ts';
import { allOf, joinAlike, type ShownFinding, splitByAdvice } from './alike-findings.ts';
import { type FindingView, fileLines, lineIndexes } from './finding-lines.ts';
import type { JsonEnding } from './json.ts';
import { groupLines, projectFinder } from './project-groups.ts';
import { besideTheirFile, fewOfEach, type IsFixture, worstFirst } from './rank-findings.ts';
import { pathsFrom, type Report, type ReportedFinding } from './report.ts';
import { reaches } from './summary.ts';
import { detailLines, summaryLines } from './text-summary.ts';

export interface TextOptions {
  /** Nothing is wider, except a path that does not fit. */
  readonly columns: number;
  readonly colour: boolean;
  /** Less severe findings are only counted. */
  readonly leastShown: Severity;
  /** The lowest severity that fails. */
  readonly failOn: Severity | 'never';
  /** Lists every finding, and everything that was not checked. */
  readonly verbose: boolean;
  /** Milliseconds since 1970, for the age of the data. */
  readonly now: number;
}

/** A report fits on a screen or two; the rest is counted. */
const MOST_LINES = 120;
const MOST_FINDINGS = 10;

/** How many related places of a finding are listed, and how many where the same is found. */
const MOST_PLACES = { mostRelated: 3, mostAlike: 3 };

/**
 * Returns the report for a terminal, with a trailing newline: a summary, the worst findings, and one line for each
 * project with more. `verbose` lists all findings by file, worst file first.
 */
export function textReport(report: Report, ending: JsonEnding, options: TextOptions): string {
  const { changes = [] } = report;
  const changed = changes.length === 0 ? '' : `${diffText(changes, options)}\n`;
  return changed + findingsText(report, ending, options);
}

function findingsText(report: Report, ending: JsonEnding, options: TextOptions): string {
  const { columns, colour, leastShown, verbose } = options;
  const paint = colour ? COLOURED : PLAIN;
  const path = pathsFrom(report.root);
  const { textOf } = report;
  const view = { textOf, path, paint, columns, linesOf: lineIndexes(report), ...MOST_PLACES };
  const projectOf = projectFinder(report.projects);
  const isFixture: IsFixture = ({ uri }) => projectOf(uri)?.kind === 'fixture';
  const ranked = worstFirst(report.findings, isFixture);
  const listed = ranked.filter(({ finding }) => reaches(finding.severity, leastShown));
  const summary = summaryLines(report, ending, { ...options, paint, path });
  if (verbose) {
    const details = detailLines(report, ending, { ...options, paint, path });
    const hidden = hiddenLine(ranked.length - listed.length, leastShown);
    const everywhere = { ...view, mostAlike: Number.POSITIVE_INFINITY };
    return joined([
      summary,
      details,
      ...byFile(joinAlike(listed).flatMap(splitByAdvice), everywhere),
      hidden,
    ]);
  }
  const different = joinAlike(listed);
  const isAll = different.length <= MOST_FINDINGS;
  const chosen = fewOfEach(fewOfEach(different, MOST_FINDINGS).flatMap(splitByAdvice), MOST_FINDINGS);
  let text = '';
  for (let count = chosen.length; count > 0 || text === ''; count--) {
    const shown = chosen.slice(0, count);
    const included = new Set(shown.flatMap(allOf).map(({ finding }) => finding));
    const rest = ranked.filter(({ finding }) => !included.has(finding));
    const isListed = rest.every(({ finding }) => reaches(finding.severity, leastShown));
    const how = isListed ? '--verbose' : '--verbose --severity hint';
    const blocks = blocksOf(besideTheirFile(shown, isFixture), { ...view, mostRelated: isAll ? 3 : 0 });
    text = joined([summary, ...blocks, more(rest, how, report, { ...view, mostLines: 30 })]);
    if (text.split('\n').length <= MOST_LINES) break;
  }
  return text;
}

function joined(blocks: readonly (readonly string[])[]): string {
  const filled = blocks.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Groups findings of the same file and rank, which share the path. */
function blocksOf(findings: readonly ShownFinding[], view: FindingView): readonly (readonly string[])[] {
  return runsOf(findings).map((run) => fileLines(run[0]!.finding.uri, run, view));
}

function runsOf(findings: readonly ShownFinding[]): readonly (readonly ShownFinding[])[] {
  const runs: ShownFinding[][] = [];
  for (const reported of findings) {
    const last = runs.at(-1);
    if (last !== undefined && last[0]!.finding.uri === reported.finding.uri) last.push(reported);
    else runs.push([reported]);
  }
  return runs;
}

/** Formats what is only counted. */
function more(
  findings: readonly ReportedFinding[],
  how: string,
  report: Report,
  view: FindingView & { readonly mostLines: number },
): readonly string[] {
  if (findings.length === 0) return [];
  const heading = `${plural(findings.length, 'more finding')}; list all with ${how}`;
  return [view.paint.strong(heading), ...groupLines(findings, report, view)];
}

/** Formats findings by file, worst file first, and by place within each. */
function byFile(ranked: readonly ShownFinding[], view: FindingView): readonly (readonly string[])[] {
  const files = groupBy(ranked, ({ finding }) => finding.uri);
  return [...files].map(([uri, findings]) =>
    fileLines(
      uri,
      [...findings].sort(({ finding: a }, { finding: b }) => a.span.start - b.span.start),
      view,
    ),
  );
}

function hiddenLine(count: number, leastShown: Severity): readonly string[] {
  if (count === 0) return [];
  return [`${plural(count, 'finding')} below "${leastShown}"; list them with --severity hint`];
}
