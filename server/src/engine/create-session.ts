import { RULES } from '../core/judge/rules/index.ts';
import { type FactRequest, factKey, lookUp } from '../core/know/facts/facts.ts';
import { type PopularNames, parsePopularNames } from '../core/know/identity/popular-names.ts';
import { HEAD } from '../core/read/project/base.ts';
import { type TrustedFolders, trustOf } from '../core/read/project/folder-trust.ts';
import type { AskedRange, Project } from '../core/read/project/project.ts';
import { forgetLatest } from '../core/read/text/latest.ts';
import { parentUri, type Uri } from '../core/read/text/paths/uri.ts';
import { createAdvisorySources } from './advisories/advisory-sources.ts';
import { NO_BASE, readBaseState } from './base/base-state.ts';
import { createCommittedLockfiles } from './base/committed-lockfiles.ts';
import { createReviewedPolicies } from './base/reviewed-policies.ts';
import { createUncommitted } from './base/uncommitted.ts';
import { uncomparedWithHead } from './base/uncompared-files.ts';
import { dayOf, hourOf } from './day.ts';
import type { Ports } from './ports.ts';
import { buildProject } from './projects/build-project.ts';
import type { BuiltProject } from './projects/built-project.ts';
import { createFileStore } from './projects/file-store.ts';
import { governedLockfiles } from './projects/governed-lockfiles.ts';
import { createLoadedProjects } from './projects/loaded-projects.ts';
import type { LockfileFile } from './projects/project-files.ts';
import { scopeSourcesOf } from './projects/scope-sources.ts';
import { createTrackedFiles } from './projects/tracked-files.ts';
import { askAbout } from './registry/package-facts.ts';
import { type ProjectFacts, projectFacts } from './registry/project-facts.ts';
import { createProofChecks } from './registry/proof-checks.ts';
import { createRegistryClient } from './registry/registry-client.ts';
import { signingKeysOf } from './registry/signing-keys.ts';
import { statisticsAddress } from './registry/statistics-address.ts';
import { createWantedFacts, type WantedFact } from './registry/wanted-facts.ts';
import type { Session, Snapshot } from './session.ts';
import { DEFAULT_SETTINGS, type EngineSettings } from './settings.ts';
import { createSnapshot, type SnapshotProject, type Wanted } from './snapshot.ts';
import { askAgain } from './units/recheck.ts';
import { createUnits } from './units/units.ts';

/** A session with what tests of its cost look at. */
export interface ObservedSession extends Session {
  /** How many units of work ran so far. */
  readonly unitRuns: number;
}

const NO_RANGE: AskedRange = { from: 0, to: 0 };

/** Each round knows more than the one before; what a check wants to know hangs together over a few of them. */
const MOST_ROUNDS = 8;

