import { describeStarted } from '../core/know/scripts/describe-started.ts';
import { isNewScript } from '../core/know/scripts/new-script.ts';
import { pruneDecisions } from '../core/know/scripts/remove-decisions.ts';
import { decisionOn, decisionTitle, writeDecisions } from '../core/know/scripts/write-decision.ts';
import { splitRegistryKey } from '../core/read/manager/decision-key.ts';
import { specOf } from '../core/read/manager/managers.ts';
import type { Project } from '../core/read/project/project.ts';
import type { Uri } from '../core/read/text/paths/uri.ts';
import { maskSecrets } from '../core/read/text/secrets/mask-secrets.ts';
import type { Span } from '../core/read/text/span.ts';
import { namesAndMore, plural } from '../core/read/text/words/words.ts';
import {
  type RowDecision,
  type ScriptRow,
  type ScriptsReport,
  UNKNOWN,
} from '../core/show/report/scripts/scripts-report.ts';
import { commandsOf, DECISION } from '../core/show/report/scripts/scripts-text.ts';
import type { ProjectSnapshot, Snapshot } from '../engine/session.ts';
import type { ScriptChoice, ScriptEntry, ScriptGroup, ScriptPlace } from './messages.ts';
import { pathInFolders } from './path-in-folders.ts';
import type { ServerState } from './server-state.ts';

/** A project with its install scripts. */
export interface ListedProject {
  readonly owner: ProjectSnapshot;
  readonly report: ScriptsReport;
  readonly snapshot: Snapshot;
}

type Server = Pick<ServerState, 'proto' | 'folders'>;

/** Returns one sentence about the scripts of all projects. */
export function scriptsSummary(listed: readonly ListedProject[]): string {
  const rows = listed.flatMap(({ report }) => report.rows);
  const count = (...of: readonly RowDecision[]) =>
    rows.filter(({ decision }) => of.includes(decision)).length;
  const open = count('unreviewed');
  if (open > 0)
    return `${plural(open, 'package')} ${open === 1 ? 'has' : 'have'} unreviewed install scripts.`;
  if (rows.length === 0) return 'No locked package is known to have an install script.';
  const undecidable = listed.find(({ report }) => report.rows.some((row) => row.decision === 'undecidable'));
  if (undecidable !== undefined) return `Nothing can be decided. ${undecidable.report.howToDecide}.`;
  const decided = (['approved', 'denied'] as const)
    .filter((decision) => count(decision) > 0)
    .map((decision) => `${count(decision)} ${decision}`);
  return `Nothing to decide${decided.length === 0 ? '' : `: ${decided.join(', ')}`}.`;
}

/** Returns the entries of all projects: those to decide on, stale decisions, the others, and what was not checked. */
export function scriptGroups(server: Server, listed: readonly ListedProject[]): readonly ScriptGroup[] {
  const of = (...builders: ((server: Server, one: ListedProject) => ScriptGroup)[]) =>
    builders.flatMap((build) => listed.map((one) => build(server, one)));
  return of(unreviewed, stale, undecidable, decided, notChecked).filter(({ entries }) => entries.length > 0);
}

function unreviewed(server: Server, one: ListedProject): ScriptGroup {
  const rows = one.report.rows.filter(({ decision }) => decision === 'unreviewed');
  const description = `unreviewed, ${one.report.effect}`;
  const entries = rows.map((row) =>
    entryOf(row, description, [...decisionsOn(server, one, row), ...places(server, one, row)]),
  );
  const heading = headed(server, one, `${rows.length} unreviewed`);
  return { heading, entries: [...entries, ...approveAll(server, one, rows)] };
}

function decisionsOn(server: Server, one: ListedProject, row: ScriptRow): readonly ScriptChoice[] {
  const { project } = one.owner;
  const { subject, isMalware, suspicious, name } = row;
  // The first choice is made with the fewest keys.
  const isDoubtful = suspicious !== null || isNewScript(name, project);
  return [!isDoubtful, isDoubtful].flatMap((allowed): ScriptChoice[] => {
    if (allowed ? isMalware : !one.report.canDeny) return [];
    const written = writeDecisions([decisionOn(subject, allowed)], project);
    if (written === undefined) return [];
    const type = allowed ? 'approve' : 'deny';
    const { package: name, version } = subject;
    const request = { type, uri: uriOf(server, project), packages: [{ package: name, version }] } as const;
    return [{ type, title: decisionTitle(subject, allowed, written), arguments: [request] }];
  });
}

/**
 * Offers to approve at once all scripts whose text the list shows, if there are several: none that is suspicious, known
 * malware, or the first script of its package since the base.
 */
function approveAll(
  server: Server,
  { owner: { project } }: ListedProject,
  rows: readonly ScriptRow[],
): readonly ScriptEntry[] {
  const shown = rows.filter(
    ({ scripts, suspicious, isMalware, name }) =>
      scripts.length > 0 && suspicious === null && !isMalware && !isNewScript(name, project),
  );
  if (shown.length < 2) return [];
  const written = writeDecisions(
    shown.map(({ subject }) => decisionOn(subject, true)),
    project,
  );
  if (written === undefined) return [];
  const packages = shown.map(({ name, version }) => ({ package: name, version }));
  const left = rows.length - shown.length;
  const label = `Approve all ${shown.length} reviewed scripts`;
  return [
    {
      label,
      description: left === 0 ? '' : `without ${left} to be decided one by one`,
      detail: shown.map(({ name, version }) => (version === null ? name : `${name} ${version}`)).join(', '),
      isAlarming: false,
      choices: [
        {
          type: 'approve',
          title: `${label}: add ${written.content} to ${written.setting}`,
          arguments: [{ type: 'approve', uri: uriOf(server, project), packages }],
        },
      ],
    },
  ];
}

