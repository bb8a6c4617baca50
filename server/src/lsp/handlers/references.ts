import type { CancellationToken, Location, ReferenceParams } from 'vscode-languageserver';
import { leadAt } from '../../core/show/features/definition.ts';
import { references } from '../../core/show/features/references.ts';
import { checkedDocument } from '../checked-document.ts';
import { guardRequest } from '../guard.ts';
import type { ServerState } from '../server-state.ts';

/** Handles references to the package at the cursor: dependencies in manifests, edges in lockfiles. */
export function handleReferences(server: ServerState): void {
  const answer = async (
    { textDocument, position, context }: ReferenceParams,
    token: CancellationToken,
  ): Promise<Location[] | null> => {
    const document = await checkedDocument(server, textDocument.uri, token);
    if (document === undefined) return null;
    const { uri, file, owner, snapshot } = document;
    const lead = leadAt(owner.project, file, server.proto.offset(uri, position, file.text));
    if (lead === undefined) return null;
    const found = references(owner.project, owner.files, lead.destination, context.includeDeclaration);
    return found.map((reference) => ({
      uri: server.proto.uri(reference.uri),
      range: server.proto.range(reference.uri, reference.span, snapshot),
    }));
  };
  server.connection.onReferences(guardRequest(server.log, 'textDocument/references', null, answer));
}
