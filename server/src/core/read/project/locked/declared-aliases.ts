import type { LockEntry, Lockfile } from '../../lockfile/model/lockfile.ts';
import { readSpecifier } from '../../manifest/read-specifier.ts';
import type { Project } from '../project.ts';

/** Which other package may be installed under a name. */
export interface Aliases {
  /** Whether a package, a manifest or an override declares it. */
  isDeclared(folder: string, name: string): boolean;
  /** Whether the project itself asks for the folder's own package and gets this entry, whatever packages declare. */
  isAskedPlainly(folder: string, entry: LockEntry): boolean;
  /** Whether an override of that name does. */
  isReplacement(folder: string, name: string): boolean;
}

/** What the lockfile itself and the project's manifests and overrides say of it. */
export function aliasesOf(
  lockfile: Lockfile,
  { rootManifest, overrides }: Pick<Project, 'rootManifest' | 'overrides'>,
): Aliases {
  let pairs: Set<string> | undefined;
  const isAlias = (value: string | undefined, name: string) =>
    value !== undefined && (value === `npm:${name}` || value.startsWith(`npm:${name}@`));
  return {
    isDeclared(folder, name) {
      // What declares it may stand in a part that was not read.
      if (lockfile.status !== 'checked') return true;
      // As every program writes it; the edges are read only where it stands otherwise.
      if (lockfile.text.includes(`"${folder}": "npm:${name}@`)) return true;
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
