import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { nameEnd } from '../../read/lockfile/yarn/descriptor-index.ts';
import { YarnTapeEntry } from '../../read/lockfile/yarn/yarn-tape-entry.ts';
import type { Aliases } from '../../read/project/locked/declared-aliases.ts';

/** Returns the name by which the entry is requested, if it differs from its own and no declared alias explains it. */
export function foreignFolder(entry: LockEntry, aliases: Aliases): string | undefined {
  if (entry instanceof YarnTapeEntry) {
    for (const declaration of entry.declarations) {
      const end = nameEnd(declaration);
      const folder = declaration.slice(0, end);
      const range = declaration.slice(end + 1);
      const isAlias = range.startsWith(`npm:${entry.name}@`) || range.startsWith('jsr:');
      // Yarn 1 keeps the declaration beside the alias that `resolutions` replaced it with.
      if (folder !== entry.name && !isAlias && !aliases.isReplacement(folder, entry.name)) return folder;
    }
    return undefined;
  }
  const { alias } = entry;
  if (alias === undefined) return undefined;
  return aliases.isDeclared(alias, entry.name) && !aliases.isAskedPlainly(alias, entry) ? undefined : alias;
}
