import { DidChangeWatchedFilesNotification, type FileSystemWatcher } from 'vscode-languageserver';
import { canonicalUri, nameOf, parentUri } from '../../core/read/text/paths/uri.ts';
import { guardNotification } from '../guard.ts';
import { CHECKED_PATHS, FOLDERS_NOTIFICATION, type FoldersParams } from '../messages.ts';
import type { ServerState } from '../server-state.ts';
import { isInstallRecord } from './installs.ts';
import { isSourceFile } from './usage.ts';

/** Every file that a diagnosis may depend on; the session decides whether it belongs to a project. */
const WATCHED =
  '**/{package.json,package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml,pnpm-workspace.yaml,bun.lock,bun.lockb,bunfig.toml,audit-resolve.json,.nsprc,audit-ci.json,audit-ci.jsonc,osv-scanner.toml,dependabot.yml,dependabot.yaml,renovate.json,.renovaterc,.renovaterc.json,.npmrc,.yarnrc,.yarnrc.yml,.gitignore,.dockerignore,dependency-hygiene.json}';

/** Git writes this file on each commit and checkout: lockfiles are compared with their last commit. */
const COMMITS = '**/.git/logs/HEAD';

/** Follows changes on disk through the client: the server does not watch directories itself. */
export function watchFiles(server: ServerState): void {
  const { connection, abilities, ports, session } = server;
  connection.onDidChangeWatchedFiles(
    guardNotification(server.log, 'workspace/didChangeWatchedFiles', async ({ changes }) => {
      const all = changes.map((change) => canonicalUri(change.uri));
      if (all.some(isInstallRecord)) server.installed.call();
      const uris = all.filter((uri) => !uri.includes('/node_modules/'));
      if (uris.some(isSourceFile)) server.sourcesChanged.call();
      const others = uris.filter((uri) => !isSourceFile(uri));
      if (others.length > 0) await session.filesChanged(others);
    }),
  );
  connection.onNotification(
    FOLDERS_NOTIFICATION,
    guardNotification(server.log, FOLDERS_NOTIFICATION, async ({ created, deleted }: FoldersParams) => {
      await session.filesChanged(deleted.map(canonicalUri), created.map(canonicalUri));
    }),
  );
  if (!abilities.watchesFiles) return;

  const watchers: FileSystemWatcher[] = [
    ...[WATCHED, ...CHECKED_PATHS.map((path) => `**/${path}`)].map((globPattern) => ({ globPattern })),
    { globPattern: COMMITS },
  ];
  if (abilities.watchesOutside && ports.userNpmrc !== undefined) {
    const baseUri = parentUri(ports.userNpmrc);
    watchers.push({ globPattern: { baseUri, pattern: nameOf(ports.userNpmrc) } });
  }
  if (abilities.watchesOutside && ports.home !== undefined) {
    watchers.push({ globPattern: { baseUri: ports.home, pattern: '{.yarnrc.yml,.yarnrc,.bunfig.toml}' } });
  }
  const registered = connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  registered.catch(() => server.log('The client did not register for changes of files.'));
}
