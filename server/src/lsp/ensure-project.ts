import { nameOf, type Uri } from '../core/read/text/paths/uri.ts';
import type { ProjectSnapshot } from '../engine/session.ts';
import type { ServerState } from './server-state.ts';

/**
 * Returns the project of a file, loading it if needed; undefined if there is none. Whichever request comes first, the
 * project then counts for the status and for files that are shown beside it.
 */
export async function ensureProject(
  { session, edited, ports, running }: Pick<ServerState, 'session' | 'edited' | 'ports' | 'running'>,
  uri: Uri,
): Promise<ProjectSnapshot | undefined> {
  const before = session.revision;
  const start = ports.clock.now();
  const project = await session.ensureProject(uri);
  if (session.revision === before) return project;
  running.debug(`Loaded the project of ${nameOf(uri)} in ${ports.clock.now() - start} ms.`);
  edited.call();
  return project;
}
