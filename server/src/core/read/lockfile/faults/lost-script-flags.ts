import type { LockEntry, Lockfile } from '../model/lockfile.ts';

/** An entry without a script flag, and another of the same package and version that has it. */
export interface LostScriptFlag {
  readonly entry: LockEntry;
  readonly witness: LockEntry;
}

/**
 * Yields entries without the install script flag if `witness` (the same file, an earlier state of it, or another
 * lockfile) says that the package has one. Yields nothing if either file does not record such flags.
 * @param entries the entries of the lockfile to check; within the same file, only they are witnesses
 */
export function* lostScriptFlags(
  lockfile: Lockfile,
  witness: Lockfile,
  entries: readonly LockEntry[] = lockfile.entries,
): Generator<LostScriptFlag, void> {
  if (!lockfile.recordsInstallScripts || !witness.recordsInstallScripts) return;
  const flagged = new Map<string, LockEntry[]>();
  const names = new Set<string>();
  for (const entry of witness === lockfile ? entries : witness.entries) {
    if (!entry.hasInstallScript || !isJudged(entry)) continue;
    names.add(entry.name);
    const same = flagged.get(versionKey(entry));
    if (same === undefined) flagged.set(versionKey(entry), [entry]);
    else if (same.length < MOST_COMPARED) same.push(entry);
  }
  if (flagged.size === 0) return;
  for (const entry of entries) {
    if (entry.hasInstallScript !== false || !names.has(entry.name) || !isJudged(entry)) continue;
    const match = flagged.get(versionKey(entry))?.find((one) => isSameDownload(one, entry));
    if (match !== undefined) yield { entry, witness: match };
  }
}

/** A real file has two or three entries of one version; a hostile one may have any number. */
const MOST_COMPARED = 10;

function versionKey({ name, version }: LockEntry): string {
  return `${name} ${version?.value}`;
}

/** Only a registry never changes what it published, and npm does not look into bundled packages. */
function isJudged({ source, bundled, version }: LockEntry): boolean {
  return source === 'registry' && !bundled && version !== undefined;
}

/** If both have a hash, it has to match; a different one is another rule's finding. */
function isSameDownload(a: LockEntry, b: LockEntry): boolean {
  return a.integrity === undefined || b.integrity === undefined || a.integrity.value === b.integrity.value;
}
