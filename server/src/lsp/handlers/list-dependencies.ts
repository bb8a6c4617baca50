import { isWithin } from '../../core/read/text/paths/uri.ts';
import type { ProjectSnapshot } from '../../engine/session.ts';
import { checkStatus } from '../check-status.ts';
import { isReadByClient } from '../client-files.ts';
import { dependencyTree } from '../dependency-tree.ts';
import type { DependencyTree } from '../messages.ts';
import type { ServerState } from '../server-state.ts';
import { settle } from '../settle.ts';
import { trustsAnything } from '../trusted-folders.ts';

/** Lists what is known of the loaded projects. Loads nothing and asks nobody. */
export async function listDependencies(server: ServerState): Promise<DependencyTree> {
  const { session, timers, documents, folders, ports } = server;
  await server.settled;
  await settle(timers, documents);
  const snapshot = session.snapshot();
  const now = ports.clock.now();
  const gapsOf = (owner: ProjectSnapshot): readonly string[] => {
    const isProject = snapshot.projects.includes(owner);
    return checkStatus({
      snapshot: { ...snapshot, projects: isProject ? [owner] : snapshot.projects, checked: [owner] },
      folders,
      working: false,
      trusted: trustsAnything(server),
      online: server.clientSettings.online,
      uncompared: session.uncompared().filter(({ uri }) => isWithin(owner.project.root, uri)),
      now,
      isOpen: (uri) => documents.get(uri) !== undefined,
      isReadByClient: (uri) => isReadByClient(server.abilities, uri),
    }).gaps;
  };
  return { projects: dependencyTree(server, { snapshot, now, gapsOf }) };
}
