import { type LockedPolicy, lockPolicy } from '../../core/judge/policy/review/lock-policy.ts';
import { reviewPolicy } from '../../core/judge/policy/review/review-policy.ts';
import { RULES } from '../../core/judge/rules/index.ts';
import { policyAtPath } from '../../core/read/policy-file/override-at.ts';
import type { Policy } from '../../core/read/policy-file/policy.ts';
import type { PolicyLoosening } from '../../core/read/policy-file/policy-loosening.ts';
import { DEFAULT_POLICY } from '../../core/read/policy-file/read-policy.ts';
import { isWithin, parentUri, relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { FileStore } from '../projects/file-store.ts';
import type { ProjectFiles } from '../projects/project-files.ts';
import type { EngineSettings } from '../settings.ts';
import { policyResolver, withoutPlaces, withProblemsOf } from './resolved-policies.ts';
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
  /** As written in the file, with the faults of what it extends among its problems; undefined without one. */
  readonly policyRead: Policy | undefined;
  /** The same with what it inherits. */
  readonly policyInherited: Policy | undefined;
  readonly policiesAbove: readonly Policy[];
  /** Policies of the base that have changed or are gone, nearest first. */
  readonly reviewedPolicies: readonly Policy[];
  /** See `Project.policyBase`. */
  readonly policyBase: Uri;
  /** The effective policy, for files that no override names. */
  readonly effective: EffectivePolicy;
  /** Returns the effective policy for a file; undefined if there are no overrides. */
  readonly effectiveAt: ((uri: Uri, before: Policy | undefined) => EffectivePolicy) | undefined;
}

export interface EffectivePolicy {
  readonly policy: Policy;
  /** See `Project.policyLoosenings`. */
  readonly policyLoosenings: readonly PolicyLoosening[] | undefined;
  /** See `Project.policyOverruled`. */
  readonly policyOverruled: readonly PolicyLoosening[] | undefined;
}

/**
 * Returns the effective policy of a project. Of a change under review, only what is stricter than the base takes
 * effect, and of a project only what is stricter than the locked policy of its organisation. With overrides that holds
 * for each file by itself.
 */
export function policyInForce(search: PolicySearch): PolicyInForce {
  const { found, store, settings, reviewed } = search;
  const isOfBase = settings.usesReviewedPolicy === true && settings.policyFile === undefined;
  const resolver = policyResolver({ found, store, reviewed, isOfBase });
  const parsed = (uri: Uri) => store.parsed('policy', uri, undefined);
  const read = (uri: Uri | undefined) => (uri === undefined ? undefined : parsed(uri));
  const raw = read(settings.policyFile ?? found.policy);
  const resolved = raw === undefined ? undefined : resolver.now(raw);
  const rawAbove = found.policiesAbove.map(parsed).filter((one) => one !== undefined);
  const policiesAbove = rawAbove.map((one) => resolver.now(one).policy);
  const rawReviewed = policiesBefore(reviewed, found.root);
  const reviewedPolicies = rawReviewed.map((one) => resolver.inBase(one).policy);
  const own = resolved?.policy ?? DEFAULT_POLICY;
  // A policy that the user named is used unchanged.
  const rawInBase = settings.policyFile === undefined ? policyInBase(search, rawReviewed) : undefined;
  const isOld = rawInBase !== undefined && rawReviewed.includes(rawInBase);
  const inBase = rawInBase === undefined ? undefined : resolver.inBase(rawInBase).policy;
  const limitedAbove = policiesAbove.map((one) => {
    const old = one.uri === undefined ? undefined : reviewed?.files.get(one.uri);
    if (old === undefined || (old !== 'absent' && old.kind !== 'policy')) return one;
    const base = old === 'absent' ? DEFAULT_POLICY : resolver.inBase(old).policy;
    return isOfBase ? base : reviewPolicy(base, one, RULES).policy;
  });
  // Of these files only what they extend changed.
  const inheritedBefore = [raw ?? [], rawAbove]
    .flat()
    .filter((one) => reviewed !== undefined && one.extends.length > 0 && !reviewed.files.has(one.uri!))
    .map((one) => resolver.inBase(one).policy);
  const policyBase = isOfBase && rawInBase?.uri !== undefined ? parentUri(rawInBase.uri) : search.policyBase;
  const organisation = read(settings.organisationPolicy);
  const inputs: Inputs = {
    ...{ search, own, inBase, isOld, isOfBase, policyBase },
    others: [...limitedAbove, ...reviewedPolicies, ...inheritedBefore],
    fixtures: fixturesBase(search, rawReviewed),
    organisation: organisation && resolver.now(organisation).policy,
  };
  const hasOverrides = [own, inBase, inputs.organisation].some((one) => (one?.overrides.length ?? 0) > 0);
  return {
    policyRead: raw && resolved && withProblemsOf(raw, resolved),
    policyInherited: resolved?.policy,
    ...{ policiesAbove, reviewedPolicies, policyBase },
    effective: effectiveAt(inputs, undefined, search.before),
    effectiveAt: hasOverrides ? (uri, before) => effectiveAt(inputs, uri, before) : undefined,
  };
}

