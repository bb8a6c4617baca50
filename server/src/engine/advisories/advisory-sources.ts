import type { SourcedAdvisories } from '../../core/know/advisory/advisories.ts';
import type { AdvisorySource } from '../../core/know/advisory/advisory.ts';
import { type AskedPackages, askedPackages } from '../../core/know/advisory/asked-packages.ts';
import type { CheckedFile } from '../../core/read/project/checked-file.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { Ports } from '../ports.ts';
import type { Outgoing } from '../registry/outgoing.ts';
import type { WantedFact } from '../registry/wanted-facts.ts';
import { DEFAULT_ADVISORY_SOURCES, type EngineSettings } from '../settings.ts';
import { sameArray } from '../units/equality.ts';
import { askedInputs, type PackageFiles, packageFiles, packagesIn } from './asked-packages.ts';
import { createCombinedLayers } from './combined-layers.ts';
import { createIndexSources, type IndexSource, type Looking } from './index-sources.ts';
import type { LiveSource } from './live-source.ts';
import { createLiveSources } from './live-sources.ts';
import { ProjectAdvisories, type SourcesNow } from './project-advisories.ts';
import { osvStates, registryStates } from './source-states.ts';

/** The advisory sources of all projects. */
export interface AdvisorySources {
  /** Returns the advisories that are known now: the same object as before if nothing changed. */
  of(project: Project, files: ReadonlyMap<Uri, CheckedFile>, settings: EngineSettings): SourcedAdvisories;
  /** Returns the requests, by key, that would complete a project's advisories or refresh stale ones. */
  wanted(root: Uri): ReadonlyMap<string, WantedFact>;
  /** Opens the indexes that were deferred and returns whether `of` would now return something else. */
  open(): boolean;
  /** Lets live sources that failed be requested again at once. */
  tryAgain(): void;
  /** Drops all other projects. */
  keepOnly(roots: ReadonlySet<Uri>): void;
}

/** The sources that a project's advisories are composed of. */
interface Sources {
  readonly indexes: readonly IndexSource[];
  readonly lookingAt: (index: IndexSource) => Looking;
  readonly admitted: ReadonlySet<AdvisorySource>;
  /** Both are computed lazily and once. */
  readonly asked: () => AskedPackages;
  readonly live: () => readonly LiveSource[];
}

interface Entry {
  readonly files: PackageFiles;
  readonly stamps: readonly (string | undefined)[];
  /** Equal inputs give the same sources. */
  readonly inputs: readonly unknown[];
  readonly sources: Sources;
  readonly advisories: ProjectAdvisories;
}

const NOTHING: ReadonlyMap<string, WantedFact> = new Map();
const isSame = sameArray<unknown>(Object.is);

export function createAdvisorySources(ports: Ports, outgoing: Outgoing | undefined): AdvisorySources {
  const { clock, cache, osvApi } = ports;
  const indexes = createIndexSources(ports);
  const liveSources = createLiveSources({ outgoing, cache, clock, osvApi });
  const combined = createCombinedLayers();
  const entries = new Map<Uri, Entry>();

  return {
    of(project, files, settings) {
      const admitted = settings.advisorySources ?? DEFAULT_ADVISORY_SOURCES;
      const opensLater = settings.opensAdvisoriesLater === true;
      const lookingAt = ({ source }: IndexSource) => ({ isAdmitted: admitted.has(source), opensLater });
      const stamps = stampsOf({ indexes, lookingAt });
      const before = entries.get(project.root);
      const from = packageFiles(project, files, before?.files);
      const inputs = [...askedInputs(project, from, settings), admitted, ...stamps];
      const hasSameInputs = before !== undefined && isSame(before.inputs, inputs);
      if (hasSameInputs && before.advisories.isCurrent()) {
        entries.set(project.root, { ...before, files: from });
        return before.advisories;
      }
      const asked = once(() => askedPackages(project, packagesIn(from), settings, admitted.has('osv')));
      // Without permission to send, the list of packages to ask about is not needed.
      const mayAsk = settings.online && settings.trusted;
      const live = once(() => (mayAsk ? liveSources.of(project, asked(), admitted) : []));
      const sources = hasSameInputs ? before.sources : { indexes, lookingAt, admitted, asked, live };
      const advisories = new ProjectAdvisories(() => look(sources, combined));
      entries.set(project.root, { files: from, stamps, inputs, sources, advisories });
      return advisories;
    },
    wanted(root) {
      const entry = entries.get(root);
      if (entry === undefined) return NOTHING;
      const opening = closedIn(entry.sources).map((index): [string, WantedFact] => [
        `index ${index.source}`,
        { isKnown: false, ask: () => openBehind(index) },
      ]);
      if (entry.advisories.due > clock.now()) return opening.length === 0 ? NOTHING : new Map(opening);
      const wanted = entry.sources.live().map((source): [string, WantedFact] => {
        const { state } = source.view().state;
        return [source.key, { isKnown: state !== 'pending', ask: source.ask }];
      });
      return new Map([...opening, ...wanted]);
    },
    open() {
      for (const { sources } of entries.values()) for (const index of closedIn(sources)) index.open();
      return [...entries.values()].some(({ stamps, sources }) => !isSame(stamps, stampsOf(sources)));
    },
    tryAgain: () => liveSources.tryAgain(),
    keepOnly(roots) {
      for (const root of entries.keys()) if (!roots.has(root)) entries.delete(root);
    },
  };
}

function stampsOf({ indexes, lookingAt }: Pick<Sources, 'indexes' | 'lookingAt'>): Entry['stamps'] {
  return indexes.map((index) => index.stamp(lookingAt(index)));
}

/** Returns the indexes that are due to be opened and still closed. */
function closedIn({ indexes, lookingAt }: Sources): readonly IndexSource[] {
  return indexes.filter((index) => {
    const { isAdmitted, opensLater } = lookingAt(index);
    return isAdmitted && opensLater && index.isClosed;
  });
}

/** Opens the index after the current task. */
async function openBehind(index: IndexSource): Promise<boolean> {
  await Promise.resolve();
  index.open();
  return true;
}

function look(
  { indexes, lookingAt, admitted, asked, live }: Sources,
  combined: ReturnType<typeof createCombinedLayers>,
): SourcesNow {
  const opened = indexes.map((index) => index.look(lookingAt(index)));
  // Of two indexes, the one with the newer data takes precedence.
  const built = opened.flatMap(({ layer }) => layer ?? []).sort((a, b) => (a.asOf ?? 0) - (b.asOf ?? 0));
  const views = live().map((source) => source.view());
  const statesOf = (source: AdvisorySource) =>
    views.map(({ state }) => state).filter((state) => state.source === source);
  const layers = [...built, ...views.map(({ layer }) => layer)];
  return {
    combined: combined(layers),
    layers,
    isPending: [...opened, ...views].some(({ state }) => state.state === 'pending'),
    states: once(() => [
      ...opened.map(({ state }) => state),
      ...registryStates(statesOf('registry'), asked(), admitted.has('registry')),
      ...osvStates(statesOf('osv'), asked(), admitted.has('osv')),
    ]),
    live: views,
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
