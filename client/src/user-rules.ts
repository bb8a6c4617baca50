import * as vscode from 'vscode';
import type { ConfigurationMiddleware } from 'vscode-languageclient/node';
import { SETTINGS_SECTION } from '../../server/src/lsp/messages.ts';

/**
 * Answers the server's request for settings. VS Code itself ignores settings of a folder that is not trusted, but only those
 * that package.json declares: of severities not the older form with a setting for each rule. They are the user's own there.
 */
export const withRulesOfUser: NonNullable<ConfigurationMiddleware['configuration']> = async (
  params,
  token,
  next,
) => {
  const values = await next(params, token);
  if (vscode.workspace.isTrusted || !Array.isArray(values)) return values;
  const rules = vscode.workspace.getConfiguration(SETTINGS_SECTION).inspect('rules')?.globalValue ?? {};
  return values.map((value: unknown, at) =>
    params.items[at]?.section === SETTINGS_SECTION ? { ...(value as object), rules } : value,
  );
};
