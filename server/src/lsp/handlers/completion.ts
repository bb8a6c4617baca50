import {
  type CancellationToken,
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
  type Range,
} from 'vscode-languageserver';
import { RULES } from '../../core/judge/rules/index.ts';
import { isSettingsFile } from '../../core/read/config/setting-lines.ts';
import { dayOf } from '../../core/read/policy-file/day.ts';
import { cooldownOf } from '../../core/read/project/manager/cooldown.ts';
import type { Completion, Completions } from '../../core/show/features/completion/completion.ts';
import { completionPlace } from '../../core/show/features/completion/completion-place.ts';
import { localCompletions } from '../../core/show/features/completion/local-completion.ts';
import {
  aliasCompletions,
  type NameCompletion,
  nameCompletions,
} from '../../core/show/features/completion/name-completion.ts';
import type { CompletionPlace, NamePlace, ValuePlace } from '../../core/show/features/completion/place.ts';
import { policyCompletions } from '../../core/show/features/completion/policy-completion.ts';
import { type PolicyPlace, policyPlace } from '../../core/show/features/completion/policy-place.ts';
import { typedRange, versionCompletions } from '../../core/show/features/completion/version-completion.ts';
import { settingCompletions } from '../../core/show/features/settings/setting-completion.ts';
import { settingPlace } from '../../core/show/features/settings/setting-place.ts';
import { signalOf } from '../abort-signal.ts';
import { type CheckedDocument, checkedDocument } from '../checked-document.ts';
import { guardRequest } from '../guard.ts';
import { SUGGEST_COMMAND } from '../hover-messages.ts';
import type { ServerState } from '../server-state.ts';
import { handleCompletionResolve, itemData } from './completion-resolve.ts';

/** The characters besides letters and digits that may start or continue a name, a range or an alias. */
export const COMPLETION_TRIGGERS: readonly string[] = [
  '"',
  "'",
  '@',
  '/',
  '-',
  '.',
  ':',
  '^',
  '~',
  '>',
  '<',
  '=',
];

/** A slower request continues; the list says that the answer is pending. */
const PATIENCE_MS = 1500;

/**
 * Handles completion: names from this machine, and versions of a complete name. A partly typed name is sent nowhere:
 * only for a value is the registry queried, with the key, as for the hover card.
 */
export function handleCompletion(server: ServerState): void {
  const answer = async (
    { textDocument, position }: CompletionParams,
    token: CancellationToken,
  ): Promise<CompletionList | null> => {
    const document = await checkedDocument(server, textDocument.uri, token, { advisories: true });
    if (document === undefined) return null;
    const offset = server.proto.offset(document.uri, position, document.file.text);
    const { file } = document;
    const setting = isSettingsFile(file) ? settingPlace(file, offset) : undefined;
    const place =
      setting ?? (file.kind === 'policy' ? policyPlace(file.text, offset) : completionPlace(file, offset));
    if (place === undefined) return null;
    const { items, isIncomplete } =
      setting === undefined || !isSettingsFile(file)
        ? await completionsFor(server, document, place, token)
        : settingCompletions(setting, file, document.owner.project);
    const range = server.proto.range(document.uri, place.token, document.snapshot);
    const toItem = itemMaker(server, textDocument.uri, place, range);
    return { isIncomplete, items: items.map(toItem) };
  };
  server.connection.onCompletion(guardRequest(server.log, 'textDocument/completion', null, answer));
  handleCompletionResolve(server);
}

function completionsFor(
  server: ServerState,
  document: CheckedDocument,
  place: CompletionPlace | PolicyPlace,
  token: CancellationToken,
): Completions | Promise<Completions> {
  if (place.type === 'name') return namesFor(document, place);
  return 'entry' in place ? entryFor(server, document, place) : valuesFor(server, document, place, token);
}

/** Completes from known facts only: nothing is requested for a configuration file. */
function entryFor(
  { ports, abilities }: ServerState,
  { owner, snapshot }: CheckedDocument,
  place: PolicyPlace,
): Completions {
  const findings = [...owner.files.keys()].flatMap((uri) => snapshot.diagnose(uri).findings);
  return policyCompletions(place, {
    project: owner.project,
    advisories: owner.advisories,
    found: findings.flatMap(({ package: name, version }) =>
      name === undefined ? [] : [{ package: name, version }],
    ),
    rules: RULES,
    hasSchema: abilities.hasSchema,
    today: dayOf(ports.clock.now()),
  });
}

