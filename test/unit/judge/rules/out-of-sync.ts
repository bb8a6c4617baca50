import assert from 'node:assert/strict';
import { openWorkspace } from '../../../workspace.ts';

export const RULE = 'lockfile-out-of-sync';
export const HASH =
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';

/** A package.json in the source of a workspace. */
export const manifest = (members: object) => `-- package.json --\n${JSON.stringify(members, undefined, 2)}\n`;

/** What the rule says of a workspace whose lockfile is whole. */
export async function messages(source: string): Promise<readonly string[]> {
  const workspace = await openWorkspace(source);
  assert.equal(workspace.snapshot.projects[0]?.project.lockfile?.reason, undefined);
  return workspace.findings(RULE).map(({ message }) => message);
}
