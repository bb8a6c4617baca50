import type {
  CancellationToken,
  InlayHint,
  InlayHintLabelPart,
  InlayHintParams,
} from 'vscode-languageserver';
import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { Span } from '../../core/read/text/span.ts';
import { inlayHints } from '../../core/show/features/inlay-hints.ts';
import { updateGap } from '../../core/show/features/update-gap.ts';
import { updateHints } from '../../core/show/features/update-hints.ts';
import { createAnsweredFacts } from '../answered-facts.ts';
import { type CheckedDocument, checkedDocument } from '../checked-document.ts';
import { guardRequest, guardWork } from '../guard.ts';
import type { ServerState } from '../server-state.ts';
import { coalesce, settle } from '../settle.ts';
import { updateCommand } from '../update-command.ts';

/**
 * Handles inlay hints: the locked version and newer versions, behind the ranges in the visible part of a file. Answers
 * at once with what is known; later answers from registries make the client ask again.
 */
export function handleInlayHints(server: ServerState): void {
  const { connection, session, documents, timers, log } = server;
  /** The lockfile behind the hints that a client has, by document. */
  const answered = new Map<Uri, Lockfile | undefined>();
  const answeredFacts = createAnsweredFacts();
  const settings = () => {
    const { inlayHints: locked, updateHints: style } = server.clientSettings;
    return { locked, updates: style === 'inlayHints' };
  };
  let shown = settings();

  const answer = async (
    { textDocument, range }: InlayHintParams,
    token: CancellationToken,
  ): Promise<InlayHint[] | null> => {
    const document = await checkedDocument(server, textDocument.uri, token);
    if (document === undefined) return null;
    const { uri, file, owner } = document;
    answered.set(uri, owner.project.lockfile);
    shown = settings();
    const part = {
      start: server.proto.offset(uri, range.start, file.text),
      end: server.proto.offset(uri, range.end, file.text),
    };
    const updates = shown.updates ? updatesIn(document, part) : [];
    if (!shown.updates) {
      answeredFacts.forget(uri);
      session.want(owner.project, readerOf(uri), []);
    }
    const hints = [...(shown.locked ? lockedIn(document, part) : []), ...updates];
    return shown.locked || shown.updates ? hints : null;
  };
  connection.languages.inlayHint.on(guardRequest(log, 'textDocument/inlayHint', null, answer));

  const lockedIn = ({ uri, file, owner, snapshot }: CheckedDocument, part: Span): InlayHint[] =>
    inlayHints(owner.project, owner.files, file, part).map(({ offset, label, tooltip, place }) => ({
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

  const updatesIn = ({ uri, file, owner, snapshot }: CheckedDocument, part: Span): InlayHint[] => {
    const { project, facts, advisories } = owner;
    const input = { project, file, facts, advisories, now: server.ports.clock.now() };
    const { hints, asked, pending } = updateHints(input, part);
    answeredFacts.note(uri, facts, asked);
    session.want(project, readerOf(uri), pending);
    const placeOf = (offset: number) =>
      server.proto.range(uri, { start: offset, end: offset }, snapshot).start;
    const behind = ({ valueSpan: { end } }: { readonly valueSpan: Span }) =>
      end + (file.text.startsWith(',', end) ? 1 : 0);
    const found: InlayHint[] = hints.map(({ range, parts }) => ({
      position: placeOf(behind(range)),
      label: parts.flatMap(({ label, tooltip, version }, at): InlayHintLabelPart[] => {
        const command = version === undefined ? undefined : updateCommand(server, uri, range, label, version);
        const value = { value: label, tooltip, ...(command === undefined ? {} : { command }) };
        return at === 0 ? [value] : [{ value: ' · ' }, value];
      }),
      paddingLeft: true,
    }));
    const gap = updateGap(input);
    if (gap !== undefined) {
      const { label, tooltip } = gap;
      const offset = gap.sectionStart ?? behind(gap.range);
      if (part.start <= offset && offset <= part.end)
        found.push({ position: placeOf(offset), label: [{ value: label, tooltip }], paddingLeft: true });
    }
    return found;
  };

  /** Clients ask again about an edited document, but do not know about other changes. */
  const refreshIfStale = coalesce(
    guardWork(log, 'workspace/inlayHint/refresh', async () => {
      await settle(timers, documents);
      const snapshot = session.snapshot();
      const wanted = settings();
      let stale = wanted.locked !== shown.locked || wanted.updates !== shown.updates;
      for (const [uri, lockfile] of answered) {
        const owner = snapshot.projectOf(uri);
        if (documents.get(uri) === undefined) {
          answered.delete(uri);
          answeredFacts.forget(uri);
          if (owner !== undefined) session.want(owner.project, readerOf(uri), []);
        } else if (owner?.project.lockfile !== lockfile) stale = true;
        else if (owner !== undefined && answeredFacts.isOutdated(uri, owner.facts)) stale = true;
      }
      if (!stale) return;
      answered.clear();
      answeredFacts.clear();
      shown = wanted;
      await connection.languages.inlayHint.refresh();
    }),
  );
  const check = () => {
    const isOn = shown.locked && shown.updates;
    if (server.abilities.refreshesInlayHints && (answered.size > 0 || !isOn)) refreshIfStale();
  };
  server.changed.add(check);
  server.edited.add(check);
}

/** Returns the id of the reader of these facts. */
function readerOf(uri: Uri): string {
  return `inlay hints of ${uri}`;
}
