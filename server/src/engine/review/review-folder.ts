import { buildGraph } from '../../core/read/graph/build-graph.ts';
import { isLockfileKind } from '../../core/read/lockfile/detect.ts';
import { graphOptionsOf } from '../../core/read/project/graph-options-of.ts';
import { isWithin, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { DiffedLockfile } from '../../core/show/report/diff/diff-report.ts';
import { createReviewedPolicies } from '../base/reviewed-policies.ts';
import type { Ports } from '../ports.ts';
import { createFileStore } from '../projects/file-store.ts';
import { isExcludedPath } from '../projects/folder-walk.ts';
import type { TrackedFiles } from '../projects/tracked-files.ts';
import type { Session } from '../session.ts';
import { compareLockfiles } from './compare-lockfiles.ts';
import { goneLockfiles } from './gone-lockfiles.ts';
import { type LocatedGraph, locatedGraph } from './located-graph.ts';
import { lockfileRisks } from './lockfile-risks.ts';

/** The lockfiles of the loaded projects below a folder, compared with a commit. */
export interface FolderReview {
  /** Sorted by path; paths are relative to the folder. */
  readonly compared: readonly DiffedLockfile[];
  /** Why it is unknown which lockfiles were removed, as a clause. */
  readonly goneUnknown: string | undefined;
}

/** Compares the lockfiles below a folder, as the editor or the disk has them, with a commit. */
export async function reviewFolder(
  session: Session,
  ports: Pick<Ports, 'files' | 'publicRegistry' | 'publicAliases'> & {
    readonly git: NonNullable<Ports['git']>;
  },
  root: Uri,
  revision: string,
): Promise<FolderReview> {
  const { git, files } = ports;
  const { projects } = session.snapshot();
  const wanted = new Map<Uri, LocatedGraph>();
  for (const project of projects) {
    for (const status of project.statuses) {
      const { uri, kind } = status;
      if (!isLockfileKind(kind) || wanted.has(uri) || !isWithin(root, uri)) continue;
      wanted.set(uri, locatedGraph(project, { ...status, kind }, root));
    }
  }
  const gone = await goneLockfiles(
    {
      root,
      git,
      isThere: async (uri) => wanted.has(uri) || (await files.read(uri)).type !== 'missing',
      isExcluded: (uri) => isExcludedInCommit(uri, ports, root, revision),
    },
    revision,
  );
  const compared = await compareLockfiles(
    {
      git,
      sameRegistries: [ports.publicRegistry, ...(ports.publicAliases ?? [])],
      risksOf: (uri) => lockfileRisks(session, uri),
      graphOf(lockfile) {
        const project = projects.find((each) => each.project.root === parentUri(lockfile.uri));
        return buildGraph(lockfile, project === undefined ? {} : graphOptionsOf(project, lockfile.uri));
      },
    },
    {
      name: revision,
      file: undefined,
      wanted: [...wanted.values()],
      gone: gone.type === 'found' ? gone.lockfiles : [],
    },
  );
  return { compared, goneUnknown: gone.type === 'unknown' ? gone.reason : undefined };
}

/** Checks whether the configuration of a commit and the current one both exclude a file of that commit. */
export function isExcludedInCommit(
  uri: Uri,
  { files, git }: Pick<Ports, 'files' | 'git'>,
  bound: Uri,
  revision: string | undefined,
  policyFile?: Uri,
): Promise<boolean> {
  const store = createFileStore(files);
  const reviewedPolicy = createReviewedPolicies(git, () => revision);
  return isExcludedPath(uri, { store, bound, policyFile, tracked: IN_A_COMMIT, reviewedPolicy });
}

/** Files of a commit are tracked, whatever a .gitignore says. */
const IN_A_COMMIT: TrackedFiles = {
  around: async () => ({ ignoresCase: false, tracks: () => true }),
  failures: () => new Map(),
};
