import type { TextDocumentItem } from 'vscode-languageserver';
import { canonicalUri, isWithin, type Uri } from '../../core/read/text/paths/uri.ts';
import { loadProject } from '../ensure-project.ts';
import { guardNotification } from '../guard.ts';
import { isChecked, type OpenDocument } from '../open-documents.ts';
import type { ServerState } from '../server-state.ts';

/** Keeps the session's texts in sync with the client. Each change takes effect at once; nothing is computed here. */
export function handleDocuments(server: ServerState): void {
  const { connection, documents, session, ports, edited, log } = server;

  connection.onDidOpenTextDocument(
    guardNotification(log, 'textDocument/didOpen', async ({ textDocument }) => {
      const document = documents.open({ ...textDocument, text: sharedText(server, textDocument) });
      if (!document) return;
      session.setOverlay(document.uri, document.text);
      if (!isLookedAt(server, document.uri)) return;
      const project = await loadProject(server, document.uri);
      // A file that was never saved is not part of a project that was loaded before it was opened.
      const isNew = project === undefined && (await ports.files.read(document.uri)).type === 'missing';
      if (isNew && documents.get(document.uri)) await session.filesChanged([document.uri]);
      edited.call();
    }),
  );

  connection.onDidChangeTextDocument(
    guardNotification(log, 'textDocument/didChange', ({ textDocument, contentChanges }) => {
      const before = documents.get(canonicalUri(textDocument.uri))?.version ?? 0;
      const document = documents.change(textDocument.uri, textDocument.version, contentChanges);
      if (!document) return;
      if (document.version < before) log(outOfOrder(document, before));
      session.setOverlay(document.uri, document.text, document.edit);
      edited.call();
    }),
  );

  connection.onDidCloseTextDocument(
    guardNotification(log, 'textDocument/didClose', async ({ textDocument }) => {
      const document = documents.close(textDocument.uri);
      if (!document) return;
      await session.removeOverlay(document.uri);
      server.reports.forget(document.uri);
      server.reports.keepOnly(session.snapshot());
      const wasNeverSaved = session.snapshot().textOf(document.uri) === undefined;
      if (wasNeverSaved) await session.filesChanged([document.uri]);
      edited.call();
    }),
  );
}

/** Returns the copy that the session has read already if it is equal, as lockfiles have many megabytes. */
function sharedText({ session }: ServerState, { uri, text }: TextDocumentItem): string {
  const known = isChecked(canonicalUri(uri)) ? session.snapshot().textOf(canonicalUri(uri)) : undefined;
  return known === text ? known : text;
}

/**
 * Checks whether opening the document is a reason to load its project. Clients that pull diagnostics do so for visible
 * documents; those that other extensions open in the background only count inside loaded projects.
 */
function isLookedAt({ abilities, session }: ServerState, uri: Uri): boolean {
  if (!abilities.pullsDiagnostics) return true;
  return session.snapshot().projects.some(({ project }) => isWithin(project.root, uri));
}

/**
 * Describes changes in the wrong order. They are relative to the text before them, so the text would differ from
 * the editor's.
 */
function outOfOrder({ clientUri, version }: OpenDocument, before: number): string {
  return `textDocument/didChange: version ${version} of ${clientUri} arrived after version ${before}. The text may differ from the editor's. Close the file and open it again.`;
}
