import * as vscode from 'vscode';
import {
  type DecideScriptsResult,
  type ScriptChoice,
  type ScriptEntry,
  type ScriptPlace,
  type ScriptsList,
  type ScriptsResult,
  SERVER_COMMANDS,
} from '../../../server/src/lsp/messages.ts';
import { COMMANDS } from '../config.ts';
import { plainLabel, wrappedLabels } from '../plain-label.ts';
import type { ServerHandle } from '../server-handle.ts';
import { t } from '../translate.ts';

/**
 * Registers "Review Install Scripts": a list of packages, for each one what can be decided, and after a decision the list
 * again. The server writes the decisions.
 */
export function registerReviewScripts(server: ServerHandle): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.reviewScripts, async () => {
    let said = '';
    for (;;) {
      const list = (await server.executeCommand(SERVER_COMMANDS.listScripts)) as ScriptsResult | null;
      if (list === null) return;
      if ('problem' in list) {
        void vscode.window.showInformationMessage(said === '' ? list.problem : `${said} ${list.problem}`);
        return;
      }
      const choice = await choose(list, said);
      if (choice === undefined) return;
      if (choice.type === 'open') return reveal(choice.place);
      const [decision] = choice.arguments;
      const result = (await server.executeCommand(
        SERVER_COMMANDS.decideScripts,
        decision,
      )) as DecideScriptsResult | null;
      if (result === null) return;
      if ('problem' in result) void vscode.window.showErrorMessage(result.problem);
      said = 'problem' in result ? '' : result.message;
    }
  });
}

interface EntryItem extends vscode.QuickPickItem {
  readonly entry?: ScriptEntry | undefined;
  readonly buttons?: readonly ChoiceButton[];
}

interface ChoiceItem extends vscode.QuickPickItem {
  readonly choice?: ScriptChoice;
}

interface ChoiceButton extends vscode.QuickInputButton {
  readonly choice: ScriptChoice;
}

/** Asks for an entry and what to do with it; a button of an entry answers both. */
async function choose(list: ScriptsList, said: string): Promise<ScriptChoice | undefined> {
  const items = list.groups.flatMap(({ heading, entries }): EntryItem[] => [
    { label: plainLabel(heading), kind: vscode.QuickPickItemKind.Separator },
    ...entries.map(itemOf),
  ]);
  const done = linesUnder(t('Done'), said);
  let last = items.find(({ entry }) => entry !== undefined)?.entry;
  for (;;) {
    const picked = await pick<EntryItem>([...done, ...items], {
      placeholder: list.summary,
      active: items.find(({ entry }) => entry !== undefined && entry === last),
    });
    if (picked === undefined || picked === 'back') return undefined;
    if ('button' in picked) return (picked.button as ChoiceButton).choice;
    const { entry } = picked.item;
    if (entry === undefined) continue;
    last = entry;
    const choice = await chooseFor(entry);
    if (choice !== 'back') return choice;
  }
}

/** Asks what to do with an entry, whose facts are above the choices in full: the list of entries cuts them. */
async function chooseFor(entry: ScriptEntry): Promise<ScriptChoice | 'back' | undefined> {
  const choices = entry.choices.map(choiceItem);
  const items: ChoiceItem[] = [
    ...linesUnder('', entry.detail),
    ...(choices.length === 0 ? [] : [{ label: '', kind: SEPARATOR }]),
    ...choices,
  ];
  for (;;) {
    const chosen = await pick(items, { placeholder: entry.label, active: choices[0], hasBack: true });
    if (chosen === undefined || chosen === 'back') return chosen;
    if ('item' in chosen && chosen.item.choice !== undefined) return chosen.item.choice;
  }
}

const SEPARATOR = vscode.QuickPickItemKind.Separator;

/** Returns items that only show a text, on as many lines as it needs. */
function linesUnder(heading: string, text: string): { label: string; kind?: vscode.QuickPickItemKind }[] {
  if (text === '') return [];
  return [
    { label: plainLabel(heading), kind: vscode.QuickPickItemKind.Separator },
    ...wrappedLabels(text).map((label) => ({ label })),
  ];
}

/** Returns the choice as an item, on two lines if its title is long. */
function choiceItem(choice: ScriptChoice): ChoiceItem {
  const [first = '', ...more] = wrappedLabels(choice.title);
  const label = `$(${ICONS[choice.type]}) ${first}`;
  return { label, ...(more.length === 0 ? {} : { detail: more.join(' ') }), choice };
}

const ICONS: Readonly<Record<ScriptChoice['type'], string>> = {
  approve: 'check',
  deny: 'circle-slash',
  prune: 'trash',
  open: 'go-to-file',
};

function itemOf(entry: ScriptEntry): EntryItem {
  const label = plainLabel(entry.label);
  return {
    label: entry.isAlarming ? `$(warning) ${label}` : label,
    description: plainLabel(entry.description),
    detail: plainLabel(entry.detail),
    buttons: entry.choices.map((choice) => ({
      iconPath: new vscode.ThemeIcon(ICONS[choice.type]),
      tooltip: choice.title,
      choice,
    })),
    entry,
  };
}

interface PickOptions<Item> {
  readonly placeholder: string;
  readonly active?: Item | undefined;
  readonly hasBack?: boolean;
}

type Picked<Item> =
  | { readonly item: Item }
  | { readonly button: vscode.QuickInputButton }
  | 'back'
  | undefined;

const DOUBLE_CLICK_MS = 500;

function pick<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  { placeholder, active, hasBack = false }: PickOptions<Item>,
): Promise<Picked<Item>> {
  const input = vscode.window.createQuickPick<Item>();
  Object.assign(input, { title: t('Review Install Scripts'), placeholder, items, ignoreFocusOut: true });
  Object.assign(input, { matchOnDescription: true, matchOnDetail: true });
  if (active !== undefined) input.activeItems = [active];
  if (hasBack) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise<Picked<Item>>((resolve) => {
    input.onDidAccept(() => {
      const [item] = input.selectedItems;
      if (item !== undefined) resolve({ item });
    });
    // The second click of a double click would hit another entry of the list that opens again.
    const shownAt = Date.now();
    input.onDidTriggerItemButton(({ button }) => {
      if (Date.now() - shownAt >= DOUBLE_CLICK_MS) resolve({ button });
    });
    input.onDidTriggerButton(() => resolve('back'));
    input.onDidHide(() => resolve(undefined));
    input.show();
  }).finally(() => input.dispose());
}

async function reveal({ uri, line, character }: ScriptPlace): Promise<void> {
  const at = new vscode.Position(line, character);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: new vscode.Range(at, at) });
}
