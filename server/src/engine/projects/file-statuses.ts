import { unreadLockfiles } from '../../core/judge/changes/unread-lockfiles.ts';
import { patternProblems } from '../../core/read/project/members/pattern-problems.ts';
import { conflictBlocks } from '../../core/read/text/lines/conflict-markers.ts';
import { indexLines } from '../../core/read/text/lines/line-index.ts';
import { joinUri, nameOf, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { ParseProblem } from '../../core/read/text/problem.ts';
import { asClause } from '../../core/read/text/words/clause.ts';
import type { Ports } from '../ports.ts';
import type { FileKind, FileStatus } from '../session.ts';
import type { EngineSettings } from '../settings.ts';
import type { BuiltProject } from './built-project.ts';
import type { FileView } from './file-store.ts';
import { POLICY_FILE } from './path-filters.ts';
import type { ProjectFiles } from './project-files.ts';
import { upTo } from './repository-folders.ts';

/** Returns the state of every file that was read for a project, and of each unreadable folder, sorted by URI. */
export function statusesOf(
  found: ProjectFiles,
  built: BuiltProject,
  texts: FileView,
  ports: Ports,
  settings: EngineSettings,
): readonly FileStatus[] {
  const statuses = new Map<Uri, FileStatus>();
  const add = (uri: Uri | undefined, kind: FileKind) => {
    if (uri === undefined || statuses.has(uri)) return;
    const read = texts.peek(uri);
    if (read !== undefined && read.type !== 'missing') statuses.set(uri, statusOf(uri, kind, built, texts));
  };
  if (found.hasOnlyAutomation) {
    for (const uri of found.automationFiles) add(uri, 'automation');
    return [...statuses.values()];
  }
  for (const uri of found.manifests) add(uri, 'manifest');
  for (const { file, lockfile } of built.lockfiles) {
    if (file.isBinary && lockfile !== undefined)
      statuses.set(file.uri, lockfileStatus(file.uri, file.kind, lockfile));
    else add(file.uri, file.kind);
  }
  for (const uri of found.pnpmManifests) statuses.set(uri, unreadManifest(uri));
  for (const { uri, format, reason, advice } of unreadLockfiles(found.rootFileNames, built)) {
    const status = { uri, kind: format, status: 'unsupported', reason, advice, entries: undefined } as const;
    statuses.set(uri, status);
  }
  add(found.npmrc, 'npmrc');
  for (const uri of found.memberNpmrcs) add(uri, 'npmrc');
  add(ports.userNpmrc, 'npmrc');
  add(ports.globalNpmrc, 'npmrc');
  add(found.pnpmWorkspace, 'pnpm-workspace');
  for (const { uri } of found.yarnrcs) add(uri, 'yarnrc');
  add(found.bunfig, 'bunfig');
  add(found.userBunfig, 'bunfig');
  for (const uri of found.auditFiles) add(uri, 'audit-ignores');
  for (const uri of found.automationFiles) add(uri, 'automation');
  add(settings.policyFile ?? found.policy, 'configuration');
  add(settings.organisationPolicy, 'configuration');
  for (const uri of found.extended.files) add(uri, 'configuration');
  for (const directory of directoriesAround(found)) {
    add(joinUri(directory, '.gitignore'), 'gitignore');
    add(joinUri(directory, POLICY_FILE), 'configuration');
  }
  for (const uri of found.alsoRead) add(uri, nameOf(uri) === '.gitignore' ? 'gitignore' : 'configuration');
  for (const uri of found.unreadFolders) {
    statuses.set(uri, unreadable(uri, 'folder', 'is a folder; make it readable, or exclude it'));
  }
  for (const uri of found.foldersElsewhere) {
    const why = 'is a link that leads out of the folder that is checked, and has workspace members';
    const advice = 'check the folder that it leads to as well';
    statuses.set(uri, { ...unreadable(uri, 'manifest', why), advice });
  }
  return [...statuses.values()].sort((a, b) => (a.uri < b.uri ? -1 : 1));
}

function unreadManifest(uri: Uri): FileStatus {
  const reason = `pnpm reads ${nameOf(uri)} here, and only package.json is read.`;
  const advice = 'rename it to package.json and write it as JSON';
  return { uri, kind: 'manifest', status: 'unsupported', reason, advice, entries: undefined };
}

/** Returns the directories whose files determined what belongs to the project. */
function directoriesAround({ root, manifests, bound }: ProjectFiles): ReadonlySet<Uri> {
  const directories = new Set<Uri>();
  for (const start of [root, ...manifests.map(parentUri)]) {
    for (const directory of upTo(bound, start)) {
      if (directories.has(directory)) break;
      directories.add(directory);
    }
  }
  return directories;
}

function statusOf(uri: Uri, kind: FileKind, built: BuiltProject, texts: FileView): FileStatus {
  const read = texts.peek(uri);
  if (read?.type !== 'text') {
    if (read?.type !== 'refused') return unreadable(uri, kind, 'was not read');
    const { reason, advice } = read;
    return { ...unreadable(uri, kind, reason), ...(advice === undefined ? {} : { advice }) };
  }
  const model = built.files.get(uri) ?? built.outside.get(uri);
  switch (model?.kind) {
    case 'lockfile':
      return lockfileStatus(uri, kind, model);
    case 'manifest':
      if (conflictBlocks(read.text).length > 0) return conflicted(uri, kind);
      if (model.rootSpan === undefined) return unreadable(uri, kind, 'holds no JSON object');
      return problemStatus(uri, kind, model.problems[0] ?? patternProblems(model)[0], read.text);
    case 'pnpmWorkspace':
      return problemStatus(uri, kind, model.problems[0] ?? patternProblems(model)[0], read.text);
    case 'npmrc':
    case 'memberNpmrc':
    case 'dotenv':
    case 'yarnrc':
    case 'bunfig':
    case 'auditIgnores':
    case 'automation':
    case 'program':
    case 'rush':
    case 'sbom':
      return problemStatus(uri, kind, model.problems[0], read.text);
    case 'policy':
      // Problems inside the object are findings; without an object there is no place for one.
      if (model.rootSpan === undefined) return unreadable(uri, kind, 'holds no JSON object');
      return problemStatus(uri, kind, undefined, read.text);
    case undefined:
      if (PARSED_KINDS.has(kind)) return unreadable(uri, kind, 'cannot be read');
      return problemStatus(uri, kind, undefined, read.text);
  }
}

/** Without a model, the text of one of these was not read. */
const PARSED_KINDS: ReadonlySet<FileKind> = new Set([
  'pnpm-workspace',
  'yarnrc',
  'bunfig',
  'audit-ignores',
  'automation',
]);

function lockfileStatus(
  uri: Uri,
  kind: FileKind,
  { status, reason, entries, entriesTotal }: NonNullable<BuiltProject['lockfiles'][number]['lockfile']>,
): FileStatus {
  const isRead = status === 'checked' || status === 'partial';
  const counts = isRead ? { read: entries.length, total: entriesTotal } : undefined;
  return { uri, kind, status, reason, entries: counts };
}

function problemStatus(
  uri: Uri,
  kind: FileKind,
  problem: ParseProblem | undefined,
  text: string,
): FileStatus {
  if (problem === undefined) return { uri, kind, status: 'checked', reason: undefined, entries: undefined };
  const line = indexLines(text).positionAt(problem.span.start).line + 1;
  const reason = `Line ${line}: ${asClause(problem.message)}.`;
  return { uri, kind, status: 'partial', reason, entries: undefined };
}

function conflicted(uri: Uri, kind: FileKind): FileStatus {
  const reason = 'It has an unresolved merge conflict.';
  return { uri, kind, status: 'partial', reason, advice: 'resolve it', entries: undefined };
}

/** Builds the status. `why` continues after the path, as in "is over 50 MB". */
function unreadable(uri: Uri, kind: FileKind, why: string): FileStatus {
  return { uri, kind, status: 'unreadable', reason: `It ${why}.`, entries: undefined };
}
