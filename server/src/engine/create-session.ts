import { parsePopularNames, type PopularNames } from '../core/identity/popular-names.ts';
import { RULES } from '../core/rules/index.ts';
import { isWithin, parentUri, type Uri } from '../core/text/uri.ts';
import { type BuiltProject, buildProject } from './build-project.ts';
import { discoverFolder, discoverProject, discoverRoot, type Discovery } from './discover.ts';
import { createFileStore } from './file-store.ts';
import { createPackuments } from './packuments.ts';
import type { AbortSignalLike, Ports } from './ports.ts';
import { projectFacts } from './project-facts.ts';
import type { ProjectFiles } from './project-files.ts';
import { scopeSourcesOf } from './scope-sources.ts';
import type { Progress, Session, Snapshot } from './session.ts';
import { DEFAULT_SETTINGS, type EngineSettings } from './settings.ts';
import { createSnapshot, type SnapshotProject } from './snapshot.ts';
import { createUnits } from './units.ts';

/** A session over the given ports. It reads nothing and sends nothing until it is asked for something. */
export function createSession(ports: Ports): Session {
  const store = createFileStore(ports.files);
  const packuments = createPackuments({ http: ports.http, cache: ports.cache, clock: ports.clock });
  const units = createUnits(RULES);
  const listeners = new Set<() => void>();
  const found = new Map<Uri, ProjectFiles>();
  const built = new Map<Uri, BuiltProject>();
  const rootsOfFiles = new Map<Uri, Uri | undefined>();
  let settings: EngineSettings = DEFAULT_SETTINGS;
  let folders: readonly Uri[] = [];
  let revision = 0;
  let snapshot: Snapshot | undefined;
  let popular: PopularNames | undefined;
  let commonFiles: Promise<unknown> | undefined;

  function changed(notify: boolean): void {
    revision++;
    snapshot = undefined;
    if (notify) for (const listener of listeners) listener();
  }

  /** The user's own configuration and a configuration file named on the command line, once a session. */
  function loadCommonFiles(): Promise<unknown> {
    const uris = [ports.userNpmrc, ports.globalNpmrc, settings.policyFile];
    commonFiles ??= Promise.all(uris.map((uri) => (uri === undefined ? undefined : store.load(uri))));
    return commonFiles;
  }

  function discoveryFor(uri: Uri, progress?: Progress, signal?: AbortSignalLike): Discovery {
    const containing = folders.filter((folder) => isWithin(folder, uri)).sort((a, b) => b.length - a.length);
    return {
      store,
      files: ports.files,
      bound: containing[0] ?? parentUri(uri),
      onDirectory: (count) => progress?.report('Looking for package.json files', count, undefined),
      signal,
    };
  }

  function addProject(project: ProjectFiles): void {
    found.set(project.root, project);
    for (const uri of filesOf(project)) rootsOfFiles.set(uri, project.root);
  }

  function dropProject(root: Uri): void {
    const project = found.get(root);
    if (project === undefined) return;
    for (const uri of filesOf(project)) if (rootsOfFiles.get(uri) === root) rootsOfFiles.delete(uri);
    found.delete(root);
    built.delete(root);
  }

  const loading = new Map<Uri, Promise<void>>();

  async function loadProjectOf(uri: Uri): Promise<void> {
    await loadCommonFiles();
    const discovery = discoveryFor(uri);
    const root = await discoverRoot(uri, discovery);
    const project = root === undefined ? undefined : await discoverProject(root, discovery);
    if (project === undefined) rootsOfFiles.set(uri, undefined);
    else addProject(project);
    changed(false);
  }

  async function reloadProjects(roots: ReadonlySet<Uri>): Promise<void> {
    for (const root of roots) {
      const project = await discoverProject(root, discoveryFor(`${root}/package.json`));
      dropProject(root);
      if (project !== undefined && project.manifests.length + project.lockfiles.length > 0) addProject(project);
    }
  }

  function takeSnapshot(): Snapshot {
    popular ??= parsePopularNames(ports.popularNames());
    const scopes = scopeSourcesOf([...found.values()], store);
    const projects: SnapshotProject[] = [];
    for (const root of [...found.keys()].sort()) {
      const files = found.get(root)!;
      const next = buildProject({ found: files, store, settings, ports, scopes, previous: built.get(root) });
      built.set(root, next);
      const facts = projectFacts(next.project, settings, packuments);
      projects.push({ found: files, built: next, facts });
    }
    return createSnapshot({ revision, projects, popular, store, settings, ports, units, onWanted });
  }

  /** Facts that a diagnosis asked for and nobody knows yet: ask, and say so when they are there. */
  function onWanted(project: SnapshotProject, names: readonly string[]): void {
    for (const name of names) {
      void project.facts.ensure(name).then((fact) => {
        if (fact.state !== 'pending') changed(true);
      });
    }
  }

  return {
    get revision() {
      return revision;
    },
    configure(next) {
      if (next.policyFile !== settings.policyFile) commonFiles = undefined;
      settings = next;
      changed(true);
    },
    setFolders(next) {
      folders = next;
      for (const root of [...found.keys()]) {
        if (!next.some((folder) => isWithin(folder, root))) dropProject(root);
      }
      rootsOfFiles.clear();
      for (const project of found.values()) addProject(project);
      changed(false);
    },
    setOverlay(uri, text) {
      store.setOverlay(uri, text);
      changed(false);
    },
    async removeOverlay(uri) {
      store.removeOverlay(uri);
      store.forget(uri);
      if (rootsOfFiles.get(uri) !== undefined) await store.load(uri);
      changed(true);
    },
    async filesChanged(uris) {
      const roots = new Set<Uri>();
      for (const uri of uris) {
        store.forget(uri);
        rootsOfFiles.delete(uri);
        for (const root of found.keys()) if (isWithin(root, uri) || isWithin(parentUri(uri), root)) roots.add(root);
      }
      commonFiles = undefined;
      await loadCommonFiles();
      await reloadProjects(roots);
      changed(true);
    },
    async ensureProject(uri) {
      if (rootsOfFiles.get(uri) === undefined && !rootsOfFiles.has(uri)) {
        let pending = loading.get(uri);
        if (pending === undefined) {
          pending = loadProjectOf(uri).finally(() => loading.delete(uri));
          loading.set(uri, pending);
        }
        await pending;
      }
      return this.snapshot().projectOf(uri);
    },
    async loadFolder(folder, progress, signal) {
      await loadCommonFiles();
      const projects = await discoverFolder(folder, discoveryFor(`${folder}/package.json`, progress, signal));
      if (signal?.aborted === true) return;
      for (const root of [...found.keys()]) if (isWithin(folder, root)) dropProject(root);
      for (const project of projects) addProject(project);
      changed(true);
    },
    snapshot() {
      snapshot ??= takeSnapshot();
      return snapshot;
    },
    packument(project, name, options) {
      return projectFacts(project, settings, packuments).ensure(name, options);
    },
    onDidChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      listeners.clear();
    },
  };
}

function* filesOf(project: ProjectFiles): Iterable<Uri> {
  yield* project.manifests;
  for (const { uri } of project.lockfiles) yield uri;
  if (project.npmrc !== undefined) yield project.npmrc;
  if (project.policy !== undefined) yield project.policy;
}
