import { RULES } from '../core/judge/rules/index.ts';
import type { InstallState } from '../core/read/project/install-state.ts';
import { forgetLatest } from '../core/read/text/latest.ts';
import { isWithin, type Uri } from '../core/read/text/paths/uri.ts';
import { createAdvisorySources } from './advisories/advisory-sources.ts';
import { createComparison } from './base/comparison.ts';
import { createReviewedPolicies } from './base/reviewed-policies.ts';
import type { Ports } from './ports.ts';
import { createFileStore, type FileStore } from './projects/file-store.ts';
import { createLoadedProjects } from './projects/loaded-projects.ts';
import { createStartedCode } from './projects/started-code.ts';
import { createTrackedFiles } from './projects/tracked-files.ts';
import { createRegistryClient } from './registry/registry-client.ts';
import { signingKeysOf } from './registry/signing-keys.ts';
import { createWantedFacts } from './registry/wanted-facts.ts';
import { createChanges } from './session/changes.ts';
import { createConfiguration } from './session/configuration.ts';
import { createFileWants } from './session/file-wants.ts';
import { createInstalledLicenses } from './session/installed-licenses.ts';
import { createReadCode } from './session/new-code.ts';
import { createProjectQuestions } from './session/project-questions.ts';
import { settle } from './session/settle.ts';
import { createSnapshots } from './session/snapshots.ts';
import type { Session } from './session.ts';
import type { EngineSettings } from './settings.ts';
import { createUnits } from './units/units.ts';
import { searchUsage } from './usage/search-usage.ts';
import { wantsUsage } from './usage/wants-usage.ts';

/** A session with what tests of its cost look at. */
export interface ObservedSession extends Session {
  /** How many units of work ran so far. */
  readonly unitRuns: number;
}

