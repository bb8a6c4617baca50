import {
  childrenOf,
  isArray,
  isObject,
  NONE,
  type Token,
  tokenSpan,
  valueToken,
} from '../../text/json/json-tape.ts';
import { keyText } from '../model/json-lock-text.ts';
import type { LockEntry, LockProblem } from '../model/lockfile.ts';
import { shownText } from '../model/shown-text.ts';
import { BunImporter } from './bun-importer.ts';
import type { BunFile, BunLockEntry } from './bun-lock-entry.ts';
import { MAX_PATH_NAMES, namesOfPath } from './package-path.ts';
import { readBunEntry } from './read-bun-entry.ts';

export interface BunPackages {
  /** All entries by key, including links. */
  readonly placed: ReadonlyMap<string, BunLockEntry>;
  readonly entries: readonly BunLockEntry[];
  readonly links: readonly BunLockEntry[];
  /** The number of packages in the text, understood or not, without links. */
  readonly total: number;
}

/** Reads `packages`; unreadable entries are skipped and added to `problems`. */
export function readPackages(file: BunFile, packages: Token, problems: LockProblem[]): BunPackages {
  const { tape } = file;
  const placed = new Map<string, BunLockEntry>();
  let entries: BunLockEntry[] = [];
  let links: BunLockEntry[] = [];
  let unread = 0;
  let hasDuplicates = false;
  for (const token of childrenOf(tape, packages)) {
    const key = keyText(tape, token);
    const value = valueToken(tape, token);
    const problem = (message: string, at = token) => problems.push({ message, span: tokenSpan(tape, at) });
    if (value === NONE || tape.unclosed.has(value)) {
      // The scan has already reported it.
      unread++;
      continue;
    }
    if (!isArray(tape, value)) {
      problem('an entry must be a list');
      unread++;
      continue;
    }
    if (isTooDeep(key)) {
      problem(`this is nested more than ${MAX_PATH_NAMES} packages deep`);
      unread++;
      continue;
    }
    const { entry, fault } = readBunEntry(file, token, key);
    if (fault !== undefined) problem(fault.message, fault.token);
    if (entry === undefined) {
      unread++;
      continue;
    }
    const before = placed.size;
    placed.set(key, entry);
    if (placed.size === before) {
      hasDuplicates = true;
      problems.push({
        kind: 'duplicate',
        message: `"${shownText(key)}" appears twice`,
        span: tokenSpan(tape, token),
      });
    }
    (isLink(entry) ? links : entries).push(entry);
  }
  if (hasDuplicates) {
    entries = entries.filter((entry) => placed.get(entry.key) === entry);
    links = links.filter((entry) => placed.get(entry.key) === entry);
  }
  return { placed, entries, links, total: entries.length + unread };
}

/** Reads `workspaces`: the root and the members by their path. */
export function readImporters(
  { tape }: BunFile,
  workspaces: Token,
  problems: LockProblem[],
): ReadonlyMap<string, BunImporter> {
  const importers = new Map<string, BunImporter>();
  for (const token of childrenOf(tape, workspaces)) {
    const path = keyText(tape, token);
    if (importers.has(path))
      problems.push({
        kind: 'duplicate',
        message: `"${shownText(path)}" appears twice`,
        span: tokenSpan(tape, token),
      });
    if (isObject(tape, valueToken(tape, token))) importers.set(path, new BunImporter(tape, token, path));
    else problems.push({ message: 'a workspace must be an object', span: tokenSpan(tape, token) });
  }
  return importers;
}

function isLink({ source }: LockEntry): boolean {
  return source === 'workspace' || source === 'link' || source === 'root';
}

/** Only keys above a certain length can be, so nearly none is split. */
function isTooDeep(key: string): boolean {
  return key.length > 2 * MAX_PATH_NAMES && namesOfPath(key) === undefined;
}
