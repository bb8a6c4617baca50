import * as vscode from 'vscode';
import type { WebPageResult, WebPageTarget } from '../../server/src/lsp/messages.ts';
import { openCommand } from './dependencies-nodes.ts';
import { t } from './translate.ts';

type Action = 'show' | Extract<WebPageTarget, { readonly action: unknown }>['action'];

/** Makes a page anew, with this nonce in its policy. */
export type MakePage = (nonce: string, action: Action) => Promise<WebPageResult | null>;

/** Panels with pages that the server makes. Each subject has one panel. */
export interface WebPages extends vscode.Disposable {
  show(key: string, title: string, make: MakePage): Promise<void>;
}

interface Shown {
  readonly panel: vscode.WebviewPanel;
  make: MakePage;
  targets: readonly WebPageTarget[];
}

/**
 * Creates the panels of a kind of pages.
 * @param activity what making one does, for the progress
 */
export function createWebPages(type: string, activity: string): WebPages {
  const shown = new Map<string, Shown>();

  const fill = async (one: Shown, action: Action): Promise<void> => {
    const title = action === 'verify' ? t('Verifying the package') : activity;
    const location = vscode.ProgressLocation.Window;
    let result: WebPageResult | null;
    try {
      result = await vscode.window.withProgress({ location, title }, () => one.make(newNonce(), action));
    } catch (error) {
      result = { problem: t('The page could not be made: {0}', String(error)) };
    }
    if (![...shown.values()].includes(one)) return;
    if (result !== null && 'page' in result) {
      const { page } = result;
      one.targets = page.targets;
      one.panel.title = page.title;
      one.panel.webview.html = page.html;
      return;
    }
    void vscode.window.showWarningMessage(result?.problem ?? t('The page could not be made; see the log.'));
    if (action === 'show') one.panel.dispose();
  };

  const create = (key: string, title: string, make: MakePage): Shown => {
    const panel = vscode.window.createWebviewPanel(type, title, vscode.ViewColumn.Active, {
      enableScripts: true,
      enableCommandUris: false,
      enableFindWidget: true,
      localResourceRoots: [],
    });
    const one: Shown = { panel, make, targets: [] };
    panel.webview.html = waitingPage(newNonce(), activity);
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const target = targetOf(message, one.targets);
      if (target === undefined) return;
      if ('action' in target) void fill(one, target.action);
      else void follow(target);
    });
    panel.onDidDispose(() => shown.delete(key));
    shown.set(key, one);
    return one;
  };

  return {
    async show(key, title, make) {
      const known = shown.get(key);
      const one = known ?? create(key, title, make);
      one.make = make;
      if (known !== undefined) one.panel.reveal();
      await fill(one, known === undefined ? 'show' : 'refresh');
    },
    dispose() {
      for (const { panel } of [...shown.values()]) panel.dispose();
    },
  };
}

/** Returns the target that a message of a page names: a number is all that it may send. */
function targetOf(message: unknown, targets: readonly WebPageTarget[]): WebPageTarget | undefined {
  if (typeof message !== 'object' || message === null || !('target' in message)) return undefined;
  const { target } = message;
  return typeof target === 'number' && Number.isInteger(target) ? targets[target] : undefined;
}

async function follow(target: Exclude<WebPageTarget, { readonly action: unknown }>): Promise<void> {
  if ('url' in target) {
    const url = vscode.Uri.parse(target.url, true);
    if (url.scheme === 'https') await vscode.env.openExternal(url);
    return;
  }
  const { command, arguments: parts = [] } = openCommand(target);
  await vscode.commands.executeCommand(command, ...(parts as unknown[]));
}

/** Returns 192 random bits. */
function newNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(6)), (part) => part.toString(36)).join('');
}

function waitingPage(nonce: string, activity: string): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'">
<title>${activity}</title><style nonce="${nonce}">body{padding:24px}</style></head>
<body><p role="status">${activity}…</p></body></html>`;
}
