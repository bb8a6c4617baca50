import { type CompletionItem, MarkupKind } from 'vscode-languageserver';
import { canonicalUri } from '../../core/read/text/paths/uri.ts';
import type { Completion } from '../../core/show/features/completion/completion.ts';
import { type Choice, describeChoice } from '../../core/show/features/completion/describe-choice.ts';
import { hoverMarkdown, hoverPlainText } from '../../core/show/features/hover/card-text.ts';
import { guardVerdict } from '../guard.ts';
import type { ServerState } from '../server-state.ts';
import { visibleAnswer } from '../visible-answer.ts';

/** What an item carries to be described later: the document, as the client spells it, and the choice. */
interface ItemData {
  readonly uri: string;
  readonly name: string;
  readonly version?: string;
}

/** Returns the data of an item; undefined if there is nothing to describe. */
export function itemData(uri: string, { about }: Completion): ItemData | undefined {
  if (about === undefined) return undefined;
  const { name, version } = about;
  return { uri, name, ...(version === undefined ? {} : { version }) };
}

/**
 * Handles the description of the item that the user looks at in a list, from known facts. Nothing is requested: looking
 * at a name must not send it.
 */
export function handleCompletionResolve(server: ServerState): void {
  const answer = async (item: CompletionItem): Promise<CompletionItem> => {
    const data = readData(item.data);
    const snapshot = server.session.snapshot();
    const owner = data === undefined ? undefined : snapshot.projectOf(canonicalUri(data.uri));
    if (data === undefined || owner === undefined) return item;
    const { project, advisories, facts } = owner;
    const card = describeChoice(data.choice, {
      ...{ project, advisories, popular: snapshot.popular },
      packument: facts.packument(data.choice.name),
      now: server.ports.clock.now(),
    });
    if (card.lines.length === 0 && card.gaps === undefined) return item;
    const documentation = server.abilities.markdownCompletion
      ? { kind: MarkupKind.Markdown, value: hoverMarkdown(card) }
      : { kind: MarkupKind.PlainText, value: hoverPlainText(card) };
    return { ...item, ...visibleAnswer({ documentation }) };
  };
  const accepts = (item: unknown) => typeof (item as Partial<CompletionItem>).label === 'string';
  server.connection.onCompletionResolve(guardVerdict(server.log, 'completionItem/resolve', accepts, answer));
}

function readData(data: unknown): { readonly uri: string; readonly choice: Choice } | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { uri, name, version } = data as Partial<Record<keyof ItemData, unknown>>;
  if (typeof uri !== 'string' || typeof name !== 'string') return undefined;
  return { uri, choice: { name, version: typeof version === 'string' ? version : undefined } };
}
