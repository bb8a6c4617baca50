import { dirname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const MOST_IN_A_FOLDER = 16;
const MOST_FOLDERS = 2000;
const MOST_SEEN = 20_000;

const parentOf = dirname;
const absolute = resolve;
const pathOfUrl = fileURLToPath;

/** Returns the path that an argument names; undefined for a file descriptor and the like. */
export function pathArgument(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument;
  if (Buffer.isBuffer(argument)) return argument.toString('utf8');
  if (argument instanceof URL && argument.protocol === 'file:') return pathOfUrl(argument);
  return undefined;
}

/** Paths of files: those of a folder one by one while they are few, and the whole folder if they are many. */
export class PathSet {
  readonly #seen = new Set<string>();
  readonly #folders = new Map<string, Set<string> | undefined>();
  #added: string[] = [];

  /** Returns whether it is new. */
  add(path: string): boolean {
    if (this.#seen.has(path)) return false;
    if (this.#seen.size < MOST_SEEN) this.#seen.add(path);
    const full = absolute(path);
    const folder = parentOf(full);
    if (!this.#folders.has(folder)) {
      if (this.#folders.size >= MOST_FOLDERS) return false;
      this.#folders.set(folder, new Set());
    }
    const files = this.#folders.get(folder);
    if (files === undefined || files.has(full)) return false;
    // The top folder as a whole is everything.
    if (files.size >= MOST_IN_A_FOLDER && folder !== parentOf(folder)) {
      this.#folders.set(folder, undefined);
      this.#added.push(`${folder}${sep}*`);
    } else {
      files.add(full);
      this.#added.push(full);
    }
    return true;
  }

  /** Returns what was added since the last time. */
  taken(): readonly string[] {
    const added = this.#added;
    this.#added = [];
    return added;
  }
}
