import { groupBy } from '../../text/group-by.ts';
import type { Project } from '../project.ts';
import { memberAt } from './members.ts';
import { pnpmPackages, readPnpmClaims } from './pnpm-claims.ts';
import { readWorkspaceClaims, type WorkspaceClaims } from './workspace-claims.ts';

/**
 * Tells whether a link under a name to a folder, relative to the root, leads to a member of that name: in its folder or a
 * part of it, which may be what is published. Also where the workspace claims the folder and its manifest is not there.
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

/** Of the root only itself, as all others lie below it. */
function isAtOrBelow(path: string, folder: string): boolean {
  return folder === path || (path !== '' && folder.startsWith(`${path}/`));
}
