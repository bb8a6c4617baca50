import { isDotenvName } from '../../core/read/config/dotenv.ts';
import { HEAD } from '../../core/read/project/base.ts';
import { nameOf, type Uri } from '../../core/read/text/paths/uri.ts';
import type { FilesPort, GitPort } from '../ports.ts';
import type { FileStore } from '../projects/file-store.ts';
import type { ProjectFiles } from '../projects/project-files.ts';
import { type BaseState, NO_BASE, readBaseState } from './base-state.ts';
import type { UncomparedFile } from './changed-programs.ts';

/** The changes in the work tree since the last commit to configuration and code that an install uses. */
export interface Uncommitted {
  /** Returns the state of the project with this root. */
  of(root: Uri): BaseState;
  /** Returns the files that could not be compared. */
  unknown(): readonly UncomparedFile[];
  /** Checks whether the project was requested. */
  knows(root: Uri): boolean;
  /** Compares again, and once more if called meanwhile. Never rejects; returns whether anything changed. */
  read(): Promise<boolean>;
}

export interface UncommittedSource {
  readonly store: FileStore;
  readonly files: FilesPort;
  readonly git: GitPort | undefined;
  /** Returns the projects to compare, only those for which git may be run. */
  projects(): readonly ProjectFiles[];
}

/** Compares projects with HEAD, those of one repository together, one comparison at a time. */
export function createUncommitted({ store, files, git, projects }: UncommittedSource): Uncommitted {
  let states = new Map<Uri, Known>();
  let asked: ReadonlySet<Uri> = new Set();
  let isRunning = false;
  let isAskedAgain = false;

  async function readAll(): Promise<boolean> {
    const next = new Map<Uri, Known>();
    asked = new Set(projects().map(({ root }) => root));
    for (const [folder, own] of byRepository(projects())) {
      const search = {
        folder,
        projects: own,
        store,
        files,
        git,
        revision: HEAD.revision,
        isGiven: false,
        mostFiles: MOST_FILES,
      };
      const state = await readBaseState(search).catch(() => NO_BASE);
      const known = { state, content: contentOf(state) };
      for (const { root } of own) {
        const before = states.get(root);
        next.set(root, before?.content === known.content ? before : known);
      }
    }
    const isOther = [...next].some(([root, { content }]) => (states.get(root)?.content ?? '') !== content);
    states = next;
    return isOther;
  }

  async function readUntilCurrent(): Promise<boolean> {
    let isOther = false;
    while (isAskedAgain) {
      isAskedAgain = false;
      isOther = (await readAll().catch(() => false)) || isOther;
    }
    // Reset at once: a later call starts a run of its own.
    isRunning = false;
    return isOther;
  }

  return {
    of: (root) => states.get(root)?.state ?? NO_BASE,
    unknown: () => [...new Set([...states.values()].flatMap(({ state }) => state.unknown))],
    knows: (root) => asked.has(root),
    async read() {
      // With a port that cannot list a commit, each file would need a request.
      if (git?.filesAt === undefined || git.indexBelow === undefined) return false;
      isAskedAgain = true;
      if (isRunning) return false;
      isRunning = true;
      return readUntilCurrent();
    },
  };
}

/** Read again on each save. */
const MOST_FILES = 1000;

interface Known {
  readonly state: BaseState;
  readonly content: string;
}

function byRepository(projects: readonly ProjectFiles[]): ReadonlyMap<Uri, readonly ProjectFiles[]> {
  const groups = new Map<Uri, ProjectFiles[]>();
  for (const project of projects) {
    const folder = project.repository ?? project.bound;
    groups.set(folder, [...(groups.get(folder) ?? []), project]);
  }
  return groups;
}

/** Returns a text that is equal for states with equal results in checks; empty if nothing changed. */
function contentOf({ configuration, since, unnamed, unknown }: BaseState): string {
  const failed = unknown.filter(({ isExpected }) => isExpected !== true);
  // Files with variables are normally untracked, and the others tracked.
  const unusual = [...since.tracked]
    .filter(([uri, isTracked]) => isTracked === isDotenvName(nameOf(uri)))
    .map(([uri]) => uri);
  if (configuration.size + since.programs.size + unnamed.size + failed.length + unusual.length === 0)
    return '';
  const { programs, namedIn, reached, elsewhere, mains, memberNames } = since;
  return JSON.stringify([
    [...configuration].map(([uri, file]) => [uri, file === 'absent' ? null : textOf(file)]),
    [...programs],
    [...namedIn],
    [...reached],
    [...elsewhere].map(([uri, names]) => [uri, ...names]),
    [...mains],
    [...memberNames],
    unusual,
    [...unnamed],
    failed,
  ]);
}

function textOf(file: object): unknown {
  return 'text' in file ? file.text : file;
}
