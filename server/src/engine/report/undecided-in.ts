import { foundAdvisory } from '../../core/judge/exposure/advisory-facts.ts';
import { type UndecidedPackage, undecidedPackages } from '../../core/judge/exposure/undecided-packages.ts';
import { isAccepted } from '../../core/judge/policy/ignored.ts';
import { relativeUri } from '../../core/read/text/paths/uri.ts';
import type { ProjectSnapshot } from '../session.ts';

/**
 * Returns the packages of a project that advisories leave undecided, without those that
 * dependency-hygiene.json accepts.
 *
 * @param today `YYYY-MM-DD`
 */
export function undecidedIn(
  { project, files, advisories }: ProjectSnapshot,
  today: string,
): readonly UndecidedPackage[] {
  const { policy, policyBase, lockfile } = project;
  const manifests = [...files.values()].filter((file) => file.kind === 'manifest');
  const path = relativeUri(policyBase, lockfile?.uri ?? project.root);
  return undecidedPackages(project, manifests, advisories, (advisory, name, version) => {
    const rule = advisory.isMalware ? 'malicious-version' : 'vulnerable-dependency';
    const found = foundAdvisory({ name, version }, advisory, advisories.of(name));
    return isAccepted(policy, { ...found, rule, path }, today);
  });
}
