import { isInPackage } from '../../core/read/policy-file/extends/extends-target.ts';
import { type ResolvedPolicy, resolveExtends } from '../../core/read/policy-file/extends/resolve-extends.ts';
import type { Policy } from '../../core/read/policy-file/policy.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import { extendedIn } from '../projects/extended-policies.ts';
import type { FileStore } from '../projects/file-store.ts';
import type { ProjectFiles } from '../projects/project-files.ts';
import type { ReviewedConfiguration } from './reviewed-configuration.ts';

/** Resolves what policies extend, from the present files and from those of a review's base. */
export interface PolicyResolver {
  now(policy: Policy): ResolvedPolicy;
  inBase(policy: Policy): ResolvedPolicy;
}

export interface ResolverInput {
  readonly found: ProjectFiles;
  readonly store: FileStore;
  readonly reviewed: ReviewedConfiguration | undefined;
  /** Whether only what the base has counts, packages included. */
  readonly isOfBase: boolean;
}

export function policyResolver({ found, store, reviewed, isOfBase }: ResolverInput): PolicyResolver {
  const { tops, top } = found.extended;
  const topOf = ({ uri }: Policy) => (uri === undefined ? undefined : tops.get(uri)) ?? top;
  const now = (uri: Uri) => extendedIn(store, uri);
  const before = (uri: Uri) => {
    const old = reviewed?.extended.get(uri);
    if (old === 'absent') return 'missing';
    if (old !== undefined) return withoutPlaces(old);
    // Git keeps no installed packages, and those of a change under review are part of it.
    return isOfBase && isInPackage(uri) ? 'missing' : now(uri);
  };
  return {
    now: (policy) => kept(policy, resolveExtends(policy, topOf(policy), now)),
    inBase: (policy) => kept(policy, resolveExtends(policy, topOf(policy), before)),
  };
}

const known = new WeakMap<Policy, ResolvedPolicy[]>();
/** The present state and that of a base, and one of each while files change. */
const MOST_KEPT = 4;

/** Returns an equal result from before, if there is one. */
function kept(own: Policy, resolved: ResolvedPolicy): ResolvedPolicy {
  if (own.extends.length === 0) return resolved;
  const results = known.get(own) ?? [];
  known.set(own, results);
  const said = ({ problems }: ResolvedPolicy) => problems.map(({ message }) => message).join('\n');
  const same = results.find(
    (one) =>
      one.files.length === resolved.files.length &&
      one.files.every((file, at) => file === resolved.files[at]) &&
      one.policy.lostPrivacy?.message === resolved.policy.lostPrivacy?.message &&
      said(one) === said(resolved),
  );
  if (same !== undefined) return same;
  const [unresolved] = resolved.problems;
  const made =
    unresolved === undefined ? resolved : { ...resolved, policy: { ...resolved.policy, unresolved } };
  results.unshift(made);
  results.length = Math.min(results.length, MOST_KEPT);
  return made;
}

const reported = new WeakMap<ResolvedPolicy, Policy>();

/** Returns a policy as written, with the faults of what it extends among its problems. */
export function withProblemsOf(own: Policy, resolved: ResolvedPolicy): Policy {
  if (resolved.problems.length === 0) return own;
  const policy = reported.get(resolved) ?? { ...own, problems: [...own.problems, ...resolved.problems] };
  reported.set(resolved, policy);
  return policy;
}

const unplaced = new WeakMap<Policy, Policy>();

/** Returns an earlier policy without the places of its entries, which are not those of the present text. */
export function withoutPlaces(policy: Policy): Policy {
  let without = unplaced.get(policy);
  if (without === undefined) {
    const { deny, allow, controls } = policy;
    without = {
      ...policy,
      deny: deny.map((term) => ({ ...term, uri: undefined })),
      allow: allow.map((term) => ({ ...term, uri: undefined })),
      controls: new Map([...controls].map(([key, control]) => [key, { ...control, uri: undefined }])),
    };
    unplaced.set(policy, without);
  }
  return without;
}
