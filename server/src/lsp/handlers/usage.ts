import { DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import { canImport } from '../../core/read/imports/scan-imports.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import { type AbortSource, createAbortSource } from '../../engine/registry/abort-source.ts';
import { guardWork } from '../guard.ts';
import type { ServerState } from '../server-state.ts';

/** The editor counts as idle when nothing was typed for so long. */
const IDLE_MS = 4000;
const SOURCES = '**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx,vue,svelte,astro,mdx,css,scss,less}';

/** Checks for a source that imports packages. Its changes matter to the search alone. */
export function isSourceFile(uri: Uri): boolean {
  return canImport(uri);
}

/**
 * Searches the sources of loaded projects for what they use, while the editor is idle: again after sources or projects
 * changed, and only if a rule that reads it is enabled. Typing cancels it.
 */
export function keepUsageFresh(server: ServerState): void {
  const { session, timers, log, connection, ports } = server;
  if (ports.sources === undefined) return;
  let callOff: (() => void) | undefined;
  let running: AbortSource | undefined;
  let searchedRevision = -1;
  let isWatching = false;
  let hasEnded = false;

  const search = guardWork(log, 'Searching for unused dependencies', async () => {
    if (running !== undefined || hasEnded || session.revision === searchedRevision) return;
    if (!session.wantsUsage()) {
      searchedRevision = session.revision;
      return;
    }
    const own = createAbortSource();
    running = own;
    watch();
    try {
      for (const { project } of session.snapshot().projects) {
        await session.searchUsage(project.root, undefined, own.signal);
        if (own.signal.aborted) return;
      }
      // What the search itself found is no change.
      searchedRevision = session.revision;
    } finally {
      running = undefined;
      if (own.signal.aborted) schedule();
    }
  });
  function schedule(): void {
    callOff?.();
    if (!hasEnded) callOff = timers.after(IDLE_MS, () => void search());
  }
  /** Asks the client to report changes of sources, once the result depends on them. */
  function watch(): void {
    if (isWatching || !server.abilities.watchesFiles) return;
    isWatching = true;
    connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: SOURCES }] })
      .catch(() => log('The client did not register for changes of sources.'));
  }
  const typed = () => {
    running?.abort();
    schedule();
  };
  server.sourcesChanged.add(() => {
    searchedRevision = -1;
    typed();
  });
  server.edited.add(typed);
  server.changed.add(() => {
    if (running === undefined && session.revision !== searchedRevision) schedule();
  });
  server.ended.add(() => {
    hasEnded = true;
    running?.abort();
    callOff?.();
  });
}
