import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { Snapshot } from '../../engine/session.ts';
import { loadProject } from '../ensure-project.ts';
import { guardWork } from '../guard.ts';
import type { ServerState } from '../server-state.ts';
import { coalesce, settle } from '../settle.ts';

/**
 * Pushes diagnostics to clients that do not pull them: those of open documents after each change, and those of all
 * loaded files once the whole workspace was checked. A set equal to the last one is not sent again.
 */
export function handlePushedDiagnostics(server: ServerState): void {
  const { connection, session, documents, timers, log } = server;
  /** The client's current diagnostics by file: the report's id and the spelling of the file's URI. */
  const sent = new Map<Uri, { readonly id: string; readonly clientUri: string; readonly empty: boolean }>();

  async function send(uri: Uri, snapshot: Snapshot): Promise<void> {
    const { id, items } = server.reports.of(uri, snapshot);
    const last = sent.get(uri);
    const clientUri = server.proto.uri(uri);
    if (last?.id === id && last.clientUri === clientUri) return;
    sent.set(uri, { id, clientUri, empty: items.length === 0 });
    const version = documents.get(uri)?.version;
    const versioned = version === undefined ? {} : { version };
    await connection.sendDiagnostics({ uri: clientUri, diagnostics: items, ...versioned });
  }

  async function withdraw(uri: Uri): Promise<void> {
    const last = sent.get(uri);
    sent.delete(uri);
    if (last && !last.empty) await connection.sendDiagnostics({ uri: last.clientUri, diagnostics: [] });
  }

  const publish = coalesce(
    guardWork(log, 'textDocument/publishDiagnostics', async () => {
      await server.settled;
      await settle(timers, documents);
      for (const { uri } of documents.all()) await loadProject(server, uri);
      const snapshot = session.snapshot();
      const wanted = new Set(documents.all().map((document) => document.uri));
      if (server.workspaceChecked) {
        for (const project of snapshot.checked) for (const uri of project.files.keys()) wanted.add(uri);
      }
      const sending = [...wanted].map((uri) => send(uri, snapshot));
      const withdrawing = [...sent.keys()].filter((uri) => !wanted.has(uri)).map(withdraw);
      await Promise.all([...sending, ...withdrawing]);
    }),
  );

  const publishUnlessPulled = () => {
    if (!server.abilities.pullsDiagnostics) publish();
  };
  server.edited.add(publishUnlessPulled);
  server.changed.add(publishUnlessPulled);
}