interface Inputs {
  readonly search: PolicySearch;
  readonly own: Policy;
  readonly inBase: Policy | undefined;
  /** Whether the policy of the base has another text now. */
  readonly isOld: boolean;
  readonly isOfBase: boolean;
  readonly policyBase: Uri;
  /** Policies that add private names. */
  readonly others: readonly Policy[];
  readonly fixtures: Policy | 'absent' | undefined;
  readonly organisation: Policy | undefined;
}

function effectiveAt(inputs: Inputs, file: Uri | undefined, before: Policy | undefined): EffectivePolicy {
  const { search, isOld, isOfBase, policyBase } = inputs;
  const { settings, found } = search;
  const at = (policy: Policy, base: Uri) =>
    policyAtPath(policy, file !== undefined && isWithin(base, file) ? relativeUri(base, file) : undefined);
  const own = at(inputs.own, policyBase);
  const inBase = inputs.inBase && at(inputs.inBase, policyBase);
  const isReviewed = !isOfBase && inBase !== undefined && inBase !== own;
  const review = isReviewed ? reviewPolicy(inBase, own, RULES) : undefined;
  const ofBase = inBase !== undefined && isOld ? withoutPlaces(inBase) : inBase;
  const chosen = isOfBase ? (ofBase ?? DEFAULT_POLICY) : (review?.policy ?? own);
  const policy = privacyOf(
    isOfBase ? chosen : withFixturesOf(chosen, inputs.fixtures),
    inputs.others,
    // A locked policy is laid over this one.
    settings.organisationPolicy === undefined ? before : undefined,
  );
  const organisation = inputs.organisation && at(inputs.organisation, found.bound);
  const locked = organisation && lockedPolicy(organisation, policy, file, { found, policyBase });
  return {
    policy: locked?.policy ?? policy,
    ...{ policyLoosenings: review?.loosenings, policyOverruled: locked?.overruled },
  };
}

interface KnownLock {
  readonly project: Policy;
  readonly isSameBase: boolean;
  readonly locked: LockedPolicy;
}

const locks = new WeakMap<Policy, Map<string, KnownLock>>();

/** Lays the locked policy of the organisation over a project's. The result is the same object while both are equal. */
function lockedPolicy(
  organisation: Policy,
  project: Policy,
  file: Uri | undefined,
  { found: { root, bound }, policyBase }: Pick<PolicySearch, 'found' | 'policyBase'>,
): LockedPolicy {
  const ofPlaces = locks.get(organisation) ?? new Map<string, KnownLock>();
  locks.set(organisation, ofPlaces);
  const place = `${root} ${file ?? ''}`;
  const isSameBase = policyBase === bound;
  const known = ofPlaces.get(place);
  if (known?.isSameBase === isSameBase && isEqual(known.project, project)) return known.locked;
  const locked = lockPolicy(organisation, project, RULES, isSameBase);
  ofPlaces.set(place, { project, isSameBase, locked });
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
