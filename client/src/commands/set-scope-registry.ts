import * as vscode from 'vscode';
import {
  CLIENT_COMMANDS,
  type ScopeQuestion,
  SERVER_COMMANDS,
  type WriteScopeRegistry,
  type WriteScopeRegistryResult,
} from '../../../server/src/lsp/messages.ts';
import type { ServerHandle } from '../server-handle.ts';
import { t } from '../translate.ts';

/**
 * Registers the dialog for the registry of a scope that no file of the project configures; the server writes the line.
 */
export function registerSetScopeRegistry(server: ServerHandle): vscode.Disposable {
  return vscode.commands.registerCommand(
    CLIENT_COMMANDS.setScopeRegistry,
    async (question?: ScopeQuestion) => {
      if (typeof question?.scope !== 'string' || typeof question.uri !== 'string') return;
      const registry = await vscode.window.showInputBox({
        title: t('The registry of {0}', question.scope),
        prompt: t("Written to the project's configuration of its package manager, for {0}.", question.scope),
        placeHolder: 'https://npm.example.com/',
        ignoreFocusOut: true,
        validateInput,
      });
      if (registry === undefined) return;
      const request: WriteScopeRegistry = { ...question, registry: registry.trim() };
      const answer = await server.executeCommand(SERVER_COMMANDS.writeScopeRegistry, request);
      const problem = (answer as WriteScopeRegistryResult | null)?.problem;
      if (problem) void vscode.window.showErrorMessage(problem);
    },
  );
}

function validateInput(text: string): string | undefined {
  const address = text.trim();
  if (!URL.canParse(address)) return t('Type the full URL, such as https://npm.example.com/');
  const { protocol, username, password } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return t('A registry needs an https URL.');
  if (username !== '' || password !== '')
    return t('Leave credentials out; they belong into your own .npmrc.');
  return undefined;
}
