import {
  type CancellationToken,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { canonicalUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { Snapshot } from '../../engine/session.ts';
import { ensureProject } from '../ensure-project.ts';
import { guardVerdict, guardWork } from '../guard.ts';
import { createNextChange } from '../next-change.ts';
import { isChecked } from '../open-documents.ts';
import type { Report } from '../reports.ts';
import type { ServerState } from '../server-state.ts';
import { coalesce, settle } from '../settle.ts';

/** Handles pulled diagnostics, and tells clients to pull again after changes other than edits. */
export function handlePulledDiagnostics(server: ServerState): void {
  const { connection, session, documents, timers, log } = server;
  /** The last answer about each open document, and the document's version. */
  const answered = new Map<Uri, { readonly id: string; readonly version: number }>();
  /** Documents with findings, which clients do not name among the results of the workspace. */
  const pulled = new Set<Uri>();

  const ofDocument = async (
    params: DocumentDiagnosticParams,
    token: { isCancellationRequested: boolean },
  ) => {
    const uri = canonicalUri(params.textDocument.uri);
    if (!isChecked(uri)) return NOTHING;
    await server.settled;
    await settle(timers, documents, () => token.isCancellationRequested);
    await ensureProject(server, uri);
    if (token.isCancellationRequested) return NOTHING;
    const report = server.reports.of(uri, session.snapshot());
    const version = documents.get(uri)?.version;
    if (version !== undefined) answered.set(uri, { id: report.id, version });
    if (report.items.length > 0) pulled.add(uri);
    else pulled.delete(uri);
    return sinceLast(report, version, params.previousResultId);
  };

  const nextChange = createNextChange(server);
  /** VS Code asks every two seconds, so our client gets an answer when there is one to give: at rest nobody works. */
  const ofWorkspace = async (
    { previousResultIds }: WorkspaceDiagnosticParams,
    token: CancellationToken,
  ): Promise<WorkspaceDiagnosticReport> => {
    const known = new Map(previousResultIds.map(({ uri, value }) => [canonicalUri(uri), value]));
    for (;;) {
      await server.settled;
      const items = workspaceItems(server, session.snapshot(), known);
      const gone = [...pulled].filter((uri) => !known.has(uri) && isGone(server, uri));
      for (const uri of gone) items.push({ uri: server.proto.uri(uri), version: null, ...NOTHING });
      const isNews = items.some(({ kind }) => kind === DocumentDiagnosticReportKind.Full);
      if (isNews || !server.abilities.showsStatus || token.isCancellationRequested) {
        if (!token.isCancellationRequested) for (const uri of gone) pulled.delete(uri);
        return { items };
      }
      await nextChange(token);
    }
  };

  connection.languages.diagnostics.on(
    guardVerdict<DocumentDiagnosticParams, DocumentDiagnosticReport>(
      log,
      'textDocument/diagnostic',
      namesDocument,
      ofDocument,
    ),
  );
  connection.languages.diagnostics.onWorkspace(
    guardVerdict<WorkspaceDiagnosticParams, WorkspaceDiagnosticReport>(
      log,
      'workspace/diagnostic',
      namesResults,
      ofWorkspace,
    ),
  );

  const refresh = coalesce(
    guardWork(log, 'workspace/diagnostic/refresh', async () => {
      await connection.languages.diagnostics.refresh();
    }),
  );
  /**
   * Clients pull again for an edited document. The edit may also change findings of others (a fix writes into a file
   * that is not shown), which clients pull only when told to.
   */
  const refreshOthers = coalesce(
    guardWork(log, 'textDocument/didChange', async () => {
      await settle(timers, documents);
      const snapshot = session.snapshot();
      let differs = false;
      for (const [uri, last] of answered) {
        const version = documents.get(uri)?.version;
        if (version === undefined) answered.delete(uri);
        if (version !== last.version) continue;
        const { id } = server.reports.of(uri, snapshot);
        if (id === last.id) continue;
        answered.set(uri, { id, version });
        differs = true;
      }
      if (differs) refresh();
    }),
  );
  const wantsRefresh = () => server.abilities.pullsDiagnostics && server.abilities.refreshesDiagnostics;
  server.changed.add(() => {
    if (wantsRefresh()) refresh();
  });
  server.edited.add(() => {
    if (wantsRefresh()) refreshOthers();
  });
}

function namesDocument(params: unknown): boolean {
  const { textDocument } = params as { readonly textDocument?: { readonly uri?: unknown } | null };
  return typeof textDocument?.uri === 'string';
}

function namesResults(params: unknown): boolean {
  const { previousResultIds } = params as { readonly previousResultIds?: unknown };
  const isResult = (result: { readonly uri?: unknown; readonly value?: unknown } | null) =>
    typeof result?.uri === 'string' && typeof result.value === 'string';
  return Array.isArray(previousResultIds) && previousResultIds.every(isResult);
}

const NOTHING: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

/**
 * Returns the report, or that it is the one that the client has for this version of the document. Editors move their
 * diagnostics along with edits, and lose them where text is replaced, even by the same text; and they discard answers
 * that are overtaken by another request. So the version is part of what is unchanged.
 */
function sinceLast(
  { id, items }: Report,
  version: number | undefined,
  previousId: string | undefined,
): DocumentDiagnosticReport {
  const resultId = version === undefined ? id : `${id}.${version}`;
  return resultId === previousId
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}

/**
 * Returns every loaded file with findings, and every file for which the client still has some. Omits other files
 * without findings: clients ask repeatedly.
 */
function workspaceItems(
  server: ServerState,
  snapshot: Snapshot,
  known: ReadonlyMap<Uri, string>,
): WorkspaceDocumentDiagnosticReport[] {
  const items: WorkspaceDocumentDiagnosticReport[] = [];
  const seen = new Set<Uri>();
  for (const project of snapshot.checked) {
    for (const uri of project.files.keys()) {
      if (seen.has(uri)) continue;
      seen.add(uri);
      const report = server.reports.of(uri, snapshot);
      const previousId = known.get(uri);
      if (report.items.length === 0 && previousId === undefined) continue;
      items.push({
        uri: server.proto.uri(uri),
        version: versionOf(server, uri),
        ...sinceLast(report, server.documents.get(uri)?.version, previousId),
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

/** Checks for a file that was closed and then moved or deleted. */
function isGone({ documents, session }: ServerState, uri: Uri): boolean {
  return documents.get(uri) === undefined && session.snapshot().projectOf(uri) === undefined;
}

function versionOf(server: ServerState, uri: Uri): number | null {
  return server.documents.get(uri)?.version ?? null;
}
