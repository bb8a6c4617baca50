import { visibleText } from '../../../read/text/words/visible-text.ts';
import { formatPath } from './incident-lines.ts';
import { type IncidentReport, verdictOf } from './incident-report.ts';

const COLUMNS = [
  ...['repository', 'verdict', 'package', 'version', 'ids', 'lockfile', 'now', 'from', 'to', 'installable'],
  ...['development', 'install script', 'dependency path', 'entered', 'left', 'jobs', 'installed', 'not read'],
];

/** Returns a row for each finding, and one for each repository without any, with a line of headings. */
export function incidentCsv({ repositories, gaps }: IncidentReport): string {
  const rows: (readonly string[])[] = [COLUMNS];
  for (const repository of repositories) {
    const { path, findings } = repository;
    const unread = repository.gaps.map(({ subject, reason }) => `${subject}: ${reason}`).join('; ');
    const verdict = verdictOf(repository);
    if (findings.length === 0) rows.push([path, verdict, ...Array<string>(15).fill(''), unread]);
    for (const {
      name,
      version,
      claims,
      lockfile,
      now,
      from,
      to,
      installable,
      events,
      copy,
      ...rest
    } of findings) {
      const commitsOf = (type: string) =>
        events.flatMap((event) => (event.type === type ? [event.commit] : [])).join(' ');
      const jobs = rest.jobs?.map(({ path: file, job, command }) => `${file} ${job}: ${command}`).join('; ');
      rows.push([
        ...[path, verdict, name, version],
        [...new Set(claims.flatMap(({ ids }) => ids))].join(' '),
        ...[lockfile, now.join(' '), timeOf(from), timeOf(to), installable.state],
        ...[wordOf(copy?.development), wordOf(copy?.installScript)],
        copy === undefined ? 'not looked at' : formatPath(copy.dependencyPath),
        ...[commitsOf('entered'), commitsOf('left'), jobs ?? 'not looked at'],
        ...[rest.installed.map((each) => each.path).join(' '), unread],
      ]);
    }
  }
  for (const { subject, reason } of gaps)
    rows.push(['', 'unknown', ...Array<string>(15).fill(''), `${subject}: ${reason}`]);
  return `${rows.map((row) => row.map(cell).join(',')).join('\n')}\n`;
}

function timeOf(time: number | undefined): string {
  return time === undefined ? '' : new Date(time).toISOString();
}

function wordOf(value: boolean | undefined): string {
  return value === undefined ? 'unknown' : value ? 'yes' : 'no';
}

/** Quotes a cell, and keeps spreadsheets from taking it for a formula. */
function cell(text: string): string {
  const shown = visibleText(text);
  const safe = /^[=+\-@\t\r]/.test(shown) ? `'${shown}` : shown;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
