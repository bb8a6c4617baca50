import type { Uri } from '../core/read/text/paths/uri.ts';
import type { ProjectSnapshot } from '../engine/session.ts';
import type { ServerState } from './server-state.ts';

/**
 * The project of a file, loaded for a request about it; undefined where it belongs to none. Whichever request comes
 * first, the project counts for the status and for files that are shown beside it.
 */
export async function ensureProject(
  { session, edited }: Pick<ServerState, 'session' | 'edited'>,
  uri: Uri,
): Promise<ProjectSnapshot | undefined> {
  const before = session.revision;
  const project = await session.ensureProject(uri);
  if (session.revision !== before) edited.call();
  return project;
}
