import { scopeOf } from '../text/paths/scope-of.ts';
import type { Policy, PrivateScope } from './policy.ts';

/** Tells whether the name is of a private scope, in whatever case either is written: one who registers it may choose. */
export function isInPrivateScope(scopes: readonly Pick<PrivateScope, 'scope'>[], name: string): boolean {
  const scope = scopeOf(name)?.toLowerCase();
  return scope !== undefined && scopes.some((entry) => entry.scope.toLowerCase() === scope);
}

/** Tells whether the name is one of the internal names, in whatever case either is written. */
export function isInternalName(names: readonly string[], name: string): boolean {
  return names.length > 0 && names.some((internal) => internal.toLowerCase() === name.toLowerCase());
}

/**
 * Returns the policy with the private scopes and internal names of other files as well: those of the folders above, and
 * of all where one file is used instead of them. A file in a nested folder adds to them and takes nothing away: what it
 * says of a scope that a file above declares counts only as a further registry.
 */
export function withPrivacyOf(policy: Policy, others: readonly Policy[]): Policy {
  const scopes = new Map<string, PrivateScope>();
  const names = new Set(policy.internalNames);
  // The outermost is the last, and decides.
  for (const { privateScopes, internalNames } of [...others].reverse()) {
    for (const entry of privateScopes) if (!scopes.has(entry.scope)) scopes.set(entry.scope, entry);
    for (const name of internalNames) names.add(name);
  }
  if (scopes.size === 0 && names.size === policy.internalNames.length) return policy;
  const own = policy.privateScopes.filter(({ scope }) => !scopes.has(scope));
  return { ...policy, privateScopes: [...own, ...scopes.values()], internalNames: [...names] };
}
