import type { CancellationToken, InlayHint, InlayHintParams } from 'vscode-languageserver';
import { inlayHints } from '../../core/features/inlay-hints.ts';
import type { Lockfile } from '../../core/lockfile/lockfile.ts';
import type { Uri } from '../../core/text/uri.ts';
import { checkedDocument } from '../checked-document.ts';
import { guardRequest, guardWork } from '../guard.ts';
import type { ServerState } from '../server-state.ts';
import { coalesce, settle } from '../settle.ts';

/** What is locked, shown behind the ranges of the part of a file that is on the screen. */
export function handleInlayHints(server: ServerState): void {
  const { connection, session, documents, timers, log } = server;
  /** Of which lockfile the hints that a client holds are, by document. */
  const answered = new Map<Uri, Lockfile | undefined>();
  let wasOn = true;

  const answer = async (
    { textDocument, range }: InlayHintParams,
    token: CancellationToken,
  ): Promise<InlayHint[] | null> => {
    const document = await checkedDocument(server, textDocument.uri, token);
    if (document === undefined) return null;
    const { uri, file, owner, snapshot } = document;
    answered.set(uri, owner.project.lockfile);
    wasOn = server.clientSettings.inlayHints;
    if (!wasOn) return null;
    const part = {
      start: server.proto.offset(uri, range.start, file.text),
      end: server.proto.offset(uri, range.end, file.text),
    };
    return inlayHints(owner.project, owner.files, file, part).map(({ offset, label, tooltip, place }) => ({
      position: server.proto.range(uri, { start: offset, end: offset }, snapshot).start,
      label: [
        {
          value: label,
          tooltip,
          location: {
            uri: server.proto.uri(place.uri),
            range: server.proto.range(place.uri, place.selection, snapshot),
          },
        },
      ],
      paddingLeft: true,
    }));
  };
  connection.languages.inlayHint.on(guardRequest(log, 'textDocument/inlayHint', null, answer));

  /** Clients ask again about a document that was edited; that a lockfile became another they do not know. */
  const refreshIfStale = coalesce(
    guardWork(log, 'workspace/inlayHint/refresh', async () => {
      await settle(timers, documents);
      const snapshot = session.snapshot();
      let stale = wasOn !== server.clientSettings.inlayHints;
      for (const [uri, lockfile] of answered) {
        if (documents.get(uri) === undefined) answered.delete(uri);
        else if (snapshot.projectOf(uri)?.project.lockfile !== lockfile) stale = true;
      }
      if (!stale) return;
      answered.clear();
      wasOn = server.clientSettings.inlayHints;
      await connection.languages.inlayHint.refresh();
    }),
  );
  const check = () => {
    if (server.abilities.refreshesInlayHints && (answered.size > 0 || !wasOn)) refreshIfStale();
  };
  server.changed.add(check);
  server.edited.add(check);
}