function stale(server: Server, one: ListedProject): ScriptGroup {
  const { project } = one.owner;
  const pruned = pruneDecisions(project);
  const entries: ScriptEntry[] = [];
  if (pruned !== undefined) {
    const label = `Remove ${plural(pruned.keys.length, 'stale approval')}`;
    const keys = namesAndMore(pruned.keys, MOST_NAMES);
    entries.push({
      ...{ label, description: 'not locked', detail: keys, isAlarming: false },
      choices: [
        {
          type: 'prune',
          title: `${label}: ${keys}`,
          arguments: [{ type: 'prune', uri: uriOf(server, project) }],
        },
      ],
    });
  }
  return { heading: headed(server, one, 'stale approvals'), entries };
}

function undecidable(server: Server, one: ListedProject): ScriptGroup {
  const { rows, effect, howToDecide } = one.report;
  const entries = rows
    .filter(({ decision }) => decision === 'undecidable')
    .map((row) => entryOf(row, effect, places(server, one, row)));
  const heading = headed(server, one, 'no decision possible');
  const how = { label: 'Why', description: '', detail: `${howToDecide}.`, isAlarming: false, choices: [] };
  return { heading, entries: entries.length === 0 ? [] : [...entries, how] };
}

function decided(server: Server, one: ListedProject): ScriptGroup {
  const rows = one.report.rows.filter(
    ({ decision }) => decision !== 'unreviewed' && decision !== 'undecidable',
  );
  const entries = rows.map((row) => {
    const where = row.setting === null ? '' : ` in ${row.setting}`;
    const outcome = row.outcome === null ? '' : `, ${OUTCOME[row.outcome]}`;
    const description = `${DECISION[row.decision]}${where}${outcome}`;
    return entryOf(row, description, [...openDecision(server, one, row), ...places(server, one, row)]);
  });
  return { heading: headed(server, one, 'decided'), entries };
}

function notChecked(server: Server, one: ListedProject): ScriptGroup {
  const { unknown, unread, hasLockfile } = one.report;
  const reasons = [
    ...unread.map(({ subject, detail }) => `${subject}: ${detail}`),
    ...(hasLockfile || unread.length > 0 ? [] : ['no lockfile that can be read was found']),
    ...(unknown.length === 0
      ? []
      : [`${plural(unknown.length, 'package')}, as ${UNKNOWN}: ${namesAndMore(unknown, MOST_NAMES)}`]),
  ];
  const heading = headed(server, one, 'not checked');
  const entries = reasons.map((reason) => ({
    ...{ label: 'Not checked', description: '', detail: `${heading}: ${reason}.` },
    ...{ isAlarming: false, choices: [] },
  }));
  return { heading, entries };
}

const MOST_NAMES = 5;

const OUTCOME = { runs: 'runs on install', skipped: 'skipped on install', fails: 'fails the install' };

function entryOf(row: ScriptRow, description: string, choices: readonly ScriptChoice[]): ScriptEntry {
  const { name, version, files, suspicious, isMalware } = row;
  const does = describeStarted(files);
  const alarms = [
    ...(isMalware ? ['Known malware.'] : []),
    ...(suspicious === null ? [] : [`Suspicious: it ${suspicious}.`]),
  ];
  return {
    label: version === null ? name : `${name} ${version}`,
    description,
    detail: [...alarms, shortened(commandsOf(row)), ...(does === undefined ? [] : [`File: ${does}.`])].join(
      ' ',
    ),
    isAlarming: alarms.length > 0,
    choices,
  };
}

/** Cuts what no line shows. Secrets are masked first, as a part of one would not be recognized. */
function shortened(commands: string): string {
  const shown = maskSecrets(commands);
  return shown.length > MOST_CHARACTERS ? `${shown.slice(0, MOST_CHARACTERS)}…` : shown;
}

const MOST_CHARACTERS = 1000;

/** Offers to open the entry, and the package.json with the script. */
function places(
  server: Server,
  { owner, snapshot }: ListedProject,
  { entry, installedAt }: ScriptRow,
): readonly ScriptChoice[] {
  const place = placeOf(server, owner.project.lockfile!.uri, entry.keySpan, snapshot);
  const opened: ScriptChoice = { type: 'open', title: 'Open the lockfile entry', place };
  if (installedAt === undefined) return [opened];
  const title = 'Open the installed package.json';
  return [opened, { type: 'open', title, place: { uri: installedAt, line: 0, character: 0 } }];
}

/** Offers the first line that decides on the package. */
function openDecision(
  server: Server,
  { owner: { project }, snapshot }: ListedProject,
  { name, setting }: ScriptRow,
): readonly ScriptChoice[] {
  const written = specOf(project.manager)
    .scripts.written(project)
    .find(({ key }) => splitRegistryKey(key.value)?.name === name);
  const file = written?.file === 'workspace' ? project.pnpmWorkspace : project.rootManifest;
  if (written === undefined || file === undefined || setting === null) return [];
  const place = placeOf(server, file.uri, written.key.span, snapshot);
  return [{ type: 'open', title: `Open the decision in ${written.setting}`, place }];
}

function placeOf({ proto }: Server, uri: Uri, span: Span, snapshot: Snapshot): ScriptPlace {
  return { uri: proto.uri(uri), ...proto.range(uri, span, snapshot).start };
}

function headed({ folders }: Server, { owner: { project } }: ListedProject, what: string): string {
  return `${pathInFolders(project.root, folders)}: ${what}`;
}

/** Returns a file by which the client names the project. */
function uriOf({ proto }: Server, { rootManifest, lockfile, root }: Project): string {
  return proto.uri(rootManifest?.uri ?? lockfile?.uri ?? root);
}
