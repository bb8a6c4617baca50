import {
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { canonicalUri, type Uri } from '../../core/text/uri.ts';
import type { Snapshot } from '../../engine/session.ts';
import { guardRequest, guardWork } from '../guard.ts';
import { isChecked } from '../open-documents.ts';
import type { Report } from '../reports.ts';
import type { ServerState } from '../server-state.ts';
import { coalesce, settle } from '../settle.ts';

/** Answers clients that ask for diagnostics, and tells them to ask again when something else than an edit changed. */
export function handlePulledDiagnostics(server: ServerState): void {
  const { connection, session, documents, timers, log } = server;

  const ofDocument = async (
    params: DocumentDiagnosticParams,
    token: { isCancellationRequested: boolean },
  ) => {
    const uri = canonicalUri(params.textDocument.uri);
    if (!isChecked(uri)) return NOTHING;
    await server.settled;
    await settle(timers, documents, () => token.isCancellationRequested);
    await session.ensureProject(uri);
    if (token.isCancellationRequested) return NOTHING;
    return sinceLast(server.reports.of(uri, session.snapshot()), params.previousResultId);
  };

  const ofWorkspace = async ({
    previousResultIds,
  }: WorkspaceDiagnosticParams): Promise<WorkspaceDiagnosticReport> => {
    await server.settled;
    const known = new Map(previousResultIds.map(({ uri, value }) => [canonicalUri(uri), value]));
    return { items: workspaceItems(server, session.snapshot(), known) };
  };

  connection.languages.diagnostics.on(
    guardRequest<DocumentDiagnosticParams, DocumentDiagnosticReport>(
      log,
      'textDocument/diagnostic',
      NOTHING,
      ofDocument,
    ),
  );
  connection.languages.diagnostics.onWorkspace(
    guardRequest<WorkspaceDiagnosticParams, WorkspaceDiagnosticReport>(
      log,
      'workspace/diagnostic',
      { items: [] },
      ofWorkspace,
    ),
  );

  const refresh = coalesce(
    guardWork(log, 'workspace/diagnostic/refresh', async () => {
      await connection.languages.diagnostics.refresh();
    }),
  );
  server.changed.add(() => {
    if (server.abilities.pullsDiagnostics && server.abilities.refreshesDiagnostics) refresh();
  });
}

const NOTHING: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

function sinceLast({ id, items }: Report, previousId: string | undefined): DocumentDiagnosticReport {
  return id === previousId
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: id }
    : { kind: DocumentDiagnosticReportKind.Full, resultId: id, items };
}

/**
 * Every loaded file that has findings, and every file of which the client still holds some. Files without findings
 * that it does not know are left out: clients ask for this again and again.
 */
function workspaceItems(
  server: ServerState,
  snapshot: Snapshot,
  known: ReadonlyMap<Uri, string>,
): WorkspaceDocumentDiagnosticReport[] {
  const items: WorkspaceDocumentDiagnosticReport[] = [];
  const seen = new Set<Uri>();
  for (const project of snapshot.projects) {
    for (const uri of project.files.keys()) {
      if (seen.has(uri)) continue;
      seen.add(uri);
      const report = server.reports.of(uri, snapshot);
      const previousId = known.get(uri);
      if (report.items.length === 0 && previousId === undefined) continue;
      items.push({
        uri: server.proto.uri(uri),
        version: versionOf(server, uri),
        ...sinceLast(report, previousId),
      });
    }
  }
  for (const uri of known.keys()) {
    if (seen.has(uri)) continue;
    server.reports.forget(uri);
    items.push({ uri: server.proto.uri(uri), version: versionOf(server, uri), ...NOTHING });
  }
  return items;
}

function versionOf(server: ServerState, uri: Uri): number | null {
  return server.documents.get(uri)?.version ?? null;
}
