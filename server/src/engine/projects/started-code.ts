import { installScripts } from '../../core/judge/changes/install-scripts.ts';
import { mainFiles } from '../../core/judge/changes/named-programs.ts';
import { scriptFiles } from '../../core/judge/changes/script-files.ts';
import { reachedScripts } from '../../core/judge/changes/script-references.ts';
import type { InstalledScripts } from '../../core/know/scripts/installed-scripts.ts';
import { suspiciousScript } from '../../core/know/scripts/suspicious-script.ts';
import type { LockEntry } from '../../core/read/lockfile/model/lockfile.ts';
import { splitRegistryKey } from '../../core/read/manager/decision-key.ts';
import { specOf } from '../../core/read/manager/managers.ts';
import type { Manifest } from '../../core/read/manifest/manifest.ts';
import type { Project } from '../../core/read/project/project.ts';
import { NO_STARTED_CODE, type StartedCode, type StartedFile } from '../../core/read/project/started-code.ts';
import { nameOf, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import { scriptCandidates } from '../../core/show/report/scripts/scripts-report.ts';
import type { FilesPort } from '../ports.ts';
import type { Changes } from '../session/changes.ts';
import type { ProjectSnapshot } from '../session.ts';
import type { FileStore } from './file-store.ts';
import { installedScripts } from './installed-scripts.ts';
import type { StartingScript } from './started-files.ts';

/** The files that install scripts start, read beside the projects that they belong to. */
export interface StartedCodeReader {
  of(root: Uri): StartedCode;
  /** Checks whether scripts or the lockfile of a loaded project changed since the last reading. */
  isOutdated(): boolean;
  /** Forgets the projects that are gone. */
  keepOnly(roots: ReadonlySet<Uri>): void;
  /** Reads the files of all loaded projects, and notifies of changes. Never rejects. */
  read(): Promise<void>;
}

export interface StartedCodeSource {
  readonly files: Pick<FilesPort, 'list' | 'read'>;
  readonly store: FileStore;
  readonly changes: Changes;
  projects(): readonly ProjectSnapshot[];
}

/** Files in a folder, or those of a tarball, which has no folders to read. */
type StartedFiles = Pick<FilesPort, 'read'> & Partial<Pick<FilesPort, 'list'>>;

/** More would delay a check; the rest is listed by `dephygiene scripts`. */
const MOST_PACKAGES = 300;
/** Of all files of a project, about five seconds. */
const MOST_CHARACTERS = 40_000_000;

/** Returns a reader of files that stops after so many characters. */
function limited(files: Pick<FilesPort, 'list' | 'read'>): StartedFiles {
  let left = MOST_CHARACTERS;
  return {
    list: (folder) => files.list(folder),
    async read(uri) {
      if (left <= 0) return { type: 'missing' };
      const found = await files.read(uri);
      if (found.type === 'text') left -= found.text.length;
      return found;
    },
  };
}

export function createStartedCode({ files, store, changes, projects }: StartedCodeSource): StartedCodeReader {
  const states = new Map<
    Uri,
    { readonly key: string; readonly lockfile: WeakRef<object> | undefined; readonly code: StartedCode }
  >();
  let running: Promise<void> | undefined;
  let isAskedAgain = false;

  async function readProject({ project, files: models }: ProjectSnapshot): Promise<StartedCode> {
    const reader = limited(files);
    const own = new Map<Uri, readonly StartedFile[]>();
    for (const manifest of manifestsIn(models)) {
      const folder = parentUri(manifest.uri);
      const found = await readStarted(reader, { folder, bound: project.root, scripts: scriptsOf(manifest) });
      if (found.length > 0) own.set(manifest.uri, found);
    }
    const installed = new Map<string, readonly StartedFile[]>();
    const entries = candidates(project);
    const packages = entries.length === 0 ? [] : await installedScripts(files, project, entries);
    for (const [entry, one] of packages) {
      const found = [...(await suspiciousManifest(files, one)), ...(await startedByPackage(reader, one))];
      if (found.some(({ suspicious }) => suspicious !== undefined)) installed.set(entry.key, found);
    }
    if (own.size === 0 && installed.size === 0) return NO_STARTED_CODE;
    // Reports need the lines of places.
    for (const { uri, suspicious } of [...own.values(), ...installed.values()].flat())
      if (suspicious !== undefined) await store.load(uri);
    return { own, installed };
  }

  async function readAll(): Promise<void> {
    let isOther = false;
    const present = projects();
    for (const one of present) {
      const { root, lockfile } = one.project;
      const next = await readProject(one).catch(() => NO_STARTED_CODE);
      const before = states.get(root)?.code ?? NO_STARTED_CODE;
      const isSame = contentOf(before) === contentOf(next);
      const held = lockfile === undefined ? undefined : new WeakRef(lockfile);
      states.set(root, { key: keyOf(one), lockfile: held, code: isSame ? before : next });
      isOther ||= !isSame;
    }
    if (isOther) changes.notify();
  }

  async function readUntilCurrent(): Promise<void> {
    while (isAskedAgain) {
      isAskedAgain = false;
      await readAll();
    }
  }

  return {
    of: (root) => states.get(root)?.code ?? NO_STARTED_CODE,
    isOutdated: () =>
      projects().some((one) => {
        const state = states.get(one.project.root);
        const isSame = state?.lockfile?.deref() === one.project.lockfile;
        return state === undefined || !isSame || state.key !== keyOf(one);
      }),
    keepOnly(roots) {
      for (const root of states.keys()) if (!roots.has(root)) states.delete(root);
    },
    read() {
      isAskedAgain = true;
      running ??= readUntilCurrent().finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}

/** Returns the package.json of an installed package, if a script in it is suspicious by itself, as such a file. */
async function suspiciousManifest(
  files: Pick<FilesPort, 'read'>,
  { uri, scripts }: InstalledScripts & { readonly uri: Uri },
): Promise<readonly StartedFile[]> {
  for (const [script, command] of scripts) {
    const found = suspiciousScript(command);
    if (found === undefined) continue;
    const read = await files.read(uri);
    const text = read.type === 'text' ? read.text : '';
    const start = Math.max(0, text.indexOf(JSON.stringify(command)));
    const line = text.slice(0, start).split('\n').length;
    const span = { start, end: start };
    return [{ uri, path: nameOf(uri), script, traits: [], suspicious: { ...found, line, span } }];
  }
  return [];
}

/** Returns the same for each of several packages. */
export async function startedByPackages(
  files: StartedFiles,
  packages: ReadonlyMap<LockEntry, InstalledScripts & { readonly uri: Uri }>,
): Promise<Map<LockEntry, readonly StartedFile[]>> {
  const started = new Map<LockEntry, readonly StartedFile[]>();
  for (const [entry, one] of packages) started.set(entry, await startedByPackage(files, one));
  return started;
}

/** Returns the files that the install scripts of an installed package start. */
export function startedByPackage(
  files: StartedFiles,
  { uri, scripts, all }: InstalledScripts & { readonly uri: Uri },
): Promise<readonly StartedFile[]> {
  const folder = parentUri(uri);
  const names = reachedScripts(
    all,
    scripts.map(([name]) => name),
    true,
  );
  const reached = [...names].map((name) => ({ name, command: all.get(name)!.value }));
  return readStarted(files, { folder, bound: folder, scripts: reached });
}

interface Started {
  readonly folder: Uri;
  readonly bound: Uri;
  readonly scripts: readonly StartingScript[];
}

async function readStarted(
  files: StartedFiles,
  { folder, bound, scripts }: Started,
): Promise<readonly StartedFile[]> {
  const starting = scripts.filter(({ command }) => scriptFiles(command).length > 0);
  if (starting.length === 0) return [];
  const { startedFiles } = await import('./started-files.ts');
  return startedFiles({
    ...{ folder, bound, scripts: starting, mainFiles },
    read: async (uri) => {
      const file = await files.read(uri);
      const isFolder = file.type === 'refused' && (await files.list?.(uri)) !== undefined;
      return isFolder ? { type: 'missing' } : file;
    },
  });
}

function manifestsIn(models: ProjectSnapshot['files']): readonly Manifest[] {
  return [...models.values()].filter((file) => file.kind === 'manifest');
}

function scriptsOf(manifest: Manifest): readonly StartingScript[] {
  return [...installScripts(manifest)].map((name) => ({ name, command: manifest.scripts.get(name)!.value }));
}

/**
 * Returns the packages whose files are read in a check: those with a script by the lockfile, and
 * those that are approved, as some lockfiles record none.
 */
function candidates(project: Project): readonly LockEntry[] {
  const { lockfile, manager } = project;
  if (lockfile === undefined) return [];
  const approved = new Set(
    specOf(manager)
      .scripts.written(project)
      .flatMap(({ key, allowed }) => (allowed === true ? (splitRegistryKey(key.value)?.name ?? []) : [])),
  );
  return scriptCandidates(project)
    .filter(({ name, hasInstallScript }) => hasInstallScript === true || approved.has(name))
    .slice(0, MOST_PACKAGES);
}

function keyOf({ files }: ProjectSnapshot): string {
  return JSON.stringify(manifestsIn(files).map((manifest) => [manifest.uri, scriptsOf(manifest)]));
}

function contentOf({ own, installed }: StartedCode): string {
  return JSON.stringify([...own, ...installed]);
}
