import { HEAD } from '../../core/read/project/base.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { FilesPort, GitPort } from '../ports.ts';
import type { FileStore } from '../projects/file-store.ts';
import type { ProjectFiles } from '../projects/project-files.ts';
import { type BaseState, NO_BASE, readBaseState } from './base-state.ts';
import type { UncomparedFile } from './changed-programs.ts';

/** What the work tree has of configuration and code that an install runs, and the last commit has not. */
export interface Uncommitted {
  /** What is known of the project in this root. */
  of(root: Uri): BaseState;
  /** What could not be compared. */
  unknown(): readonly UncomparedFile[];
  /** Whether that was asked for. */
  knows(root: Uri): boolean;
  /**
   * Compares again, and once more where it is called meanwhile. Never rejects; says whether anything is now known
   * otherwise.
   */
  read(): Promise<boolean>;
}

export interface UncommittedSource {
  readonly store: FileStore;
  readonly files: FilesPort;
  readonly git: GitPort | undefined;
  /** The projects to compare: those alone of which git may be asked. */
  projects(): readonly ProjectFiles[];
}

/** Compares projects with HEAD, those of one repository together, one comparison after the other. */
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
    // At once: what is asked from here on starts a run of its own.
    isRunning = false;
    return isOther;
  }

  return {
    of: (root) => states.get(root)?.state ?? NO_BASE,
    unknown: () => [...new Set([...states.values()].flatMap(({ state }) => state.unknown))],
    knows: (root) => asked.has(root),
    async read() {
      // A port that cannot list a commit would have each file asked for.
      if (git?.filesAt === undefined || git.indexBelow === undefined) return false;
      isAskedAgain = true;
      if (isRunning) return false;
      isRunning = true;
      return readUntilCurrent();
    },
  };
}

/** Read again with each file that is saved. */
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

/** A text that is the same for states with which checks say the same; empty where nothing changed. */
function contentOf({ configuration, since, unnamed, unknown }: BaseState): string {
  const failed = unknown.filter(({ isExpected }) => isExpected !== true);
  if (configuration.size + since.programs.size + unnamed.size + failed.length === 0) return '';
  const { programs, namedIn, reached, elsewhere, mains, memberNames } = since;
  return JSON.stringify([
    [...configuration].map(([uri, file]) => [uri, file === 'absent' ? null : textOf(file)]),
    [...programs],
    [...namedIn],
    [...reached],
    [...elsewhere].map(([uri, names]) => [uri, ...names]),
    [...mains],
    [...memberNames],
    [...unnamed],
    failed,
  ]);
}

function textOf(file: object): unknown {
  return 'text' in file ? file.text : file;
}
