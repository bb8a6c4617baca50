import { DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import { MANAGERS } from '../../core/read/manager/managers.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import { guardWork } from '../guard.ts';
import type { ServerState } from '../server-state.ts';

/** The editor counts as idle when nothing was typed for so long. */
const IDLE_MS = 4000;

/** Files that every install writes. pnpm's own record lies deeper than editors watch. */
const WRITTEN: readonly string[] = [
  ...MANAGERS.flatMap(
    ({ installs }) => /^node_modules\/([^/]+)$/.exec(installs.record?.path ?? '')?.[1] ?? [],
  ),
  '.modules.yaml',
];

/** Checks for a file in node_modules that an install writes. */
export function isInstallRecord(uri: Uri): boolean {
  return WRITTEN.some((name) => uri.endsWith(`/node_modules/${name}`));
}

/**
 * Compares package managers' records of what they installed with the lockfiles, while the editor is idle: after projects or
 * lockfiles changed, and after an install.
 */
export function keepInstallsFresh(server: ServerState): void {
  const { session, timers, log, connection, ports } = server;
  // Where no sources can be read, as in a virtual workspace, nothing is installed either.
  if (ports.sources === undefined) return;
  let callOff: (() => void) | undefined;
  let comparedRevision = -1;
  let isWatching = false;
  let hasEnded = false;

  const compare = guardWork(log, 'Comparing node_modules with lockfiles', async () => {
    if (hasEnded || session.revision === comparedRevision) return;
    await session.compareInstallRecords();
    // What the comparison itself found is no change.
    comparedRevision = session.revision;
    if (session.snapshot().projects.length > 0) watch();
  });
  function schedule(): void {
    callOff?.();
    if (!hasEnded) callOff = timers.after(IDLE_MS, () => void compare());
  }
  function watch(): void {
    if (isWatching || !server.abilities.watchesFiles) return;
    isWatching = true;
    const watchers = [{ globPattern: `**/node_modules/{${WRITTEN.join(',')}}` }];
    connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers })
      .catch(() => log('The client did not register for changes of installs.'));
  }
  server.installed.add(() => {
    comparedRevision = -1;
    schedule();
  });
  server.edited.add(schedule);
  server.changed.add(() => {
    if (session.revision !== comparedRevision) schedule();
  });
  server.ended.add(() => {
    hasEnded = true;
    callOff?.();
  });
}
