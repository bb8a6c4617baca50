import * as vscode from 'vscode';
import { type DependencyTree, SERVER_COMMANDS, type StatusParams } from '../../server/src/lsp/messages.ts';
import { VIEW } from './config.ts';
import { filteredGroups, type Grouping, type TreeOptions } from './dependencies-grouping.ts';
import { childrenOf, type Node, treeItem } from './dependencies-nodes.ts';
import { DOCUMENT_SELECTOR } from './document-selector.ts';
import type { ServerHandle } from './server-handle.ts';
import { t } from './translate.ts';

/** With more projects than this, each is closed at first. */
const MOST_OPEN = 5;

/** The view "Dependencies". It draws what the server decides, and asks for it only while it is visible. */
export interface DependenciesView extends vscode.Disposable {
  /** Counts what matters on the badge, and takes a change of the status as one of the tree. */
  follow(status: StatusParams | undefined): void;
  readonly options: TreeOptions;
  /** Arranges what is there anew, without a request. */
  arrange(options: Partial<TreeOptions>): void;
}

/** One request for a burst of changes. */
const QUIET_MS = 300;

export function createDependenciesView(server: ServerHandle, initialGrouping: Grouping): DependenciesView {
  const changed = new vscode.EventEmitter<undefined>();
  let isStale = false;
  let timer: NodeJS.Timeout | undefined;
  let options: TreeOptions = { grouping: initialGrouping, filter: '' };
  let tree: DependencyTree | null = null;
  // Whether the tree that is there is drawn once more.
  let isArranged = false;

  const projects = async (): Promise<readonly Node[]> => {
    if (!isArranged) {
      isStale = false;
      tree = await ask(server);
    }
    isArranged = false;
    const all = tree?.projects ?? [];
    if (all.length === 0) await noteManifests();
    const { filter } = options;
    const shown = filter === '' ? all : all.filter((one) => filteredGroups(one, filter).length > 0);
    view.message = all.length > 0 && shown.length === 0 ? t('Nothing matches "{0}".', filter) : '';
    const isOpen = shown.length <= MOST_OPEN || filter !== '';
    return shown.map((of) => ({ type: 'project', of, isOpen }));
  };
  const view = vscode.window.createTreeView<Node>(VIEW, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      // VS Code asks for nothing while the view is hidden.
      getChildren: async (node) => [...(node === undefined ? await projects() : childrenOf(node, options))],
      getTreeItem: (node) => treeItem(node, options),
    },
  });
  // Only what differs is drawn: while VS Code draws, an open menu has no entry that it belongs to, and does nothing. So
  // the answer is there first, which may take seconds.
  const drawChanges = async () => {
    isStale = false;
    const next = await ask(server);
    const isSame = next !== null && next.projects.length > 0 && JSON.stringify(next) === JSON.stringify(tree);
    if (isSame) return;
    tree = next;
    isArranged = true;
    changed.fire(undefined);
  };
  const refresh = () => {
    clearTimeout(timer);
    if (!view.visible || !isStale) return;
    timer = setTimeout(() => void drawChanges(), QUIET_MS);
  };
  const invalidate = () => {
    isStale = true;
    refresh();
  };
  const subscriptions = vscode.Disposable.from(
    changed,
    view,
    view.onDidChangeVisibility(refresh),
    // The status is sent only if it differs, and as many findings may be other ones, or at other places.
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      const all = new Set(uris.map(String));
      const documents = vscode.workspace.textDocuments.filter(({ uri }) => all.has(uri.toString()));
      if (documents.some((document) => vscode.languages.match(DOCUMENT_SELECTOR, document) > 0)) invalidate();
    }),
  );
  return {
    follow(status) {
      const count = status === undefined ? 0 : status.errors + status.warnings;
      view.badge = count === 0 ? undefined : { value: count, tooltip: t('Errors and warnings: {0}', count) };
      if (status?.working !== true) invalidate();
    },
    get options() {
      return options;
    },
    arrange(changes) {
      options = { ...options, ...changes };
      view.description = options.filter === '' ? '' : `"${options.filter}"`;
      isArranged = tree !== null && !isStale;
      changed.fire(undefined);
    },
    dispose() {
      clearTimeout(timer);
      subscriptions.dispose();
    },
  };
}

/** Returns null while the server is not there, as during a restart. Its next status causes another request. */
async function ask(server: ServerHandle): Promise<DependencyTree | null> {
  try {
    return (await server.executeCommand(SERVER_COMMANDS.listDependencies)) as DependencyTree | null;
  } catch (error) {
    server.log.warn(`The dependencies were not listed: ${String(error)}`);
    return null;
  }
}

/** Chooses the text of the empty view: nothing loaded yet, or nothing to load. */
async function noteManifests(): Promise<void> {
  const [found] = await vscode.workspace.findFiles('**/package.json', '**/node_modules/**', 1);
  await vscode.commands.executeCommand('setContext', 'dependencyHygiene.noManifest', found === undefined);
}
