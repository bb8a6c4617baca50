import { holdsVariables, variableChanges } from '../../../core/judge/changes/install-variables.ts';
import { isReadFile, mainFiles, namedPrograms } from '../../../core/judge/changes/named-programs.ts';
import type { InstallLink } from '../../../core/judge/changes/program-path.ts';
import { REACH_TOOLS } from '../../../core/judge/changes/reach/reach-tools.ts';
import { HEAD } from '../../../core/read/project/base.ts';
import type { ProgramChange, ProgramContents } from '../../../core/read/project/since-base.ts';
import { isWithin, relativeUri, type Uri } from '../../../core/read/text/paths/uri.ts';
import type { ChangedConfiguration } from '../../../core/show/report/diff/configuration-report.ts';
import { changedPrograms, isProgram } from '../../../engine/base/changed-programs.ts';
import { withUntracked } from '../../../engine/base/untracked-programs.ts';
import type { ReadResult } from '../../../engine/ports.ts';
import { readConfiguration } from '../../../engine/projects/read-configuration.ts';
import { crypto } from '../../builtin-on-demand.ts';
import { createDiskFiles } from '../../disk-files.ts';
import { besideFiles, type ConfigurationDiff, type ConfigurationSearch } from './changed-configuration.ts';

type ProgramSearch = Omit<ConfigurationSearch, 'folders'>;

/** Returns the files that an install runs, applies or unpacks and that differ from the commit. */
export async function programDiff(search: ProgramSearch, revision: string): Promise<ConfigurationDiff> {
  const { root, git } = search;
  const { read, list } = createDiskFiles(() => [root]);
  const named = await namedFiles(search, read);
  const { CUT, reachedPrograms } = await import('../../../engine/base/reached-programs.ts');
  const reached = await reachedPrograms({
    tools: REACH_TOOLS,
    projects: search.reach,
    folders: new Set([root]),
    read,
    list,
  });
  const isNamed = { has: (uri: Uri) => named.has(uri) || reached.has(uri) };
  let links: readonly InstallLink[] | undefined;
  const isWanted = (_: string, path: string) => isProgram(path, { root, named: isNamed, links });
  let now = await git.indexBelow(root, isWanted);
  if (now.type === 'index' && now.links !== undefined) {
    links = now.links;
    now = await git.indexBelow(root, isWanted);
  }
  const before = await git.filesAt(root, revision, isWanted);
  // The comparison of lockfiles reports why there is no commit.
  if (before.type === 'unknown' || now.type !== 'index') return { files: [], unknown: [] };
  const installed: ProgramChange[] = [];
  const files: ChangedConfiguration[] = [];
  const unknown: ConfigurationDiff['unknown'][number][] = [];
  const changes: ProgramChange[] = [];
  const roots = search.projects.map((project) => project.root);
  const all =
    revision === HEAD.revision
      ? await withUntracked(now, { root, git, roots, named: [...named.keys(), ...reached.uris()] })
      : now;
  for await (const change of changedPrograms({ root, git, named: isNamed, read, links }, before, all)) {
    if ('reason' in change) unknown.push({ path: relativeUri(root, change.uri), reason: change.reason });
    else if (change.state === 'kept' && reached.countsNewOnly(change.uri)) continue;
    else if (change.kind === 'installed') installed.push(change);
    else changes.push(change);
  }
  const by = new Map(
    reached
      .among(new Set(changes.map(({ uri }) => uri)))
      .toReversed()
      .flatMap(({ key, uris }) => uris.map((uri) => [uri, key === '' ? undefined : key] as const)),
  );
  for (const change of changes) files.push(fileOf(root, change, named.get(change.uri) ?? by.get(change.uri)));
  if (reached.cutAt !== undefined)
    unknown.push({ path: relativeUri(root, reached.cutAt), reason: CUT.reason });
  return { files: [...installedFiles(root, installed), ...files], unknown };
}

/**
 * Returns the current files named by the project's files, each with the key that names it: a change of
 * the name is reported at the key.
 */
export async function namedFiles(
  search: ProgramSearch,
  read: (uri: Uri) => Promise<ReadResult>,
): Promise<ReadonlyMap<Uri, string>> {
  const { root, configuration } = search;
  const named = new Map<Uri, string>();
  for (const { uri, text } of [...configuration, ...(await besideFiles(search))]) {
    const file = text === undefined ? undefined : await readConfiguration(uri, text);
    for (const program of file === undefined ? [] : namedPrograms(file)) {
      if (!isWithin(root, program.uri)) continue;
      if (program.as !== 'main') named.set(program.uri, program.key);
      const main = program.as === 'main' ? await read(program.uri) : undefined;
      for (const one of main?.type === 'text' ? mainFiles(program.uri, main.text) : [])
        named.set(one, program.key);
    }
  }
  return named;
}

/** The number of packages that are listed one by one. */
const MOST_LISTED = 50;

function installedFiles(root: Uri, changes: readonly ProgramChange[]): readonly ChangedConfiguration[] {
  const counts = changes.flatMap(({ installed }) =>
    installed === undefined ? [] : [[relativeUri(root, installed.folder), installed.files] as const],
  );
  const listed = counts.slice(0, MOST_LISTED);
  const others = counts.slice(MOST_LISTED).reduce((sum, [, files]) => sum + files, 0);
  if (others > 0) listed.push(['node_modules of other packages', others]);
  return listed.map(([path, count]) =>
    changedContents(path, 'kept', undefined, `${count} ${count === 1 ? 'file' : 'files'}`),
  );
}

/** Returns a file other than configuration as a row of the report. */
export function fileOf(
  root: Uri,
  { uri, state, before, after }: ProgramChange,
  by: string | undefined,
): ChangedConfiguration {
  const path = relativeUri(root, uri);
  if (holdsVariables(path)) {
    const variables = variableChanges(path, textIn(before), textIn(after));
    const changes = variables.map((change) => ({ ...change, line: undefined }));
    if (changes.length > 0) return { path, file: state, changes };
  }
  return changedContents(relativeUri(root, uri), state, nameOf(before), nameOf(after), by);
}

function textIn(contents: ProgramContents | undefined): string {
  return contents?.type === 'text' ? contents.text : '';
}

function changedContents(
  path: string,
  file: ChangedConfiguration['file'],
  before: string | undefined,
  after: string | undefined,
  by?: string,
): ChangedConfiguration {
  const kind = by === undefined || !isReadFile(by) ? 'code' : /ca-?file/i.test(by) ? 'integrity' : 'scripts';
  const change = { key: 'contents', kind, before, after, span: undefined, line: undefined } as const;
  return { path, file, changes: [by === undefined ? change : { ...change, by }] };
}

/** Returns the object id. Line ends may differ between the disk and git. */
function nameOf(contents: ProgramContents | undefined): string | undefined {
  if (contents === undefined) return undefined;
  if (contents.type === 'object') return `git object ${contents.name.slice(0, 16)}`;
  return `sha256 ${crypto().createHash('sha256').update(contents.text).digest('hex').slice(0, 16)}`;
}
