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
}

export interface PolicyInForce {
  /** As written in the file; undefined without one. */
  readonly policyRead: Policy | undefined;
  readonly policiesAbove: readonly Policy[];
  /** Policies of the base that have changed or are gone, nearest first. */
  readonly reviewedPolicies: readonly Policy[];
  /** See `Project.policyLoosenings`. */
  readonly policyLoosenings: readonly PolicyLoosening[] | undefined;
  /** The effective policy. */
  readonly policy: Policy;
}

/**
 * Returns the effective policy of a project. Of a change under review, only what is stricter than the base takes
 * effect.
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
  const review = inBase === undefined || inBase === own ? undefined : reviewPolicy(inBase, own, RULES);
  const limitedAbove = policiesAbove.map((one) => {
    const old = one.uri === undefined ? undefined : reviewed?.files.get(one.uri);
    if (old === undefined || (old !== 'absent' && old.kind !== 'policy')) return one;
    return reviewPolicy(old === 'absent' ? DEFAULT_POLICY : old, one, RULES).policy;
  });
  const policy = privacyOf(
    withFixturesOf(review?.policy ?? own, fixturesBase(search, reviewedPolicies)),
    [...limitedAbove, ...reviewedPolicies],
    before,
  );
  return { policyRead, policiesAbove, reviewedPolicies, policyLoosenings: review?.loosenings, policy };
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
