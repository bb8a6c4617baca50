import type { HttpPort } from '../../../server/src/engine/ports.ts';
import { type OpenWorkspace, openWorkspace } from '../../workspace.ts';

export interface WorkspaceWithRegistry {
  readonly workspace: OpenWorkspace;
  /** The names that the rules asked for, in the order of the requests. */
  readonly asked: readonly string[];
}

/**
 * Opens a workspace-in-a-string online over a registry in memory, lets all rules run, and waits until all that they
 * asked for is answered.
 */
export async function openWithRegistry(
  source: string,
  packuments: Readonly<Record<string, object>>,
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
  const settings = { online: true, trusted: true };
  const workspace = await openWorkspace(source, { settings, http });
  while (isProvisional(workspace)) {
    await new Promise<void>((resolve) => {
      const stop = workspace.session.onDidChange(() => {
        stop();
        resolve();
      });
    });
  }
  return { workspace, asked };
}

function isProvisional({ snapshot }: OpenWorkspace): boolean {
  const uris = snapshot.projects.flatMap(({ files }) => [...files.keys()]);
  return uris.some((uri) => snapshot.diagnose(uri).provisional);
}
