import type { Policy } from '../../core/read/policy-file/policy.ts';
import type { PolicyLoosening } from '../../core/read/policy-file/policy-loosening.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { PolicyInForce } from '../base/policy-in-force.ts';
import { sameMap } from '../units/equality.ts';

type OfFiles = Pick<Project, 'filePolicies' | 'policyLoosenings' | 'policyOverruled'>;

/** Returns the policies of files that overrides name, and what has no effect in any of them. */
export function policiesOfFiles(
  { effective, effectiveAt }: Pick<PolicyInForce, 'effective' | 'effectiveAt'>,
  files: Iterable<Uri>,
  before: Project | undefined,
): OfFiles {
  const { policy, policyLoosenings, policyOverruled } = effective;
  if (effectiveAt === undefined) return { policyLoosenings, policyOverruled };
  const policies = new Map<Uri, Policy>();
  const [loosenings, overruled] = [[...(policyLoosenings ?? [])], [...(policyOverruled ?? [])]];
  for (const uri of files) {
    const at = effectiveAt(uri, before?.filePolicies?.get(uri));
    if (at.policy !== policy) policies.set(uri, at.policy);
    add(loosenings, at.policyLoosenings);
    add(overruled, at.policyOverruled);
  }
  const known = before?.filePolicies;
  const isSame = known !== undefined && sameMap(Object.is)(known, policies);
  return {
    filePolicies: isSame ? known : policies,
    policyLoosenings: policyLoosenings && loosenings,
    policyOverruled: policyOverruled && overruled,
  };
}

function add(to: PolicyLoosening[], more: readonly PolicyLoosening[] | undefined): void {
  const keyOf = ({ key, value, span }: PolicyLoosening) => JSON.stringify([key, value, span?.start]);
  const known = new Set(to.map(keyOf));
  to.push(...(more ?? []).filter((one) => !known.has(keyOf(one))));
}

const projects = new WeakMap<Policy, WeakMap<Project, Project>>();

/** Returns the project as the rules see it in a file: with the policy of that file. */
export function projectAt(project: Project, uri: Uri): Project {
  const policy = project.filePolicies?.get(uri);
  if (policy === undefined) return project;
  const ofPolicy = projects.get(policy) ?? new WeakMap<Project, Project>();
  projects.set(policy, ofPolicy);
  const known = ofPolicy.get(project) ?? { ...project, policy };
  ofPolicy.set(project, known);
  return known;
}
