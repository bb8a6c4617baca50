import * as vscode from 'vscode';
import { type ReviewBase, SERVER_COMMANDS } from '../../../server/src/lsp/messages.ts';
import { absentUri, committedUri } from '../committed-files.ts';
import { COMMANDS } from '../config.ts';
import { lockfileOf, type ReviewNode } from '../review-nodes.ts';
import type { ReviewView } from '../review-view.ts';
import type { ServerHandle } from '../server-handle.ts';
import { t } from '../translate.ts';

interface BaseItem extends vscode.QuickPickItem {
  /** Undefined for one that is asked for. */
  readonly base: Pick<ReviewBase, 'revision' | 'isMergeBase'> | undefined;
}

/** Registers "Review Lockfile Changes", which asks for a commit, and the actions of the view that it fills. */
export function registerReviewLockfiles(server: ServerHandle, view: ReviewView): vscode.Disposable {
  const { registerCommand } = vscode.commands;
  return vscode.Disposable.from(
    registerCommand(COMMANDS.reviewLockfiles, async () => {
      const chosen = await chooseBase(server);
      if (chosen !== undefined) await view.review(chosen, chosen.name);
    }),
    registerCommand(COMMANDS.refreshReview, () => view.refresh()),
    registerCommand(COMMANDS.openLockfileChanges, openChanges),
    registerCommand(COMMANDS.openLockfile, openFile),
  );
}

async function chooseBase(
  server: ServerHandle,
): Promise<(Pick<ReviewBase, 'revision' | 'isMergeBase'> & { readonly name: string }) | undefined> {
  const bases = server.executeCommand(SERVER_COMMANDS.listReviewBases);
  const items = bases.then((answer): readonly BaseItem[] => [
    ...((answer ?? []) as readonly ReviewBase[]).map(({ label, description, ...base }) => ({
      ...{ label: `$(git-commit) ${baseLabel(label)}`, description, base },
    })),
    { label: `$(edit) ${t('Another commit, branch or tag...')}`, base: undefined },
  ]);
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Review Lockfile Changes'),
    placeHolder: t('Compare the lockfiles of the open folders with'),
  });
  if (chosen === undefined) return undefined;
  if (chosen.base !== undefined) {
    const { revision, isMergeBase } = chosen.base;
    return { ...chosen.base, name: isMergeBase ? t('the merge base with {0}', revision) : revision };
  }
  const typed = await vscode.window.showInputBox({
    title: t('Review Lockfile Changes'),
    prompt: t('A commit, branch or tag of the repository. Nothing is fetched.'),
    placeHolder: 'origin/release, v1.2.0, 0a1b2c3d',
  });
  const revision = typed?.trim() ?? '';
  return revision === '' ? undefined : { revision, isMergeBase: false, name: revision };
}

/** Translates the kind of a base, which the server names in English. */
function baseLabel(label: string): string {
  if (label === 'Last commit') return t('Last commit');
  return label === 'Default branch' ? t('Default branch') : t('Merge base with the default branch');
}

/** Shows the lockfile beside its state in the commit, at the entry of the node. */
async function openChanges(node?: ReviewNode): Promise<void> {
  const found = lockfileOf(node);
  if (found === undefined) return;
  const { lockfile, place } = found;
  const { uri, label, before, isGone } = lockfile;
  if (before === undefined) return openFile(node);
  const now = isGone ? absentUri(uri) : vscode.Uri.parse(uri);
  const title = `${label} (${before.commit.slice(0, 8)} ↔ ${isGone ? t('removed') : t('Working Tree')})`;
  await vscode.commands.executeCommand('vscode.diff', committedUri(before), now, title, showOptions(place));
}

async function openFile(node?: ReviewNode): Promise<void> {
  const found = lockfileOf(node);
  if (found === undefined || found.lockfile.isGone) return;
  await vscode.commands.executeCommand(
    'vscode.open',
    vscode.Uri.parse(found.lockfile.uri),
    showOptions(found.place),
  );
}

function showOptions(
  place: { readonly line: number; readonly character: number } | undefined,
): vscode.TextDocumentShowOptions {
  if (place === undefined) return { preview: true };
  const at = new vscode.Position(place.line, place.character);
  return { preview: true, selection: new vscode.Range(at, at) };
}
