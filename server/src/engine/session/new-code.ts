import type { LockEntry, Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import { newlyLocked } from '../../core/read/project/locked/newly-locked.ts';
import type { EntryCode, NewCodes } from '../../core/read/project/new-code.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { Ports } from '../ports.ts';
import type { ProjectFacts } from '../registry/project-facts.ts';

/** What the code of newly locked versions can do, by the root of their project. */
export interface ReadCode {
  of(root: Uri): NewCodes | undefined;
  /** Returns what the code of a locked version can do, read once. */
  ofEntry(project: Project, entry: LockEntry, facts: ProjectFacts): Promise<EntryCode | undefined>;
  /**
   * Reads the code of versions that the base lacks: installed and cached, or with facts also by asking registries.
   * Returns whether anything is known now that was not.
   */
  read(
    projects: readonly Project[],
    factsOf: ((project: Project) => ProjectFacts) | undefined,
  ): Promise<boolean>;
}

/** Creates the reader. The parsers are loaded with the first version that is new. */
export function createReadCode(ports: Ports): ReadCode {
  const found = new Map<Uri, NewCodes>();
  const entries = new WeakMap<
    LockEntry,
    { readonly base: Lockfile | undefined; readonly code: Promise<EntryCode | undefined> }
  >();
  return {
    of: (root) => found.get(root),
    async ofEntry(project, entry, facts) {
      const known = entries.get(entry);
      if (known?.base === project.committedLockfile && known !== undefined) return known.code;
      const { codeOfEntry } = await import('../inspect/inspect.ts');
      const code = codeOfEntry(project, entry, { ports, facts: permitted(facts) });
      entries.set(entry, { base: project.committedLockfile, code });
      return code;
    },
    async read(projects, factsOf) {
      const changed = projects.filter((project) => newlyLocked(project).length > 0);
      if (changed.length === 0) return false;
      const { newCodeOf } = await import('../inspect/inspect.ts');
      for (const project of changed)
        found.set(project.root, await newCodeOf(project, { ports, facts: permitted(factsOf?.(project)) }));
      return true;
    },
  };
}

/** Returns facts only where a registry may be asked: what is cached of it must not lead to a download. */
function permitted(facts: ProjectFacts | undefined): ProjectFacts | undefined {
  return facts?.unreachable === undefined ? facts : undefined;
}
