import { lstat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  isBesideName,
  type ProjectFolders,
  projectBeside,
} from '../../../core/judge/changes/beside-projects.ts';
import { configurationChanges } from '../../../core/judge/changes/configuration-change.ts';
import { newProblems } from '../../../core/judge/changes/new-problems.ts';
import type { ReachProject } from '../../../core/judge/changes/reach/reach-project.ts';
import { REACH_TOOLS } from '../../../core/judge/changes/reach/reach-tools.ts';
import type { CheckedFile } from '../../../core/read/project/checked-file.ts';
import { indexLines } from '../../../core/read/text/lines/line-index.ts';
import { joinUri, nameOf, parentUri, relativeUri, type Uri } from '../../../core/read/text/paths/uri.ts';
import { asClause } from '../../../core/read/text/words/clause.ts';
import type { ChangedConfiguration } from '../../../core/show/report/diff/configuration-report.ts';
import { joinedMembers } from '../../../engine/base/joined-members.ts';
import { CONFIGURATION_NAMES, readConfiguration } from '../../../engine/projects/read-configuration.ts';
import { createDiskFiles } from '../../disk-files.ts';
import type { GitReader } from '../../git/git-reader.ts';
import { fitsCommittedRange, type ManifestsSearch } from './member-version.ts';

/** A configuration file as it is on disk. */
export interface ConfigurationFile {
  readonly uri: Uri;
  /** Undefined if it cannot be read. */
  readonly text: string | undefined;
  readonly reason: string | undefined;
}

export interface UncomparedConfiguration {
  readonly path: string;
  readonly reason: string;
  /** Set if only some of its settings were compared. */
  readonly isPartial?: true;
}

export interface ConfigurationDiff {
  /** Sorted by path, without unchanged files. */
  readonly files: readonly ChangedConfiguration[];
  /** Files that could not be compared, each with a clause. */
  readonly unknown: readonly UncomparedConfiguration[];
}

export interface ConfigurationSearch {
  readonly root: Uri;
  readonly git: GitReader;
  /** Files that apply to a project below the root, or above it. */
  readonly configuration: readonly ConfigurationFile[];
  /** The folders in which a deleted file would have applied. */
  readonly folders: ReadonlySet<Uri>;
  readonly projects: readonly ProjectFolders[];
  /** The same projects with what an install runs in them. */
  readonly reach: readonly ReachProject[];
}

/** Compares the configuration files of a directory with a commit. */
export async function changedConfiguration(
  { root, git, configuration: own, folders, projects, reach }: ConfigurationSearch,
  revision: string,
): Promise<ConfigurationDiff> {
  const listed = await git.filesAt(
    root,
    revision,
    (name) => CONFIGURATION_NAMES.has(name) || isBesideName(name) || name === MANIFEST,
  );
  // The comparison of lockfiles reports why there is no commit.
  if (listed.type === 'unknown') return { files: [], unknown: [] };
  const configuration = [...own, ...(await besideFiles({ root, git, configuration: own, projects }))];
  const present = new Set(configuration.map(({ uri }) => uri));
  const gone: ConfigurationFile[] = [];
  for (const uri of listed.uris) {
    const counted = folders.has(parentUri(uri)) || projectBeside(uri, projects) !== undefined;
    if (nameOf(uri) === MANIFEST || present.has(uri) || !counted || (await isThere(uri))) continue;
    gone.push({ uri, text: undefined, reason: undefined });
  }
  const { scriptsOfInstalls } = await import('../../../engine/base/reached-programs.ts');
  const { scripts, elsewhere } = scriptsOfInstalls(reach, REACH_TOOLS);
  // Modules of those with scripts may be loaded through `imports`.
  const imports = new Set([...scripts].flatMap(([{ uri }, { size }]) => (size > 0 ? [uri] : [])));
  const also = (uri: Uri) =>
    new Set([...(elsewhere.get(uri) ?? []), ...(imports.has(uri) ? ['imports.**'] : [])]);
  const files: ChangedConfiguration[] = [];
  const unknown: UncomparedConfiguration[] = [];
  const joined = await joinedSince({ git, configuration, projects }, listed);
  for (const { uri, text, reason } of [...configuration, ...gone]) {
    const path = relativeUri(root, uri);
    const isGone = !present.has(uri);
    const object = listed.objects.get(uri);
    // Of tens of thousands of members, most are unchanged.
    const hasJoined = joined.has(uri);
    if (!hasJoined && text !== undefined && object !== undefined && git.isObject(text, object)) continue;
    // A file that is not listed may be in a submodule.
    const base = await git.textAt(uri, listed.commit);
    if (base.type === 'unknown') unknown.push({ path, reason: base.reason });
    else if (text === undefined && !isGone) unknown.push({ path, reason: reason ?? 'it cannot be read' });
    if (base.type === 'unknown' || (text === undefined && !isGone)) continue;
    const before = base.type === 'text' ? await readConfiguration(uri, base.text) : undefined;
    const after = text === undefined ? undefined : await readConfiguration(uri, text);
    const [problem] = after === undefined ? [] : newProblems(before, after);
    if (problem !== undefined) {
      const line = indexLines(text ?? '').positionAt(problem.span.start).line + 1;
      unknown.push({
        path,
        reason: `line ${line}: ${asClause(problem.message)}`,
        isPartial: true,
      });
    }
    const isRoot = folders.has(parentUri(uri));
    // The name of a member decides which package it replaces, and its commands are linked for scripts.
    const own = located({ before: hasJoined ? undefined : before, after, elsewhere: also(uri) }, text).filter(
      ({ key }) => !isRoot || !/^(?:name$|bin(?:\.|$)|directories\.bin$)/.test(key),
    );
    const manifests = { git, commit: listed.commit, manifests: configuration };
    const changes = isRoot ? own : [...own, ...(await versionChange(before, after, manifests))];
    const file = isGone ? 'gone' : before === undefined ? 'new' : 'kept';
    if (changes.length > 0) files.push({ path, file, changes });
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), unknown };
}

