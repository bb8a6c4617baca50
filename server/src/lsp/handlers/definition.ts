import type { CancellationToken, DefinitionParams, Location, LocationLink } from 'vscode-languageserver';
import { definition, leadAt } from '../../core/show/features/definition.ts';
import { checkedDocument } from '../checked-document.ts';
import { guardRequest } from '../guard.ts';
import type { ServerState } from '../server-state.ts';

/** Handles go to definition: from a dependency to its lockfile entry, and between lockfile entries. */
export function handleDefinition(server: ServerState): void {
  const answer = async (
    { textDocument, position }: DefinitionParams,
    token: CancellationToken,
  ): Promise<LocationLink[] | Location | null> => {
    const document = await checkedDocument(server, textDocument.uri, token);
    if (document === undefined) return null;
    const { uri, file, owner, snapshot } = document;
    const lead = leadAt(owner.project, file, server.proto.offset(uri, position, file.text));
    if (lead === undefined) return null;
    const place = definition(lead, owner.files);
    const range = server.proto.range(place.uri, place.selection, snapshot);
    if (!server.abilities.definitionLinks) return { uri: server.proto.uri(place.uri), range };
    return [
      {
        originSelectionRange: server.proto.range(uri, lead.origin, snapshot),
        targetUri: server.proto.uri(place.uri),
        targetRange: server.proto.range(place.uri, place.span, snapshot),
        targetSelectionRange: range,
      },
    ];
  };
  server.connection.onDefinition(guardRequest(server.log, 'textDocument/definition', null, answer));
}
