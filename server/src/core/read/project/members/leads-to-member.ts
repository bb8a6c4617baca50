import { groupBy } from '../../text/group-by.ts';
import type { Project } from '../project.ts';
import { memberAt } from './members.ts';
import { pnpmPackages, readPnpmClaims } from './pnpm-claims.ts';
import { readWorkspaceClaims, type WorkspaceClaims } from './workspace-claims.ts';

/**
 * Checks whether a link under a name to a folder, relative to the root, leads to a member of that name: in its folder
 * or a subfolder, which may be the published part. Also true if the workspace claims the folder and its manifest is
 * missing.
 */
export function leadsToMember({
  members,
  rootManifest,
  pnpmWorkspace,
}: Project): (name: string, folder: string) => boolean {
  let claims: readonly WorkspaceClaims[] | undefined;
  const isClaimed = (folder: string): boolean => {
    claims ??= [
      readWorkspaceClaims(rootManifest?.workspaces?.patterns.map(({ value }) => value) ?? []),
      ...(pnpmWorkspace === undefined ? [] : [readPnpmClaims(pnpmPackages(pnpmWorkspace))]),
    ];
    return claims.some((each) => each.claims(folder));
  };
  const folders = groupBy(members.values(), (member) => member.name ?? '');
  return (name, folder) => {
    if ((folders.get(name) ?? []).some(({ path }) => isAtOrBelow(path, folder))) return true;
    if (folder === '') return false;
    const member = memberAt(members, folder);
    return member === undefined ? isClaimed(folder) : member.name === undefined;
  };
}

/** For the root, matches only itself, because all others are below it. */
function isAtOrBelow(path: string, folder: string): boolean {
  return folder === path || (path !== '' && folder.startsWith(`${path}/`));
}
