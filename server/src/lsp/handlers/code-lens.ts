import type { CancellationToken, CodeLens, CodeLensParams, Command } from 'vscode-languageserver';
import { updateGap } from '../../core/show/features/update-gap.ts';
import { updateHints } from '../../core/show/features/update-hints.ts';
import { createAnsweredFacts } from '../answered-facts.ts';
import { checkedDocument } from '../checked-document.ts';
import { guardRequest, guardWork } from '../guard.ts';
import type { ServerState } from '../server-state.ts';
import { coalesce, settle } from '../settle.ts';
import { updateCommand } from '../update-command.ts';

/** Handles code lenses: newer versions above the lines of dependencies, for users who prefer them to inlay hints. */
export function handleCodeLenses(server: ServerState): void {
  const { connection, session, documents, timers, log } = server;
  const answeredFacts = createAnsweredFacts();
  const isOn = () => server.clientSettings.updateHints === 'codeLens';
  let wasOn = isOn();

  const answer = async (
    { textDocument }: CodeLensParams,
    token: CancellationToken,
  ): Promise<CodeLens[] | null> => {
    const document = await checkedDocument(server, textDocument.uri, token);
    if (document === undefined) return null;
    const { uri, file, owner, snapshot } = document;
    wasOn = isOn();
    if (!wasOn) {
      answeredFacts.forget(uri);
      session.want(owner.project, readerOf(uri), []);
      return null;
    }
    const { project, facts, advisories } = owner;
    const input = { project, file, facts, advisories, now: server.ports.clock.now() };
    const { hints, asked, pending } = updateHints(input, { start: 0, end: file.text.length });
    answeredFacts.note(uri, facts, asked);
    session.want(project, readerOf(uri), pending);
    const lenses: CodeLens[] = hints.flatMap(({ range, parts }) =>
      parts.map(({ label, version }) => ({
        range: server.proto.range(uri, range.span, snapshot),
        command:
          (version === undefined ? undefined : updateCommand(server, uri, range, label, version)) ??
          plain(label),
      })),
    );
    const gap = updateGap(input);
    if (gap !== undefined) {
      const range = server.proto.range(uri, gap.range.span, snapshot);
      lenses.unshift({ range, command: plain(gap.label) });
    }
    return lenses;
  };
  connection.onCodeLens(guardRequest(log, 'textDocument/codeLens', null, answer));

  const refreshIfStale = coalesce(
    guardWork(log, 'workspace/codeLens/refresh', async () => {
      await settle(timers, documents);
      const snapshot = session.snapshot();
      let stale = wasOn !== isOn();
      for (const uri of answeredFacts.uris()) {
        const owner = snapshot.projectOf(uri);
        if (documents.get(uri) === undefined) {
          answeredFacts.forget(uri);
          if (owner !== undefined) session.want(owner.project, readerOf(uri), []);
        } else if (owner !== undefined && answeredFacts.isOutdated(uri, owner.facts)) stale = true;
      }
      if (!stale) return;
      wasOn = isOn();
      answeredFacts.clear();
      await connection.sendRequest('workspace/codeLens/refresh');
    }),
  );
  server.changed.add(() => {
    const matters = answeredFacts.size > 0 || wasOn !== isOn();
    if (server.abilities.refreshesCodeLenses && matters) refreshIfStale();
  });
}

function plain(title: string): Command {
  return { title, command: '' };
}

/** Returns the id of the reader of these facts. */
function readerOf(uri: string): string {
  return `code lenses of ${uri}`;
}
