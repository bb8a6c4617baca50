import * as vscode from 'vscode';
import { HOVER_COMMANDS } from '../../server/src/lsp/hover-messages.ts';

/** Trusts the links of a card to run our listed commands alone, and draws its icons. Text of others in it is escaped. */
export function trustCard({ contents }: vscode.Hover): void {
  for (const content of contents) {
    if (!(content instanceof vscode.MarkdownString)) continue;
    content.isTrusted = { enabledCommands: HOVER_COMMANDS };
    content.supportThemeIcons = true;
  }
}
