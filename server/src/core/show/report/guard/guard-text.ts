import type { CoverageGap } from '../../../judge/check/coverage.ts';
import { groupBy } from '../../../read/text/group-by.ts';
import { displayWidth, visibleText } from '../../../read/text/words/visible-text.ts';
import { group, namesAndMore, plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { describeGap } from '../check/gap-lines.ts';
import type { GuardFinding, GuardReport } from './guard-report.ts';

/** With these limits the verdict has at most 24 lines of 80 columns. */
const MOST_FINDINGS = 4;
const MOST_LINES_EACH = 3;
const MOST_FAILED = 2;
const MOST_UNKNOWN = 1;
const MOST_LINES_OF_A_GAP = 2;
/** Fits `vulnerability` and a space. */
const SUBJECT_WIDTH = 14;

/** Formats the verdict for people: worst first, on one screen; with a trailing newline. */
export function guardText(report: GuardReport, columns: number): string {
  const { command, verdict, packages, findings, failed, unknown } = report;
  const lines = [cut(`${HEADS[verdict]}: ${visibleText(command)}`, columns)];
  if (packages !== undefined) lines.push(cut(countsOf(packages, findings), columns));
  if (report.reason !== undefined)
    lines.push(
      ...wrap(visibleText(report.reason), columns - 2)
        .slice(0, 4)
        .map(indented),
    );
  const stopping = findings.filter(({ stops }) => stops);
  const note = findings.find(isNamed);
  const shown = stopping.slice(0, note === undefined ? MOST_FINDINGS : MOST_FINDINGS - 1);
  for (const finding of shown) lines.push(...findingLines(finding, columns));
  const more = stopping.length - shown.length;
  if (more > 0)
    lines.push(cut(`  and ${group(more)} more: ${subjectCounts(stopping.slice(shown.length))}`, columns));
  if (note !== undefined) lines.push(...findingLines(note, columns));
  lines.push(
    ...gapLines('Not judged', failed, columns, MOST_FAILED),
    ...gapLines('Unknown', unknown, columns, MOST_UNKNOWN),
  );
  return `${lines.join('\n')}\n`;
}

const HEADS: Readonly<Record<GuardReport['verdict'], string>> = {
  clean: 'Nothing wrong found',
  wrong: 'Stopped',
  'not-judged': 'Not judged',
  nothing: 'Installs nothing',
};

/** Checks for a note on the name of a package that the command asks for: it may be mistyped. */
function isNamed({ stops, subject, path }: GuardFinding): boolean {
  return !stops && subject === 'name' && path.length <= 1;
}

function countsOf(
  { all, new: added }: NonNullable<GuardReport['packages']>,
  findings: GuardReport['findings'],
): string {
  const milder = findings.filter(({ stops }) => !stops);
  const counts = `  ${plural(all, 'package')}, ${group(added)} new or changed`;
  return milder.length === 0
    ? counts
    : `${counts}; ${plural(milder.length, 'note')}: ${subjectCounts(milder)}`;
}

function subjectCounts(findings: readonly GuardFinding[]): string {
  const groups = [...groupBy(findings, ({ subject }) => subject)];
  return groups.map(([subject, own]) => plural(own.length, subject, manyOf(subject))).join(', ');
}

const UNCOUNTABLE = /^(?:age|malware|provenance)$/;

function manyOf(subject: string): string {
  return UNCOUNTABLE.test(subject) ? subject : `${subject}s`.replace(/ys$/, 'ies');
}

/** Formats the subject, the message in two lines at most, and the dependency path of what is not named directly. */
function findingLines({ subject, message, path }: GuardFinding, columns: number): readonly string[] {
  const room = columns - SUBJECT_WIDTH - 2;
  const texts = wrap(visibleText(message), room);
  const most = path.length > 1 ? MOST_LINES_EACH - 1 : MOST_LINES_EACH;
  const rows =
    texts.length <= most
      ? [...texts]
      : [...texts.slice(0, most - 1), cut(texts.slice(most - 1).join(' '), room)];
  if (path.length > 1) rows.push(cut(pathText(path), room));
  return rows.map((row, at) => `  ${(at === 0 ? subject : '').padEnd(SUBJECT_WIDTH)}${row}`);
}

const MOST_STEPS = 4;

/** Formats `a > b > … > d`: both ends count. */
function pathText(path: readonly string[]): string {
  const names = path.map(visibleText);
  const steps = names.length <= MOST_STEPS ? names : [...names.slice(0, 2), '…', ...names.slice(-1)];
  return `by ${steps.join(' > ')}`;
}

function gapLines(
  label: string,
  gaps: readonly CoverageGap[],
  columns: number,
  most: number,
): readonly string[] {
  const lines = gaps.slice(0, most).flatMap((gap) => {
    const [first = '', ...others] = wrap(`${label}: ${visibleText(gapText(gap))}`, columns - 4);
    const rows = [first, ...(others.length < MOST_LINES_OF_A_GAP ? others : [others.join(' ')])];
    return rows.map((row, at) => cut(`${at === 0 ? '  ' : '    '}${row}`, columns));
  });
  // A line has no room for the reason in brackets.
  const rest = gaps.slice(most).map(({ subject }) => subject.replace(/ \(.*\)$/s, ''));
  return rest.length === 0 ? lines : [...lines, cut(`  ${label}: ${namesAndMore(rest, 1)}`, columns)];
}

/** Puts the reason first that many packages share: their names would not leave room for it. */
function gapText(gap: CoverageGap): string {
  const { kind, rules = [], packages = [], detail } = gap;
  if (kind !== 'rules' || packages.length === 0) return describeGap(gap);
  const which = rules.length === 1 ? rules[0]! : plural(rules.length, 'rule');
  const whom = packages.length === 1 ? packages[0]! : plural(packages.length, 'package');
  return `${which} for ${whom}: ${detail}`;
}

function indented(line: string): string {
  return `  ${line}`;
}

function cut(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let kept = '';
  for (const letter of text) {
    if (displayWidth(kept + letter) > columns - 1) break;
    kept += letter;
  }
  return `${kept}…`;
}
