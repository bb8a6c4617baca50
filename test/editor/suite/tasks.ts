import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import * as vscode from 'vscode';
import { folder } from './documents.ts';
import { test } from './registry.ts';

test('tasks are offered for the folder, and run the command line of the extension', async () => {
  const tasks = await vscode.tasks.fetchTasks({ type: 'dephygiene' });
  assert.deepEqual(tasks.map(({ name }) => name).sort(), ['audit', 'check', 'outdated']);
  const check = tasks.find(({ name }) => name === 'check')!;
  assert.deepEqual(check.problemMatchers, ['$dephygiene']);
  const { process: program, args, options } = check.execution as vscode.ProcessExecution;
  assert.equal(options?.cwd, folder());
  const out = await new Promise<string>((resolve) => {
    const env = { ...process.env, ...options.env };
    execFile(program, args, { cwd: `${folder()}/shop`, env, encoding: 'utf8' }, (_, text) => resolve(text));
  });
  assert.match(out, /^package\.json:14:15: error lodahs .* \[malicious-version\]$/m);
});

test('a command is typed into a terminal of its folder, unless it would run', async () => {
  const before = vscode.window.terminals.length;
  const put = (command: string) =>
    vscode.commands.executeCommand('dependencyHygiene.putInTerminal', {
      command,
      folder: vscode.Uri.file(`${folder()}/shop`).toString(),
    });
  for (const command of ['npm install\nrm -rf x', 'npm install\r', '\u001b[A']) await put(command);
  assert.equal(vscode.window.terminals.length, before);
  await put('npm install');
  const terminal = vscode.window.terminals.at(-1)!;
  const { cwd } = terminal.creationOptions as vscode.TerminalOptions;
  assert.deepEqual(
    [vscode.window.terminals.length, terminal.name, (cwd as vscode.Uri).fsPath],
    [before + 1, 'Dependency Hygiene', `${folder()}/shop`],
  );
  terminal.dispose();
});
