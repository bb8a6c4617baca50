import { describeStarted } from '../../../core/know/scripts/describe-started.ts';
import { decisionOn, type Wanted } from '../../../core/know/scripts/write-decision.ts';
import { visibleText } from '../../../core/read/text/words/visible-text.ts';
import { plural } from '../../../core/read/text/words/words.ts';
import type { ScriptRow, ScriptsReport } from '../../../core/show/report/scripts/scripts-report.ts';
import { DECISION } from '../../../core/show/report/scripts/scripts-text.ts';
import type { Terminal } from '../terminal.ts';

/** The decisions of one review. */
export interface Review {
  readonly wanted: readonly Wanted[];
  /** Whether the user ended it with Ctrl-C: then nothing is written. */
  readonly isAborted: boolean;
}

/** Asks for a decision on each unreviewed script with one key, and returns the decisions made. */
export async function reviewScripts(
  report: ScriptsReport,
  { out }: Pick<Terminal, 'out'>,
  key: () => Promise<string>,
): Promise<Review> {
  const open = report.rows.filter(({ decision }) => decision === 'unreviewed');
  const wanted: Wanted[] = [];
  out(`${plural(open.length, 'unreviewed install script')}. Nothing is written before the end.\n`);
  for (const [at, row] of open.entries()) {
    out(`\n${describeRow(row, at + 1, open.length)}`);
    const choices = choicesFor(row, report);
    out(`${[...choices].map(([letter, { words }]) => `[${letter}] ${words}`).join('  ')} `);
    const letter = await chosen(choices, key);
    if (letter === undefined) {
      out('\nAborted. Nothing was written.\n');
      return { wanted: [], isAborted: true };
    }
    const { said, decision } = choices.get(letter)!;
    out(`${said}\n`);
    if (letter === 'q') break;
    if (decision !== undefined) wanted.push(decision);
  }
  return { wanted, isAborted: false };
}

/** The packages whose decisions the user withdraws. */
export interface Withdrawal {
  readonly names: ReadonlySet<string>;
  /** Whether the user ended it with Ctrl-C: then nothing is written. */
  readonly isAborted: boolean;
}

/** Returns the packages with decisions in the project's files. */
export function decidedRows({ rows }: ScriptsReport): readonly ScriptRow[] {
  const seen = new Set<string>();
  return rows.filter(({ name, decision }) => {
    const isOther = (decision === 'approved' || decision === 'denied') && !seen.has(name);
    seen.add(name);
    return isOther;
  });
}

/** Asks for each decided package with one key whether its decisions are withdrawn. */
export async function reviewDecided(
  report: ScriptsReport,
  { out }: Pick<Terminal, 'out'>,
  key: () => Promise<string>,
): Promise<Withdrawal> {
  const decided = decidedRows(report);
  const names = new Set<string>();
  out(`${plural(decided.length, 'package')} with decisions. Nothing is written before the end.\n`);
  for (const [at, row] of decided.entries()) {
    out(`\n${describeRow(row, at + 1, decided.length)}`);
    out(`  ${DECISION[row.decision]} in ${visibleText(row.setting ?? '')}\n`);
    out(`${[...ON_DECIDED].map(([letter, { words }]) => `[${letter}] ${words}`).join('  ')} `);
    const letter = await chosen(ON_DECIDED, key);
    if (letter === undefined) {
      out('\nAborted. Nothing was written.\n');
      return { names: new Set(), isAborted: true };
    }
    out(`${ON_DECIDED.get(letter)!.said}\n`);
    if (letter === 'q') break;
    if (letter === 'w') names.add(row.name);
  }
  return { names, isAborted: false };
}

const ON_DECIDED: ReadonlyMap<string, Choice> = new Map([
  ['w', { words: 'withdraw', said: 'withdrawn' }],
  ['k', { words: 'keep', said: 'kept' }],
  ['q', { words: 'quit', said: 'quit' }],
]);

interface Choice {
  readonly words: string;
  readonly said: string;
  readonly decision?: Wanted;
}

function choicesFor(row: ScriptRow, { canDeny }: ScriptsReport): ReadonlyMap<string, Choice> {
  const choices = new Map<string, Choice>();
  const approve = decisionOn(row.subject, true);
  const deny = decisionOn(row.subject, false);
  // Malware is never offered for approval.
  if (!row.isMalware)
    choices.set('a', {
      words: `approve ${visibleText(approve.key)}`,
      said: 'approved',
      decision: approve,
    });
  if (canDeny)
    choices.set('d', {
      words: `deny ${visibleText(deny.key)}`,
      said: 'denied',
      decision: deny,
    });
  choices.set('s', { words: 'skip', said: 'skipped' });
  choices.set('q', { words: 'quit', said: 'quit' });
  return choices;
}

const INTERRUPT = '\u0003';
const END_OF_INPUT = '\u0004';

/** Returns undefined for Ctrl-C. Other keys are ignored. */
async function chosen(
  choices: ReadonlyMap<string, Choice>,
  key: () => Promise<string>,
): Promise<string | undefined> {
  for (;;) {
    const pressed = (await key()).toLowerCase();
    if (pressed === INTERRUPT || pressed === END_OF_INPUT) return undefined;
    if (choices.has(pressed)) return pressed;
  }
}

function describeRow(row: ScriptRow, at: number, of: number): string {
  const { name, version, scripts, files, suspicious, isMalware } = row;
  const does = describeStarted(files);
  const lines = [
    `${at}/${of}  ${name}${version === null ? '' : ` ${version}`}`,
    ...scripts.map(([script, command]) => `  ${script}: ${command}`),
    ...(scripts.length === 0
      ? ['  script text unknown; install the project without scripts, or add --trust']
      : []),
    ...(does === undefined ? [] : [`  File: ${does}`]),
    ...(isMalware ? ['  Malware: this version is known malware'] : []),
    ...(suspicious === null ? [] : [`  Suspicious: it ${suspicious}`]),
  ];
  return `${lines.map(visibleText).join('\n')}\n`;
}
