import type { CancellationToken } from 'vscode-languageserver';
import { lockfileKindOf } from '../../core/read/lockfile/detect.ts';
import { HEAD } from '../../core/read/project/base.ts';
import { canonicalUri, isWithin, nameOf, type Uri } from '../../core/read/text/paths/uri.ts';
import type { GitPort } from '../../engine/ports.ts';
import { reviewFolder } from '../../engine/review/review-folder.ts';
import { type ReviewedFolder, reviewTree } from '../lockfile-review.ts';
import type { CommittedText, ReviewBase, ReviewRequest, ReviewResult } from '../messages.ts';
import { NO_PROJECTS } from '../no-projects.ts';
import type { ServerState } from '../server-state.ts';

const NO_GIT = 'Git is not available here, so lockfiles cannot be compared with a commit.';

/**
 * Compares the lockfiles of all folders with a commit. Runs git to read it, asks no registry, and writes nothing.
 * `loadAll` loads the projects of all folders.
 */
export async function reviewLockfiles(
  server: ServerState,
  argument: unknown,
  token: CancellationToken,
  loadAll: () => Promise<void>,
): Promise<ReviewResult> {
  const request = readRequest(argument);
  if (request === undefined) return { problem: 'The commit to compare with is invalid.' };
  const { session, ports, folders } = server;
  const { git } = ports;
  if (git === undefined) return { problem: NO_GIT };
  await server.settled;
  if (request.loads) await loadAll();
  if (session.snapshot().projects.length === 0) return { problem: NO_PROJECTS };
  git.forgetCommits?.();
  const reviewed: ReviewedFolder[] = [];
  for (const folder of folders) {
    if (token.isCancellationRequested) break;
    const base = await baseOf(git, folder, request);
    if (typeof base !== 'string') reviewed.push({ folder, problem: base.reason });
    else reviewed.push({ folder, review: await reviewFolder(session, { ...ports, git }, folder, base) });
  }
  return reviewTree(server, { reviewed, request, snapshot: session.snapshot() });
}

async function baseOf(
  git: GitPort,
  folder: Uri,
  { revision, isMergeBase }: ReviewRequest,
): Promise<string | { readonly reason: string }> {
  if (!isMergeBase) return revision;
  const found = await git.mergeBaseOf?.(folder, HEAD.revision, revision);
  return found ?? { reason: 'the common commit cannot be read' };
}

/** The names that a default branch usually has, those of the remote first. */
const DEFAULT_BRANCHES = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];

/** Lists the last commit, the default branch, and what HEAD has in common with it, as far as they exist. */
export async function listReviewBases({ ports, folders }: ServerState): Promise<readonly ReviewBase[]> {
  const { git } = ports;
  const bases: ReviewBase[] = [];
  for (const folder of folders) {
    const head = await git?.commitOf?.(folder, HEAD.revision);
    if (git === undefined || typeof head !== 'string') continue;
    const last = { label: 'Last commit', description: `HEAD (${head.slice(0, 8)})` };
    bases.push({ ...last, revision: HEAD.revision, isMergeBase: false });
    for (const revision of DEFAULT_BRANCHES) {
      const commit = await git.commitOf?.(folder, revision);
      if (typeof commit !== 'string') continue;
      const common = await git.mergeBaseOf?.(folder, HEAD.revision, revision);
      const description = `${revision} (${commit.slice(0, 8)})`;
      bases.push({ label: 'Default branch', description, revision, isMergeBase: false });
      if (typeof common === 'string' && common !== head && common !== commit)
        bases.push({
          label: 'Merge base with the default branch',
          description: `${common.slice(0, 8)}, where HEAD left ${revision}`,
          revision,
          isMergeBase: true,
        });
      break;
    }
    break;
  }
  return bases;
}

/** Returns the text of a lockfile of the open folders in a commit. */
export async function readCommitted(
  { ports, folders }: ServerState,
  argument: unknown,
): Promise<CommittedText> {
  const { uri: given, commit } = (argument ?? {}) as { readonly uri?: unknown; readonly commit?: unknown };
  const isCommit = typeof commit === 'string' && /^(?:[\da-f]{40}|[\da-f]{64})$/.test(commit);
  if (typeof given !== 'string' || !isCommit) return { problem: 'The file or the commit is invalid.' };
  const uri = canonicalUri(given);
  const isOurs = lockfileKindOf(nameOf(uri)) !== undefined && folders.some((folder) => isWithin(folder, uri));
  if (!isOurs) return { problem: 'The file is not a lockfile of the open folders.' };
  if (ports.git === undefined) return { problem: NO_GIT };
  const read = await ports.git.textAt(uri, commit);
  if (read.type === 'unknown') return { problem: `The file cannot be read, as ${read.reason}.` };
  return { text: read.type === 'text' ? read.text : '' };
}

function readRequest(argument: unknown): ReviewRequest | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { revision, isMergeBase, loads } = argument as Partial<Record<keyof ReviewRequest, unknown>>;
  if (typeof revision !== 'string' || revision.trim() === '' || revision.length > 200) return undefined;
  return { revision: revision.trim(), isMergeBase: isMergeBase === true, loads: loads !== false };
}
