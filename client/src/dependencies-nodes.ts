import * as vscode from 'vscode';
import type {
  PackageQuestion,
  ScriptPlace,
  TreeEntry,
  TreeGroup,
  TreeGroupType,
  TreePlace,
  TreeProject,
} from '../../server/src/lsp/messages.ts';
import { type Bundle, bundlesOf, filteredGroups, type TreeOptions } from './dependencies-grouping.ts';
import { treeGroupLabel } from './group-labels.ts';
import { SEVERITY_ICONS, severityLabel } from './severity-icons.ts';
import { describeCounts, plural } from './status-label.ts';
import { t } from './translate.ts';

/** A node of the view "Dependencies". */
export type Node =
  | { readonly type: 'project'; readonly of: TreeProject; readonly isOpen: boolean }
  | { readonly type: 'group'; readonly of: TreeGroup; readonly project: string }
  | { readonly type: 'bundle'; readonly of: Bundle; readonly project: string }
  | { readonly type: 'entry'; readonly of: TreeEntry; readonly group: TreeGroupType }
  | { readonly type: 'place'; readonly of: TreePlace };

/** Returns the nodes below one, of entries that the filter lets through. */
export function childrenOf(node: Node, { grouping, filter }: TreeOptions): readonly Node[] {
  switch (node.type) {
    case 'project': {
      const groups = filteredGroups(node.of, filter);
      const project = node.of.uri;
      if (grouping === 'finding') return groups.map((of) => ({ type: 'group', of, project }));
      const { bundles, others } = bundlesOf(groups, grouping);
      return [
        ...bundles.map((of): Node => ({ type: 'bundle', of, project })),
        ...others.map((of): Node => ({ type: 'group', of, project })),
      ];
    }
    case 'group':
      return node.of.entries.map((of) => ({ type: 'entry', of, group: node.of.type }));
    case 'bundle':
      return node.of.entries.map(({ of, group }) => ({ type: 'entry', of, group }));
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

export function treeItem(node: Node, options: TreeOptions): vscode.TreeItem {
  switch (node.type) {
    case 'project':
      return projectItem(node.of, node.isOpen, options);
    case 'bundle': {
      const { label, severity, entries } = node.of;
      const item = new vscode.TreeItem(label, options.filter === '' ? Collapsed : Expanded);
      item.id = idOf(node.project, `package or member ${label}`, options);
      item.description = String(entries.length);
      item.iconPath = severity === undefined ? new vscode.ThemeIcon(node.of.icon) : SEVERITY_ICONS[severity];
      item.accessibilityInformation = {
        label: [
          label,
          plural(entries.length, t('1 entry'), t('{0} entries', entries.length)),
          severity && severityLabel(severity),
        ]
          .filter(Boolean)
          .join(', '),
      };
      return item;
    }
    case 'group': {
      const { type, entries } = node.of;
      const isOpen = OPEN.has(type) || options.filter !== '';
      const item = new vscode.TreeItem(treeGroupLabel(type), isOpen ? Expanded : Collapsed);
      item.id = idOf(node.project, `group ${type}`, options);
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

/** VS Code keeps what the user opened and closed by id, so a filter has ids of its own: what it finds is open. */
function idOf(project: string, subject: string, { grouping, filter }: TreeOptions): string {
  return JSON.stringify([project, grouping, subject, filter !== '']);
}

function projectItem(project: TreeProject, isOpen: boolean, { filter }: TreeOptions): vscode.TreeItem {
  const { uri, label } = project;
  const groups = filteredGroups(project, filter);
  const item = new vscode.TreeItem(label, groups.length === 0 ? None : isOpen ? Expanded : Collapsed);
  item.id = filter === '' ? uri : `${uri}#filtered`;
  item.iconPath = new vscode.ThemeIcon('package');
  const severities = groups.flatMap(({ entries }) => entries.map(({ severity }) => severity));
  const count = (wanted: TreeEntry['severity']) => severities.filter((one) => one === wanted).length;
  // In the order and the words of the status bar.
  const counts = describeCounts({
    errors: count('error'),
    warnings: count('warning'),
    information: count('information'),
    hints: count('hint'),
  });
  item.description = counts === '' ? t('no findings') : counts;
  item.tooltip = `${label}: ${item.description}`;
  return item;
}

function entryItem(entry: TreeEntry, group: TreeGroupType): vscode.TreeItem {
  const { label, description, tooltip, severity, places, manifest, locked } = entry;
  const item = new vscode.TreeItem(label, places.length > 1 ? Collapsed : None);
  item.description = description;
  item.tooltip = tooltip;
  if (severity !== undefined) item.iconPath = SEVERITY_ICONS[severity];
  else item.iconPath = new vscode.ThemeIcon(GROUP_ICONS[group]);
  item.accessibilityInformation = {
    label: [severity && severityLabel(severity), label, description].filter(Boolean).join(', '),
  };
  if (places[0] !== undefined) item.command = openCommand(places[0]);
  // What the menus of package.json look for.
  const has = {
    finding: severity !== undefined && places.length > 0,
    manifest,
    locked,
    package: questionOf(entry),
    ignored: entry.ignored,
  };
  item.contextValue = Object.entries(has)
    .filter(([, value]) => value)
    .map(([name]) => name)
    .join(' ');
  return item;
}

/** Returns the package of an entry, in the project of the first of its places that is a file with packages. */
export function questionOf({
  package: name,
  version,
  places,
  manifest,
  locked,
}: TreeEntry): PackageQuestion | undefined {
  const uri = (manifest ?? locked ?? places[0])?.uri;
  if (name === undefined || uri === undefined) return undefined;
  return { package: name, uri, ...(version === undefined ? {} : { version }) };
}

/** Opens the place, with the cursor at its start. */
export function openCommand({ uri, line, character }: ScriptPlace): vscode.Command {
  const at = new vscode.Position(line, character);
  const options: vscode.TextDocumentShowOptions = { selection: new vscode.Range(at, at) };
  return { title: t('Open'), command: 'vscode.open', arguments: [vscode.Uri.parse(uri), options] };
}
