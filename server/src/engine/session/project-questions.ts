import type { Project } from '../../core/read/project/project.ts';
import type { Ports } from '../ports.ts';
import { askAbout } from '../registry/package-facts.ts';
import { type ProjectFacts, projectFacts } from '../registry/project-facts.ts';
import { createProofChecks } from '../registry/proof-checks.ts';
import type { RegistryClient } from '../registry/registry-client.ts';
import { statisticsAddress } from '../registry/statistics-address.ts';
import type { WantedFact } from '../registry/wanted-facts.ts';
import type { Session } from '../session.ts';
import { askAgain } from '../units/recheck.ts';
import type { Changes } from './changes.ts';
import type { Configuration } from './configuration.ts';

/** Requests to registries whose answer somebody waits for. */
export interface ProjectQuestions
  extends Pick<Session, 'packument' | 'maintainedBy' | 'packageFacts' | 'recheck' | 'forget' | 'inquire'> {
  factsOf(project: Project): ProjectFacts;
}

export interface QuestionSource {
  readonly ports: Ports;
  readonly client: RegistryClient;
  readonly configuration: Configuration;
  readonly changes: Changes;
  /** The advisories that the project's checks need now. */
  wantedAdvisories(project: Project): ReadonlyMap<string, WantedFact>;
}

export function createProjectQuestions(source: QuestionSource): ProjectQuestions {
  const { ports, client, configuration, changes, wantedAdvisories } = source;
  const { clock } = ports;
  const statistics = statisticsAddress(ports);
  const checks = createProofChecks(ports.proofs, clock);
  const factsOf = (project: Project) =>
    projectFacts({ project, settings: configuration.settingsFor(project), client, statistics, checks });

  /** Notifies listeners if the packument changes. */
  async function noticing<T>(facts: ProjectFacts, name: string, ask: () => Promise<T>): Promise<T> {
    const before = facts.packument(name);
    const answer = await ask();
    if (facts.packument(name) !== before) changes.notify();
    return answer;
  }

  return {
    factsOf,
    packument(project, name, options) {
      const facts = factsOf(project);
      return noticing(facts, name, () => facts.ensurePackument(name, options));
    },
    maintainedBy: (project, account, from) => factsOf(project).maintained.ensure(account, String(from)),
    packageFacts(project, name, version, options = {}) {
      const facts = factsOf(project);
      return noticing(facts, name, () => askAbout({ facts, clock, name, version }, options));
    },
    async recheck(project, names, options) {
      const question = { facts: factsOf(project), names, wantedAdvisories: () => wantedAdvisories(project) };
      const isNew = await askAgain(question, options);
      if (isNew && !options.signal.aborted) changes.notify();
    },
    forget(project, entries) {
      const facts = factsOf(project);
      for (const { name, version } of entries) facts.forget(name, version?.value);
    },
    inquire(project, { online }) {
      const settings = { ...configuration.settings, online, trusted: true };
      return projectFacts({ project, settings, client, statistics, checks });
    },
  };
}
