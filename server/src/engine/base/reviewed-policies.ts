import type { Policy } from '../../core/read/policy-file/policy.ts';
import { withPrivacyOf } from '../../core/read/policy-file/private-names.ts';
import { readPolicy } from '../../core/read/policy-file/read-policy.ts';
import { isWithin, nameOf, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { GitPort } from '../ports.ts';
import type { ReviewedConfiguration } from './reviewed-configuration.ts';

/** Reads the policy of a review's base; undefined if it is not part of the change and applies as it is. */
export type ReadReviewedPolicy = (uri: Uri) => Promise<Policy | 'absent' | undefined>;

/** Reads each policy once. An untracked one was written by whoever runs the check. */
export function createReviewedPolicies(
  git: GitPort | undefined,
  revision: () => string | undefined,
): ReadReviewedPolicy {
  const known = new Map<string, Promise<Policy | 'absent' | undefined>>();
  return (uri) => {
    const since = revision();
    if (git === undefined || since === undefined) return Promise.resolve(undefined);
    const key = JSON.stringify([since, uri]);
    const read = known.get(key) ?? policyAt(git, uri, since).catch(() => 'absent' as const);
    known.set(key, read);
    return read;
  };
}

async function policyAt(git: GitPort, uri: Uri, revision: string): Promise<Policy | 'absent' | undefined> {
  const read = await git.textAt(uri, revision);
  if (read.type === 'text') return readPolicy(uri, read.text);
  if (read.type === 'unknown') return 'absent';
  const name = nameOf(uri).toLowerCase();
  const index = await git.indexBelow?.(parentUri(uri), (other) => other.toLowerCase() === name);
  const isTracked = index?.type !== 'index' || index.files.some((file) => parentUri(file) === parentUri(uri));
  return isTracked ? 'absent' : undefined;
}

/** Returns the base's policies in the folder of a project and above it that have changed or are gone. */
export function policiesBefore(reviewed: ReviewedConfiguration | undefined, root: Uri): readonly Policy[] {
  const found: Policy[] = [];
  for (const [uri, file] of reviewed?.files ?? [])
    if (file !== 'absent' && file.kind === 'policy' && isWithin(parentUri(uri), root)) found.push(file);
  // Nearest first.
  return found.sort((a, b) => (b.uri?.length ?? 0) - (a.uri?.length ?? 0));
}

const made = new WeakMap<Policy, { readonly fixtures: Policy['fixtures']; readonly policy: Policy }>();

/** Returns the policy with the base's fixtures: additions by the change under review do not count. */
export function withFixturesOf(policy: Policy, before: Policy | 'absent' | undefined): Policy {
  if (before === undefined) return policy;
  const fixtures = before === 'absent' ? undefined : before.fixtures;
  const known = made.get(policy);
  if (known !== undefined && known.fixtures === fixtures) return known.policy;
  const next = { ...policy, fixtures };
  made.set(policy, { fixtures, policy: next });
  return next;
}

/** A review that removes something from one of these creates another object. */
const REVIEWED = [
  ...(['preset', 'rules', 'ignores', 'allowedHosts', 'mirrors', 'allowNames'] as const),
  ...(['deny', 'allow', 'approvals', 'requireApproval', 'controls', 'incident'] as const),
  ...(['overrides', 'unresolved'] as const),
] as const;

/** Returns the policy with the private names of others added; `before` if it is equal. */
export function privacyOf(own: Policy, others: readonly Policy[], before: Policy | undefined): Policy {
  if (others.length === 0) return own;
  const policy = withPrivacyOf(own, others);
  if (policy === own || before === undefined || before.text !== own.text || before.uri !== own.uri)
    return policy;
  const said = ({ privateScopes, internalNames, fixtures }: Policy) =>
    JSON.stringify([privateScopes, internalNames, fixtures]);
  const isSame = REVIEWED.every((key) => policy[key] === before[key]);
  return isSame && said(policy) === said(before) ? before : policy;
}
