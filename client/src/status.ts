import * as vscode from 'vscode';
import type { StatusParams } from '../../server/src/lsp/messages.ts';
import { COMMANDS, DISPLAY_NAME } from './config.ts';
import { statusLabel } from './status-label.ts';

/** The status bar item: whether the dependencies are in order, and whether all checks ran. */
export interface Status extends vscode.Disposable {
  show(status: StatusParams): void;
  hide(): void;
}

export function createStatus(): Status {
  const item = vscode.window.createStatusBarItem('dependencyHygiene.status', vscode.StatusBarAlignment.Left);
  item.name = DISPLAY_NAME;
  item.command = 'workbench.actions.view.problems';
  return {
    show(status) {
      const { text, tooltip } = statusLabel(status);
      item.text = text;
      item.tooltip = tooltipOf(tooltip);
      item.accessibilityInformation = { label: `${DISPLAY_NAME}: ${tooltip.join(' ')}` };
      if (status.projects === 0 && !status.working) item.hide();
      else item.show();
    },
    hide: () => item.hide(),
    dispose: () => item.dispose(),
  };
}

/**
 * Builds the tooltip. Parts of the sentences come from workspace files, so they are appended as text, not as Markdown.
 */
function tooltipOf(sentences: readonly string[]): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  tooltip.isTrusted = { enabledCommands: Object.values(COMMANDS) };
  for (const sentence of sentences) {
    // Word by word: in a text that is appended as a whole, all spaces become non-breaking.
    for (const word of sentence.split(' ')) tooltip.appendText(word).appendMarkdown(' ');
    tooltip.appendMarkdown('\n\n');
  }
  tooltip.appendMarkdown(
    `[Check the whole workspace](command:${COMMANDS.checkWorkspace}) · [Show the log](command:${COMMANDS.showLog})`,
  );
  return tooltip;
}
