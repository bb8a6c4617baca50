import type { Advisories } from '../../know/advisory/advisories.ts';
import type { Advisory } from '../../know/advisory/advisory.ts';
import type { DependencyGraph, GraphPackage } from '../../read/graph/dependency-graph.ts';
import type { Project } from '../../read/project/project.ts';
import type { Sbom, SbomVulnerability } from '../../read/sbom/sbom.ts';
import { relativeUri } from '../../read/text/paths/uri.ts';
import { foundAdvisory } from '../exposure/advisory-facts.ts';
import { affectedEntries } from '../exposure/affected-entries.ts';
import { affectingIn } from '../exposure/affecting.ts';
import { ownFix } from '../exposure/clearing-version.ts';
import { unaskedEntries } from '../exposure/unasked-entries.ts';
import { auditSettingsOf } from '../policy/audit-settings.ts';
import { reasonsOf } from '../policy/ignored.ts';

export interface VulnerabilityInput {
  readonly project: Project;
  readonly graph: DependencyGraph;
  readonly advisories: Advisories;
  readonly sbom: Sbom;
  /** Returns the reference of a package in it. */
  referenceOf(instance: GraphPackage): string;
  /** `YYYY-MM-DD`: entries that expired before accept nothing. */
  readonly today: string;
}

interface Draft extends Omit<SbomVulnerability, 'affects'> {
  readonly affects: Set<string>;
}

/**
 * Returns the advisories that affect components of the bill of materials, sorted by id. One that affects several
 * packages is listed for each, and one that the project accepts for some versions only for each decision.
 */
export function sbomVulnerabilities(input: VulnerabilityInput): readonly SbomVulnerability[] {
  const { project, graph, advisories, sbom } = input;
  const { lockfile } = graph;
  const refs = new Set(sbom.components.map(({ ref }) => ref));
  const unasked = unaskedEntries(project, lockfile);
  const affected = affectedEntries(lockfile, affectingIn(project, advisories), unasked);
  const found = new Map<string, Draft>();
  for (const instance of graph.packages) {
    const ref = input.referenceOf(instance);
    const { name, version, entry } = instance;
    if (!refs.has(ref) || version === undefined) continue;
    for (const advisory of affected.get(entry) ?? []) {
      const accepted = acceptedBecause(advisory, { name, version }, input);
      const key = `${advisory.id} ${name} ${accepted ?? ''}`;
      const draft = found.get(key) ?? draftOf(advisory, name, version, accepted);
      found.set(key, draft);
      draft.affects.add(ref);
    }
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, draft]) => ({ ...draft, affects: [...draft.affects].sort() }));
}

function draftOf(advisory: Advisory, name: string, version: string, accepted: string | undefined): Draft {
  const { id, aliases, title, severity, score, cwes, isMalware } = advisory;
  const fix = ownFix(advisory, version);
  return {
    ...{ id, aliases, title, severity, score, cwes, accepted, package: name, affects: new Set<string>() },
    recommendation: isMalware
      ? `Remove ${name}.`
      : fix === undefined
        ? undefined
        : `Update ${name} to ${fix} or later.`,
  };
}

/** Returns the reason by which the project accepts an advisory; undefined if it does not. */
function acceptedBecause(
  advisory: Advisory,
  { name, version }: { readonly name: string; readonly version: string },
  { project, graph, advisories, today }: VulnerabilityInput,
): string | undefined {
  const { policy, policyBase } = project;
  const rule = advisory.isMalware ? 'malicious-version' : 'vulnerable-dependency';
  const found = foundAdvisory({ name, version }, advisory, advisories.of(name));
  const path = relativeUri(policyBase, graph.lockfile.uri);
  const finding = { rule, path, package: name, version, advisories: [found] };
  const reasons = reasonsOf(policy, finding, today);
  if (reasons !== undefined) return reasons.join(' ');
  const settings = auditSettingsOf(project);
  const isIgnored = !advisory.isMalware && (settings.excludes(name) || settings.ignores(advisory));
  return isIgnored ? "Ignored by the settings of the package manager's audit." : undefined;
}
