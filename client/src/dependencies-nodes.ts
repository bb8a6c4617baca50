import * as vscode from 'vscode';
import type {
  TreeEntry,
  TreeGroup,
  TreeGroupType,
  TreePlace,
  TreeProject,
} from '../../server/src/lsp/messages.ts';
import { SEVERITY_ICONS } from './severity-icons.ts';
import { plural } from './status-label.ts';

/** A node of the view "Dependencies". */
export type Node =
  | { readonly type: 'project'; readonly of: TreeProject; readonly isOpen: boolean }
  | { readonly type: 'group'; readonly of: TreeGroup }
  | { readonly type: 'entry'; readonly of: TreeEntry; readonly group: TreeGroupType }
  | { readonly type: 'place'; readonly of: TreePlace };

export function childrenOf(node: Node): readonly Node[] {
  switch (node.type) {
    case 'project':
      return node.of.groups.map((of) => ({ type: 'group', of }));
    case 'group':
      return node.of.entries.map((of) => ({ type: 'entry', of, group: node.of.type }));
    case 'entry':
      return node.of.places.length > 1 ? node.of.places.map((of) => ({ type: 'place', of })) : [];
    case 'place':
      return [];
  }
}

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

const GROUP_ICONS: Readonly<Record<TreeGroupType, string>> = {
  malware: 'bug',
  vulnerable: 'shield',
  scripts: 'terminal',
  other: 'list-unordered',
  updates: 'arrow-circle-up',
  ignored: 'eye-closed',
  notChecked: 'question',
};

/** What needs a decision is open at first. */
const OPEN: ReadonlySet<TreeGroupType> = new Set(['malware', 'vulnerable', 'scripts']);

export function treeItem(node: Node): vscode.TreeItem {
  switch (node.type) {
    case 'project':
      return projectItem(node.of, node.isOpen);
    case 'group': {
      const { type, label, entries } = node.of;
      const item = new vscode.TreeItem(label, OPEN.has(type) ? Expanded : Collapsed);
      item.description = String(entries.length);
      item.iconPath = new vscode.ThemeIcon(GROUP_ICONS[type]);
      return item;
    }
    case 'entry':
      return entryItem(node.of, node.group);
    case 'place': {
      const item = new vscode.TreeItem(node.of.label, None);
      item.iconPath = new vscode.ThemeIcon('go-to-file');
      item.command = openCommand(node.of);
      return item;
    }
  }
}

function projectItem({ uri, label, groups }: TreeProject, isOpen: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(label, groups.length === 0 ? None : isOpen ? Expanded : Collapsed);
  item.id = uri;
  item.iconPath = new vscode.ThemeIcon('package');
  const findings = groups
    .flatMap(({ entries }) => entries)
    .filter(({ severity }) => severity !== undefined).length;
  item.description = findings === 0 ? 'no findings' : plural(findings, 'finding');
  return item;
}

function entryItem({ label, description, tooltip, severity, places }: TreeEntry, group: TreeGroupType) {
  const item = new vscode.TreeItem(label, places.length > 1 ? Collapsed : None);
  item.description = description;
  item.tooltip = tooltip;
  if (severity !== undefined) {
    item.iconPath = SEVERITY_ICONS[severity];
    if (places.length > 0) item.contextValue = 'finding';
  } else item.iconPath = new vscode.ThemeIcon(GROUP_ICONS[group]);
  item.accessibilityInformation = { label: [severity, label, description].filter(Boolean).join(', ') };
  if (places[0] !== undefined) item.command = openCommand(places[0]);
  return item;
}

/** Opens the place, with the cursor at its start. */
export function openCommand({ uri, line, character }: TreePlace): vscode.Command {
  const at = new vscode.Position(line, character);
  const options: vscode.TextDocumentShowOptions = { selection: new vscode.Range(at, at) };
  return { title: 'Open', command: 'vscode.open', arguments: [vscode.Uri.parse(uri), options] };
}