/** Returns the manifests of folders that became members since the commit. */
async function joinedSince(
  { git, configuration, projects }: Pick<ConfigurationSearch, 'git' | 'configuration' | 'projects'>,
  { commit, objects }: { readonly commit: string; readonly objects: ReadonlyMap<Uri, string> },
): Promise<ReadonlySet<Uri>> {
  const texts = new Map(configuration.map(({ uri, text }) => [uri, text]));
  const now = async (uri: Uri) => {
    const text = texts.get(uri);
    return text === undefined ? undefined : readConfiguration(uri, text);
  };
  const before = async (uri: Uri) => {
    const text = texts.get(uri);
    const object = objects.get(uri);
    if (text !== undefined && object !== undefined && git.isObject(text, object)) return now(uri);
    const read = await git.textAt(uri, commit);
    return read.type === 'text' ? readConfiguration(uri, read.text) : undefined;
  };
  const joined = new Set<Uri>();
  for (const { root, folders } of projects) {
    if (folders.size < 2) continue;
    const manifests = [...folders].map((folder) => joinUri(folder, MANIFEST));
    for (const uri of await joinedMembers({ root, manifests, now, before })) joined.add(uri);
  }
  return joined;
}

/** Returns tracked files that some package manager reads beside the projects' own. */
export async function besideFiles({
  root,
  git,
  configuration,
  projects,
}: Omit<ConfigurationSearch, 'folders' | 'reach'>): Promise<readonly ConfigurationFile[]> {
  const own = new Set(configuration.map(({ uri }) => uri));
  const now = await git.indexBelow(root, isBesideName);
  if (now.type !== 'index') return [];
  const { read } = createDiskFiles(() => [root]);
  const found: ConfigurationFile[] = [];
  for (const uri of now.files) {
    if (own.has(uri) || projectBeside(uri, projects) === undefined) continue;
    const file = await read(uri);
    if (file.type === 'missing') continue;
    const text = file.type === 'text' ? file.text : undefined;
    found.push({ uri, text, reason: file.type === 'refused' ? `it ${file.reason}` : undefined });
  }
  return found;
}

const MANIFEST = 'package.json';

interface Sides {
  readonly before: CheckedFile | undefined;
  readonly after: CheckedFile | undefined;
  /** Scripts that other manifests run. */
  readonly elsewhere: ReadonlySet<string> | undefined;
}

function located(
  { before, after, elsewhere }: Sides,
  text: string | undefined,
): ChangedConfiguration['changes'] {
  return locatedChanges(configurationChanges(before, after, elsewhere), text);
}

/** Returns the changes with their lines in the current text. */
export function locatedChanges(
  changes: ReturnType<typeof configurationChanges>,
  text: string | undefined,
): ChangedConfiguration['changes'] {
  const lines = indexLines(text ?? '');
  return changes.map((change) => ({
    ...change,
    line: change.span === undefined ? undefined : lines.positionAt(change.span.start).line + 1,
  }));
}

/** Returns the version change of a member that is now linked in place of a registry's package. */
async function versionChange(
  before: CheckedFile | undefined,
  after: CheckedFile | undefined,
  search: ManifestsSearch,
): Promise<ChangedConfiguration['changes']> {
  if (before?.kind !== 'manifest' || after?.kind !== 'manifest' || after.version === undefined) return [];
  if (!(await fitsCommittedRange(before, after, search))) return [];
  const { value, span } = after.version;
  const line = indexLines(after.text).positionAt(span.start).line + 1;
  return [{ key: 'version', kind: 'other', before: before.version?.value, after: value, span, line }];
}

export async function isThere(uri: Uri): Promise<boolean> {
  return (await lstat(fileURLToPath(uri)).catch(() => undefined)) !== undefined;
}
