import { isWithin, relativeUri } from '../../core/read/text/paths/uri.ts';
import { createSession } from '../../engine/create-session.ts';
import type { ProjectSnapshot, Session } from '../../engine/session.ts';
import type { EngineSettings } from '../../engine/settings.ts';
import { uriOfPath } from '../disk-files.ts';
import { createNodePorts, type NodePorts } from '../node-ports.ts';
import { WrongUse } from './exit-code.ts';
import { repositoryOf } from './given/given-directory.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

export interface LoadedProject {
  readonly session: Session;
  readonly ports: NodePorts;
  /** Returns the current state of the project at the directory, or of the one that it is a member of. */
  snapshot(): ProjectSnapshot;
}

/**
 * Loads the project for a command that handles one: that at the directory itself, or else the one around it. Throws
 * `WrongUse` if there is none, with the names of those below it. The caller must dispose of the session.
 */
export async function loadProject(
  directory: string,
  settings: EngineSettings,
  terminal: Terminal,
): Promise<LoadedProject> {
  const root = uriOfPath(directory);
  const ports = createNodePorts({ roots: () => [root], version: VERSION });
  const session = createSession(ports);
  session.configure(settings);
  session.setFolders([uriOfPath(await repositoryOf(directory))]);
  await session.loadFolder(root, terminal.progress);
  const snapshot = () =>
    session
      .snapshot()
      .projects.filter(({ project }) => isWithin(project.root, root))
      .at(-1);
  if (snapshot() === undefined) {
    const below = session.snapshot().projects.map(({ project }) => relativeUri(root, project.root));
    session.dispose();
    terminal.progress.end();
    throw new WrongUse(noProject(directory, below));
  }
  return { session, ports, snapshot: () => snapshot()! };
}

function noProject(directory: string, below: readonly string[]): string {
  if (below.length === 0)
    return `no package.json was found in ${directory}; give a directory that holds one.`;
  const more = below.length > 3 ? `, and ${below.length - 3} more` : '';
  return `${directory} has no package.json; give the directory of a project below it, such as ${below.slice(0, 3).join(', ')}${more}.`;
}
