import { countedText } from '../../core/judge/changes/counted-text.ts';
import { holdsVariables, installVariables } from '../../core/judge/changes/install-variables.ts';
import { nameVariant } from '../../core/judge/changes/name-variant.ts';
import { nameIn } from '../../core/judge/changes/named-programs.ts';
import {
  type InstallLink,
  installedFolder,
  isPackageArchive,
  isProgramPath,
  isUnhashedArchive,
  linkedFolder,
} from '../../core/judge/changes/program-path.ts';
import type { ProgramChange, ProgramContents } from '../../core/read/project/since-base.ts';
import { joinUri, relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { GitFiles, GitIndex, GitPort, GitUnknown, ReadResult } from '../ports.ts';

export interface ProgramSearch {
  /** The folder whose files are compared. */
  readonly root: Uri;
  readonly git: GitPort;
  /** Files named in settings, lifecycle scripts and dependencies. */
  readonly named: Pick<ReadonlySet<Uri>, 'has'>;
  /** Everything behind these links counts as installed. */
  readonly links?: readonly InstallLink[] | undefined;
  read(uri: Uri): Promise<ReadResult>;
}

/** A file that could not be compared, with a clause that says why. */
export interface UncomparedFile {
  readonly uri: Uri;
  readonly reason: string;
  /** What to do about it, as an imperative clause, unless the general advice applies. */
  readonly advice?: string;
  /** The repository, if the reason applies to all of it. */
  readonly repository?: Uri;
  /** Whether this is no failure, as there is nothing to compare with. */
  readonly isExpected?: true;
}

export function uncomparedFile(uri: Uri, { type: _, ...why }: GitUnknown): UncomparedFile {
  return { uri, ...why };
}

/** Checks whether a path, relative to the root, is one of a file that an install may run, apply or unpack. */
export function isProgram(
  path: string,
  { root, named, links }: Pick<ProgramSearch, 'root' | 'named' | 'links'>,
): boolean {
  return (
    installedIn(path, links) !== undefined ||
    isPackageArchive(path) ||
    isProgramPath(path) ||
    nameVariant(path.slice(path.lastIndexOf('/') + 1)) !== undefined ||
    holdsVariables(path) ||
    nameIn(named, joinUri(root, path)) !== undefined
  );
}

/** Returns the folder of the package that contains the path, in node_modules or behind a link in it or to it. */
function installedIn(path: string, links: readonly InstallLink[] = []): string | undefined {
  return installedFolder(path) ?? linkedFolder(path, links)?.folder;
}

type Listed = GitFiles & { readonly type: 'files' };
type Indexed = GitIndex & { readonly type: 'index' };

/**
 * Compares the files of a repository that an install runs, applies or unpacks with a commit: files with names that
 * package managers look for, and files named by the project. Untracked files are skipped. Yields packages of
 * node_modules first, then archives, then other files by path, one by one, as they may be large.
 *
 * @param before the files of the commit, at least those of these kinds
 * @param now the same for git's index
 */
export async function* changedPrograms(
  search: ProgramSearch,
  before: Listed,
  now: Indexed,
): AsyncIterable<ProgramChange | UncomparedFile> {
  const { root, links } = search;
  const objects = now.objects ?? NONE;
  yield* changedInstalled(search, before.objects, objects);
  yield* changedArchives(root, before.objects, objects);
  const files = new Set(before.uris);
  for (const uri of [...new Set([...before.uris, ...now.files])].sort()) {
    const path = relativeUri(root, uri);
    if (!isProgram(path, search) || installedIn(path, links) !== undefined || isPackageArchive(path))
      continue;
    const compared = await compareFile(uri, search, before.commit, {
      old: before.objects.get(uri),
      own: objects.get(uri),
      isLink: before.objects.has(uri) && !files.has(uri),
    });
    if (compared !== undefined) yield compared;
  }
}

const NONE: ReadonlyMap<Uri, string> = new Map();

/** Git's object ids of a file in the commit and in the index. */
interface Objects {
  readonly old: string | undefined;
  readonly own: string | undefined;
  /** Whether it is a symbolic link in the commit. */
  readonly isLink: boolean;
}

async function compareFile(
  uri: Uri,
  { git, read, root }: ProgramSearch,
  commit: string,
  { old, own, isLink }: Objects,
): Promise<ProgramChange | UncomparedFile | undefined> {
  const present = await read(uri);
  // Of what is no text, git's index says whether it changed; a link is one where it leads to another path, too.
  if (present.type === 'refused' || (isLink && old !== own) || /\.(?:node|wasm)$/i.test(uri)) {
    return old === own ? undefined : changeOf(uri, 'file', objectOf(old), objectOf(own));
  }
  const text = present.type === 'text' ? present.text.replaceAll('\r\n', '\n') : undefined;
  if (old !== undefined && text !== undefined && git.isObject?.(text, old) === true) return undefined;
  // Of a link, that is the text which it leads to.
  const base = old === undefined ? undefined : await git.textAt(uri, commit);
  if (base?.type === 'unknown') return isLink ? undefined : uncomparedFile(uri, base);
  const path = relativeUri(root, uri);
  const contents = (from: string | undefined): ProgramContents | undefined => {
    if (from === undefined) return undefined;
    const whole = from.replaceAll('\r\n', '\n');
    const counted = holdsVariables(path) ? installVariables(path, whole) : countedText(path, whole);
    return holdsVariables(path) && counted === '' ? undefined : { type: 'text', text: counted };
  };
  const [earlier, later] = [contents(base?.type === 'text' ? base.text : undefined), contents(text)];
  return earlier?.type === 'text' && later?.type === 'text' && earlier.text === later.text
    ? undefined
    : changeOf(uri, 'file', earlier, later);
}

function objectOf(name: string | undefined): ProgramContents | undefined {
  return name === undefined ? undefined : { type: 'object', name };
}

/** Returns undefined if neither side has the file. */
function changeOf(
  uri: Uri,
  kind: ProgramChange['kind'],
  before: ProgramContents | undefined,
  after: ProgramContents | undefined,
): ProgramChange | undefined {
  if (before === undefined && after === undefined) return undefined;
  const state = after === undefined ? 'gone' : before === undefined ? 'new' : 'kept';
  return { uri, kind, state, before, after };
}

/**
 * Returns packages committed in node_modules whose files differ from the commit. npm leaves an installed package alone
 * if its version is the locked one.
 */
function changedInstalled(
  { root, links }: ProgramSearch,
  before: ReadonlyMap<Uri, string>,
  now: ReadonlyMap<Uri, string>,
): readonly ProgramChange[] {
  const changed = new Map<string, Uri[]>();
  for (const uri of new Set([...before.keys(), ...now.keys()])) {
    const folder = installedIn(relativeUri(root, uri), links);
    if (folder === undefined || before.get(uri) === now.get(uri)) continue;
    const uris = changed.get(folder);
    if (uris === undefined) changed.set(folder, [uri]);
    else uris.push(uri);
  }
  const folders = [...changed].sort(([a], [b]) => (a < b ? -1 : 1));
  return folders.map(([folder, uris]): ProgramChange => {
    const uri = uris.filter((one) => now.has(one)).sort()[0];
    return {
      uri: uri ?? uris.sort()[0]!,
      kind: 'installed',
      state: uri === undefined ? 'gone' : 'kept',
      before: undefined,
      after: undefined,
      installed: { folder: joinUri(root, folder), files: uris.length },
    };
  });
}

/**
 * Returns archives whose content changed under the same name, as a lockfile need not have a hash of them. New ones have
 * to be named somewhere, except those in Yarn's cache without a hash in their name.
 */
function changedArchives(
  root: Uri,
  before: ReadonlyMap<Uri, string>,
  now: ReadonlyMap<Uri, string>,
): readonly ProgramChange[] {
  return [...now].flatMap(([uri, object]): readonly ProgramChange[] => {
    const path = relativeUri(root, uri);
    const old = before.get(uri);
    const isKnown = old === undefined ? isUnhashedArchive(path) : isPackageArchive(path);
    if (old === object || !isKnown || installedFolder(path) !== undefined) return [];
    return [changeOf(uri, 'archive', objectOf(old), objectOf(object))!];
  });
}
