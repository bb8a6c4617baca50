import * as vscode from 'vscode';
import type {
  LockfileReview,
  ReviewEntry,
  ReviewedLockfile,
  ReviewGroup,
  ReviewGroupType,
  ReviewPlace,
} from '../../server/src/lsp/messages.ts';
import { COMMANDS } from './config.ts';
import { reviewGroupLabel } from './group-labels.ts';
import { SEVERITY_ICONS, severityLabel } from './severity-icons.ts';
import { t } from './translate.ts';

/** A node of the view "Lockfile Changes". */
export type ReviewNode =
  | { readonly type: 'lockfile'; readonly of: ReviewedLockfile }
  | { readonly type: 'group'; readonly of: ReviewGroup; readonly lockfile: ReviewedLockfile }
  | {
      readonly type: 'entry';
      readonly of: ReviewEntry;
      readonly group: ReviewGroupType;
      readonly lockfile: ReviewedLockfile;
    }
  | { readonly type: 'gaps'; readonly of: readonly string[] }
  | { readonly type: 'gap'; readonly of: string };

/** Returns the top of the tree: the lockfiles, then what could not be compared. */
export function reviewNodes({ lockfiles, gaps }: LockfileReview): readonly ReviewNode[] {
  const compared = lockfiles.map((of): ReviewNode => ({ type: 'lockfile', of }));
  return gaps.length === 0 ? compared : [...compared, { type: 'gaps', of: gaps }];
}

export function reviewChildren(node: ReviewNode): readonly ReviewNode[] {
  switch (node.type) {
    case 'lockfile':
      return node.of.groups.map((of) => ({ type: 'group', of, lockfile: node.of }));
    case 'group': {
      const { of, lockfile } = node;
      return of.entries.map((entry) => ({ type: 'entry', of: entry, group: of.type, lockfile }));
    }
    case 'gaps':
      return node.of.map((of) => ({ type: 'gap', of }));
    default:
      return [];
  }
}

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

const GROUP_ICONS: Readonly<Record<ReviewGroupType, string>> = {
  first: 'eye',
  added: 'diff-added',
  changed: 'diff-modified',
  settings: 'settings-gear',
  removed: 'diff-removed',
};

/** A removed package needs no look. */
const CLOSED: ReadonlySet<ReviewGroupType> = new Set(['removed']);

/** Longer groups are closed at first, except the one to review first. */
const MOST_OPEN = 100;

export function reviewItem(node: ReviewNode): vscode.TreeItem {
  switch (node.type) {
    case 'lockfile': {
      const { label, description, uri, isGone, groups, before } = node.of;
      const item = new vscode.TreeItem(label, groups.length === 0 ? None : Expanded);
      item.id = uri;
      item.description = description;
      item.tooltip = `${label}: ${description}`;
      item.iconPath = new vscode.ThemeIcon(isGone ? 'trash' : 'lock');
      item.contextValue = isGone ? 'goneLockfile' : before === undefined ? 'newLockfile' : 'lockfile';
      if (groups.length === 0) item.command = showCommand(node);
      return item;
    }
    case 'group': {
      const { type, entries } = node.of;
      const isOpen = type === 'first' || (!CLOSED.has(type) && entries.length <= MOST_OPEN);
      const item = new vscode.TreeItem(reviewGroupLabel(type), isOpen ? Expanded : Collapsed);
      item.description = String(entries.length);
      item.iconPath = new vscode.ThemeIcon(GROUP_ICONS[type]);
      return item;
    }
    case 'entry': {
      const { label, description, severity } = node.of;
      const item = new vscode.TreeItem(label, None);
      item.description = description;
      item.tooltip = description === '' ? label : `${label}: ${description}`;
      item.iconPath =
        severity === undefined ? new vscode.ThemeIcon(GROUP_ICONS[node.group]) : SEVERITY_ICONS[severity];
      item.accessibilityInformation = {
        label: [severity && severityLabel(severity), label, description].filter(Boolean).join(', '),
      };
      item.command = showCommand(node);
      return item;
    }
    case 'gaps': {
      const item = new vscode.TreeItem(t('Not compared completely'), Expanded);
      item.description = String(node.of.length);
      item.iconPath = new vscode.ThemeIcon('question');
      return item;
    }
    case 'gap': {
      const item = new vscode.TreeItem(node.of, None);
      item.tooltip = node.of;
      item.iconPath = new vscode.ThemeIcon('question');
      return item;
    }
  }
}

function showCommand(node: ReviewNode): vscode.Command {
  return { title: t('Open Changes'), command: COMMANDS.openLockfileChanges, arguments: [node] };
}

/** Returns the lockfile that a node belongs to, and the place of its entry. */
export function lockfileOf(
  node: ReviewNode | undefined,
): { readonly lockfile: ReviewedLockfile; readonly place: ReviewPlace | undefined } | undefined {
  if (node?.type === 'lockfile') return { lockfile: node.of, place: undefined };
  return node?.type === 'entry' ? { lockfile: node.lockfile, place: node.of.place } : undefined;
}