/** A session over the given ports. It reads nothing and sends nothing until it is asked for something. */
export function createSession(ports: Ports): ObservedSession {
  const { http, cache, clock, git, files } = ports;
  const configuration = createConfiguration();
  const changes = createChanges();
  const store = createFileStore(files);
  const tracked = git === undefined ? undefined : createTrackedFiles(git, clock);
  const reviewedPolicy = createReviewedPolicies(git, () => configuration.settings.reviewedSince);
  const projects = createLoadedProjects({ store, home: ports.home, tracked, reviewedPolicy });
  const client = createRegistryClient({ http, cache, clock, signingKeys: signingKeysOf(ports) });
  const advisorySources = createAdvisorySources(ports, client.outgoing);
  const wanted = createWantedFacts(clock, changes.notify);
  const comparison = createComparison({ files, git, store, projects, configuration, changes });
  const { factsOf, ...questions } = createProjectQuestions({
    ...{ ports, client, configuration, changes },
    wantedAdvisories(project) {
      changes.note();
      snapshot();
      return advisorySources.wanted(project.root);
    },
  });
  const startedCode = createStartedCode({ files, store, changes, projects: () => snapshot().projects });
  const units = createUnits(RULES);
  const readCode = createReadCode(ports);
  const installedLicenses = createInstalledLicenses(files);
  const wants = createFileWants(wanted, advisorySources);
  const snapshots = createSnapshots({
    ...{ ports, store, projects, configuration, changes, comparison, startedCode, readCode },
    installedLicenses,
    ...{ advisorySources, units, wants, factsOf },
  });
  const snapshot = snapshots.current;
  const loadCommonFiles = createCommonFiles(ports, store);
  const open = new Set<Uri>();
  const readLicenses = async () => {
    if (await installedLicenses.read(snapshot().projects.map(({ project }) => project))) changes.notify();
  };
  const compareCode = async (facts: typeof factsOf | undefined) => {
    changes.note();
    const loaded = snapshot().projects.map(({ project }) => project);
    if (await readCode.read(loaded, facts)) changes.notify();
  };
  const noteInstallStates: Session['noteInstallStates'] = (states) => {
    const before = [...snapshots.installStates];
    const isSame =
      before.length === states.size && before.every(([root, state]) => isSameState(state, states.get(root)));
    if (isSame) return;
    snapshots.installStates = states;
    changes.notify();
  };

  return {
    get revision() {
      return changes.revision;
    },
    get unitRuns() {
      return units.runs;
    },
    configure(next) {
      configuration.settings = next;
      projects.setPolicyFile(next.policyFile);
      projects.setLockedPolicy(next.organisationPolicy);
      changes.notify();
    },
    setFolders(next) {
      configuration.folders = next;
      projects.setFolders(next);
      forgetLatest();
      changes.note();
    },
    setOverlay(uri, text, edit) {
      projects.setOverlay(uri, text, edit);
      if (open.has(uri)) wanted.edited();
      open.add(uri);
      changes.note();
    },
    async removeOverlay(uri) {
      open.delete(uri);
      await projects.removeOverlay(uri);
      units.forget(uri);
      forgetLatest();
      changes.notify();
    },
    async filesChanged(uris, newFolders) {
      if (await projects.filesChanged(uris, newFolders)) changes.notify();
      comparison.filesChanged(uris);
      void startedCode.read();
      void readLicenses();
    },
    refresh: changes.notify,
    tryAgain() {
      const hosts = client.tryAgain();
      advisorySources.tryAgain();
      wanted.tryAgain();
      changes.notify();
      return hosts;
    },
    async ensureProject(uri) {
      await loadCommonFiles(configuration.settings);
      if (await projects.ensure(uri)) changes.note();
      const owner = snapshot().projectOf(uri);
      const found = projects.all().find(({ root }) => root === owner?.project.root);
      comparison.projectLoaded(found?.lockfiles ?? []);
      return owner;
    },
    readBeside() {
      if (startedCode.isOutdated()) void startedCode.read();
      void readLicenses();
    },
    async loadFolder(folder, progress, signal, onExcluded) {
      await loadCommonFiles(configuration.settings);
      await projects.loadFolder(folder, { progress, signal, onExcluded });
      await comparison.folderLoaded(folder);
      if (signal?.aborted !== true) await startedCode.read();
      if (signal?.aborted !== true) await readLicenses();
      if (configuration.settings.base !== undefined) await compareCode(undefined);
      if (signal?.aborted !== true) changes.notify();
    },
    compareCode: () => compareCode(factsOf),
    codeOf: (project, entry) => readCode.ofEntry(project, entry, factsOf(project)),
    settle: (progress) => settle({ snapshot, wanted, changes }, progress),
    askAbout(ranges) {
      snapshots.askedRanges = ranges;
      changes.note();
    },
    wantsUsage: () => wantsUsage(RULES, snapshot(), configuration.settings),
    async searchUsage(folder, progress, signal) {
      if (ports.sources === undefined || ports.sources.reads?.(folder) === false) return;
      const { policyFile, organisationPolicy } = configuration.settings;
      const bound = configuration.folders.find((each) => isWithin(each, folder)) ?? folder;
      const filters = { store, bound, policyFile, lockedPolicy: organisationPolicy, tracked, reviewedPolicy };
      const place = { folder, snapshot: snapshot(), filters, sources: ports.sources };
      const found = await searchUsage({ ...place, progress, signal });
      if (found === undefined) return;
      snapshots.usage = new Map([...(snapshots.usage ?? []), ...found]);
      changes.notify();
    },
    async compareInstallRecords() {
      const states = new Map<Uri, InstallState>();
      const { comparesInstalls, recordedInstall } = await import('./installed/recorded-install.ts');
      for (const each of snapshot().projects) {
        if (!comparesInstalls(each.project, configuration.settings)) continue;
        const state = await recordedInstall(ports.files, each);
        if (state !== undefined) states.set(each.project.root, state);
      }
      noteInstallStates(states);
    },
    noteInstallStates,
    openAdvisories() {
      snapshot();
      if (advisorySources.open()) changes.notify();
    },
    gitFailures: () => tracked?.failures() ?? new Map(),
    uncompared: comparison.uncompared,
    snapshot,
    ...questions,
    want: (project, reader, names) => wants.want(project, factsOf(project), reader, names),
    onDidChange: changes.onDidChange,
    dispose() {
      changes.dispose();
      wanted.dispose();
    },
  };
}

function isSameState(before: InstallState, now: InstallState | undefined): boolean {
  return JSON.stringify(before) === JSON.stringify(now);
}

/** Returns a function that loads the user's configuration and the given policy files, once until these change. */
function createCommonFiles(
  { userNpmrc, globalNpmrc }: Ports,
  store: FileStore,
): (settings: EngineSettings) => Promise<unknown> {
  let loading: { readonly key: string; readonly done: Promise<unknown> } | undefined;
  return ({ policyFile, organisationPolicy }) => {
    const given = [policyFile, organisationPolicy].filter((uri) => uri !== undefined);
    const key = given.join('\n');
    if (loading?.key !== key) {
      const uris = [userNpmrc, globalNpmrc, ...given].filter((uri) => uri !== undefined);
      loading = { key, done: Promise.all(uris.map((uri) => store.load(uri))) };
    }
    return loading.done;
  };
}
