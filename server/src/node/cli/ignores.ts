import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CoverageGap } from '../../core/judge/check/coverage.ts';
import { fileGap } from '../../core/judge/check/file-gap.ts';
import { policyUriOf } from '../../core/judge/policy/edit-policy.ts';
import { foreignIgnoresIn } from '../../core/judge/policy/import/foreign-ignores-in.ts';
import {
  type ImportPlan,
  type ImportSource,
  planImport,
} from '../../core/judge/policy/import/plan-import.ts';
import { dayOf } from '../../core/read/policy-file/day.ts';
import { addIgnores } from '../../core/read/policy-file/edit-policy-text.ts';
import { AUDIT_FILES, type AuditIgnores } from '../../core/read/policy-file/import/audit-ignores.ts';
import type { IgnoreTool } from '../../core/read/policy-file/import/foreign-ignore.ts';
import { readAuditFile } from '../../core/read/policy-file/import/read-audit-file.ts';
import { maxIgnoreDays } from '../../core/read/policy-file/max-ignore-days.ts';
import { applyEdits } from '../../core/read/text/edit.ts';
import { parseJsonTree, propertyOf } from '../../core/read/text/json/json-tree.ts';
import { relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import { gapLines } from '../../core/show/report/check/gap-lines.ts';
import { importText } from '../../core/show/report/import-text.ts';
import { configReaders, loadConfigReaders } from '../../engine/projects/config-readers.ts';
import type { ProjectSnapshot } from '../../engine/session.ts';
import { DEFAULT_SETTINGS } from '../../engine/settings.ts';
import { uriOfPath } from '../disk-files.ts';
import { reasonOf } from '../files/file-problem.ts';
import { writeInProject } from '../files/write-in-project.ts';
import type { Command } from './command.ts';
import { WrongUse } from './exit-code.ts';
import { type Arguments, readArguments } from './given/arguments.ts';
import { directoryOf, repositoryOf } from './given/given-directory.ts';
import { readGiven } from './given/read-given.ts';
import { loadProject } from './one-project.ts';

const HELP = `Imports other tools' ignore lists into dependency-hygiene.json.

Usage
  dephygiene ignores import [dir] [options]

Options
  --from <file>   read only this file: an audit-resolve.json, .nsprc,
                  audit-ci.json or osv-scanner.toml of any name
  --write         write dependency-hygiene.json. Without it the entries are only
                  printed

It reads audit-resolve.json (npm-audit-resolver), .nsprc (better-npm-audit),
audit-ci.json and audit-ci.jsonc, osv-scanner.toml, and the lists of pnpm and
Yarn in pnpm-workspace.yaml, package.json and .yarnrc.yml. Reasons and expiry
dates are kept. A comment beside an entry is its reason. An entry without an
expiry date gets the latest that the project allows: half a year, unless
audit-ignore-invalid is configured otherwise. Entries that cannot be imported
are listed with the reason.

Exit code
  0   everything was read, imported or not
  2   usage error, or a file could not be written or read completely

Examples
  dephygiene ignores import --write
`;

/** Manages what a project accepts: for now, imports it from other tools. */
export const ignores: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('ignores', args, { from: 'string', write: 'boolean' });
    const [action, ...rest] = given.positionals;
    if (action !== 'import')
      throw new WrongUse(`ignores needs a subcommand; run "dephygiene ignores import".`);
    const directory = await directoryOf('ignores import', rest);
    const { session, ports, snapshot } = await loadProject(directory, DEFAULT_SETTINGS, terminal);
    const project = snapshot();
    const textOf = session.snapshot().textOf;
    session.dispose();
    terminal.progress.end();
    const { sources, gaps } = await sourcesOf(project, given);
    const { lockfile, policy } = project.project;
    const plan = planImport(sources, policy, {
      today: dayOf(ports.clock.now()),
      days: maxIgnoreDays(policy),
      lockfiles: lockfile === undefined ? [] : [lockfile],
      advisories: project.advisories,
    });
    const target = policyUriOf(project.project);
    const written = given.flag('write') && plan.added.length > 0;
    if (written) await write(await repositoryOf(directory), target, textOf(target), plan);
    const shown = relativeUri(project.project.root, target);
    const { columns, colour } = terminal;
    const unread = gaps.flatMap((gap) => gap ?? []);
    const isWhole = unread.length === 0;
    terminal.out(importText(plan, { columns, colour, target: shown, written, isWhole }));
    if (isWhole) return 0;
    const lines = ['dephygiene: not every entry was read:', ...gapLines(unread, columns)];
    terminal.error(`${lines.join('\n')}\n`);
    return 2;
  },
};

async function sourcesOf(
  { project, files, statuses }: ProjectSnapshot,
  given: Arguments,
): Promise<ReadSources> {
  const from = given.text('from');
  if (from !== undefined) {
    const { uri, text, problems, ignores: found } = await readForeignFile(from);
    const [problem] = problems;
    const status = problem === undefined ? 'checked' : 'partial';
    const gap = fileGap({ uri, kind: 'audit-ignores', status, reason: problem?.message }, from);
    return { sources: [{ path: from, text, ignores: found }], gaps: [gap] };
  }
  const sources = [...files]
    .map(([uri, file]) => ({
      path: relativeUri(project.root, uri),
      text: file.text,
      ignores: foreignIgnoresIn(file, project),
    }))
    .filter(({ ignores: found }) => found.length > 0)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return { sources, gaps: statuses.map((file) => fileGap(file, relativeUri(project.root, file.uri))) };
}

interface ReadSources {
  readonly sources: readonly ImportSource[];
  /** The gap of each file; undefined if it was read completely. */
  readonly gaps: readonly (CoverageGap | undefined)[];
}

async function readForeignFile(typed: string): Promise<AuditIgnores> {
  const path = resolve(typed);
  const bytes = await readGiven(`--from ${typed}`, path, 'the path of a file with ignored advisories');
  const text = new TextDecoder('utf-8').decode(bytes);
  const uri = uriOfPath(path);
  const tool = AUDIT_FILES.get(basename(path)) ?? toolOf(path, text);
  if (tool !== 'osv-scanner') return readAuditFile(uri, text, tool);
  await loadConfigReaders();
  const read = configReaders()?.readOsvScanner(uri, text);
  if (read === undefined)
    throw new WrongUse(`--from ${typed} cannot be read: the reader of TOML is missing.`);
  return read;
}

/** Detects the tool from the content of a file with another name. */
function toolOf(path: string, text: string): IgnoreTool {
  if (path.endsWith('.toml')) return 'osv-scanner';
  const { root } = parseJsonTree(text, { trailingCommas: true });
  if (propertyOf(root, 'decisions') !== undefined) return 'audit-resolve';
  return propertyOf(root, 'allowlist') === undefined ? 'better-npm-audit' : 'audit-ci';
}

async function write(
  folder: string,
  uri: Uri,
  before: string | undefined,
  { added }: ImportPlan,
): Promise<void> {
  const path = fileURLToPath(uri);
  const edits = addIgnores(
    before,
    added.map(({ entry }) => entry),
  );
  if (edits === undefined) {
    throw new WrongUse(`${path} is not valid JSON, so nothing can be added to it; fix it first.`);
  }
  const text = applyEdits(before ?? '', edits);
  await writeInProject({ folder, path, before, text }).catch((error: unknown) => {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    throw new WrongUse(`${path} ${reason}; nothing was written.`);
  });
}
