import * as vscode from 'vscode';
import type { ConfigurationMiddleware } from 'vscode-languageclient';
import { SETTINGS_SECTION } from '../../server/src/lsp/messages.ts';

/**
 * Answers the server's request for settings. VS Code ignores workspace settings of an untrusted folder only if
 * package.json declares them, which does not cover the older form of severities with a setting per rule. Those are
 * limited to the user's own here.
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
