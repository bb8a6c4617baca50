import { type LockedPolicy, lockPolicy } from '../../core/judge/policy/review/lock-policy.ts';
import { reviewPolicy } from '../../core/judge/policy/review/review-policy.ts';
import { RULES } from '../../core/judge/rules/index.ts';
import type { Policy } from '../../core/read/policy-file/policy.ts';
import type { PolicyLoosening } from '../../core/read/policy-file/policy-loosening.ts';
import { DEFAULT_POLICY } from '../../core/read/policy-file/read-policy.ts';
import { isWithin, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { FileStore } from '../projects/file-store.ts';
import type { ProjectFiles } from '../projects/project-files.ts';
import type { EngineSettings } from '../settings.ts';
import type { ReviewedConfiguration } from './reviewed-configuration.ts';
import { policiesBefore, privacyOf, withFixturesOf } from './reviewed-policies.ts';

export interface PolicySearch {
  readonly found: ProjectFiles;
  readonly store: FileStore;
  readonly settings: EngineSettings;
  readonly reviewed: ReviewedConfiguration | undefined;
  /** The policy in force before. */
  readonly before: Policy | undefined;
  /** The folder of the policy file, see `Project.policyBase`. */
  readonly policyBase: Uri;
}

export interface PolicyInForce {
  /** As written in the file; undefined without one. */
  readonly policyRead: Policy | undefined;
  readonly policiesAbove: readonly Policy[];
  /** Policies of the base that have changed or are gone, nearest first. */
  readonly reviewedPolicies: readonly Policy[];
  /** See `Project.policyLoosenings`. */
  readonly policyLoosenings: readonly PolicyLoosening[] | undefined;
  /** See `Project.policyBase`. */
  readonly policyBase: Uri;
  /** See `Project.policyOverruled`. */
  readonly policyOverruled: readonly PolicyLoosening[] | undefined;
  /** The effective policy. */
  readonly policy: Policy;
}

/**
 * Returns the effective policy of a project. Of a change under review, only what is stricter than the base takes
 * effect, and of a project only what is stricter than the locked policy of its organisation.
 */
export function policyInForce(search: PolicySearch): PolicyInForce {
  const { found, store, settings, reviewed, before } = search;
  const parsed = (uri: Uri) => store.parsed('policy', uri, undefined);
  const policyUri = settings.policyFile ?? found.policy;
  const policyRead = policyUri === undefined ? undefined : parsed(policyUri);
  const policiesAbove = found.policiesAbove.map(parsed).filter((one) => one !== undefined);
  const reviewedPolicies = policiesBefore(reviewed, found.root);
  const own = policyRead ?? DEFAULT_POLICY;
  // A policy that the user named is used unchanged.
  const inBase = settings.policyFile === undefined ? policyInBase(search, reviewedPolicies) : undefined;
  const isOfBase = settings.usesReviewedPolicy === true && settings.policyFile === undefined;
  const isReviewed = !isOfBase && inBase !== undefined && inBase !== own;
  const review = isReviewed ? reviewPolicy(inBase, own, RULES) : undefined;
  const ofBase = inBase !== undefined && reviewedPolicies.includes(inBase) ? withoutPlaces(inBase) : inBase;
  const chosen = isOfBase ? (ofBase ?? DEFAULT_POLICY) : (review?.policy ?? own);
  const limitedAbove = policiesAbove.map((one) => {
    const old = one.uri === undefined ? undefined : reviewed?.files.get(one.uri);
    if (old === undefined || (old !== 'absent' && old.kind !== 'policy')) return one;
    const base = old === 'absent' ? DEFAULT_POLICY : old;
    return isOfBase ? base : reviewPolicy(base, one, RULES).policy;
  });
  const policy = privacyOf(
    isOfBase ? chosen : withFixturesOf(chosen, fixturesBase(search, reviewedPolicies)),
    [...limitedAbove, ...reviewedPolicies],
    // A locked policy is laid over this one.
    settings.organisationPolicy === undefined ? before : undefined,
  );
  const policyBase = isOfBase && chosen.uri !== undefined ? parentUri(chosen.uri) : search.policyBase;
  const locked = lockedPolicy({ ...search, policyBase }, policy);
  return {
    ...{ policyRead, policiesAbove, reviewedPolicies, policyLoosenings: review?.loosenings },
    ...{ policyOverruled: locked?.overruled, policyBase },
    policy: locked?.policy ?? policy,
  };
}

const unplaced = new WeakMap<Policy, Policy>();

/** Returns an earlier policy without the places of its entries, which are not those of the present text. */
function withoutPlaces(policy: Policy): Policy {
  let known = unplaced.get(policy);
  if (known === undefined) {
    const { deny, allow, controls } = policy;
    known = {
      ...policy,
      deny: deny.map((term) => ({ ...term, uri: undefined })),
      allow: allow.map((term) => ({ ...term, uri: undefined })),
      controls: new Map([...controls].map(([key, control]) => [key, { ...control, uri: undefined }])),
    };
    unplaced.set(policy, known);
  }
  return known;
}

interface KnownLock {
  readonly project: Policy;
  readonly isSameBase: boolean;
  readonly locked: LockedPolicy;
}

const locks = new WeakMap<Policy, Map<Uri, KnownLock>>();

/** Lays the locked policy of the organisation over a project's. The result is the same object while both are equal. */
function lockedPolicy(
  { found: { root, bound }, store, settings, policyBase }: PolicySearch,
  project: Policy,
): LockedPolicy | undefined {
  const uri = settings.organisationPolicy;
  const organisation = uri === undefined ? undefined : store.parsed('policy', uri, undefined);
  if (organisation === undefined) return undefined;
  const ofRoots = locks.get(organisation) ?? new Map<Uri, KnownLock>();
  locks.set(organisation, ofRoots);
  const isSameBase = policyBase === bound;
  const known = ofRoots.get(root);
  if (known?.isSameBase === isSameBase && isEqual(known.project, project)) return known.locked;
  const locked = lockPolicy(organisation, project, RULES, isSameBase);
  ofRoots.set(root, { project, isSameBase, locked });
  return locked;
}

/** Adding private names makes new lists. */
function isEqual(a: Policy, b: Policy): boolean {
  return (Object.keys(a) as (keyof Policy)[]).every(
    (key) =>
      a[key] === b[key] ||
      ((key === 'privateScopes' || key === 'internalNames') &&
        JSON.stringify(a[key]) === JSON.stringify(b[key])),
  );
}

/** Returns the nearest policy of the project in the base, or `DEFAULT_POLICY`. */
function policyInBase(
  { found, store, reviewed }: PolicySearch,
  reviewedPolicies: readonly Policy[],
): Policy | undefined {
  if (reviewed === undefined) return undefined;
  const kept = [found.policy ?? [], found.policiesAbove]
    .flat()
    .filter((uri) => !reviewed.files.has(uri))
    .map((uri) => store.parsed('policy', uri, undefined))
    .filter((one) => one !== undefined);
  const folderOf = ({ uri }: Policy) => (uri === undefined ? '' : parentUri(uri));
  // Those above the checked folder only declare private names.
  const counted = [...kept, ...reviewedPolicies].filter((one) => isWithin(found.bound, folderOf(one)));
  return counted.sort((a, b) => folderOf(b).length - folderOf(a).length)[0] ?? DEFAULT_POLICY;
}

/** Returns the base state of the file whose globs apply. */
function fixturesBase(
  { found, settings, reviewed }: PolicySearch,
  reviewedPolicies: readonly Policy[],
): Policy | 'absent' | undefined {
  if (settings.policyFile !== undefined) return undefined;
  if (found.policy === undefined) return reviewedPolicies[0];
  const before = reviewed?.files.get(found.policy);
  return before === 'absent' || before?.kind === 'policy' ? before : undefined;
}
