import {
  DidChangeWatchedFilesNotification,
  MessageType,
  ShowMessageNotification,
} from 'vscode-languageserver';
import { canonicalUri, joinUri, nameOf, parentUri, type Uri } from '../core/read/text/paths/uri.ts';
import { policyFault } from '../engine/projects/policy-faults.ts';
import { SETTINGS_SECTION } from './messages.ts';
import type { ServerState } from './server-state.ts';

/**
 * Returns the locked policy of the user's organisation. A path is absolute or begins with `~/`: a relative one would
 * name another file in each folder, which that folder could replace.
 */
export function organisationPolicyOf({
  clientSettings: { policy },
  ports: { home },
}: Pick<ServerState, 'clientSettings' | 'ports'>): Uri | undefined {
  if (policy === undefined) return undefined;
  const path = policy.replaceAll('\\', '/');
  if (path.startsWith('~/')) return home === undefined ? undefined : joinUri(home, path.slice(2));
  if (!/^(?:\/(?!\/)|[a-z]:\/)/i.test(path)) return undefined;
  return canonicalUri(joinUri('file:///', path));
}

/** Shows why the policy of the organisation is not in effect, or only a part of it. */
export async function reportOrganisationPolicy(server: ServerState): Promise<void> {
  const { policy } = server.clientSettings;
  if (policy === undefined) return;
  const fault = await faultOf(server);
  if (fault === undefined) return;
  const message = `${SETTINGS_SECTION}.policy: ${policy} ${fault}`;
  server.log(message);
  await server.connection.sendNotification(ShowMessageNotification.type, {
    type: MessageType.Error,
    message,
  });
}

/** Asks the client for changes of the file, which is outside of its folders. */
export async function followOrganisationPolicy(server: ServerState): Promise<void> {
  const uri = organisationPolicyOf(server);
  const { abilities, connection } = server;
  if (uri === undefined || !abilities.watchesFiles || !abilities.watchesOutside) return;
  const watchers = [{ globPattern: { baseUri: parentUri(uri), pattern: nameOf(uri) } }];
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}

async function faultOf(server: ServerState): Promise<string | undefined> {
  const uri = organisationPolicyOf(server);
  if (uri === undefined)
    return 'is not an absolute path, and nothing of it is in effect. Begin it with / or ~/.';
  const { files } = server.ports;
  const read = await files.read(uri);
  if (read.type === 'missing') return 'does not exist, and nothing of it is in effect. Correct the path.';
  if (read.type === 'refused') return `${read.reason}, and nothing of it is in effect. Correct the path.`;
  const fault = await policyFault(uri, read.text, files);
  return fault && `${fault}. Correct it: only the rest is in effect.`;
}
