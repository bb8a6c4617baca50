import type { Project } from '../core/project/project.ts';
import { askProject } from '../core/registry/ask-project.ts';
import type { Fact, Unavailable } from '../core/registry/fact.ts';
import type { Packument } from '../core/registry/packument.ts';
import type { Facts } from '../core/rules/rule.ts';
import type { EnsureOptions, Packuments } from './packuments.ts';
import type { EngineSettings } from './settings.ts';

/** What one project may know from registries. */
export interface ProjectFacts extends Facts {
  /** Asks the registry that serves the name in this project, where that is allowed. */
  ensure(name: string, options?: EnsureOptions): Promise<Fact<Packument>>;
}

/** Looks and asks only as far as settings, trust and the privacy of the name allow. */
export function projectFacts(
  project: Project,
  settings: EngineSettings,
  packuments: Packuments,
): ProjectFacts {
  return {
    packument(name) {
      const { registry, permission } = askProject(project, name, settings);
      const known = packuments.peek(registry.url, name);
      // What was learned before stays known when asking is not possible now.
      return permission.allowed || known.state === 'ready' ? known : unavailable(permission);
    },
    ensure(name, options) {
      const { registry, permission } = askProject(project, name, settings);
      const credential = project.npmConfig.credentialFor(registry.url);
      return packuments.ensure({ registry, credential, name, permission }, options);
    },
  };
}

const answers = new Map<string, Fact<Packument>>();

/** One object for each reason, so that units which read it see that nothing changed. */
function unavailable({ reason, detail }: Unavailable): Fact<Packument> {
  const key = `${reason} ${detail}`;
  let answer = answers.get(key);
  if (answer === undefined) {
    if (answers.size > 1000) answers.clear();
    answer = { state: 'unavailable', reason, detail };
    answers.set(key, answer);
  }
  return answer;
}
