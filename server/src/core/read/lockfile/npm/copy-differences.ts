import type { Located } from '../../text/span.ts';
import type { LockEntry, Lockfile, LockSource } from '../model/lockfile.ts';
import type { NpmV1Entry } from '../npm-v1/npm-v1-entry.ts';
import { type NpmLockfile, nestedCopyOf } from './npm-lockfile.ts';

/** A package of a registry or a tarball of which the two copies in version 2 of npm's lockfile say something else. */
export interface CopyDifference {
  /** In `packages`, which npm 7 and later read. */
  readonly entry: LockEntry;
  /** In `dependencies`, which npm up to 6 reads. */
  readonly copy: NpmV1Entry;
  /** `integrity`: the copies have other texts, whatever that means; the rest of them is the same. */
  readonly field: 'name' | 'version' | 'resolved' | 'integrity';
  readonly here: Located<string>;
  readonly there: Located<string>;
}

const known = new WeakMap<Lockfile, readonly CopyDifference[]>();

/** The first difference of each package. What only one of the copies says is none. */
export function copyDifferences(lockfile: Lockfile): readonly CopyDifference[] {
  let differences = known.get(lockfile);
  if (differences === undefined) {
    differences = [...compareCopies(lockfile, nestedCopyOf(lockfile)?.entries() ?? [])];
    known.set(lockfile, differences);
  }
  return differences;
}

/** With more than these it costs less to compare all again. */
const FEW = 50;

/** What is known of a lockfile after an edit in the value of one of its packages: what was alike elsewhere is so still. */
export function keepDifferences(before: Lockfile, after: NpmLockfile, key: string): void {
  const differences = known.get(before);
  if (differences === undefined || differences.length > FEW) return;
  const keys = new Set([...differences.map(({ copy }) => copy.key), key]);
  const copies = [...keys].flatMap((each) => after.copyAt(each) ?? []);
  copies.sort((a, b) => a.keySpan.start - b.keySpan.start);
  known.set(after, [...compareCopies(after, copies)]);
}

/** What is compared, by where the package comes from. A tarball's name may tell another version than is in it. */
const COMPARED: Partial<Record<LockSource, readonly ('version' | 'resolved' | 'integrity')[]>> = {
  registry: ['version', 'resolved', 'integrity'],
  tarball: ['resolved', 'integrity'],
};

function* compareCopies(lockfile: Lockfile, copies: readonly NpmV1Entry[]): Generator<CopyDifference, void> {
  for (const copy of copies) {
    const entry = lockfile.entry(copy.key);
    const fields = entry === undefined ? undefined : COMPARED[entry.source];
    if (entry === undefined || fields === undefined || copy.bundled || entry.bundled) continue;
    // Without an alias both are called as their folder, which is the same.
    const isAlias = entry.alias !== undefined || copy.alias !== undefined;
    if (isAlias && copy.source === 'registry' && entry.name !== copy.name) {
      const here = { value: entry.name, span: entry.keySpan };
      yield { entry, copy, field: 'name', here, there: { value: copy.name, span: copy.keySpan } };
      continue;
    }
    for (const field of fields) {
      const here = field === 'resolved' ? addressOf(entry, copy) : entry[field];
      const there = here === undefined ? undefined : copy[field];
      if (here === undefined || there === undefined || here.value === there.value) continue;
      yield { entry, copy, field, here, there };
      break;
    }
  }
}

/** Where no address is written, the registry is what the entry says, unless the hash shows that both are the same. */
function addressOf(entry: LockEntry, copy: NpmV1Entry): Located<string> | undefined {
  if (entry.resolved !== undefined || copy.source === 'registry') return entry.resolved;
  const isSame = entry.integrity !== undefined && entry.integrity.value === copy.integrity?.value;
  return isSame ? undefined : { value: 'the registry', span: entry.keySpan };
}
