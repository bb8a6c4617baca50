import type { Uri } from '../core/read/text/paths/uri.ts';
import type { ProjectSnapshot } from '../engine/session.ts';
import { pathInFolders } from './path-in-folders.ts';
import type { ServerState } from './server-state.ts';

type Server = Pick<ServerState, 'session' | 'edited' | 'ports' | 'running' | 'folders'>;

/**
 * Returns the project of a file, loading it if needed; undefined if there is none. Whichever request comes first, the
 * project then counts for the status and for files that are shown beside it.
 */
export async function ensureProject(server: Server, uri: Uri): Promise<ProjectSnapshot | undefined> {
  const before = server.session.revision;
  const project = await loadProject(server, uri);
  if (server.session.revision !== before) server.edited.call();
  return project;
}

/** Does the same for a caller that then reports the change itself, and logs the time of a project's first load. */
export async function loadProject(
  { session, ports, running, folders }: Omit<Server, 'edited'>,
  uri: Uri,
): Promise<ProjectSnapshot | undefined> {
  const before = session.revision;
  const start = ports.clock.now();
  const project = await session.ensureProject(uri);
  if (project === undefined || session.revision === before) return project;
  const { root } = project.project;
  const time = `${ports.clock.now() - start} ms`;
  // Several requests may wait for the same load.
  running.infoOnce(`loaded ${root}`, `Loaded ${pathInFolders(root, folders)} in ${time}.`);
  return project;
}
