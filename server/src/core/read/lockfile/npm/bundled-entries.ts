import { DEPENDENCY_SECTIONS } from '../../manifest/manifest.ts';
import {
  childrenOf,
  decodeString,
  isArray,
  isString,
  isTrue,
  memberOf,
  type Token,
} from '../../text/json/json-tape.ts';
import type { EntriesByKey } from './entries-by-key.ts';
import { BUNDLED, FLAGS } from './entry-fields.ts';
import type { NpmLockEntry } from './npm-lock-entry.ts';
import { resolveInNodeModules } from './resolve-in-node-modules.ts';

/**
 * Returns the numbers of the entries bundled by a package around them, as npm decides it: the package lists the entry
 * in its `bundleDependencies`, or an entry bundled below the same package needs it or contains it. The flag of an entry
 * alone proves nothing: npm writes it only where this is true.
 */
export function bundledEntries(byKey: EntriesByKey): ReadonlySet<number> {
  const bundled = new Set<number>();
  const { list } = byKey;
  const flagged: string[] = [];
  for (let number = 0; number < list.length; number++) {
    if ((list.fields.get(number, FLAGS) & BUNDLED) !== 0) flagged.push(list.keyOf(number));
  }
  const around = new Set(flagged.flatMap(packagesAround));
  for (const key of around) addBundledBy(key, byKey, bundled);
  for (const key of flagged) {
    const number = byKey.numberOf(key);
    if (packagesAround(key).some((each) => bundled.has(byKey.numberOf(each)))) bundled.add(number);
  }
  return bundled;
}

/** No real project has such deep folders; searching those of a text crafted to have very many would take minutes. */
const LONGEST_KEY = 2000;

/**
 * Returns the keys of the packages whose node_modules contain it, innermost first; the last one is the root or a
 * member.
 */
function packagesAround(key: string): readonly string[] {
  const keys: string[] = [];
  if (key.length > LONGEST_KEY) return keys;
  for (let end = key.lastIndexOf(FOLDER); end > 0; end = key.lastIndexOf(FOLDER, end - 1)) {
    keys.push(key.slice(0, end));
  }
  if (key.startsWith('node_modules/')) keys.push('');
  return keys;
}

const FOLDER = '/node_modules/';

function addBundledBy(key: string, byKey: EntriesByKey, bundled: Set<number>): void {
  const bundler = byKey.get(key);
  if (bundler === undefined) return;
  const folder = key === '' ? 'node_modules/' : `${key}${FOLDER}`;
  const waiting: (NpmLockEntry | undefined)[] = bundledNames(bundler, byKey).map((name) =>
    byKey.get(`${folder}${name}`),
  );
  for (const entry of waiting) {
    if (entry === undefined || !entry.key.startsWith(folder) || entry.key.length > LONGEST_KEY) continue;
    if (bundled.has(entry.number)) continue;
    bundled.add(entry.number);
    for (const { name } of entry.edges) waiting.push(resolveInNodeModules(byKey, entry.key, name));
  }
}

/** Returns the names in its `bundleDependencies`; `true` means all of its dependencies. */
function bundledNames({ objectToken }: NpmLockEntry, { list }: EntriesByKey): readonly string[] {
  const { tape } = list.fields;
  for (const member of ['bundleDependencies', 'bundledDependencies']) {
    const value = memberOf(tape, objectToken, member);
    if (isArray(tape, value)) {
      const items = [...childrenOf(tape, value)].filter((item: Token) => isString(tape, item));
      return items.map((item) => decodeString(tape, item));
    }
    if (isTrue(tape, value)) {
      return DEPENDENCY_SECTIONS.flatMap((section) =>
        [...childrenOf(tape, memberOf(tape, objectToken, section))].map((name) => decodeString(tape, name)),
      );
    }
  }
  return [];
}
