import {
  isObject,
  isString,
  isTrue,
  type JsonTape,
  memberOf,
  NONE,
  RECORD,
  type Token,
  tokenSpan,
} from '../../text/json/json-tape.ts';
import { START } from '../../text/span.ts';
import { keyText } from '../model/json-lock-text.ts';
import type { LockEntry, LockProblem } from '../model/lockfile.ts';
import { shownText } from '../model/shown-text.ts';
import type { BunImporter } from './bun-importer.ts';
import type { BunLockEntry } from './bun-lock-entry.ts';
import { namesOfPath } from './package-path.ts';

const MOST_PROBLEMS = 100;

/**
 * The number of characters of paths and members searched for what is not in the outermost folder: some hundred times
 * what the largest real files need. A text crafted to exceed it would take minutes.
 */
const MOST_WORK = 50_000_000;

/**
 * Finds dependencies that are required but missing from the file, for example because somebody removed an entry. Bun
 * itself rejects a file that lacks one; optional dependencies and peers may be absent, and bundled packages follow
 * their own package.
 */
export function findMissingTargets(
  tape: JsonTape,
  placed: ReadonlyMap<string, BunLockEntry>,
  importers: ReadonlyMap<string, BunImporter>,
): readonly LockProblem[] {
  const problems: LockProblem[] = [];
  let work = 0;

  const check = (holder: Token, folder: string, dependent: () => string, section: string): void => {
    const dependencies = sectionOf(tape, holder, section);
    if (dependencies === NONE) return;
    const end = tape.records[dependencies + 2]!;
    for (let key = dependencies + RECORD; key < end; key = tape.records[key + 2]!) {
      if (tape.records[key + 2] === key + RECORD || !isString(tape, key + RECORD)) continue;
      const name = keyText(tape, key);
      if (placed.has(name)) continue;
      work += (tape.records[holder + 2]! - holder) / RECORD + folder.length * (1 + folder.length / 10);
      if (work > MOST_WORK) return;
      if (isAround(placed, folder, name) || mayLack(tape, holder, name)) continue;
      if (problems.length === MOST_PROBLEMS) return;
      const message = `${shownText(dependent())} depends on ${shownText(name)}, which is not in this file`;
      problems.push({ kind: 'missing', message, span: tokenSpan(tape, key) });
    }
  };

  for (const [path, member] of importers) {
    const dependent = () => (path === '' ? 'the project' : path);
    const folder = path === '' ? '' : member.name;
    for (const section of ['dependencies', 'devDependencies'])
      check(member.token, folder, dependent, section);
  }
  for (const [path, entry] of placed) {
    if (entry.infoToken === NONE) continue;
    check(entry.infoToken, path, () => nameAndVersion(entry), 'dependencies');
  }
  if (work > MOST_WORK) {
    const message = 'packages are nested too deeply to look up their dependencies';
    problems.push({ message, span: START });
  }
  return problems;
}

/** Checks whether the name is found in the folder of a package or in one around it, except the outermost. */
function isAround(placed: ReadonlyMap<string, BunLockEntry>, folder: string, name: string): boolean {
  const names = folder === '' ? [] : (namesOfPath(folder) ?? []);
  for (let count = names.length; count > 0; count--) {
    if (placed.has(`${names.slice(0, count).join('/')}/${name}`)) return true;
  }
  return false;
}

/** Returns the object of a section, creating nothing else on the way. */
function sectionOf(tape: JsonTape, holder: Token, section: string): Token {
  const { text, records } = tape;
  if (tape.escapedKeys.size > 0) {
    const found = memberOf(tape, holder, section);
    return isObject(tape, found) ? found : NONE;
  }
  const end = records[holder + 2]!;
  for (let key = holder + RECORD; key < end; key = records[key + 2]!) {
    const start = records[key]!;
    if (records[key + 1]! - start !== section.length + 2 || !text.startsWith(section, start + 1)) continue;
    return text.charCodeAt(records[key + RECORD]!) === OPEN_BRACE ? key + RECORD : NONE;
  }
  return NONE;
}

const OPEN_BRACE = 123;

function mayLack(tape: JsonTape, holder: Token, name: string): boolean {
  if (isTrue(tape, memberOf(tape, holder, 'bundled'))) return true;
  return ['optionalDependencies', 'peerDependencies'].some(
    (section) => memberOf(tape, memberOf(tape, holder, section), name) !== NONE,
  );
}

function nameAndVersion({ name, version }: LockEntry): string {
  return version === undefined ? name : `${name}@${version.value}`;
}
