import type { CancellationToken, DocumentLink, DocumentLinkParams } from 'vscode-languageserver';
import { documentLinks, documentLinkTarget } from '../../core/show/features/document-links.ts';
import { checkedDocument } from '../checked-document.ts';
import { guardRequest } from '../guard.ts';
import type { ServerState } from '../server-state.ts';

/** The data for resolving a link. Created by this server, but any JSON may come back from the client. */
interface LinkData {
  readonly uri: string;
  /** The start of its token, in UTF-16 code units. */
  readonly start: number;
}

/** Handles links on the URLs of lockfile entries. Targets are computed when a link is followed. */
export function handleDocumentLinks(server: ServerState): void {
  const answer = async (
    { textDocument }: DocumentLinkParams,
    token: CancellationToken,
  ): Promise<DocumentLink[] | null> => {
    const document = await checkedDocument(server, textDocument.uri, token);
    if (document?.file.kind !== 'lockfile') return null;
    const { uri, file, snapshot } = document;
    return documentLinks(file).map(({ span, tooltip }) => {
      const data: LinkData = { uri: textDocument.uri, start: span.start };
      const range = server.proto.range(uri, span, snapshot);
      return { range, data, ...(server.abilities.linkTooltips ? { tooltip } : {}) };
    });
  };

  const resolve = async (link: DocumentLink, token: CancellationToken): Promise<DocumentLink> => {
    const data = readLinkData(link.data);
    const document = data === undefined ? undefined : await checkedDocument(server, data.uri, token);
    if (data === undefined || document?.file.kind !== 'lockfile') return link;
    const target = documentLinkTarget(document.file, data.start);
    return target === undefined ? link : { ...link, target };
  };

  const { connection, log } = server;
  connection.onDocumentLinks(guardRequest(log, 'textDocument/documentLink', null, answer));
  connection.onDocumentLinkResolve((link, token) =>
    guardRequest(log, 'documentLink/resolve', link, resolve)(link, token),
  );
}

function readLinkData(value: unknown): LinkData | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { uri, start } = value as Record<string, unknown>;
  return typeof uri === 'string' && typeof start === 'number' ? { uri, start } : undefined;
}
