import { join } from 'node:path';
import { readBoundedSync } from '../files/read-bounded.ts';
import { namesIn } from './archives/tarball-caches.ts';

/** The patches of a project that a script applies after each install, as patch-package does. */
export interface PatchFiles {
  /** Checks whether there is a patch for a package. */
  isFor(name: string): boolean;
  /** Returns which files of the package in a folder no patch changes; undefined if a patch cannot be read. */
  withoutPatched(folder: string, files: readonly string[]): readonly string[] | undefined;
}

const MAX_PATCH = 20_000_000;
const CHANGED = /^(?:diff --git "?a\/(.+?)"? "?b\/(.+?)"?|(?:---|\+\+\+) "?[ab]\/(.+?)"?(?:\t.*)?)\r?$/gm;

/** Finds the patches in the folder `patches`. Nothing is read before it is asked for. */
export function patchFilesIn(root: string): PatchFiles {
  const folder = join(root, 'patches');
  const names = namesIn(folder).filter((name) => name.endsWith('.patch'));
  let changed: ReadonlySet<string> | 'unread' | undefined;
  const read = () => {
    try {
      const texts = names.map((name) =>
        readBoundedSync(join(folder, name), MAX_PATCH).bytes.toString('utf8'),
      );
      const paths = texts.flatMap((text) => [...text.matchAll(CHANGED)].flatMap(([, ...each]) => each));
      return new Set(paths.filter((path) => path !== undefined));
    } catch {
      return 'unread';
    }
  };
  return {
    // A patch of a package within another one is named after both: `outer++inner+1.0.0.patch`.
    isFor: (name) => names.some((each) => `+${each}`.includes(`+${name.replace('/', '+')}+`)),
    withoutPatched(place, files) {
      changed ??= read();
      const known = changed;
      return known === 'unread' ? undefined : files.filter((file) => !known.has(`${place}/${file}`));
    },
  };
}
