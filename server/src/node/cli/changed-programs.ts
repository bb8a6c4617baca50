import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { guardingSettings } from '../../core/config/changes/guarding-settings.ts';
import { installedFolder, isPackageArchive, isProgramPath } from '../../core/config/changes/program-path.ts';
import type { ChangedConfiguration } from '../../core/report/configuration-report.ts';
import { isWithin, joinUri, parentUri, relativeUri, type Uri } from '../../core/text/uri.ts';
import { readConfiguration } from '../../engine/read-configuration.ts';
import { reasonOf } from '../files/file-problem.ts';
import { readBoundedText } from '../files/read-bounded.ts';
import type { ConfigurationDiff, ConfigurationSearch } from './changed-configuration.ts';

type ProgramSearch = Pick<ConfigurationSearch, 'root' | 'git' | 'configuration'>;

/** More than any package manager's own bundle has. */
const MAX_BYTES = 50 * 1024 * 1024;

/**
 * Compares the files of a repository that an install runs or applies with a commit: those that package managers find by
 * their name, and those that settings name. Files that git does not track are nobody's change.
 */
export async function changedPrograms(search: ProgramSearch, revision: string): Promise<ConfigurationDiff> {
  const { root, git } = search;
  const named = await namedFiles(search);
  const isWanted = (_: string, path: string) =>
    installedFolder(path) !== undefined ||
    isPackageArchive(path) ||
    isProgramPath(path) ||
    named.has(joinUri(root, path));
  const before = await git.filesAt(root, revision, isWanted);
  const now = await git.indexBelow(root, isWanted);
  // The lockfiles' comparison says why no commit is known.
  if (before.type === 'unknown' || now.type !== 'index') return { files: [], unknown: [] };
  const objects = now.objects ?? NONE;
  const files: ChangedConfiguration[] = [
    ...changedInstalled(root, before.objects, objects),
    ...changedArchives(root, before.objects, objects),
  ];
  const unknown: { path: string; reason: string }[] = [];
  for (const uri of [...new Set([...before.uris, ...now.files])].sort()) {
    const path = relativeUri(root, uri);
    if (installedFolder(path) !== undefined || isPackageArchive(path)) continue;
    const base = before.uris.includes(uri) ? await git.textAt(uri, before.commit) : undefined;
    if (base?.type === 'unknown') {
      unknown.push({ path, reason: base.reason });
      continue;
    }
    const old = base?.type === 'text' ? contentsName(base.text) : undefined;
    const own = await contentsOf(uri);
    if (own.reason !== undefined) {
      unknown.push({ path, reason: own.reason });
      continue;
    }
    const after = own.name;
    if (old === after) continue;
    const file = after === undefined ? 'gone' : old === undefined ? 'new' : 'kept';
    const change = {
      key: CONTENTS,
      kind: 'code',
      before: old,
      after,
      span: undefined,
      line: undefined,
    } as const;
    files.push({ path, file, changes: [change] });
  }
  return { files, unknown };
}

const CONTENTS = 'contents';

const NONE: ReadonlyMap<Uri, string> = new Map();

/** So many packages are listed one by one. */
const MOST_LISTED = 50;

/**
 * Packages that the repository has in node_modules itself, where npm leaves one alone that has the locked version: those of
 * which git has other files than the commit.
 */
function changedInstalled(
  root: Uri,
  before: ReadonlyMap<Uri, string>,
  now: ReadonlyMap<Uri, string>,
): readonly ChangedConfiguration[] {
  const changed = new Map<string, number>();
  for (const uri of new Set([...before.keys(), ...now.keys()])) {
    const folder = installedFolder(relativeUri(root, uri));
    if (folder === undefined || before.get(uri) === now.get(uri)) continue;
    changed.set(folder, (changed.get(folder) ?? 0) + 1);
  }
  const folders = [...changed].sort(([a], [b]) => (a < b ? -1 : 1));
  const listed = folders.slice(0, MOST_LISTED);
  const others = folders.slice(MOST_LISTED).reduce((sum, [, count]) => sum + count, 0);
  if (others > 0) listed.push(['node_modules of other packages', others]);
  return listed.map(([path, count]) => {
    const after = `${count} ${count === 1 ? 'file' : 'files'}`;
    const change = { key: CONTENTS, kind: 'code', before: undefined, after } as const;
    return { path, file: 'kept', changes: [{ ...change, span: undefined, line: undefined }] };
  });
}

/** Archives that have other bytes under the same name, of which a lockfile need not have a hash. New ones it has to name. */
function changedArchives(
  root: Uri,
  before: ReadonlyMap<Uri, string>,
  now: ReadonlyMap<Uri, string>,
): readonly ChangedConfiguration[] {
  return [...now].flatMap(([uri, object]): readonly ChangedConfiguration[] => {
    const path = relativeUri(root, uri);
    const old = before.get(uri);
    if (old === undefined || old === object || !isPackageArchive(path) || installedFolder(path) !== undefined)
      return [];
    const name = (text: string) => `git object ${text.slice(0, 16)}`;
    const change = { key: CONTENTS, kind: 'code', before: name(old), after: name(object) } as const;
    return [{ path, file: 'kept', changes: [{ ...change, span: undefined, line: undefined }] }];
  });
}

/** What settings that run code name, as they are: who changes the name is reported for that. */
async function namedFiles({ root, configuration }: ProgramSearch): Promise<ReadonlySet<Uri>> {
  const named = new Set<Uri>();
  for (const { uri, text } of configuration) {
    const file = text === undefined ? undefined : await readConfiguration(uri, text);
    for (const { kind, value } of file === undefined ? [] : guardingSettings(file)) {
      // A list's item may be an object with a path.
      const path = value.replace(/^path (?=\S)/, '').replace(/,.*$/s, '');
      if (kind !== 'code' || path === '' || /^[a-z][\w+.-]*:|^[/~]/i.test(path)) continue;
      const target = joinUri(parentUri(uri), path.replaceAll('\\', '/'));
      if (isWithin(root, target)) named.add(target);
    }
  }
  return named;
}

/** Line ends may be another way on the disk than in git. */
function contentsName(text: string): string {
  return `sha256 ${createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex').slice(0, 16)}`;
}

interface Contents {
  /** Undefined where there is no such file. */
  readonly name: string | undefined;
  /** Why they are not known, as a clause. */
  readonly reason: string | undefined;
}

async function contentsOf(uri: Uri): Promise<Contents> {
  try {
    const text = await readBoundedText(fileURLToPath(uri), { maxBytes: MAX_BYTES, followsLinks: true });
    return { name: contentsName(text), reason: undefined };
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return { name: undefined, reason: isMissing ? undefined : `it ${reasonOf(error) ?? 'cannot be read'}` };
  }
}
