import type { LockEntry, Lockfile } from '../../lockfile/model/lockfile.ts';
import { readSpecifier } from '../../manifest/read-specifier.ts';
import type { Project } from '../project.ts';

/** Which other package may be installed under a name. */
export interface Aliases {
  /** Checks whether a package, a manifest or an override declares it. */
  isDeclared(folder: string, name: string): boolean;
  /**
   * Checks whether the project itself requests the folder's own package and gets this entry, whatever packages declare.
   */
  isAskedPlainly(folder: string, entry: LockEntry): boolean;
  /** Checks whether an override of that name declares it. */
  isReplacement(folder: string, name: string): boolean;
}

/** Collects the aliases that the lockfile itself and the project's manifests and overrides declare. */
export function aliasesOf(
  lockfile: Lockfile,
  { rootManifest, overrides }: Pick<Project, 'rootManifest' | 'overrides'>,
): Aliases {
  let pairs: Set<string> | undefined;
  let searches = 0;
  const isAlias = (value: string | undefined, name: string) =>
    value !== undefined && (value === `npm:${name}` || value.startsWith(`npm:${name}@`));
  return {
    isDeclared(folder, name) {
      // The declaration may be in a part that was not read.
      if (lockfile.status !== 'checked') return true;
      // The form that every program writes; the edges are read only if this finds nothing, or is asked too often.
      if (
        pairs === undefined &&
        ++searches <= MAX_SEARCHES &&
        lockfile.text.includes(`"${folder}": "npm:${name}@`)
      )
        return true;
      const ofRoot = rootManifest?.dependencies ?? [];
      if (ofRoot.some(({ name: key, declared }) => key === folder && isAlias(declared, name))) return true;
      if (overrides.entries.some(({ declared }) => isAlias(declared, name))) return true;
      pairs ??= aliasEdges(lockfile);
      return pairs.has(`${folder} ${name}`);
    },
    isAskedPlainly(folder, entry) {
      if (overrides.of(folder).length > 0) return false;
      let isPlain = false;
      for (const importer of lockfile.importers.values()) {
        for (const edge of importer.edges) {
          if (edge.name !== folder || edge.section === 'peerDependencies') continue;
          const { type } = readSpecifier(folder, edge.specifier.value);
          if (type === 'alias') return false;
          const isRange = type === 'version' || type === 'range';
          isPlain ||= isRange && lockfile.follow(importer, edge) === entry;
        }
      }
      return isPlain;
    },
    isReplacement: (folder, name) => overrides.of(folder).some(({ declared }) => isAlias(declared, name)),
  };
}

/** How often the whole text is searched. */
const MAX_SEARCHES = 50;

function aliasEdges(lockfile: Lockfile): Set<string> {
  const pairs = new Set<string>();
  for (const dependent of [...lockfile.importers.values(), ...lockfile.entries]) {
    for (const { name, specifier } of dependent.edges) {
      const target = /^(?:npm|jsr):((?:@[^/@]+\/)?[^@]+)/.exec(specifier.value)?.[1];
      if (target !== undefined) pairs.add(`${name} ${target}`);
    }
  }
  return pairs;
}