function namesFor({ file, owner, snapshot }: CheckedDocument, place: NamePlace): Completions {
  // No package depends on itself.
  const own = file.kind === 'manifest' && file.name !== undefined ? [file.name.value] : [];
  const asked = { ...place, taken: new Set([...place.taken, ...own]) };
  return nameCompletions(asked, { project: owner.project, files: owner.files, popular: snapshot.popular });
}

async function valuesFor(
  { session, ports }: ServerState,
  { owner, snapshot }: CheckedDocument,
  place: ValuePlace,
  token: CancellationToken,
): Promise<Completions> {
  const { project } = owner;
  const local = localCompletions(project, place);
  const typed = typedRange(place);
  if (typed === undefined) {
    const aliases = aliasCompletions(place.typed, snapshot.popular);
    return { ...aliases, items: [...local, ...aliases.items] };
  }
  if (project.memberNames.has(typed.target)) return { items: local, isIncomplete: false };
  const options = { signal: signalOf(token), patienceMs: PATIENCE_MS };
  const fact = await session.packument(project, typed.target, options);
  const { advisories } = owner;
  const context = { project, coolDown: cooldownOf(project), now: ports.clock.now(), advisories };
  const found = versionCompletions(typed, fact, context);
  return { ...found, items: [...local, ...found.items] };
}

const KINDS: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  version: CompletionItemKind.Value,
  range: CompletionItemKind.Value,
  tag: CompletionItemKind.Constant,
  name: CompletionItemKind.Module,
  note: CompletionItemKind.Text,
  setting: CompletionItemKind.Property,
  choice: CompletionItemKind.EnumMember,
};

/** Returns a function that makes the items of a list. */
function itemMaker({ abilities }: ServerState, uri: string, place: CompletionPlace, range: Range) {
  return (completion: Completion | NameCompletion, at: number): CompletionItem => {
    const { label, detail, documentation, value, kind, deprecated } = completion;
    const written = place.write(value);
    const data = itemData(uri, completion);
    const { edit, isValueNext } = editFor(place, completion, range, abilities.completionSnippets);
    return {
      label,
      kind: KINDS[kind],
      ...(abilities.completionDetails ? { labelDetails: { description: detail } } : { detail }),
      ...(documentation === undefined ? {} : { documentation }),
      ...(deprecated && abilities.completionTags ? { tags: [CompletionItemTag.Deprecated] } : {}),
      // Before VS Code's own items, which ignore the cooldown: those are sorted by label, quotes included.
      sortText: `!${String(at).padStart(4, '0')}`,
      // Clients match the token against this, quotes included.
      filterText: written,
      ...edit,
      // The list of versions opens where the cursor then is.
      ...(isValueNext && abilities.commands.has(SUGGEST_COMMAND)
        ? { command: { title: 'Show versions', command: SUGGEST_COMMAND } }
        : {}),
      ...(data === undefined ? {} : { data }),
    };
  };
}

type Edit = Pick<CompletionItem, 'textEdit' | 'insertTextFormat'>;

/** Returns the edit of an item, and whether the cursor is then where a version is typed. */
function editFor(
  place: CompletionPlace,
  completion: Completion | NameCompletion,
  range: Range,
  hasSnippets: boolean,
): { readonly edit: Edit; readonly isValueNext: boolean } {
  if (place.type === 'name' && !place.hasValue) {
    const declares = 'declares' in completion ? completion.declares : undefined;
    const edit = wholeMember(place, completion, range, hasSnippets);
    return { edit, isValueNext: hasSnippets && declares === undefined };
  }
  const written = place.write(completion.value);
  const quote = /["']$/.exec(written)?.[0] ?? '';
  if (place.type !== 'value' || completion.kind !== 'name' || !hasSnippets) {
    return { edit: { textEdit: { range, newText: written } }, isValueNext: false };
  }
  const edit = snippet(written.slice(0, written.length - quote.length), quote, range);
  return { edit, isValueNext: true };
}

/** Inserts the value that the project declares elsewhere, or else places the cursor where a value is typed. */
function wholeMember(
  place: NamePlace,
  completion: Completion | NameCompletion,
  range: Range,
  hasSnippets: boolean,
): Edit {
  const declares = 'declares' in completion ? completion.declares : undefined;
  const { before, after } = place.writeMember(completion.value, declares);
  if (!hasSnippets) return { textEdit: { range, newText: before + after } };
  return snippet(before, after, range);
}

/** Returns an edit that leaves the cursor between two texts. */
function snippet(before: string, after: string, range: Range): Edit {
  const plain = (text: string) => text.replace(/[\\$}]/g, '\\$&');
  const newText = `${plain(before)}$0${plain(after)}`;
  return { textEdit: { range, newText }, insertTextFormat: InsertTextFormat.Snippet };
}
