import { RULES } from '../../../../server/src/core/judge/rules/index.ts';
import type { GitPort, HttpPort } from '../../../../server/src/engine/ports.ts';
import { type OpenWorkspace, openWorkspace, type RegistryDocuments, settled } from '../../../workspace.ts';

export interface WorkspaceWithRegistry {
  readonly workspace: OpenWorkspace;
  /** The names that the rules requested, in order. */
  readonly asked: readonly string[];
}

/**
 * Opens a workspace-in-a-string online over a registry in memory, runs all rules or only the named one, and waits until
 * all of their requests are answered.
 */
export async function openWithRegistry(
  source: string,
  packuments: Readonly<Record<string, object>>,
  only?: string,
): Promise<WorkspaceWithRegistry> {
  const asked: string[] = [];
  const http: HttpPort = {
    async get({ url }) {
      const name = decodeURIComponent(new URL(url).pathname.slice(1));
      asked.push(name);
      const document = packuments[name];
      const body = JSON.stringify({ name, ...document });
      return { type: 'answer', status: document === undefined ? 404 : 200, headers: new Map(), body };
    },
  };
  const others = RULES.filter(({ id }) => only !== undefined && id !== only);
  const severities = new Map(others.map(({ id }) => [id, 'off'] as const));
  const settings = { online: true, trusted: true, severities };
  const workspace = await openWorkspace(source, { settings, http });
  await settled(workspace.session);
  return { workspace, asked };
}

/** Opens a workspace over a registry in memory, with another text of its lockfile in the last commit. */
export async function openOverCommit(
  source: string,
  registry: RegistryDocuments,
  lockfile: string,
  committed: string,
): Promise<OpenWorkspace> {
  const git: GitPort = {
    async textAt(_, revision) {
      return { type: 'text', commit: revision, text: committed };
    },
  };
  const workspace = await openWorkspace(source, { registry, git, settings: { comparesCommits: true } });
  const uri = workspace.uri(lockfile);
  if (workspace.snapshot.projectOf(uri)?.project.committedLockfile === undefined) {
    const changed = new Promise<void>((resolve) => workspace.session.onDidChange(resolve));
    await workspace.session.ensureProject(uri);
    await changed;
  }
  await settled(workspace.session);
  return workspace;
}
