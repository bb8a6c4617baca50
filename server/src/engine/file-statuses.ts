import type { ParseProblem } from '../core/text/problem.ts';
import { indexLines } from '../core/text/line-index.ts';
import { isWithin, joinUri, parentUri, type Uri } from '../core/text/uri.ts';
import type { BuiltProject } from './build-project.ts';
import type { FileStore } from './file-store.ts';
import type { Ports } from './ports.ts';
import type { ProjectFiles } from './project-files.ts';
import type { FileKind, FileStatus } from './session.ts';
import type { EngineSettings } from './settings.ts';

/** The state of every file that was read for a project, sorted by URI. */
export function statusesOf(
  found: ProjectFiles,
  built: BuiltProject,
  store: FileStore,
  ports: Ports,
  settings: EngineSettings,
): readonly FileStatus[] {
  const statuses = new Map<Uri, FileStatus>();
  const add = (uri: Uri | undefined, kind: FileKind) => {
    if (uri === undefined || statuses.has(uri) || store.peek(uri)?.type === 'missing') return;
    if (store.peek(uri) !== undefined) statuses.set(uri, statusOf(uri, kind, built, store));
  };
  for (const uri of found.manifests) add(uri, 'manifest');
  for (const { uri, kind } of found.lockfiles) add(uri, kind);
  add(found.npmrc, 'npmrc');
  add(ports.userNpmrc, 'npmrc');
  add(ports.globalNpmrc, 'npmrc');
  add(settings.policyFile ?? found.policy, 'configuration');
  for (const uri of gitIgnoresAbove(found)) add(uri, 'gitignore');
  for (const uri of found.alsoRead) {
    if (store.peek(uri)?.type === 'text') statuses.set(uri, notReadYet(uri));
  }
  return [...statuses.values()].sort((a, b) => (a.uri < b.uri ? -1 : 1));
}

function statusOf(uri: Uri, kind: FileKind, built: BuiltProject, store: FileStore): FileStatus {
  const read = store.peek(uri);
  if (read?.type !== 'text') {
    const reason = read?.type === 'refused' ? read.reason : 'not read';
    return { uri, kind, status: 'unreadable', reason, entries: undefined };
  }
  const lockfile = built.lockfiles.find(({ file }) => file.uri === uri)?.lockfile;
  if (lockfile !== undefined) {
    const entries =
      lockfile.status === 'unsupported' ? undefined : { read: lockfile.entries.length, total: lockfile.entriesTotal };
    return { uri, kind, status: lockfile.status, reason: lockfile.reason, entries };
  }
  const model = built.files.get(uri);
  const syntax = model !== undefined && model.kind !== 'lockfile' && model.kind !== 'policy' ? model.problems[0] : undefined;
  const empty = model?.kind === 'manifest' && model.rootSpan === undefined;
  const status = empty ? 'unreadable' : syntax === undefined ? 'checked' : 'partial';
  return { uri, kind, status, reason: reasonOf(syntax, read.text, empty), entries: undefined };
}

function reasonOf(problem: ParseProblem | undefined, text: string, empty: boolean): string | undefined {
  if (problem === undefined) return empty ? 'holds no JSON object' : undefined;
  return `line ${indexLines(text).positionAt(problem.span.start).line + 1}: ${problem.message}`;
}

function notReadYet(uri: Uri): FileStatus {
  const reason = 'its settings are not read; every manifest below it counts as a member';
  return { uri, kind: 'configuration', status: 'unsupported', reason, entries: undefined };
}

/** Those that decided which of the project's paths are ignored. */
function* gitIgnoresAbove(found: ProjectFiles): Iterable<Uri> {
  for (const manifest of found.manifests) {
    for (let at = parentUri(manifest); ; at = parentUri(at)) {
      yield joinUri(at, '.gitignore');
      if (at === parentUri(at) || !isWithin(found.root, at)) break;
    }
  }
}
