import { groupBy } from '../../../read/text/group-by.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { group, namesAndMore, plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { table } from '../table.ts';
import type { MonitoredPackage, MonitoredUse, MonitorReport } from './monitor-report.ts';

const HEADS = ['Package', 'Uses', 'What', 'Times', 'First call'];
const KINDS: Readonly<Record<MonitoredUse['kind'], string>> = {
  processes: 'processes',
  network: 'network',
  files: 'files',
  'dynamic-code': 'dynamic code',
  environment: 'environment',
  'native-code': 'native code',
  workers: 'worker threads',
};
const MOST_DETAILS = 4;
const MOST_LETTERS = 100;

/** Formats what was seen as a table by package, with a trailing newline. */
export function monitorText(report: MonitorReport, columns: number): string {
  const { command, processes, workers, packages, permission, gaps } = report;
  const threads = workers === 0 ? '' : ` and ${plural(workers, 'worker thread')}`;
  const lines = [
    ...wrap(
      visibleText(`Observed ${plural(processes, 'process', 'processes')}${threads} of ${command}`),
      columns,
    ),
  ];
  const rows = packages.flatMap(rowsOf);
  lines.push('');
  if (rows.length > 0) lines.push(...table(HEADS, rows, columns), '');
  else if (processes > 0)
    lines.push('No processes, network, file writes, dynamic code or environment reads.', '');
  if (permission !== undefined)
    lines.push(
      'Permission flags for what was seen:',
      ...permission.map((flag) => `  ${quoted(visibleText(flag))}`),
      '',
    );
  for (const gap of gaps) lines.push(...wrap(visibleText(`Not observed: ${gap}`), columns));
  if (lines.at(-1) === '') lines.pop();
  return `${lines.join('\n')}\n`;
}

/** Returns a row for each kind of use, files apart by where they are. */
function rowsOf(found: MonitoredPackage): readonly (readonly string[])[] {
  const groups = [...groupBy(found.uses, ({ kind, place }) => `${kind} ${place ?? ''}`).values()];
  return groups.map((uses, at) => {
    const { kind, place, stack } = uses[0]!;
    const details = detailsOf(uses);
    return [
      at === 0 ? visibleText(nameOf(found)) : '',
      place === undefined ? KINDS[kind] : `${KINDS[kind]} ${place}`,
      visibleText(namesAndMore(details, MOST_DETAILS)),
      group(uses.reduce((total, { count }) => total + count, 0)),
      visibleText(firstCall(stack)),
    ];
  });
}

/** Returns the details of a row; of many files, the folders that they are in. */
function detailsOf(uses: readonly MonitoredUse[]): readonly string[] {
  const details = uses.map(({ detail }) => shortened(detail));
  if (uses[0]!.kind !== 'files' || details.length <= MOST_DETAILS) return details;
  return [...new Set(details.map((path) => path.replace(/[^\\/]*$/, '') || './'))];
}

function shortened(detail: string | undefined): string {
  if (detail === undefined) return 'others';
  if (detail === '*') return 'all';
  return detail.length > MOST_LETTERS ? `${detail.slice(0, MOST_LETTERS)}…` : detail;
}

function nameOf({ type, name, version }: MonitoredPackage): string {
  if (type !== 'package') return type === 'program' ? '(program)' : '(unknown)';
  return version === undefined ? name! : `${name} ${version}`;
}

/** Returns where it was called, and the first place on the stack in another package. */
function firstCall(stack: MonitoredUse['stack']): string {
  const [first] = stack;
  if (first === undefined) return '';
  const folder = packageFolder(first.file);
  const outer = stack.find(({ file }) => packageFolder(file) !== folder);
  const own = `${first.file.slice(folder.length)}:${first.line}`;
  if (outer === undefined) return own;
  const by = packageFolder(outer.file).replace(/^.*node_modules[\\/]|[\\/]$/g, '');
  return `${own} by ${by === '' ? `${outer.file}:${outer.line}` : by}`;
}

function packageFolder(file: string): string {
  return /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+[\\/]/.exec(file)?.[0] ?? '';
}

function quoted(flag: string): string {
  return /^[\w./:=@-]+$/.test(flag) ? flag : `'${flag.replaceAll("'", String.raw`'\''`)}'`;
}
