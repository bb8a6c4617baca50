import type { LockEntry, Lockfile } from '../../lockfile/model/lockfile.ts';
import { nameEnd } from '../../lockfile/yarn/descriptor-index.ts';
import { YarnTapeEntry } from '../../lockfile/yarn/yarn-tape-entry.ts';
import { specOfLockfile } from '../../manager/manager-of-lockfile.ts';
import { readSpecifier } from '../../manifest/read-specifier.ts';
import type { Project } from '../project.ts';
import { lockedElsewhere } from './locked-elsewhere.ts';

/** An entry that a direct dependency resolves to, but from another source than declared. */
export interface OtherSource {
  readonly entry: LockEntry;
  readonly name: string;
  readonly declared: string;
  /** The difference of the entry, as a clause: `takes it from host/owner/project`, `has commit 0123456789ab`. */
  readonly elsewhere: string;
}

/**
 * Finds direct dependencies on git and URLs that a lockfile takes from another repository, URL or commit than declared.
 * Package managers install what the lockfile says, and compare the declaration only with its copy of it.
 */
export function* otherSources(lockfile: Lockfile, project: Project): Generator<OtherSource, void> {
  const seen = new Set<LockEntry>();
  for (const { name, declared, entry } of directly(lockfile)) {
    if (entry === undefined || seen.has(entry) || project.overrides.of(name).length > 0) continue;
    const elsewhere = lockedElsewhere(readSpecifier(name, declared), entry);
    if (elsewhere === undefined) continue;
    seen.add(entry);
    yield { entry, name, declared, elsewhere };
  }
}

interface Direct {
  readonly name: string;
  readonly declared: string;
  readonly entry: LockEntry | undefined;
}

/**
 * Yields direct dependencies by the importers of formats that record them, and by the keys of Yarn. Manifests are left
 * to their own checks, so that an edit of one does not check the lockfile again.
 */
function* directly(lockfile: Lockfile): Generator<Direct, void> {
  for (const importer of lockfile.importers.values()) {
    for (const edge of importer.edges) {
      const declared = edge.specifier.value;
      if (isUrl(declared)) yield { name: edge.name, declared, entry: lockfile.follow(importer, edge) };
    }
  }
  if (!specOfLockfile(lockfile.format).lockfile.keyedBySpecifier) return;
  for (const entry of lockfile.entries) {
    if (!(entry instanceof YarnTapeEntry) || entry.source === 'registry') continue;
    for (const declaration of entry.declarations) {
      const end = nameEnd(declaration);
      const declared = declaration.slice(end + 1);
      if (isUrl(declared)) yield { name: declaration.slice(0, end), declared, entry };
    }
  }
}

/** Most dependencies have a range, which needs no parsing. */
function isUrl(declared: string): boolean {
  return declared.includes('/') && !/^(?:npm|workspace|catalog|link|portal|file|patch):/.test(declared);
}
