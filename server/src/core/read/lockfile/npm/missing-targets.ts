import {
  childrenOf,
  decodeString,
  isArray,
  isObject,
  isString,
  type JsonTape,
  keyIs,
  memberOf,
  NONE,
  nextSibling,
  RECORD,
  type Token,
  tokenSpan,
} from '../../text/json/json-tape.ts';
import { ownCopy } from '../../text/own-copy.ts';
import type { LockProblem } from '../model/lockfile.ts';
import { shownText } from '../model/shown-text.ts';
import { type EntriesByKey, type Folder, folderOf, OUTERMOST_FOLDER } from './entries-by-key.ts';
import { DEPENDENCIES, PLACE, TOKEN } from './entry-fields.ts';
import { OUTERMOST, OUTSIDE } from './folder-place.ts';
import type { NpmLockEntry } from './npm-lock-entry.ts';
import { resolveInNodeModules } from './resolve-in-node-modules.ts';

const MOST_PROBLEMS = 100;

/**
 * The number of characters of paths and members searched for what is not in the outermost folder: some hundred times
 * what the largest real files need. A text crafted to exceed it would take minutes.
 */
const MOST_WORK = 50_000_000;

/**
 * Finds dependencies that are required but missing from the file, for example because somebody removed an entry. npm
 * writes an entry for everything that a package or a member needs, for each platform and with its development
 * dependencies. Optional dependencies and peers may be absent; bundled packages, and those from a package's own
 * shrinkwrap, follow that package. Members that are gone (`extraneous`) and folders outside of the project are not
 * installed.
 * @param isShrinkwrap for a published package, perhaps without its development dependencies
 * @param only the entry whose dependencies are checked, instead of all
 */
export function findMissingTargets(
  tape: JsonTape,
  byKey: EntriesByKey,
  isShrinkwrap: boolean,
  only?: NpmLockEntry,
): readonly LockProblem[] {
  const problems: LockProblem[] = [];
  const { records } = tape;
  const isEscaped = tape.escapedKeys.size > 0;
  let work = 0;

  const { list } = byKey;
  const { fields } = list;
  let folder: Folder | undefined;
  let inOwn = false;
  /** Entries of one folder are adjacent, so that it is nearly always the previous one. */
  const ownFolderOf = (number: number, place: number): Folder | undefined => {
    const key = fields.get(number, TOKEN);
    const isIt =
      folder !== undefined && place !== OUTSIDE && tape.text.startsWith(folder.path, records[key]! + 1);
    if (!isIt || isEscaped) folder = ownFolder(list.keyOf(number), place);
    return folder;
  };
  const checkSection = (number: number, section: Token): void => {
    const end = records[section + 2]!;
    const place = fields.get(number, PLACE);
    const own = place === OUTERMOST ? undefined : ownFolderOf(number, place);
    for (let key = section + RECORD; key < end; key = records[key + 2]!) {
      // Nearly every name is in the outermost folder of the project or of the member: the one of the previous hit is
      // tried first.
      if (!isEscaped || !tape.escapedKeys.has(key)) {
        const from = records[key]! + 1;
        const to = records[key + 1]! - 1;
        if (byKey.has(own !== undefined && inOwn ? own : OUTERMOST_FOLDER, from, to)) continue;
        if (own !== undefined) {
          inOwn = !inOwn;
          if (byKey.has(inOwn ? own : OUTERMOST_FOLDER, from, to)) continue;
        }
      }
      if (records[key + 2] === key + RECORD || !isString(tape, key + RECORD)) continue;
      const entry = list.peek(number);
      const name = decodeString(tape, key);
      const members = (nextSibling(tape, entry.objectToken) - entry.objectToken) / RECORD;
      work += members + (entry.key.length + name.length) * (1 + entry.key.length / 'node_modules/'.length);
      if (work > MOST_WORK) return;
      if (resolveInNodeModules(byKey, entry.key, name) !== undefined || mayLack(tape, byKey, entry, name))
        continue;
      if (problems.length === MOST_PROBLEMS) return;
      const message = `${shownText(shownEntry(entry))} depends on ${shownText(name)}, which is not in this file`;
      // Problems are kept through edits, but the texts they refer to are not.
      problems.push({ kind: 'missing', message: ownCopy(message), span: tokenSpan(tape, key) });
    }
  };

  const check = (number: number): void => {
    const dependencies = fields.get(number, DEPENDENCIES);
    const isOutside = fields.get(number, PLACE) === OUTSIDE;
    if ((dependencies === NONE && !isOutside) || !byKey.counts(number)) return;
    if (dependencies !== NONE) checkSection(number, dependencies);
    if (!isOutside || (isShrinkwrap && list.keyOf(number) === '')) return;
    const development = memberOf(tape, fields.get(number, TOKEN) + RECORD, 'devDependencies');
    if (isObject(tape, development)) checkSection(number, development);
  };

  if (only !== undefined) check(only.number);
  else for (let number = 0; number < list.length; number++) check(number);
  if (work > MOST_WORK) {
    const message = 'packages are nested too deeply to look up their dependencies';
    problems.push({ message, span: { start: 0, end: 0 } });
  }
  return problems;
}

/** Returns the outermost node_modules of the member that it is or lies in; undefined in the project's own. */
function ownFolder(key: string, place: number): Folder | undefined {
  if (key === '' || key.startsWith(OUTERMOST_FOLDER.path)) return undefined;
  const folder = '/node_modules/';
  return folderOf(place !== OUTSIDE ? key.slice(0, key.indexOf(folder) + folder.length) : key + folder);
}

/** Checks whether the entry may lack the dependency, or nothing is known of it. */
function mayLack(tape: JsonTape, byKey: EntriesByKey, entry: NpmLockEntry, name: string): boolean {
  const { key } = entry;
  if (entry.isLink || entry.bundled || entry.isExtraneous || key.startsWith('..')) return true;
  for (const member of childrenOf(tape, entry.objectToken)) {
    const value = member + RECORD;
    if (nextSibling(tape, member) === value) continue;
    if (keyIs(tape, member, 'bundleDependencies')) {
      if (!isArray(tape, value) || hasItem(tape, value, name)) return true;
    } else if (keyIs(tape, member, 'optionalDependencies') || keyIs(tape, member, 'peerDependencies')) {
      if (isObject(tape, value) && hasMember(tape, value, name)) return true;
    }
  }
  for (let end = key.length; end > 0; end = key.lastIndexOf('/node_modules/', end - 1)) {
    if (byKey.get(key.slice(0, end))?.hasShrinkwrap === true) return true;
  }
  return false;
}

function hasMember(tape: JsonTape, object: Token, name: string): boolean {
  for (const key of childrenOf(tape, object)) if (keyIs(tape, key, name)) return true;
  return false;
}

function hasItem(tape: JsonTape, array: Token, name: string): boolean {
  for (const item of childrenOf(tape, array)) {
    if (isString(tape, item) && decodeString(tape, item) === name) return true;
  }
  return false;
}

function shownEntry({ key, name, version, inNodeModules }: NpmLockEntry): string {
  if (key === '') return 'the project';
  if (!inNodeModules) return key;
  return version === undefined ? name : `${name}@${version.value}`;
}
