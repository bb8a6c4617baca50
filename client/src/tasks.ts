import * as vscode from 'vscode';
import { t } from './translate.ts';

/** The type of our tasks, as contributed by package.json. */
const TYPE = 'dephygiene';

/** The arguments that make the problem matcher read a report. */
const COMPACT = ['--format', 'compact'];

interface Offer {
  readonly command: string;
  readonly args: readonly string[];
  readonly detail: string;
}

/** A function: texts are translated once the extension is active. */
const offers = (): readonly Offer[] => [
  { command: 'check', args: COMPACT, detail: t('All findings, in the Problems panel') },
  { command: 'audit', args: [], detail: t('Known vulnerabilities of locked versions') },
  { command: 'outdated', args: [], detail: t('Newer versions outside their cooldown') },
];

/** Provides tasks that run the extension's own command line in each folder, offline unless `--trust` is among the arguments. */
export function provideTasks(program: string): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(TYPE, {
    provideTasks() {
      const folders = vscode.workspace.workspaceFolders ?? [];
      return folders.flatMap((folder) =>
        offers().map(({ command, args, detail }) => {
          const made = taskOf({ type: TYPE, command, args: [...args] }, folder, program);
          made.detail = detail;
          return made;
        }),
      );
    },
    resolveTask({ definition, scope }) {
      const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
      const { command } = definition as { readonly command?: unknown };
      if (folder === undefined || !offers().some((offer) => offer.command === command)) return undefined;
      return taskOf(definition, folder, program);
    },
  });
}

function taskOf(
  definition: vscode.TaskDefinition,
  folder: vscode.WorkspaceFolder,
  program: string,
): vscode.Task {
  const { command, args = [] } = definition as { readonly command?: string; readonly args?: unknown };
  const given = Array.isArray(args) ? args.map(String) : [];
  // Outside of a remote window, the extension host is the editor itself.
  const env = { ELECTRON_RUN_AS_NODE: '1' };
  const execution = new vscode.ProcessExecution(process.execPath, [program, String(command), ...given], {
    cwd: folder.uri.fsPath,
    env,
  });
  const task = new vscode.Task(definition, folder, String(command), TYPE, execution, '$dephygiene');
  task.group = vscode.TaskGroup.Test;
  task.presentationOptions = { clear: true };
  return task;
}
