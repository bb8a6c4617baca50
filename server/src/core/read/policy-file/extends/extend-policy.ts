import type { Located, Span } from '../../text/span.ts';
import type { Policy, PrivateScope, RuleSetting } from '../policy.ts';
import { joinWatchNames } from '../watch-members.ts';
import { joinRules, joinValues } from './join-parts.ts';

/** A policy that another one extends, with the item that names it. */
export interface ExtendedPolicy {
  readonly item: Located<string>;
  readonly policy: Policy;
}

/**
 * Returns a policy with what it inherits. Of single values and rules its own count first, then those of the last policy
 * that it extends; lists are joined. Globs are relative to a folder and are not inherited: `exclude`, `fixtures`,
 * `overrides` and ignores with a path.
 */
export function extendPolicy(own: Policy, extended: readonly ExtendedPolicy[]): Policy {
  const all = extended.map(({ item, policy }) => placedAt(policy, item.span));
  const inherited = all.slice(1).reduce(inherit, all[0] ?? own);
  const policy = all.length === 0 ? own : inherit(inherited, own);
  return { ...policy, ...privacyOf([own, ...[...all].reverse()]) };
}

/** Joins private names. Of the registries of a scope the first counts. */
function privacyOf(policies: readonly Policy[]): Pick<Policy, 'privateScopes' | 'internalNames'> {
  const scopes = new Map<string, PrivateScope>();
  for (const { privateScopes } of policies)
    for (const entry of privateScopes)
      if (scopes.get(entry.scope)?.registry === undefined) scopes.set(entry.scope, entry);
  const names = new Set(policies.flatMap(({ internalNames }) => internalNames));
  return { privateScopes: [...scopes.values()], internalNames: [...names] };
}

function inherit(from: Policy, own: Policy): Policy {
  const texts = (key: 'mirrors' | 'allowedHosts') => [...new Set([...from[key], ...own[key]])];
  return {
    ...own,
    preset: own.preset ?? from.preset,
    rules: joinRules(from.rules, own.rules),
    ignores: [...from.ignores.filter(({ path }) => path === undefined), ...own.ignores],
    mirrors: texts('mirrors'),
    allowedHosts: texts('allowedHosts'),
    allowNames: [...from.allowNames, ...own.allowNames],
    deny: [...from.deny, ...own.deny],
    allow: [...from.allow, ...own.allow],
    approvals: [...from.approvals, ...own.approvals],
    requireApproval: joinValues(from.requireApproval, own.requireApproval),
    controls: new Map([...from.controls, ...own.controls]),
    incident: joinValues(from.incident, own.incident),
    watch: joinWatchNames(from.watch, own.watch),
  };
}

/** Places the entries that have no file of their own at the item that names their file. */
function placedAt(policy: Policy, span: Span): Policy {
  const setting = (one: RuleSetting): RuleSetting => ({
    ...one,
    span,
    optionSpans: new Map([...one.optionSpans].map(([name]) => [name, { key: span, value: span }])),
  });
  const nowhere = { id: undefined, package: undefined, version: undefined, expires: undefined };
  return {
    ...policy,
    rules: new Map([...policy.rules].map(([id, one]) => [id, setting(one)])),
    ignores: policy.ignores.map((ignore) => ({ ...ignore, span, ruleSpan: span, spans: nowhere })),
    allowNames: policy.allowNames.map(({ value }) => ({ value, span })),
    approvals: policy.approvals.map((approval) => ({ ...approval, span, keySpan: span })),
  };
}
