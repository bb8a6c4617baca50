import * as vscode from 'vscode';
import type { StatusParams } from '../../server/src/lsp/messages.ts';
import { COMMANDS, DISPLAY_NAME } from './config.ts';
import { createGapItem } from './gap-item.ts';
import { statusLabel } from './status-label.ts';
import { t } from './translate.ts';

/** The status bar item: whether the dependencies are in order, and whether all checks ran. */
export interface Status extends vscode.Disposable {
  show(status: StatusParams): void;
  hide(): void;
  /** Returns the status that is shown; undefined after `hide`. */
  last(): StatusParams | undefined;
}

const BACKGROUNDS = {
  error: new vscode.ThemeColor('statusBarItem.errorBackground'),
  warning: new vscode.ThemeColor('statusBarItem.warningBackground'),
};

export function createStatus(): Status {
  const item = vscode.window.createStatusBarItem('dependencyHygiene.status', vscode.StatusBarAlignment.Left);
  item.name = DISPLAY_NAME;
  item.command = COMMANDS.showStatus;
  const gapItem = createGapItem();
  let last: StatusParams | undefined;
  return {
    show(status) {
      last = status;
      gapItem.show(status);
      const { text, tooltip, background } = statusLabel(status);
      item.text = text;
      item.backgroundColor = background === undefined ? undefined : BACKGROUNDS[background];
      item.tooltip = tooltipOf(tooltip, status.gaps.length > 0);
      item.accessibilityInformation = { label: `${DISPLAY_NAME}: ${tooltip.join(' ')}` };
      if (status.projects === 0 && !status.working) item.hide();
      else item.show();
    },
    hide() {
      last = undefined;
      item.hide();
      gapItem.hide();
    },
    last: () => last,
    dispose() {
      item.dispose();
      gapItem.dispose();
    },
  };
}

/**
 * Builds the tooltip. Parts of the sentences come from workspace files, so they are appended as text, not as Markdown.
 */
function tooltipOf(sentences: readonly string[], hasGaps: boolean): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  tooltip.isTrusted = { enabledCommands: Object.values(COMMANDS) };
  for (const sentence of sentences) {
    // Word by word: in a text that is appended as a whole, all spaces become non-breaking.
    for (const word of sentence.split(' ')) tooltip.appendText(word).appendMarkdown(' ');
    tooltip.appendMarkdown('\n\n');
  }
  if (hasGaps) {
    tooltip.appendMarkdown(`[${t('Show what was not checked')}](command:${COMMANDS.showUnchecked}) · `);
  }
  tooltip.appendMarkdown(
    `[${t('Check the whole workspace')}](command:${COMMANDS.checkWorkspace}) · [${t('Show the log')}](command:${COMMANDS.showLog})`,
  );
  return tooltip;
}
