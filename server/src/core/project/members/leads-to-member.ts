import type { Project } from '../project.ts';
import { memberAt } from './members.ts';
import { pnpmPackages, readPnpmClaims } from './pnpm-claims.ts';
import { readWorkspaceClaims, type WorkspaceClaims } from './workspace-claims.ts';

/**
 * Tells whether a link under a name to a folder, relative to the root, leads to a member: one of that name, or one in that
 * folder, also where its manifest is not there.
 */
export function leadsToMember({
  members,
  memberNames,
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
  return (name, folder) =>
    memberNames.has(name) ||
    (folder !== '' && (memberAt(members, folder) !== undefined || isClaimed(folder)));
}
