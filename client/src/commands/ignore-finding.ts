import * as vscode from 'vscode';
import {
  CLIENT_COMMANDS,
  type IgnoreQuestion,
  type IgnoreRequest,
  type IgnoreResult,
  SERVER_COMMANDS,
} from '../../../server/src/lsp/messages.ts';
import { COMMANDS } from '../config.ts';
import type { Node } from '../dependencies-nodes.ts';
import type { ServerHandle } from '../server-handle.ts';
import { t } from '../translate.ts';

/**
 * Registers the dialog for the reason and the period of an ignore. The server writes the entry, which is then shown.
 */
export function registerIgnoreFinding(server: ServerHandle): vscode.Disposable {
  return vscode.commands.registerCommand(CLIENT_COMMANDS.ignoreFinding, async (question?: IgnoreQuestion) => {
    if (typeof question?.uri !== 'string' || !Array.isArray(question.entries)) return;
    const title = t('Ignore {0}', question.subject);
    const reason = await vscode.window.showInputBox({
      ...{ title, ignoreFocusOut: true },
      prompt: t('Why is this acceptable? The reason is kept in dependency-hygiene.json.'),
      validateInput: (text) => (text.trim() === '' ? t('Type a reason.') : undefined),
    });
    if (reason === undefined) return;
    const { days: given, maxDays } = question;
    const days = await vscode.window.showInputBox({
      ...{ title, ignoreFocusOut: true, value: String(given) },
      prompt: t('For how many days? The finding is then reported again. At most {0}.', maxDays),
      validateInput: (text) => {
        const isValid = /^\d{1,4}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= maxDays;
        return isValid ? undefined : t('Type a number from 1 to {0}.', maxDays);
      },
    });
    if (days === undefined) return;
    const { uri, entries } = question;
    const request: IgnoreRequest = { uri, entries, reason: reason.trim(), days: Number(days) };
    await showResult(
      (await server.executeCommand(SERVER_COMMANDS.writeIgnores, request)) as IgnoreResult | null,
    );
  });
}

/** Registers "Remove Ignore" of an ignored finding in the view. The place where its entry was is then shown. */
export function registerRemoveIgnore(server: ServerHandle): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.removeIgnore, async (node?: Node) => {
    const ignored = node?.type === 'entry' ? node.of.ignored : undefined;
    if (ignored === undefined) return;
    await showResult(
      (await server.executeCommand(SERVER_COMMANDS.removeIgnore, ignored)) as IgnoreResult | null,
    );
  });
}

async function showResult(result: IgnoreResult | null): Promise<void> {
  if (result === null) return;
  if ('problem' in result) void vscode.window.showErrorMessage(result.problem);
  else await reveal(result);
}

async function reveal({ uri, line }: { readonly uri: string; readonly line: number }): Promise<void> {
  const at = new vscode.Position(line, 0);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: new vscode.Range(at, at) });
}
