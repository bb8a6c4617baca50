import type { LockEntry, Lockfile } from '../../lockfile/lockfile.ts';
import { readSpecifier } from '../../manifest/read-specifier.ts';
import type { Project } from '../project.ts';
import { lockedElsewhere } from './locked-elsewhere.ts';

/** An entry that a direct dependency leads to, and that is of another place than the dependency says. */
export interface OtherSource {
  readonly entry: LockEntry;
  readonly name: string;
  /** As declared. */
  readonly declared: string;
  /** What the entry does instead, as a clause: `takes it from host/owner/project`, `has commit 0123456789ab`. */
  readonly elsewhere: string;
}

/**
 * Finds direct dependencies on git and on web addresses that a lockfile takes from another repository, address or commit
 * than is declared. Package managers install what the lockfile says, and compare only the declaration with its copy of it.
 */
export function* otherSources(lockfile: Lockfile, project: Project): Generator<OtherSource, void> {
  const seen = new Set<LockEntry>();
  for (const { name, declared, entry } of directly(lockfile, project)) {
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

/** By the root's manifest, and by the importers of formats that record them. */
function* directly(lockfile: Lockfile, { rootManifest }: Project): Generator<Direct, void> {
  for (const { name, declared } of rootManifest?.dependencies ?? []) {
    if (declared !== undefined && isAddress(declared))
      yield { name, declared, entry: lockfile.resolve('', name, declared) };
  }
  for (const importer of lockfile.importers.values()) {
    for (const edge of importer.edges) {
      const declared = edge.specifier.value;
      if (isAddress(declared)) yield { name: edge.name, declared, entry: lockfile.follow(importer, edge) };
    }
  }
}

/** Most dependencies have a range, which needs no reading. */
function isAddress(declared: string): boolean {
  return declared.includes('/') && !/^(?:npm|workspace|catalog|link|portal|file|patch):/.test(declared);
}
