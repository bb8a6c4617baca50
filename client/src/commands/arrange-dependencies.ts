import * as vscode from 'vscode';
import { COMMANDS } from '../config.ts';
import type { Grouping } from '../dependencies-grouping.ts';
import { type Node, openCommand } from '../dependencies-nodes.ts';
import type { DependenciesView } from '../dependencies-view.ts';
import { t } from '../translate.ts';

const KEY = 'dependencyHygiene.grouping';

interface GroupingItem extends vscode.QuickPickItem {
  readonly grouping: Grouping;
}

const groupings = (): readonly GroupingItem[] => [
  {
    grouping: 'finding',
    label: t('Finding'),
    description: t('Malware, vulnerable, scripts to review, updates'),
  },
  { grouping: 'package', label: t('Package'), description: t('All that is known of each package') },
  { grouping: 'member', label: t('Workspace member'), description: t('By the manifest that declares it') },
];

/** Returns the grouping that the user chose last in this workspace. */
export function lastGrouping(state: vscode.Memento): Grouping {
  const kept = state.get<unknown>(KEY);
  return groupings().find(({ grouping }) => grouping === kept)?.grouping ?? 'finding';
}

/** Registers filter, grouping and places of the view "Dependencies". */
export function registerArrangeDependencies(
  view: DependenciesView,
  state: vscode.Memento,
): vscode.Disposable {
  const { registerCommand } = vscode.commands;
  const setFilter = (filter: string) => {
    view.arrange({ filter });
    void vscode.commands.executeCommand('setContext', 'dependencyHygiene.filtered', filter !== '');
  };
  return vscode.Disposable.from(
    registerCommand(COMMANDS.groupDependencies, async () => {
      const items = groupings().map((item) => ({ ...item, picked: item.grouping === view.options.grouping }));
      const chosen = await vscode.window.showQuickPick(items, {
        placeHolder: t('Group by (now: {0})', items.find(({ picked }) => picked)?.label ?? ''),
      });
      if (chosen === undefined) return;
      view.arrange({ grouping: chosen.grouping });
      await state.update(KEY, chosen.grouping);
    }),
    registerCommand(COMMANDS.filterDependencies, () => askForFilter(view.options.filter, setFilter)),
    registerCommand(COMMANDS.clearFilter, () => setFilter('')),
    registerCommand(COMMANDS.revealInManifest, (node?: Node) => reveal(node, 'manifest')),
    registerCommand(COMMANDS.revealInLockfile, (node?: Node) => reveal(node, 'locked')),
  );
}

/** Filters while the user types; what was typed last stays. */
function askForFilter(before: string, setFilter: (filter: string) => void): void {
  const input = vscode.window.createInputBox();
  input.title = t('Filter Dependencies');
  input.prompt = t('Words of a package, a finding or a group');
  input.placeholder = 'lodash, vulnerable, script';
  input.value = before;
  input.onDidChangeValue((value) => setFilter(value.trim()));
  input.onDidAccept(() => input.hide());
  input.onDidHide(() => input.dispose());
  input.show();
}

async function reveal(node: Node | undefined, side: 'manifest' | 'locked'): Promise<void> {
  const place = node?.type === 'entry' ? node.of[side] : undefined;
  if (place === undefined) return;
  const { command, arguments: given = [] } = openCommand(place);
  await vscode.commands.executeCommand(command, ...given);
}
