import {
  type CancellationToken,
  type DocumentSymbol,
  type DocumentSymbolParams,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver';
import { type OutlineItem, outline } from '../../core/show/features/outline.ts';
import { type CheckedDocument, checkedDocument } from '../checked-document.ts';
import { guardRequest } from '../guard.ts';
import type { ServerState } from '../server-state.ts';

/** Handles the outline of lockfiles; the editor provides those of other files. */
export function handleDocumentSymbols(server: ServerState): void {
  const answer = async (
    { textDocument }: DocumentSymbolParams,
    token: CancellationToken,
  ): Promise<DocumentSymbol[] | SymbolInformation[] | null> => {
    const document = await checkedDocument(server, textDocument.uri, token);
    if (document?.file.kind !== 'lockfile') return null;
    const items = outline(document.file);
    return server.abilities.hierarchicalSymbols
      ? items.map((item) => symbolOf(server, document, item))
      : items.flatMap((item) => [...flatSymbols(server, document, item, undefined)]);
  };
  server.connection.onDocumentSymbol(guardRequest(server.log, 'textDocument/documentSymbol', null, answer));
}

function symbolOf(server: ServerState, document: CheckedDocument, item: OutlineItem): DocumentSymbol {
  const { uri, snapshot } = document;
  return {
    name: item.name,
    detail: item.detail,
    kind: KINDS[item.kind],
    range: server.proto.range(uri, item.span, snapshot),
    selectionRange: server.proto.range(uri, item.selection, snapshot),
    ...(item.children.length === 0
      ? {}
      : { children: item.children.map((child) => symbolOf(server, document, child)) }),
  };
}

/** Yields symbols for clients without hierarchical symbols, which cannot show details either. */
function* flatSymbols(
  server: ServerState,
  document: CheckedDocument,
  item: OutlineItem,
  containerName: string | undefined,
): Iterable<SymbolInformation> {
  const { uri, snapshot } = document;
  yield {
    name: item.kind === 'package' ? `${item.name} ${item.detail}` : item.name,
    kind: KINDS[item.kind],
    location: { uri: server.proto.uri(uri), range: server.proto.range(uri, item.span, snapshot) },
    ...(containerName === undefined ? {} : { containerName }),
  };
  for (const child of item.children) yield* flatSymbols(server, document, child, item.name);
}

const KINDS: Readonly<Record<OutlineItem['kind'], SymbolKind>> = {
  section: SymbolKind.Namespace,
  importer: SymbolKind.Module,
  package: SymbolKind.Package,
  dependency: SymbolKind.Key,
};
