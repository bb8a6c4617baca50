import * as vscode from 'vscode';
import { COMMANDS, INCIDENT_VIEW } from '../config.ts';
import { type IncidentNode, incidentNodes } from '../incident-nodes.ts';
import { searchIncident } from '../incident-search.ts';
import { t } from '../translate.ts';

/**
 * Registers "Were We Hit?", which asks for an incident and lists in a view which open folders lock or locked its versions.
 * @param program the path of the command line that searches
 */
export function registerWereWeHit(program: string): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  let nodes: readonly IncidentNode[] = [];
  const view = vscode.window.createTreeView<IncidentNode>(INCIDENT_VIEW, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => [...(node?.children ?? nodes)],
      getTreeItem: ({ item }) => item,
    },
  });
  const command = vscode.commands.registerCommand(COMMANDS.wereWeHit, async () => {
    const question = await askQuestion();
    if (question === undefined) return;
    const withHistory = await askHistory();
    if (withHistory === undefined) return;
    const directories = (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === 'file')
      .map(({ uri }) => uri.fsPath);
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: t('Searching lockfiles for {0}', question),
      cancellable: true,
    };
    const result = await vscode.window.withProgress(options, (_, token) =>
      searchIncident(program, { question, directories, withHistory }, token),
    );
    if (result === undefined) return;
    if ('problem' in result) {
      void vscode.window.showErrorMessage(result.problem);
      return;
    }
    nodes = incidentNodes(result);
    view.description = result.incident;
    view.message = withHistory
      ? ''
      : t('Working trees and HEAD were read. Search again with history to know about earlier commits.');
    changed.fire(undefined);
    await vscode.commands.executeCommand('setContext', 'dependencyHygiene.searched', true);
    await vscode.commands.executeCommand(`${INCIDENT_VIEW}.focus`);
  });
  return vscode.Disposable.from(changed, view, command);
}

/** Returns what to search for: as typed, or the path of a list. */
async function askQuestion(): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title: t('Were We Hit?'),
    prompt: t('A package with its versions, an advisory, or a file with a list. Nothing is sent.'),
    placeHolder: 'axios@1.14.1, GHSA-…, MAL-…, /path/to/list.csv',
    validateInput: (text) =>
      text.trim().startsWith('-') ? t('This is no package, advisory or file.') : undefined,
  });
  const question = typed?.trim() ?? '';
  return question === '' ? undefined : question;
}

async function askHistory(): Promise<boolean | undefined> {
  const items = [
    { label: `$(history) ${t('All commits of all branches')}`, withHistory: true },
    { label: `$(files) ${t('Working tree and HEAD only')}`, withHistory: false },
  ];
  const options = { title: t('Were We Hit?'), placeHolder: t('Which states of the lockfiles are read?') };
  return (await vscode.window.showQuickPick(items, options))?.withHistory;
}
