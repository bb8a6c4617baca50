import { unlockedMember } from '../../core/read/project/locked/unlocked-member.ts';
import { joinUri, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { DiffedLockfile } from '../../core/show/report/diff/diff-report.ts';
import type { GitPort } from '../ports.ts';
import type { ProjectSnapshot } from '../session.ts';

type Members = NonNullable<DiffedLockfile['unlockedMembers']>;

/** Returns the members that are missing from a lockfile, sorted by path. */
export function unlockedMembers({ project, files }: ProjectSnapshot, lockfile: Uri): Members {
  if (project.lockfile?.uri !== lockfile) return [];
  const members = [];
  for (const uri of project.members.keys()) {
    const file = files.get(uri);
    const member = file?.kind === 'manifest' ? unlockedMember(project.lockfile, file, project) : undefined;
    if (member !== undefined) members.push(member);
  }
  return members.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Returns those without a manifest in the commit: an earlier change omitted the others. */
export async function newMembers(
  git: Pick<GitPort, 'textAt'>,
  { uri, members }: { readonly uri: Uri; readonly members: Members },
  revision: string,
): Promise<Members> {
  const isNew = await Promise.all(
    members.map(async ({ path }) => {
      const manifest = joinUri(joinUri(parentUri(uri), path), 'package.json');
      return (await git.textAt(manifest, revision)).type === 'absent';
    }),
  );
  return members.filter((_, index) => isNew[index]);
}
