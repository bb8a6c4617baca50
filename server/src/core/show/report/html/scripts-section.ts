import { namesAndMore, plural } from '../../../read/text/words/words.ts';
import { pathsFrom } from '../check/report.ts';
import { type ScriptRow, UNKNOWN } from '../scripts/scripts-report.ts';
import { DECISION } from '../scripts/scripts-text.ts';
import { describeProject } from './finding-places.ts';
import { type Markup, markup, type Part } from './markup.ts';
import type { PageInput } from './page-input.ts';
import { pageTable, type Row, type Section } from './page-parts.ts';

const MOST_NAMED = 8;

/** Shows which locked packages run code when they are installed, as `dephygiene scripts` does. */
export function scriptsSection({ report, projects }: PageInput): Section {
  const path = pathsFrom(report.root);
  const locked = projects.filter(({ scripts }) => scripts.hasLockfile);
  const several = locked.length > 1;
  const rows = locked.flatMap((project) =>
    project.scripts.rows.map(
      (row): Row => ({ cells: cellsOf(row, several ? describeProject(project, path) : undefined) }),
    ),
  );
  const unknown = [...new Set(locked.flatMap(({ scripts }) => scripts.unknown))];
  const open = locked.flatMap(({ scripts }) =>
    scripts.unknown.filter((name) => !scripts.unknownDecided.includes(name)),
  );
  const decided = unknown.length - new Set(open).size;
  return {
    id: 'scripts',
    title: 'Install scripts',
    count: rows.length,
    body: markup`${rows.length === 0 ? markup`<p>No locked package is known to have an install script.</p>` : undefined}${
      rows.length === 0
        ? undefined
        : pageTable(
            'Locked packages that run code when they are installed, unreviewed ones first',
            ['Package', 'Decision', 'On install', { title: 'Script', look: 'wide' }, 'Seen in'],
            rows,
          )
    }${
      unknown.length === 0
        ? undefined
        : markup`<p>Unknown for ${plural(unknown.length, 'package')}, as ${UNKNOWN}: ${namesAndMore(unknown, MOST_NAMED)}.${decisionNote(decided)}</p>`
    }`,
  };
}

/** Explains why the rules, which need no script where the project has decided, count fewer packages. */
function decisionNote(decided: number): string | undefined {
  if (decided === 0) return undefined;
  const [has, is] = decided === 1 ? ['has', 'is'] : ['have', 'are'];
  return ` Of these, ${plural(decided, 'package')} ${has} a decision, and ${is} not listed as not checked.`;
}

function cellsOf(row: ScriptRow, project: string | undefined): readonly Part[] {
  const { name, version, scripts, seenIn, suspicious, isMalware, decision, outcome } = row;
  const where = project === undefined ? undefined : markup`<span class="line">${project}</span>`;
  return [
    markup`<code>${version === null ? name : `${name} ${version}`}</code>${where}`,
    decision === 'unreviewed'
      ? markup`<span class="count warning">${DECISION[decision]}</span>`
      : DECISION[decision],
    outcome ?? 'unknown',
    markup`${scripts.length === 0 ? 'unknown' : scripts.map(scriptLine)}${isMalware ? markup`<span class="line"><span class="count error">Malware:</span> known malware.</span>` : undefined}${suspicious === null ? undefined : markup`<span class="line"><span class="count warning">Suspicious:</span> ${suspicious}.</span>`}`,
    seenIn.join(', '),
  ];
}

const LONGEST = 200;

function scriptLine([name, command]: readonly [string, string]): Markup {
  const shown = command.length > LONGEST ? `${command.slice(0, LONGEST)}…` : command;
  return markup`<span class="line">${name}: <code>${shown}</code></span>`;
}
