import { type CancellationToken, type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';
import { hover } from '../../core/features/hover.ts';
import { hoverMarkdown, hoverPlainText } from '../../core/features/hover-markdown.ts';
import { hoverTarget } from '../../core/features/hover-target.ts';
import type { Fact } from '../../core/registry/fact.ts';
import type { Packument } from '../../core/registry/packument.ts';
import { signalOf } from '../abort-signal.ts';
import { checkedDocument } from '../checked-document.ts';
import { guardRequest } from '../guard.ts';
import type { ServerState } from '../server-state.ts';

/** A registry that takes longer is asked on; the card says that its answer is not there yet. */
const PATIENCE_MS = 800;

const PENDING: Fact<Packument> = { state: 'pending' };

/** The card of the dependency under the cursor: what the project's files tell, and what its registry tells in time. */
export function handleHover(server: ServerState): void {
  const { session } = server;
  const answer = async (
    { textDocument, position }: HoverParams,
    token: CancellationToken,
  ): Promise<Hover | null> => {
    const document = await checkedDocument(server, textDocument.uri, token);
    if (document === undefined) return null;
    const { uri, file, owner, snapshot: before } = document;
    const offset = server.proto.offset(uri, position, file.text);
    const target = hoverTarget(owner.project, file, offset);
    if (target === undefined) return null;

    const isServed = target.elsewhere === undefined;
    const options = { signal: signalOf(token), patienceMs: PATIENCE_MS };
    const packument = isServed ? await session.packument(owner.project, target.target, options) : PENDING;
    if (token.isCancellationRequested) return null;
    const { findings } = before.diagnose(uri);
    const shown = hover(target, {
      project: owner.project,
      packument,
      findings,
      cursor: server.abilities.showsFindings ? offset : undefined,
      now: server.ports.clock.now(),
    });
    const contents = server.abilities.markdownHover
      ? { kind: MarkupKind.Markdown, value: hoverMarkdown(shown.card) }
      : { kind: MarkupKind.PlainText, value: hoverPlainText(shown.card) };
    return { contents, range: server.proto.range(uri, shown.span, before) };
  };
  server.connection.onHover(guardRequest(server.log, 'textDocument/hover', null, answer));
}
