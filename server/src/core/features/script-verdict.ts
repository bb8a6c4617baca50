import type { LockEntry } from '../lockfile/lockfile.ts';
import type { Project } from '../project/project.ts';
import { decisionFor, scriptPolicyOf } from '../scripts/script-decision.ts';
import { type ScriptIdentity, scriptIdentity } from '../scripts/script-identity.ts';

/** What the project decided about a package's install scripts. Unknown: another manager than npm decides elsewhere. */
export type ScriptVerdict =
  | {
      readonly type: 'approved' | 'denied' /** Undefined where every version is meant. */;
      readonly version: string | undefined;
    }
  | { readonly type: 'undecided' }
  | { readonly type: 'unknown' };

/** npm's decision for a locked entry; without one, for any version of the name. */
export function scriptVerdict(
  { manager, rootManifest, npmConfig }: Pick<Project, 'manager' | 'rootManifest' | 'npmConfig'>,
  name: string,
  entry: LockEntry | undefined,
): ScriptVerdict {
  if (manager.name !== 'npm') return { type: 'unknown' };
  const policy = scriptPolicyOf(rootManifest, npmConfig);
  const anyVersion: ScriptIdentity = { type: 'registry', name, version: undefined };
  const bare = policy.get(name) ?? policy.get(`${name}@*`);
  const identity = entry === undefined ? anyVersion : scriptIdentity(entry);
  const allowed = identity === undefined ? undefined : decisionFor(identity, policy);
  if (allowed === undefined || (entry === undefined && bare === undefined)) return { type: 'undecided' };
  const version = bare === allowed ? undefined : entry?.version?.value;
  return { type: allowed ? 'approved' : 'denied', version };
}
