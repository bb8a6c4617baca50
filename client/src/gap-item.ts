import * as vscode from 'vscode';
import type { StatusParams } from '../../server/src/lsp/messages.ts';
import { COMMANDS, DISPLAY_NAME } from './config.ts';
import { DOCUMENT_SELECTOR } from './document-selector.ts';
import { ownActions } from './gap-steps.ts';
import { plural } from './status-label.ts';
import { t } from './translate.ts';

/** The language status item "Partly checked", which is there only while something was not checked. */
export interface GapItem extends vscode.Disposable {
  show(status: StatusParams): void;
  hide(): void;
}

export function createGapItem(): GapItem {
  let item: vscode.LanguageStatusItem | undefined;
  const hide = () => {
    item?.dispose();
    item = undefined;
  };
  return {
    show({ gaps, steps, working }) {
      if (gaps.length === 0) return hide();
      // Gaps that answers on their way may close are not worth an appearance.
      if (item === undefined && working) return;
      item ??= vscode.languages.createLanguageStatusItem('dependencyHygiene.gaps', DOCUMENT_SELECTOR);
      item.name = DISPLAY_NAME;
      item.text = t('Partly checked');
      // VS Code draws a check mark beside items that are mere information.
      item.severity = vscode.LanguageStatusSeverity.Warning;
      const [action] = ownActions(steps);
      // VS Code draws a check mark beside anything less.
      item.severity = vscode.LanguageStatusSeverity[action === undefined ? 'Information' : 'Warning'];
      item.detail = action?.title ?? plural(gaps.length, t('1 gap'), t('{0} gaps', gaps.length));
      item.command = { title: t('Show list'), command: COMMANDS.showUnchecked };
    },
    hide,
    dispose: hide,
  };
}
