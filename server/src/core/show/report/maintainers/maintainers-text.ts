import type { AccountChange } from '../../../judge/people/package-people.ts';
import { shownText } from '../../../read/lockfile/model/shown-text.ts';
import { hanging } from '../../../read/text/hanging-text.ts';
import { formatDay } from '../../../read/text/words/dates.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { namesAndMore, plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { COLOURED, PLAIN } from '../paint.ts';
import { table } from '../table.ts';
import { changedAccounts, type MaintainersReport, maintainersCoverage } from './maintainers-report.ts';

const MOST_ACCOUNTS = 20;
const MOST_CHANGES = 50;

export interface MaintainersTextOptions {
  readonly columns: number;
  readonly colour: boolean;
  /** Whether all accounts are listed. */
  readonly verbose: boolean;
}

/** Formats the accounts as a table, then new ones, and what is unknown; with a trailing newline. */
export function maintainersText(
  report: MaintainersReport,
  { columns, colour, verbose }: MaintainersTextOptions,
): string {
  const paint = colour ? COLOURED : PLAIN;
  const lines: string[] = [...wrap(summary(report), columns)];
  const able = report.accounts.filter(({ packages }) => packages.length > 0);
  const shown = verbose ? able : able.slice(0, MOST_ACCOUNTS);
  if (shown.length > 0) {
    const rows = shown.map(({ name, packages, alone, reach, through, isProduction }) => [
      shownText(name),
      ...[packages.length, alone, reach].map(String),
      through.length === 0
        ? ''
        : namesAndMore(
            through.map((each) => shownText(each)),
            3,
          ),
      isProduction ? 'production' : 'development',
    ]);
    const heads = ['Account', 'Packages', 'Alone', 'Reaches', 'Through', 'Use'];
    lines.push('', ...table(heads, rows, columns, (text, row) => (row === -1 ? paint.strong(text) : text)));
    const more = able.length - shown.length;
    if (more > 0) lines.push(...wrap(`${plural(more, 'more account')}; --verbose lists all.`, columns));
  }
  const changes = changedAccounts(report).flatMap((account) => account.changes);
  if (changes.length > 0) lines.push('', paint.strong('New accounts:'));
  for (const change of changes.slice(0, verbose ? changes.length : MOST_CHANGES))
    lines.push(...hanging('  - ', visibleText(describeAccountChange(change)), columns));
  const { gaps } = maintainersCoverage(report);
  if (gaps.length > 0) lines.push('');
  for (const { subject, detail, packages = [] } of gaps) {
    const names = packages.length === 0 ? '' : ` (${namesAndMore(packages, 4)})`;
    lines.push(...hanging('Not checked: ', visibleText(`${subject}${names}: ${detail}.`), columns));
  }
  return `${lines.join('\n')}\n`;
}

/** Formats a change as one sentence. */
function describeAccountChange(change: AccountChange): string {
  const account = shownText(change.account);
  const name = shownText(change.package);
  if (change.kind === 'first-release')
    return `${name} ${shownText(change.version)} is the first release by ${account}, on ${formatDay(change.at)}.`;
  const day = change.at === null ? '' : ` of ${formatDay(change.at)}`;
  return `${name} can now be published by ${account}, who could not at the locked ${shownText(change.since)}${day}.`;
}

function summary(report: MaintainersReport): string {
  const { packages, accounts, unknown } = report;
  if (packages > 0 && unknown.length === packages)
    return `It is unknown who can publish the ${plural(packages, 'package name')}.`;
  const count = accounts.filter((account) => account.packages.length > 0).length;
  const known = `${packages - unknown.length} of ${plural(packages, 'package name')}`;
  const rest = unknown.length === 0 ? '' : ` For ${unknown.length} it is unknown.`;
  return `${plural(count, 'account')} can publish ${known}.${rest}`;
}
