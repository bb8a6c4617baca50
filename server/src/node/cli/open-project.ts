import { join } from 'node:path';
import type { Project } from '../../core/read/project/project.ts';
import { createSession } from '../../engine/create-session.ts';
import type { Session } from '../../engine/session.ts';
import { uriOfPath } from '../disk-files.ts';
import { createNodePorts, type NodePorts } from '../node-ports.ts';
import { directoryTrust } from './directory-trust.ts';
import { WrongUse } from './exit-code.ts';
import { repositoryOf } from './given/given-directory.ts';
import { manifestAbove } from './given/manifest-above.ts';
import { VERSION } from './version.ts';

export interface OpenProject {
  readonly session: Session;
  readonly ports: NodePorts;
  readonly project: Project;
}

export interface OpenOptions {
  /** Whether anything may be sent. */
  readonly online: boolean;
  /** Whether the project's files count. */
  readonly trusted: boolean;
  readonly trustedRoot?: string | undefined;
}

/**
 * Loads the project at or above a directory, for questions about a package; without one, an empty project. The caller
 * must dispose of the session.
 */
export async function openProject(directory: string, options: OpenOptions): Promise<OpenProject> {
  const { online, trusted, trustedRoot } = options;
  const repository = await repositoryOf(directory);
  const root = uriOfPath(directory);
  const ports = createNodePorts({ roots: () => [root], version: VERSION, trustedRoot });
  const session = createSession(ports);
  session.configure({
    ...{ online, severities: new Map(), policyFile: undefined },
    ...directoryTrust(root, trusted),
  });
  session.setFolders([uriOfPath(repository)]);
  const found = await manifestAbove(directory, repository);
  const manifest = uriOfPath(found ?? join(directory, 'package.json'));
  // Outside any project, behaves as in an empty one.
  if (found === undefined) session.setOverlay(manifest, '{}');
  const project = (await session.ensureProject(manifest))?.project;
  if (project === undefined) throw new WrongUse(`the project in ${directory} could not be read.`);
  return { session, ports, project };
}
