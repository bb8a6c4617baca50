import type { LockEntry } from '../model/lockfile.ts';
import { localPath } from '../record/local-path.ts';
import type { NestedFields } from './nested-fields.ts';
import { OUTSIDE, PARENT, PROJECT } from './nested-fields.ts';
import type { NestedNames } from './nested-names.ts';

/** Returns the entry of a number. */
type EntryAt = (number: number) => Pick<LockEntry, 'source' | 'resolved'>;

/**
 * The folders linked by `file:` dependencies of npm 5 and 6, each once however many links lead to it. The file nests
 * the packages of a folder below the link; npm 7 and later treat them as those in the folder's own node_modules, and
 * look up what they require in the folders around it, not around the link.
 */
export class LinkedFolders {
  readonly #fields: NestedFields;
  readonly #entryAt: EntryAt;
  readonly #byPath = new Map<string, number>();
  readonly #paths = new Map<number, string>();
  /** Folders by the numbers of their links. */
  readonly #targets = new Map<number, number>();
  /** The first link to each folder: npm takes what the folder requires from that one. */
  readonly #firstLinks = new Map<number, number>();
  /** The links below which the packages of a folder are written. */
  readonly #writtenIn = new Map<number, number>();

  constructor(fields: NestedFields, entryAt: EntryAt) {
    this.#fields = fields;
    this.#entryAt = entryAt;
  }

  get size(): number {
    return this.#byPath.size;
  }

  /**
   * Returns what contains the packages nested in an entry: the folder that the entry links, otherwise the entry itself.
   */
  placeOf(entry: number): number {
    const fields = this.#fields;
    if (!fields.unplainVersions.has(entry)) return entry;
    const path = folderPathOf(this.#entryAt(entry));
    if (path === undefined) return entry;
    let folder = path === '' ? PROJECT : this.#byPath.get(path);
    if (folder === undefined) {
      folder = fields.addFolder();
      this.#byPath.set(path, folder);
      this.#paths.set(folder, path);
    }
    this.#targets.set(entry, folder);
    return folder;
  }

  /** Records that a package in a folder is written below this link to it. */
  writeIn(link: number, entry: number): void {
    this.#writtenIn.set(entry, link);
  }

  /** Returns the parent of an entry in the text: for packages of a folder the link, otherwise its parent. */
  writtenParent(entry: number): number {
    return this.#writtenIn.get(entry) ?? this.#fields.get(entry, PARENT);
  }

  /**
   * Returns where the code of an entry looks for packages first: the folder that it links, otherwise the entry itself.
   */
  codeOf(entry: number): number {
    return this.#targets.get(entry) ?? entry;
  }

  /** Checks whether an earlier link leads to the same folder, so that npm ignores what this one requires. */
  isLaterLink(entry: number): boolean {
    const folder = this.#targets.get(entry);
    return folder !== undefined && this.#firstLinks.get(folder) !== entry;
  }

  /** Returns the path of the folder that an entry links; undefined for anything but such a link. */
  linkedBy(entry: number): string | undefined {
    const folder = this.#targets.get(entry);
    return folder === PROJECT ? '' : folder === undefined ? undefined : this.#paths.get(folder);
  }

  /** Returns the path of a folder by number; undefined for the number of an entry. */
  pathOf(number: number): string | undefined {
    return this.#paths.get(number);
  }

  at(path: string): number | undefined {
    return path.length > MOST_LENGTH ? undefined : this.#byPath.get(path);
  }

  /** Returns the first link to the folder at this path. */
  firstLinkTo(path: string): number | undefined {
    const folder = this.at(path);
    return folder === undefined ? undefined : this.#firstLinks.get(folder);
  }

  /**
   * Places each folder into the nearest one around it that the file has: another folder, a package, or the project.
   * @param links the numbers of the effective entries, in source order
   */
  settle(links: Iterable<number>, names: NestedNames): void {
    for (const link of links) {
      const folder = this.#targets.get(link);
      if (folder !== undefined && !this.#firstLinks.has(folder)) this.#firstLinks.set(folder, link);
    }
    for (const [path, folder] of this.#byPath) {
      this.#fields.setParent(folder, this.#around(path, names));
    }
  }

  /**
   * Returns the number of the entry with a key such as `node_modules/a/node_modules/b` or `local/dir/node_modules/c`.
   */
  find(key: string, names: NestedNames): number | undefined {
    const first = key.startsWith(INSIDE) ? 0 : key.indexOf(`/${INSIDE}`) + 1;
    if (first === 0 && !key.startsWith(INSIDE)) return undefined;
    // A folder may lie inside a package, so the first node_modules in its path may not be its own.
    for (let at = this.size === 0 ? 0 : key.lastIndexOf(`/${INSIDE}`); at > 0; ) {
      const folder = this.at(key.slice(0, at));
      if (folder !== undefined) return descend(names, folder, key.slice(at + 1 + INSIDE.length));
      at = key.lastIndexOf(`/${INSIDE}`, at - 1);
    }
    return first === 0 ? descend(names, PROJECT, key.slice(INSIDE.length)) : undefined;
  }

  #around(path: string, names: NestedNames): number {
    const isInside = !/^(?:\.\.(?:\/|$)|\/|~|[A-Za-z]:)/.test(path);
    if (path.length <= MOST_LENGTH) {
      for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        const outer = path.slice(0, end);
        const found = this.#byPath.get(outer) ?? this.find(outer, names);
        if (found !== undefined) return this.codeOf(found);
      }
    }
    return isInside ? PROJECT : OUTSIDE;
  }
}

function descend(names: NestedNames, from: number, rest: string): number | undefined {
  let entry = from;
  for (const folder of rest.split(`/${INSIDE}`)) {
    entry = names.find(entry, folder);
    if (entry === -1) return undefined;
  }
  return entry;
}

/** Undefined for anything but a link, and for a link to the place of a package: that one has the packages then. */
function folderPathOf(entry: ReturnType<EntryAt>): string | undefined {
  if (entry.source !== 'directory' || entry.resolved === undefined) return undefined;
  const path = localPath(entry.resolved.value);
  return /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$/.test(path.slice(-MOST_LENGTH)) ? undefined : path;
}

const INSIDE = 'node_modules/';

/** The maximum path length on the systems that npm runs on. */
const MOST_LENGTH = 4096;
