import * as vscode from 'vscode';
import type { StatusParams } from '../../../server/src/lsp/messages.ts';
import { COMMANDS, DISPLAY_NAME, VIEW } from '../config.ts';
import { ownActions } from '../gap-steps.ts';
import { describeCounts, plural } from '../status-label.ts';
import { t } from '../translate.ts';

interface MenuItem extends vscode.QuickPickItem {
  readonly command: string;
  readonly argument?: unknown;
}

/** Registers "Show Status", the menu behind the status bar item. */
export function registerShowStatus(
  lastStatus: () => StatusParams | undefined,
  extensionId: string,
): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.showStatus, async () => {
    const items = menuOf(lastStatus(), extensionId);
    const chosen = await vscode.window.showQuickPick(items, { title: DISPLAY_NAME });
    if (chosen === undefined) return;
    await vscode.commands.executeCommand(
      chosen.command,
      ...(chosen.argument === undefined ? [] : [chosen.argument]),
    );
  });
}

function menuOf(status: StatusParams | undefined, extensionId: string): readonly MenuItem[] {
  const found = status === undefined ? '' : describeCounts(status);
  const gaps = status?.gaps.length ?? 0;
  const actions = ownActions(status?.steps ?? []);
  const trust = 'workbench.trust.manage';
  // The Problems panel lists no hints.
  const hasOnlyHints =
    status !== undefined && status.hints > 0 && status.errors + status.warnings + status.information === 0;
  return [
    ...actions.map(({ title, icon, command, argument }) => ({
      label: `$(${icon}) ${title}`,
      command,
      argument,
    })),
    {
      label: `$(warning) ${hasOnlyHints ? t('Show hints') : t('Show problems')}`,
      description: found === '' ? t('No findings') : found,
      command: hasOnlyHints ? `${VIEW}.focus` : 'workbench.actions.view.problems',
    },
    { label: `$(search) ${t('Check the whole workspace')}`, command: COMMANDS.checkWorkspace },
    {
      label: `$(question) ${t('Show what was not checked')}`,
      description: gaps === 0 ? '' : plural(gaps, t('1 gap'), t('{0} gaps', gaps)),
      command: COMMANDS.showUnchecked,
    },
    { label: `$(terminal) ${t('Review install scripts')}`, command: COMMANDS.reviewScripts },
    { label: `$(eye) ${t('Show what leaves this machine')}`, command: COMMANDS.showPrivacy },
    {
      label: `$(gear) ${t('Open settings')}`,
      command: 'workbench.action.openSettings',
      argument: `@ext:${extensionId}`,
    },
    ...(actions.some(({ command }) => command === trust)
      ? []
      : [{ label: `$(workspace-trusted) ${t('Manage workspace trust')}`, command: trust }]),
    { label: `$(output) ${t('Show log')}`, command: COMMANDS.showLog },
    { label: `$(report) ${t('Report an issue')}`, command: COMMANDS.reportIssue },
  ];
}
