import { onForgetLatest } from '../../text/latest.ts';
import type { LockEntry, Lockfile } from '../model/lockfile.ts';
import { PnpmLockEntry } from '../pnpm/pnpm-lock-entry.ts';
import { recordOf } from './lock-record.ts';

/** The result for the last lockfiles, because several rules ask one after the other. */
let latest:
  | { readonly now: Lockfile; readonly before: Lockfile; readonly entries: readonly LockEntry[] }
  | undefined;
onForgetLatest(() => {
  latest = undefined;
});

/**
 * Returns the entries that install something different from every entry of the same name and version in an earlier
 * lockfile: a new version, another URL or hash, or different dependencies, commands, engines or scripts.
 */
export function changedEntries(now: Lockfile, before: Lockfile): readonly LockEntry[] {
  if (latest?.now !== now || latest.before !== before) {
    latest = { now, before, entries: findChanged(now, before) };
  }
  return latest.entries;
}

function findChanged(now: Lockfile, before: Lockfile): readonly LockEntry[] {
  const earlier = new Map<string, LockEntry[]>();
  for (const entry of before.entries) {
    const key = versionKey(entry);
    const same = earlier.get(key);
    if (same === undefined) earlier.set(key, [entry]);
    else if (same.length < MOST_COMPARED) same.push(entry);
  }
  return now.entries.filter((entry) => {
    const same = earlier.get(versionKey(entry));
    if (same === undefined) return true;
    const text = valueText(now, entry);
    if (same.some((other) => valueText(before, other) === text)) return false;
    const said = fingerprint(entry);
    return !same.some((other) => fingerprint(other) === said);
  });
}

/** A real file has two or three entries of one version; a hostile one may have any number. */
const MOST_COMPARED = 10;

function versionKey({ name, alias, version }: LockEntry): string {
  return `${alias ?? ''} ${name} ${version?.value}`;
}

/** Returns the text after the key, which only names the place where the package is installed. */
function valueText({ text }: Lockfile, entry: LockEntry): string {
  const own = text.slice(entry.keySpan.end, entry.span.end);
  if (!(entry instanceof PnpmLockEntry)) return own;
  return [own, ...entry.snapshots.map(({ span }) => text.slice(span.start, span.end))].join('\n');
}

function fingerprint(entry: LockEntry): string {
  const { source, hashes, details } = recordOf(entry);
  return JSON.stringify([
    source.identity,
    hashes.map(({ algorithm, digest }) => `${algorithm} ${digest}`).sort(),
    entry.edges.map(({ section, name, specifier }) => `${section} ${name} ${specifier.value}`).sort(),
    [...(details.bin ?? [])].sort(),
    [...(details.engines ?? [])].sort(),
    entry.hasInstallScript,
    details.patches.map(({ path, hash }) => [path, hash]),
    details.bundles,
    details.hasShrinkwrap,
    details.others,
  ]);
}
