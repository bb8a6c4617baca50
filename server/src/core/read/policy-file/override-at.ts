import { compileGlob } from '../text/paths/glob.ts';
import { joinRules, joinValues } from './extends/join-parts.ts';
import type { Policy, PolicyOverride } from './policy.ts';

type Matches = (path: string) => boolean;

const matchers = new WeakMap<PolicyOverride, Matches>();
/** By the matching overrides, so that the same ones give the same policy. */
const known = new WeakMap<Policy, Map<string, Policy>>();

/**
 * Returns the policy for a file: with the overrides whose globs match its path or a folder above it, later ones last.
 * The same object for the same overrides.
 *
 * @param path relative to the folder of the globs; undefined for a file outside of it
 */
export function policyAtPath(policy: Policy, path: string | undefined): Policy {
  if (policy.overrides.length === 0 || path === undefined) return policy;
  const matching = policy.overrides.filter((override) => matcherOf(override)(path));
  if (matching.length === 0) return policy;
  const key = matching.map((override) => policy.overrides.indexOf(override)).join(' ');
  const ofPolicy = known.get(policy) ?? new Map<string, Policy>();
  known.set(policy, ofPolicy);
  const result = ofPolicy.get(key) ?? matching.reduce(apply, policy);
  ofPolicy.set(key, result);
  return result;
}

function apply(policy: Policy, override: PolicyOverride): Policy {
  return {
    ...policy,
    rules: joinRules(policy.rules, override.rules),
    deny: [...policy.deny, ...override.deny],
    allow: [...policy.allow, ...override.allow],
    approvals: [...policy.approvals, ...override.approvals],
    requireApproval: joinValues(policy.requireApproval, override.requireApproval),
    controls: new Map([...policy.controls, ...override.controls]),
  };
}

function matcherOf(override: PolicyOverride): Matches {
  const before = matchers.get(override);
  if (before !== undefined) return before;
  const globs = override.paths.flatMap((text) => compileGlob(text, { dot: true }) ?? []);
  const matches = (path: string) => {
    const parts = path.split('/');
    return parts.some((_, at) => {
      const part = parts.slice(0, at + 1).join('/');
      return globs.some((glob) => glob.matches(part));
    });
  };
  matchers.set(override, matches);
  return matches;
}
