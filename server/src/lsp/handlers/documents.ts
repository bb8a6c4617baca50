import { guardNotification } from '../guard.ts';
import type { ServerState } from '../server-state.ts';

/** Keeps the session's texts as the client has them. Each change takes effect at once; nothing is computed here. */
export function handleDocuments(server: ServerState): void {
  const { connection, documents, session, edited, log } = server;

  connection.onDidOpenTextDocument(
    guardNotification(log, 'textDocument/didOpen', async ({ textDocument }) => {
      const document = documents.open(textDocument);
      if (!document) return;
      session.setOverlay(document.uri, document.text);
      await session.ensureProject(document.uri);
      edited.call();
    }),
  );

  connection.onDidChangeTextDocument(
    guardNotification(log, 'textDocument/didChange', ({ textDocument, contentChanges }) => {
      const document = documents.change(textDocument.uri, textDocument.version, contentChanges);
      if (!document) return;
      session.setOverlay(document.uri, document.text);
      edited.call();
    }),
  );

  connection.onDidCloseTextDocument(
    guardNotification(log, 'textDocument/didClose', async ({ textDocument }) => {
      const document = documents.close(textDocument.uri);
      if (!document) return;
      await session.removeOverlay(document.uri);
      edited.call();
    }),
  );
}
