import type { CheckedFile } from '../../core/read/project/checked-file.ts';
import { pnpmPackages, readPnpmClaims } from '../../core/read/project/members/pnpm-claims.ts';
import {
  readWorkspaceClaims,
  type WorkspaceClaims,
} from '../../core/read/project/members/workspace-claims.ts';
import { joinUri, parentUri, relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';

export interface MembersSearch {
  readonly root: Uri;
  readonly manifests: Iterable<Uri>;
  /** Returns a file of the root that may declare workspace members, in either state; undefined if missing. */
  now(uri: Uri): Promise<CheckedFile | undefined>;
  before(uri: Uri): Promise<CheckedFile | undefined>;
}

/**
 * Returns the manifests of folders that became members of the root since the base, new or not: an install of the root
 * now runs their scripts and links their commands.
 */
export async function joinedMembers(search: MembersSearch): Promise<readonly Uri[]> {
  const { root, manifests, now, before } = search;
  const [after, earlier] = [await claimsOf(root, now), await claimsOf(root, before)];
  return [...manifests].filter((uri) => {
    const path = relativeUri(root, parentUri(uri));
    return parentUri(uri) !== root && after.claims(path) && !earlier.claims(path);
  });
}

/** Returns the claims of the root. pnpm's own file takes precedence if it has members. */
async function claimsOf(root: Uri, state: MembersSearch['now']): Promise<Pick<WorkspaceClaims, 'claims'>> {
  const workspace = await state(joinUri(root, 'pnpm-workspace.yaml'));
  const packages = workspace?.kind === 'pnpmWorkspace' ? pnpmPackages(workspace) : undefined;
  if (packages !== undefined) return readPnpmClaims(packages);
  const manifest = await state(joinUri(root, 'package.json'));
  const patterns = manifest?.kind === 'manifest' ? manifest.workspaces?.patterns : undefined;
  return readWorkspaceClaims(patterns?.map(({ value }) => value) ?? []);
}
