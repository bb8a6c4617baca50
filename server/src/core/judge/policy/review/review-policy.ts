import type { Policy, PrivateScope } from '../../../read/policy-file/policy.ts';
import type { PolicyLoosening } from '../../../read/policy-file/policy-loosening.ts';
import { DEFAULT_PRESET, stricterPreset } from '../../../read/policy-file/presets.ts';
import type { JsonNode } from '../../../read/text/json/json-node.ts';
import { parseJsonTree } from '../../../read/text/json/json-tree.ts';
import type { Span } from '../../../read/text/span.ts';
import { guardingSettings } from '../../changes/guarding-settings.ts';
import type { Rule } from '../../check/rule.ts';
import { reviewApprovals } from './review-approvals.ts';
import { reviewControls } from './review-controls.ts';
import { reviewIgnores } from './review-ignores.ts';
import { reviewRules } from './review-rules.ts';
import { reviewTerms } from './review-terms.ts';

export interface PolicyReview {
  /** The policy without whatever it accepts beyond its base; the same object if that is nothing. */
  readonly policy: Policy;
  readonly loosenings: readonly PolicyLoosening[];
}

const reviews = new WeakMap<Policy, { readonly before: Policy; readonly review: PolicyReview }>();

/**
 * Removes from a policy whatever a change under review has added to suppress findings about what is installed: whoever
 * changes a lockfile can change the policy as well. Keeps whatever makes it stricter. `policyWeakenings` compares globs
 * and private names.
 */
export function reviewPolicy(before: Policy, after: Policy, rules: readonly Rule[]): PolicyReview {
  const known = reviews.get(after);
  if (known?.before === before) return known.review;
  const review = before === after ? { policy: after, loosenings: [] } : compare(before, after, rules);
  reviews.set(after, { before, review });
  return review;
}

function compare(before: Policy, after: Policy, rules: readonly Rule[]): PolicyReview {
  const ofRules = reviewRules(before, after, rules);
  const ofIgnores = reviewIgnores(before, after, rules);
  const scopes = reviewScopes(before, after);
  const [hosts, mirrors] = (['allowedHosts', 'mirrors'] as const).map((key) =>
    reviewHosts(key, before, after),
  );
  const names = after.allowNames.filter(
    ({ value }) => !before.allowNames.some((name) => name.value === value),
  );
  const terms = reviewTerms(before, after);
  const ofApprovals = reviewApprovals(before, after);
  const ofControls = reviewControls(before, after);
  const loosenings: readonly PolicyLoosening[] = [
    ...loosenedPreset(before, after),
    ...terms.loosenings,
    ...ofApprovals.loosenings,
    ...ofControls.loosenings,
    ...ofRules.loosenings,
    ...ofIgnores.loosenings,
    ...scopes.loosenings,
    ...hosts!.loosenings,
    ...mirrors!.loosenings,
    ...names.map(({ value, span }): PolicyLoosening => added('allowNames', value, span, 'information')),
  ];
  if (loosenings.length === 0 && ofRules.rules === after.rules) return { policy: after, loosenings };
  const policy: Policy = {
    ...after,
    preset: stricterOf(before, after),
    rules: ofRules.rules,
    ignores: ofIgnores.ignores,
    privateScopes: scopes.items,
    allowedHosts: hosts!.items,
    mirrors: mirrors!.items,
    allowNames: after.allowNames.filter((name) => !names.includes(name)),
    deny: terms.deny,
    allow: terms.allow,
    approvals: ofApprovals.approvals,
    requireApproval: ofApprovals.requireApproval,
    controls: ofControls.controls,
  };
  return { policy, loosenings };
}

function added(
  key: string,
  value: string,
  span: Span | undefined,
  severity: PolicyLoosening['severity'],
): PolicyLoosening {
  return { key, value, before: undefined, span, severity, counts: false };
}

/** Returns the preset of the two policies with more rules. */
export function stricterOf(before: Policy, after: Policy): Policy['preset'] {
  const [old, now] = [before, after].map(({ preset }) => preset ?? DEFAULT_PRESET);
  return stricterPreset(old!, now!) === now ? after.preset : before.preset;
}

/** Returns the loosening if the second policy has a preset with fewer rules. */
export function loosenedPreset(before: Policy, after: Policy): readonly PolicyLoosening[] {
  const [was, is] = [before, after].map(({ preset }) => preset ?? DEFAULT_PRESET);
  if (stricterPreset(was!, is!) === is) return [];
  const span = guardingSettings(after).find(({ key }) => key === 'preset')?.valueSpan;
  return [{ key: 'preset', value: is!, before: was, span, severity: 'information', counts: false }];
}

function reviewHosts(
  key: 'allowedHosts' | 'mirrors',
  before: Policy,
  after: Policy,
): { readonly items: readonly string[]; readonly loosenings: readonly PolicyLoosening[] } {
  const isNew = (host: string) => !before[key].includes(host);
  const settings = guardingSettings(after).filter((setting) => setting.key === key);
  const spanOf = (host: string) =>
    settings.find(({ value }) => value === host || `${value}/` === host)?.span ?? settings[0]?.span;
  return {
    items: after[key].filter((host) => !isNew(host)),
    loosenings: after[key].filter(isNew).map((host) => added(key, host, spanOf(host), 'warning')),
  };
}

/** Accepts a scope that a change declares private, but not the registry that the change declares for it. */
function reviewScopes(
  before: Policy,
  after: Policy,
): { readonly items: readonly PrivateScope[]; readonly loosenings: readonly PolicyLoosening[] } {
  const known = ({ scope, registry }: PrivateScope) =>
    registry === undefined ||
    before.privateScopes.some((old) => old.scope === scope && old.registry === registry);
  return {
    items: after.privateScopes.map((entry) => (known(entry) ? entry : { ...entry, registry: undefined })),
    loosenings: after.privateScopes
      .filter((entry) => !known(entry))
      .map(({ scope, registry }) =>
        added('privateScopes', `${scope} from ${registry}`, placeOfRegistry(after, scope), 'warning'),
      ),
  };
}

function placeOfRegistry({ text }: Policy, scope: string): Span | undefined {
  const { root } = parseJsonTree(text, { trailingCommas: true });
  const list = memberOf(root, 'privateScopes');
  for (const { value } of list?.type === 'array' ? list.members : []) {
    const named = memberOf(value, 'scope');
    if (named?.type === 'string' && named.value.replace(/^@|\/$/g, '') === scope.slice(1))
      return memberOf(value, 'registry')?.span;
  }
  return undefined;
}

function memberOf(node: JsonNode | undefined, wanted: string): JsonNode | undefined {
  return node?.type === 'object' ? node.members.findLast(({ key }) => key === wanted)?.value : undefined;
}
