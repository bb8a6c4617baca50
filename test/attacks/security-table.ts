import type { Cell, Outcome } from './fixtures.ts';
import type { Family } from './managers.ts';
import type { Project } from './mechanism.ts';
import { MECHANISMS } from './mechanisms/index.ts';
import { isProved } from './reported.ts';
import type { CellReport } from './reports.ts';

/** A cell with the outcome of its manager and the product's reports. */
export interface Judged {
  readonly cell: Cell;
  readonly managerVersion: string;
  readonly outcome: Outcome;
  readonly report: CellReport;
}

const SECTIONS: readonly (readonly [title: string, family: Family])[] = [
  ['npm', 'npm'],
  ['pnpm', 'pnpm'],
  ['Yarn 1', 'yarn-classic'],
  ['Yarn 3 and 4', 'yarn-berry'],
  ['Bun', 'bun'],
];

/** Returns the page of all cells. It contains no paths, ports or times, so that equal results give the same text. */
export function securityTable(judged: readonly Judged[]): string {
  const proved = judged.filter(({ outcome }) => isProved(outcome)).length;
  return `# Evasions, proved with the real package managers

A change to a lockfile or a configuration can install another package than the project means. Each row below is one way
to do that. For each cell the real package manager ran its frozen install on loopback, with an empty cache, and a
harmless package with a marker file shows whether it was installed. \`npm run test:long\` makes this page anew.

- **installs**: the planted package is installed.
- refuses: the manager ends with this error.
- ignores: the install ends well, without the planted package.
- check: the rule that reports the exact token, in \`dephygiene check\` without any network. "not alone" means that an honest
  change looks the same to whoever does not see the state before it.
- diff: whether \`dephygiene diff\` names what changed.

${judged.length} installs were tried, and ${proved} of them install the planted package.
${SECTIONS.map(([title, family]) =>
  section(
    title,
    judged.filter(({ cell }) => cell.project.base.family === family),
  ),
).join('')}`;
}

function section(title: string, judged: readonly Judged[]): string {
  if (judged.length === 0) return '';
  const columns = [...new Set(judged.map(columnOf))];
  const rows = MECHANISMS.flatMap(({ id, title: words }) => {
    const cells = judged.filter(({ cell }) => cell.mechanism.id === id);
    if (cells.length === 0) return [];
    const outcomes = columns.map((column) =>
      describeOutcome(cells.filter((one) => columnOf(one) === column)),
    );
    return [[words, ...outcomes, describeCheck(cells), describeDiff(cells)]];
  });
  const head = ['Change', ...columns, 'check', 'diff'];
  return `\n## ${title}\n\n${[head, head.map(() => '---'), ...rows].map(row).join('\n')}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** Returns a manager with its version and that of its lockfile. */
function columnOf({ cell: { project }, managerVersion }: Judged): string {
  const name = project.base.manager.split(' ')[0]!;
  return `${name} ${managerVersion} (${lockfileVersionOf(project)})`;
}

function lockfileVersionOf({ lockfile, base }: Project): string {
  if (base.family === 'yarn-classic') return 'v1';
  const version = /^\s*"?(?:lockfileVersion|version)"?: '?([\d.]+)/m.exec(lockfile)?.[1] ?? '?';
  return base.family === 'pnpm' ? version : `v${version}`;
}

function describeOutcome(cells: readonly Judged[]): string {
  const words = new Set(cells.map(({ outcome }) => (isProved(outcome) ? '**installs**' : outcome)));
  return words.size === 0 ? '' : [...words].join(', ');
}

function describeCheck(cells: readonly Judged[]): string {
  const rules = new Set(
    cells.flatMap(({ report }) => (report.check === undefined ? [] : [`\`${report.check.rule}\``])),
  );
  if (rules.size > 0) return [...rules].sort().join(', ');
  return cells.every(({ cell }) => cell.mechanism.reportedBy === 'diff') ? 'not alone' : '';
}

function describeDiff(cells: readonly Judged[]): string {
  if (cells.every(({ cell }) => cell.mechanism.reportedBy === 'check')) return 'no lockfile';
  return cells.every(({ report }) => report.diff) ? 'yes' : 'no';
}
