import type { Located } from '../../text/span.ts';
import type { LockEntry, Lockfile, LockSource } from '../model/lockfile.ts';
import type { NpmV1Entry } from '../npm-v1/npm-v1-entry.ts';
import { type NpmLockfile, nestedCopyOf } from './npm-lockfile.ts';

/** A registry package or tarball on which the two copies in version 2 of npm's lockfile disagree. */
export interface CopyDifference {
  /** In `packages`, which npm 7 and later read. */
  readonly entry: LockEntry;
  /** In `dependencies`, which npm up to 6 reads. */
  readonly copy: NpmV1Entry;
  /** `integrity`: the texts differ, whatever that means; the other fields are the same. */
  readonly field: 'name' | 'version' | 'resolved' | 'integrity';
  readonly here: Located<string>;
  readonly there: Located<string>;
}

const known = new WeakMap<Lockfile, readonly CopyDifference[]>();

/** Returns the first difference of each package. A value in only one of the copies is not a difference. */
export function copyDifferences(lockfile: Lockfile): readonly CopyDifference[] {
  let differences = known.get(lockfile);
  if (differences === undefined) {
    differences = [...compareCopies(lockfile, nestedCopyOf(lockfile)?.entries() ?? [])];
    known.set(lockfile, differences);
  }
  return differences;
}

/** With more than these, comparing everything again is cheaper. */
const FEW = 50;

/** Carries over the differences after an edit in the value of one package: what was equal elsewhere still is. */
export function keepDifferences(before: Lockfile, after: NpmLockfile, key: string): void {
  const differences = known.get(before);
  if (differences === undefined || differences.length > FEW) return;
  const keys = new Set([...differences.map(({ copy }) => copy.key), key]);
  const copies = [...keys].flatMap((each) => after.copyAt(each) ?? []);
  copies.sort((a, b) => a.keySpan.start - b.keySpan.start);
  known.set(after, [...compareCopies(after, copies)]);
}

/** The compared fields, by source of the package. A tarball's file name may show another version than its content. */
const COMPARED: Partial<Record<LockSource, readonly ('version' | 'resolved' | 'integrity')[]>> = {
  registry: ['version', 'resolved', 'integrity'],
  tarball: ['resolved', 'integrity'],
};

function* compareCopies(lockfile: Lockfile, copies: readonly NpmV1Entry[]): Generator<CopyDifference, void> {
  for (const copy of copies) {
    const entry = lockfile.entry(copy.key);
    const fields = entry === undefined ? undefined : COMPARED[entry.source];
    if (entry === undefined || fields === undefined || copy.bundled || entry.bundled) continue;
    // Without an alias both are named after their folder, which is the same.
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

/** Without a recorded URL the entry means the registry, unless the hash shows that both are the same. */
function addressOf(entry: LockEntry, copy: NpmV1Entry): Located<string> | undefined {
  if (entry.resolved !== undefined || copy.source === 'registry') return entry.resolved;
  const isSame = entry.integrity !== undefined && entry.integrity.value === copy.integrity?.value;
  return isSame ? undefined : { value: 'the registry', span: entry.keySpan };
}
