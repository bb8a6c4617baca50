import { type FactRequest, factKey, lookUp } from '../../core/know/facts/facts.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { AdvisorySources } from '../advisories/advisory-sources.ts';
import type { ProjectFacts } from '../registry/project-facts.ts';
import type { WantedFact, WantedFacts } from '../registry/wanted-facts.ts';
import type { SnapshotProject, Wanted } from '../snapshot.ts';

/** Fetches in the background the facts that checks of files and other readers need. */
export interface FileWants {
  /** Fetches what the check of a file needs and is unknown or stale. */
  checked(project: SnapshotProject, uri: Uri, asked: Wanted): void;
  /** Cancels requests for files whose project is gone. */
  keepOnly(files: ReadonlySet<Uri>): void;
  /** Fetches packages for a reader that is not a check. */
  want(project: Project, facts: ProjectFacts, reader: string, names: readonly string[]): void;
}

export function createFileWants(
  wanted: WantedFacts,
  advisorySources: Pick<AdvisorySources, 'wanted'>,
): FileWants {
  /** Files whose check wanted to know something. */
  const wanting = new Set<Uri>();
  return {
    checked({ facts, built: { project } }, uri, asked) {
      const wants = factsWanted(project, facts, asked.facts);
      const others = asked.advisories ? advisorySources.wanted(project.root) : [];
      wanting.add(uri);
      wanted.want(uri, new Map([...wants, ...others]));
    },
    keepOnly(files) {
      for (const uri of wanting) {
        if (files.has(uri)) continue;
        wanting.delete(uri);
        wanted.want(uri, new Map());
      }
    },
    want(project, facts, reader, names) {
      const requests = names.map((name) => ({ kind: 'packument', name, version: undefined }) as const);
      wanted.want(reader, new Map(factsWanted(project, facts, requests)));
    },
  };
}

function factsWanted(
  { root }: Project,
  facts: ProjectFacts,
  requests: readonly FactRequest[],
): [string, WantedFact][] {
  return requests.map((request): [string, WantedFact] => {
    const before = lookUp(facts, request);
    const isOther = () => lookUp(facts, request) !== before;
    const ask: WantedFact['ask'] = async (signal) => {
      // What the disk knows is told first, however old it is.
      if (before.state === 'pending') await facts.load(request);
      if (!isOther()) await facts.ensure(request, { signal });
      return isOther();
    };
    const key = `${root} ${factKey(request)}`;
    return [key, { isKnown: before.state !== 'pending', ask }];
  });
}
