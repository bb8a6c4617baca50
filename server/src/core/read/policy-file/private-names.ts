import { scopeOf } from '../text/paths/scope-of.ts';
import type { Policy, PrivateScope } from './policy.ts';

/** Checks whether the name is in a private scope, ignoring case: someone who registers it may choose any. */
export function isInPrivateScope(scopes: readonly Pick<PrivateScope, 'scope'>[], name: string): boolean {
  const scope = scopeOf(name)?.toLowerCase();
  return scope !== undefined && scopes.some((entry) => entry.scope.toLowerCase() === scope);
}

/** Checks whether the name is one of the internal names, ignoring case. */
export function isInternalName(names: readonly string[], name: string): boolean {
  return names.length > 0 && names.some((internal) => internal.toLowerCase() === name.toLowerCase());
}

/**
 * Returns the policy extended with the private scopes and internal names of other files: those of the folders above,
 * and all of them if one file is used instead. A file in a nested folder only adds to them: its setting for a scope
 * that a file above declares counts only as a further registry.
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
