import * as vscode from 'vscode';
import {
  type ReviewRequest,
  type ReviewResult,
  SERVER_COMMANDS,
  type StatusParams,
} from '../../server/src/lsp/messages.ts';
import { REVIEW_VIEW } from './config.ts';
import { type ReviewNode, reviewChildren, reviewItem, reviewNodes } from './review-nodes.ts';
import type { ServerHandle } from './server-handle.ts';
import { t } from './translate.ts';

/** The view "Lockfile Changes". It draws what the server compares, and is empty until a review was asked for. */
export interface ReviewView extends vscode.Disposable {
  /** Compares, and shows the result. `name` is the commit as the user chose it. */
  review(base: Omit<ReviewRequest, 'loads'>, name: string): Promise<void>;
  /** Compares again with the same commit. */
  refresh(): Promise<void>;
  /** Compares again once facts that were on their way have arrived. */
  follow(status: StatusParams | undefined): void;
}

/** One comparison for a burst of changes. The server reads a changed file a moment after the editor reports it. */
const QUIET_MS = 1000;

const LOCKFILES = '**/{package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml,bun.lock,bun.lockb}';

export function createReviewView(server: ServerHandle): ReviewView {
  const changed = new vscode.EventEmitter<undefined>();
  let base: Omit<ReviewRequest, 'loads'> | undefined;
  let nodes: readonly ReviewNode[] = [];
  let isProvisional = false;
  let isStale = false;
  let timer: NodeJS.Timeout | undefined;
  let watcher: vscode.Disposable | undefined;
  const view = vscode.window.createTreeView<ReviewNode>(REVIEW_VIEW, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => [...(node === undefined ? nodes : reviewChildren(node))],
      getTreeItem: reviewItem,
    },
  });

  async function compare(loads: boolean): Promise<void> {
    if (base === undefined) return;
    isStale = false;
    const answer = await server.executeCommand(SERVER_COMMANDS.reviewLockfiles, { ...base, loads });
    const result = answer as ReviewResult | null;
    if (result === null) return;
    if ('problem' in result) {
      nodes = [];
      view.message = result.problem;
    } else {
      nodes = reviewNodes(result);
      isProvisional = result.isProvisional;
      view.message = result.summary;
    }
    changed.fire(undefined);
  }

  const later = () => {
    clearTimeout(timer);
    if (!isStale || !view.visible) return;
    timer = setTimeout(() => void compare(false), QUIET_MS);
  };
  const invalidate = () => {
    isStale = true;
    later();
  };
  const watchLockfiles = () => {
    const files = vscode.workspace.createFileSystemWatcher(LOCKFILES);
    return vscode.Disposable.from(
      files,
      files.onDidChange(invalidate),
      files.onDidCreate(invalidate),
      files.onDidDelete(invalidate),
    );
  };
  const visibility = view.onDidChangeVisibility(later);
  return {
    async review(chosen, name) {
      base = chosen;
      view.description = t('since {0}', name);
      await vscode.commands.executeCommand('setContext', 'dependencyHygiene.reviewed', true);
      await vscode.commands.executeCommand(`${REVIEW_VIEW}.focus`);
      watcher ??= watchLockfiles();
      await vscode.window.withProgress({ location: { viewId: REVIEW_VIEW } }, () => compare(true));
      // What was focused before was the text of the empty view.
      await vscode.commands.executeCommand(`${REVIEW_VIEW}.focus`);
    },
    refresh: () => compare(true),
    follow(status) {
      if (status?.working === false && isProvisional) invalidate();
    },
    dispose() {
      clearTimeout(timer);
      vscode.Disposable.from(
        changed,
        view,
        visibility,
        ...(watcher === undefined ? [] : [watcher]),
      ).dispose();
    },
  };
}