/** A session over the given ports. It reads nothing and sends nothing until it is asked for something. */
export function createSession(ports: Ports): ObservedSession {
  const store = createFileStore(ports.files);
  const tracked = ports.git === undefined ? undefined : createTrackedFiles(ports.git, ports.clock);
  const reviewedPolicy = createReviewedPolicies(ports.git, () => settings.reviewedSince);
  const projects = createLoadedProjects({ store, home: ports.home, tracked, reviewedPolicy });
  const { http, cache, clock } = ports;
  const client = createRegistryClient({ http, cache, clock, signingKeys: signingKeysOf(ports) });
  const advisorySources = createAdvisorySources(ports, client.outgoing);
  const statistics = statisticsAddress(ports);
  const checks = createProofChecks(ports.proofs, clock);
  const units = createUnits(RULES);
  const committed = createCommittedLockfiles(ports.git);
  const uncommitted = createUncommitted({
    ...{ store, files: ports.files, git: ports.git },
    projects: () => projects.all().filter(({ root }) => isTrusted(root)),
  });
  let base = NO_BASE;
  const listeners = new Set<() => void>();
  const wanted = createWantedFacts(ports.clock, () => changed(true));
  const open = new Set<Uri>();
  /** Files whose check wanted to know something. */
  const wanting = new Set<Uri>();
  let built = new Map<Uri, BuiltProject>();
  let scopes: ReturnType<typeof scopeSourcesOf> | undefined;
  let settings: EngineSettings = DEFAULT_SETTINGS;
  let trustedFolders: TrustedFolders = { folders: [], withProjectAround: false };
  let folders: readonly Uri[] = [];
  let revision = 0;
  let askedRanges: ReadonlyMap<Uri, AskedRange> | undefined;
  let current: { readonly snapshot: Snapshot; readonly hour: number } | undefined;
  let popular: PopularNames | undefined;
  let commonFiles: Promise<unknown> | undefined;

  function changed(notify: boolean): void {
    revision++;
    current = undefined;
    if (notify) for (const listener of [...listeners]) listener();
  }

  /** The user's own configuration and a configuration file named on the command line, once a session. */
  function loadCommonFiles(): Promise<unknown> {
    const uris = [ports.userNpmrc, ports.globalNpmrc, settings.policyFile];
    commonFiles ??= Promise.all(uris.map((uri) => (uri === undefined ? undefined : store.load(uri))));
    return commonFiles;
  }

  function decideTrust(): void {
    const open = settings.trusted ? folders : [];
    trustedFolders = {
      folders: [...new Set([...open, ...(settings.trustedFolders ?? [])])],
      withProjectAround: settings.trustsProjectAround === true,
    };
  }

  const isTrusted = (folder: Uri) => trustOf(folder, trustedFolders) !== 'untrusted';
  const settingsFor = ({ trust }: Project) => ({ ...settings, trusted: trust !== 'untrusted' });
  const factsOf = (project: Project) =>
    projectFacts({ project, settings: settingsFor(project), client, statistics, checks });

  const inquire: Session['inquire'] = (project, { online }) => {
    const asked = { ...settings, online, trusted: true };
    return projectFacts({ project, settings: asked, client, statistics, checks });
  };

  function takeSnapshot(hour: number): Snapshot {
    popular ??= parsePopularNames(ports.popularNames());
    const all = projects.all();
    scopes = scopeSourcesOf(all, store, scopes);
    const previous = built;
    built = new Map();
    const taken: SnapshotProject[] = [];
    const { policyFile } = settings;
    const governed = governedLockfiles({ projects: all, store, policyFile, isWhole: projects.isWhole });
    for (const found of all) {
      const input = {
        ...{ found, store, settings, trustedFolders, ports, scopes, previous: previous.get(found.root) },
        governed: governed.get(found.root),
        committed,
        askedRange: askedRanges?.get(found.root) ?? (askedRanges && NO_RANGE),
        base: settings.base === undefined && isTrusted(found.root) ? uncommitted.of(found.root) : base,
      };
      const next = buildProject(input);
      built.set(found.root, next);
      const advisories = advisorySources.of(next.project, next.files, settingsFor(next.project));
      taken.push({ found, built: next, facts: factsOf(next.project), advisories });
    }
    advisorySources.keepOnly(new Set(built.keys()));
    committed.keepOnly(new Set(all.flatMap(({ lockfiles }) => lockfiles.map(({ uri }) => uri))));
    const files = new Set(taken.flatMap(({ built }) => [...built.files.keys()]));
    units.keepOnly(files);
    units.primaries.keepOnly(new Set(built.keys()));
    for (const uri of wanting) if (!files.has(uri)) wantNoMore(uri);
    const texts = store.view();
    return createSnapshot({
      revision,
      projects: taken,
      popular,
      texts,
      settings,
      ports,
      units,
      today: dayOf(hour),
      hour,
      onWanted,
    });
  }

  /** What a file wanted whose project is gone is not asked further. */
  function wantNoMore(uri: Uri): void {
    wanting.delete(uri);
    wanted.want(uri, new Map());
  }

  /** Facts that a diagnosis asked for and nobody knows yet, or for certain: ask, and say so when they are there. */
  function onWanted({ facts, built: { project } }: SnapshotProject, uri: Uri, asked: Wanted): void {
    const wants = factsWanted(project, facts, asked.facts);
    const others = asked.advisories ? advisorySources.wanted(project.root) : [];
    wanting.add(uri);
    wanted.want(uri, new Map([...wants, ...others]));
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

  /** In the background: nothing waits for git, and nothing is said where it knows nothing new. */
  async function readCommitted(files: readonly LockfileFile[]): Promise<void> {
    if (settings.comparesCommits !== true) return;
    let isOther = false;
    for (const file of files) {
      if (!isTrusted(parentUri(file.uri))) continue;
      const isNew = await committed.read(file, store.textOf(file.uri), settings.base ?? HEAD.revision);
      isOther ||= isNew;
    }
    if (isOther) changed(true);
  }

  /** The same of configuration and of what an install runs. */
  async function readUncommitted(): Promise<void> {
    if (settings.comparesCommits !== true || settings.base !== undefined) return;
    if (await uncommitted.read()) changed(true);
  }

  /** Whatever lockfiles are loaded, as they were in the commit that is compared with. */
  async function readBase(folder: Uri): Promise<void> {
    const { base: revision, isBaseGiven = false } = settings;
    if (revision === undefined) return;
    const compared = { folder, projects: projects.all(), store, files: ports.files, git: ports.git };
    base = await readBaseState({ ...compared, revision, isGiven: isBaseGiven });
    const files = projects.all().flatMap(({ lockfiles }) => lockfiles.filter(({ atRoot }) => atRoot));
    for (const file of files) {
      if (!committed.knows(file.uri)) await committed.read(file, store.textOf(file.uri), revision);
    }
  }

  async function packument(project: Project, name: string, options?: Parameters<Session['packument']>[2]) {
    const facts = factsOf(project);
    const before = facts.packument(name);
    const fact = await facts.ensurePackument(name, options);
    if (facts.packument(name) !== before) changed(true);
    return fact;
  }

  async function packageFacts(...[project, name, version, options]: Parameters<Session['packageFacts']>) {
    const facts = factsOf(project);
    const before = facts.packument(name);
    const known = await askAbout({ facts, clock, name, version }, options ?? {});
    if (facts.packument(name) !== before) changed(true);
    return known;
  }

  async function recheck(...[project, names, options]: Parameters<Session['recheck']>): Promise<void> {
    const facts = factsOf(project);
    const wantedAdvisories = () => {
      changed(false);
      snapshot();
      return advisorySources.wanted(project.root);
    };
    const isNew = await askAgain({ facts, names, wantedAdvisories }, options);
    if (isNew && !options.signal.aborted) changed(true);
  }

  function want(project: Project, reader: string, names: readonly string[]): void {
    const requests = names.map((name) => ({ kind: 'packument', name, version: undefined }) as const);
    wanted.want(reader, new Map(factsWanted(project, factsOf(project), requests)));
  }

  async function settle(progress?: Parameters<Session['settle']>[0]): Promise<void> {
    let done = 0;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const view = snapshot();
      for (const { files } of view.projects) for (const uri of files.keys()) view.diagnose(uri);
      const total = done + wanted.asked;
      if (wanted.asked === 0) return;
      await wanted.answered((left) => progress?.report('Asking registries:', total - left, total));
      done = total;
      changed(false);
    }
  }

  function snapshot(): Snapshot {
    const hour = hourOf(ports.clock.now());
    // A new hour is a change as well: what was put off may be due, and what was too new may be old enough.
    if (current !== undefined && current.hour !== hour) changed(false);
    current ??= { snapshot: takeSnapshot(hour), hour };
    return current.snapshot;
  }

  return {
    get revision() {
      return revision;
    },
    get unitRuns() {
      return units.runs;
    },
    configure(next) {
      if (next.policyFile !== settings.policyFile) commonFiles = undefined;
      settings = next;
      decideTrust();
      projects.setPolicyFile(next.policyFile);
      changed(true);
    },
    setFolders(next) {
      folders = next;
      decideTrust();
      projects.setFolders(next);
      forgetLatest();
      changed(false);
    },
    setOverlay(uri, text, edit) {
      projects.setOverlay(uri, text, edit);
      if (open.has(uri)) wanted.edited();
      open.add(uri);
      changed(false);
    },
    async removeOverlay(uri) {
      open.delete(uri);
      await projects.removeOverlay(uri);
      units.forget(uri);
      forgetLatest();
      changed(true);
    },
    async filesChanged(uris) {
      if (await projects.filesChanged(uris)) changed(true);
      // A commit changes no file that is watched but git's own journal.
      const hasCommit = uris.some((uri) => uri.endsWith('/.git/logs/HEAD'));
      if (hasCommit) ports.git?.forgetCommits?.();
      void readCommitted(committed.known().filter(({ uri }) => hasCommit || uris.includes(uri)));
      void readUncommitted();
    },
    refresh: () => changed(true),
    async ensureProject(uri) {
      await loadCommonFiles();
      if (await projects.ensure(uri)) changed(false);
      const owner = snapshot().projectOf(uri);
      const files = projects.all().find(({ root }) => root === owner?.project.root)?.lockfiles ?? [];
      const unread = files.filter((file) => file.atRoot && !committed.knows(file.uri));
      if (unread.length > 0) void readCommitted(unread);
      if (projects.all().some(({ root }) => isTrusted(root) && !uncommitted.knows(root)))
        void readUncommitted();
      return owner;
    },
    async loadFolder(folder, progress, signal, onExcluded) {
      await loadCommonFiles();
      await projects.loadFolder(folder, { progress, signal, onExcluded });
      await readBase(folder);
      void readUncommitted();
      if (signal?.aborted !== true) changed(true);
    },
    settle,
    askAbout(ranges) {
      askedRanges = ranges;
      changed(false);
    },
    forget(project, entries) {
      const facts = factsOf(project);
      for (const { name, version } of entries) facts.forget(name, version?.value);
    },
    openAdvisories() {
      snapshot();
      if (advisorySources.open()) changed(true);
    },
    gitFailures: () => tracked?.failures() ?? new Map(),
    uncompared() {
      const unread = committed.unread();
      if (settings.isBaseGiven === true) return [...base.unknown, ...unread];
      return uncomparedWithHead([...base.unknown, ...uncommitted.unknown(), ...unread]);
    },
    snapshot,
    packument,
    packageFacts,
    recheck,
    want,
    inquire,
    onDidChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      listeners.clear();
      wanted.dispose();
    },
  };
}
