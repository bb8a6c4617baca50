import { joinUri, relativeUri, type Uri } from '../../../server/src/core/read/text/paths/uri.ts';
import { createSession, type ObservedSession } from '../../../server/src/engine/create-session.ts';
import type { Ports, ReadResult } from '../../../server/src/engine/ports.ts';
import { DEFAULT_SETTINGS, type EngineSettings } from '../../../server/src/engine/settings.ts';
import { memoryFiles, ROOT, testPorts, type WorkspaceOptions } from '../../workspace.ts';

/** A session over a disk that a test changes and observes. */
export interface Harness {
  readonly session: ObservedSession;
  /** By path relative to the workspace. The session is not notified of changes. */
  readonly disk: {
    write(path: string, text: string): void;
    remove(path: string): void;
    refuse(path: string, reason: string): void;
    /** Makes reading the file throw, which no port should do. */
    breakReads(path: string): void;
    /** Makes the folder unreadable. */
    close(path: string): void;
  };
  /** Paths of files and of listed directories, in the order of the requests. */
  readonly reads: string[];
  readonly lists: string[];
  /** Holds back the results of reads (of one path), as of the time of the request, until `release`. */
  hold(path?: string): { release(): void };
  /** Returns the roots of the loaded projects, each with the paths of its checked files. */
  projects(): Record<string, string[]>;
  uri(path: string): Uri;
}

export interface HarnessOptions extends WorkspaceOptions {
  readonly folders?: readonly string[];
  readonly ports?: Partial<Ports>;
}

/** Opens a harness with nothing loaded. */
export function openHarness(files: Record<string, string>, options: HarnessOptions = {}): Harness {
  const ports = testPorts(new Map(), options);
  const texts = new Map(Object.entries(files).map(([path, text]) => [joinUri(ROOT, path), text]));
  if (options.userNpmrc !== undefined) texts.set('file:///home/user/.npmrc', options.userNpmrc);
  const refusals = new Map<Uri, string>();
  const broken = new Set<Uri>();
  const closed = new Set<Uri>();
  const memory = memoryFiles(texts);
  const reads: string[] = [];
  const lists: string[] = [];
  let held: { readonly path: string | undefined; readonly promise: Promise<void> } | undefined;
  const session = createSession({
    ...ports,
    files: {
      async read(uri) {
        const path = relativeUri(ROOT, uri);
        reads.push(path);
        if (broken.has(uri)) throw new Error('broken');
        const reason = refusals.get(uri);
        const result: ReadResult =
          reason === undefined ? await memory.read(uri) : { type: 'refused', reason };
        if (held !== undefined && (held.path ?? path) === path) await held.promise;
        return result;
      },
      async list(directory) {
        lists.push(relativeUri(ROOT, directory));
        if (closed.has(directory)) return undefined;
        return memory.list(directory);
      },
    },
    ...options.ports,
  });
  configure(session, options.settings);
  session.setFolders((options.folders ?? ['']).map((path) => joinUri(ROOT, path)));
  const uri = (path: string) => joinUri(ROOT, path);
  return {
    session,
    reads,
    lists,
    uri,
    disk: {
      write: (path, text) => texts.set(uri(path), text),
      remove: (path) => texts.delete(uri(path)),
      refuse: (path, reason) => refusals.set(uri(path), reason),
      breakReads: (path) => broken.add(uri(path)),
      close: (path) => closed.add(uri(path)),
    },
    hold(path) {
      let resolve = () => {};
      const promise = new Promise<void>((done) => {
        resolve = done;
      });
      held = { path, promise };
      return {
        release() {
          held = undefined;
          resolve();
        },
      };
    },
    projects() {
      const { projects } = session.snapshot();
      return Object.fromEntries(
        projects.map(({ project, files }) => [
          relativeUri(ROOT, project.root),
          [...files.keys()].map((file) => relativeUri(ROOT, file)).sort(),
        ]),
      );
    },
  };
}

export function configure(session: ObservedSession, settings: Partial<EngineSettings> = {}): void {
  session.configure({ ...DEFAULT_SETTINGS, ...settings });
}

/** Opens a harness with everything below the workspace loaded. */
export async function loadHarness(
  files: Record<string, string>,
  options: HarnessOptions = {},
): Promise<Harness> {
  const harness = openHarness(files, options);
  await harness.session.loadFolder(ROOT);
  return harness;
}

export function manifest(fields: object = {}): string {
  return `${JSON.stringify(fields, null, 2)}\n`;
}

export const EMPTY_LOCK: string = manifest({ lockfileVersion: 3, packages: {} });
