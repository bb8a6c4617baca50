import { type PopularNames, parsePopularNames } from '../core/identity/popular-names.ts';
import type { Project } from '../core/project/project.ts';
import { RULES } from '../core/rules/index.ts';
import type { Uri } from '../core/text/uri.ts';
import { type BuiltProject, buildProject } from './build-project.ts';
import { createCommittedLockfiles } from './committed-lockfiles.ts';
import { dayOf } from './day.ts';
import { createFileStore } from './file-store.ts';
import { createLoadedProjects } from './loaded-projects.ts';
import { createPackuments } from './packuments.ts';
import type { Ports } from './ports.ts';
import { projectFacts } from './project-facts.ts';
import type { LockfileFile } from './project-files.ts';
import { scopeSourcesOf } from './scope-sources.ts';
import type { Session, Snapshot } from './session.ts';
import { DEFAULT_SETTINGS, type EngineSettings } from './settings.ts';
import { createSnapshot, type SnapshotProject } from './snapshot.ts';
import { createUnits } from './units.ts';

/** A session with what tests of its cost look at. */
export interface ObservedSession extends Session {
  /** How many units of work ran so far. */
  readonly unitRuns: number;
}

/** A session over the given ports. It reads nothing and sends nothing until it is asked for something. */
export function createSession(ports: Ports): ObservedSession {
  const store = createFileStore(ports.files);
  const projects = createLoadedProjects(store, ports.home);
  const packuments = createPackuments({ http: ports.http, cache: ports.cache, clock: ports.clock });
  const units = createUnits(RULES);
  const committed = createCommittedLockfiles(ports.git);
  const listeners = new Set<() => void>();
  const asking = new Set<string>();
  let built = new Map<Uri, BuiltProject>();
  let scopes: ReturnType<typeof scopeSourcesOf> | undefined;
  let settings: EngineSettings = DEFAULT_SETTINGS;
  let revision = 0;
  let current: { readonly snapshot: Snapshot; readonly today: string } | undefined;
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

  function takeSnapshot(today: string): Snapshot {
    popular ??= parsePopularNames(ports.popularNames());
    const all = projects.all();
    scopes = scopeSourcesOf(all, store, scopes);
    const previous = built;
    built = new Map();
    const taken: SnapshotProject[] = [];
    for (const found of all) {
      const input = {
        ...{ found, store, settings, ports, scopes, previous: previous.get(found.root) },
        committed: committed.peek,
      };
      const next = buildProject(input);
      built.set(found.root, next);
      taken.push({ found, built: next, facts: projectFacts(next.project, settings, packuments) });
    }
    units.keepOnly(new Set(taken.flatMap(({ built }) => [...built.files.keys()])));
    const texts = store.view();
    return createSnapshot({
      revision,
      projects: taken,
      popular,
      texts,
      settings,
      ports,
      units,
      today,
      onWanted,
    });
  }

  /** Facts that a diagnosis asked for and nobody knows yet: ask, and say so when they are there. */
  function onWanted({ facts, built }: SnapshotProject, names: readonly string[]): void {
    for (const name of names) {
      const key = `${built.project.root} ${name}`;
      if (asking.has(key)) continue;
      asking.add(key);
      void facts.ensure(name).then((fact) => {
        asking.delete(key);
        if (fact.state !== 'pending') changed(true);
      });
    }
  }

  /** In the background: nothing waits for git, and nothing is said where it knows nothing new. */
  async function readCommitted(files: readonly LockfileFile[]): Promise<void> {
    if (settings.comparesCommits !== true || !settings.trusted) return;
    let isOther = false;
    for (const file of files) {
      const isNew = await committed.read(file, store.textOf(file.uri));
      isOther ||= isNew;
    }
    if (isOther) changed(true);
  }

  async function packument(project: Project, name: string, options?: Parameters<Session['packument']>[2]) {
    const facts = projectFacts(project, settings, packuments);
    const before = facts.packument(name);
    const fact = await facts.ensure(name, options);
    if (facts.packument(name) !== before) changed(true);
    return fact;
  }

  function snapshot(): Snapshot {
    const today = dayOf(ports.clock.now());
    // A new day is a change as well: what was put off may be due.
    if (current !== undefined && current.today !== today) changed(false);
    current ??= { snapshot: takeSnapshot(today), today };
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
      projects.setPolicyFile(next.policyFile);
      changed(true);
    },
    setFolders(folders) {
      projects.setFolders(folders);
      changed(false);
    },
    setOverlay(uri, text, edit) {
      projects.setOverlay(uri, text, edit);
      changed(false);
    },
    async removeOverlay(uri) {
      await projects.removeOverlay(uri);
      changed(true);
    },
    async filesChanged(uris) {
      if (await projects.filesChanged(uris)) changed(true);
      // A commit changes no file that is watched but git's own journal.
      const hasCommit = uris.some((uri) => uri.endsWith('/.git/logs/HEAD'));
      void readCommitted(committed.known().filter(({ uri }) => hasCommit || uris.includes(uri)));
    },
    async ensureProject(uri) {
      await loadCommonFiles();
      if (await projects.ensure(uri)) changed(false);
      const owner = snapshot().projectOf(uri);
      const files = projects.all().find(({ root }) => root === owner?.project.root)?.lockfiles ?? [];
      const unread = files.filter((file) => file.atRoot && !committed.knows(file.uri));
      if (unread.length > 0) void readCommitted(unread);
      return owner;
    },
    async loadFolder(folder, progress, signal) {
      await loadCommonFiles();
      await projects.loadFolder(folder, progress, signal);
      if (signal?.aborted !== true) changed(true);
    },
    snapshot,
    packument,
    onDidChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      listeners.clear();
    },
  };
}
