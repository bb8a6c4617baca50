import * as vscode from 'vscode';
import type { StatusParams } from '../../../server/src/lsp/messages.ts';
import { COMMANDS } from '../config.ts';
import type { TextPages } from '../text-pages.ts';
import { t } from '../translate.ts';
import { uncheckedText } from '../unchecked-text.ts';

/** Registers "Show What Was Not Checked", which lists the gaps of the last status as rendered Markdown. */
export function registerShowUnchecked(
  lastStatus: () => StatusParams | undefined,
  pages: TextPages,
): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.showUnchecked, () =>
    pages.showMarkdown(t('What was not checked'), uncheckedText(lastStatus())),
  );
}
