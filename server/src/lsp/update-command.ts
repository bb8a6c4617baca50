import type { Command } from 'vscode-languageserver';
import type { DeclaredRange } from '../core/judge/remedy/declared-range.ts';
import type { Uri } from '../core/read/text/paths/uri.ts';
import { SERVER_COMMANDS, type UpdateRequest } from './messages.ts';
import type { ServerState } from './server-state.ts';

/** Returns the command behind a shown version; undefined if the client cannot apply edits. */
export function updateCommand(
  server: Pick<ServerState, 'abilities' | 'proto'>,
  uri: Uri,
  { name, declared }: DeclaredRange,
  title: string,
  version: string,
): Command | undefined {
  return commandOf(server, title, { scope: 'range', uri: server.proto.uri(uri), name, declared, version });
}

export function commandOf(
  { abilities }: Pick<ServerState, 'abilities'>,
  title: string,
  request: UpdateRequest,
): Command | undefined {
  return abilities.appliesEdits
    ? { title, command: SERVER_COMMANDS.update, arguments: [request] }
    : undefined;
}
