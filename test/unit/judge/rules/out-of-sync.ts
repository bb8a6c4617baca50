import assert from 'node:assert/strict';
import { openWorkspace } from '../../../workspace.ts';

export const RULE = 'lockfile-out-of-sync';
export const HASH =
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';

/** Returns a package.json in the source of a workspace. */
export const manifest = (members: object) => `-- package.json --\n${JSON.stringify(members, undefined, 2)}\n`;

/** Returns the rule's messages for a workspace with an intact lockfile. */
export async function messages(source: string): Promise<readonly string[]> {
  const workspace = await openWorkspace(source);
  assert.equal(workspace.snapshot.projects[0]?.project.lockfile?.reason, undefined);
  return workspace.findings(RULE).map(({ message }) => message);
}
