import type { Coverage } from '../../../judge/check/coverage.ts';
import { isPossibleName } from '../../../know/identity/possible-name.ts';
import type { Severity } from '../../../read/text/finding.ts';
import { plural } from '../../../read/text/words/words.ts';
import { jsonFindings, type ListedFindings } from '../check/json.ts';
import { fewOfEach, worstFirst } from '../check/rank-findings.ts';
import type { Report } from '../check/report.ts';
import { reaches, type Summary, severityLabels, summarize } from '../check/summary.ts';
import { bounded, withoutQuotations } from './bounded.ts';

/** The state of a project for an assistant: the worst findings, all counts, and what was not checked. */
export interface ProjectAnswer {
  readonly checked: Coverage['state'];
  readonly counts: Summary;
  /** Worst first. */
  readonly findings: readonly AnsweredFinding[];
  /** How many more there are, of any severity. */
  readonly moreFindings: number;
  readonly notChecked: readonly { readonly what: string; readonly why: string; readonly advice: string }[];
  readonly moreNotChecked: number;
}

export interface AnsweredFinding {
  readonly rule: string;
  readonly severity: Severity;
  /** Null also for what no package can be called. */
  readonly package: string | null;
  readonly version: string | null;
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

export interface ProjectAnswerOptions {
  readonly leastShown: Severity;
  readonly most: number;
}

const MOST_GAPS = 10;
const PATH_LENGTH = 200;
const NAME_LENGTH = 100;

/** Reduces a report to an answer for an assistant. */
export function projectAnswer(
  report: Report,
  coverage: Coverage,
  { leastShown, most }: ProjectAnswerOptions,
): ProjectAnswer {
  const findings = worstFindings(report, { leastShown, most });
  const gaps = coverage.gaps.slice(0, MOST_GAPS);
  return {
    checked: coverage.state,
    counts: summarize(report.findings.map(({ finding }) => finding)),
    findings,
    moreFindings: report.findings.length - findings.length,
    notChecked: gaps.map(({ subject, detail, advice, packages }) => ({
      what: bounded(withoutImpossible(subject, packages), PATH_LENGTH),
      why: bounded(detail, PATH_LENGTH),
      advice: bounded(advice, PATH_LENGTH),
    })),
    moreNotChecked: coverage.gaps.length - gaps.length,
  };
}

/** Returns the worst findings of a report, with texts that are safe for an assistant. */
export function worstFindings(
  report: ListedFindings,
  { leastShown, most }: ProjectAnswerOptions,
): readonly AnsweredFinding[] {
  const listed = worstFirst(report.findings).filter(({ finding }) => reaches(finding.severity, leastShown));
  return fewOfEach(listed, most).map((chosen) => {
    const [json] = jsonFindings({ ...report, findings: [chosen] });
    const { rule, severity, path, range, message, package: written, version } = json!;
    const name = written !== undefined && isPossibleName(written) ? written : undefined;
    const said = withoutImpossible(message, written === undefined ? [] : [written]);
    return {
      ...{ rule, severity },
      package: name === undefined ? null : bounded(name, NAME_LENGTH),
      version: version === undefined ? null : bounded(version, NAME_LENGTH),
      path: bounded(path, PATH_LENGTH),
      line: range.start.line + 1,
      message: withoutQuotations(said),
    };
  });
}

/** Returns a text without names that no package can have: those may be sentences. */
function withoutImpossible(text: string, names: readonly string[] = []): string {
  return names
    .filter((name) => name !== '' && !isPossibleName(name))
    .reduce((rest, name) => rest.replaceAll(name, '…'), text);
}

/** Formats the answer as lines: counts, findings, and what was not checked. */
export function formatProject(answer: ProjectAnswer, report: ListedFindings): string {
  const { findings, notChecked, moreNotChecked } = answer;
  const lines = formatFindings(report, findings);
  for (const { what, why, advice } of notChecked)
    lines.push(`Not checked: ${what} (${why}). To do: ${advice}.`);
  if (moreNotChecked > 0) lines.push(`${plural(moreNotChecked, 'more gap')} not listed here.`);
  return lines.join('\n');
}

/** Formats the counts of all findings, a line for each of the worst, and the number of the others. */
export function formatFindings(report: ListedFindings, worst: readonly AnsweredFinding[]): string[] {
  const labels = severityLabels(report.findings.map(({ finding }) => finding)).map(([, label]) => label);
  const lines = [labels.length === 0 ? 'No findings.' : `${labels.join(', ')}.`];
  for (const { severity, rule, path, line, message } of worst)
    lines.push(`${severity} ${path}:${line} ${message} [${rule}]`);
  const more = report.findings.length - worst.length;
  if (more > 0) lines.push(`${plural(more, 'more finding')} not listed here.`);
  return lines;
}
