import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SERVER_COMMANDS, TRUST_NOTIFICATION } from '../../server/src/lsp/messages.ts';
import { type BuiltServer, startBuiltServer } from '../registry-servers/support/built-server.ts';
import { ACME } from './cast.ts';
import type { Repository } from './hostile-repository.ts';
import type { Dependency } from './packages.ts';

const UNDER_WAY_MS = 500;

export interface EditorSession {
  /** Triggers everything that an editor requests by itself, or when somebody reads and types. */
  look(): Promise<void>;
  /** Runs the commands by which a user requests what leaves the machine. */
  command(): Promise<void>;
  /** Revokes trust in the open folders, and waits until pending work is done. */
  distrust(): Promise<void>;
  /** Returns the server's standard error and log. */
  stop(): Promise<string>;
}

/** Opens a repository in an editor, with the built server in a separate process. */
export async function startEditor(
  repository: Repository,
  options: {
    readonly env: Readonly<Record<string, string>>;
    readonly trusted: boolean;
    readonly trustedFolders?: readonly string[];
    readonly folders?: readonly string[];
  },
): Promise<EditorSession> {
  const { folder, outside, files, dependencies, settings } = repository;
  const server = await startBuiltServer({ project: folder, settings, ...options });
  const { client } = server;
  const send = (method: string, params: object) =>
    client.connection.sendRequest(method, params).catch(() => undefined);
  const execute = (command: string, ...given: readonly unknown[]) =>
    send('workspace/executeCommand', { command, arguments: given });
  const uriOf = (file: string) => pathToFileURL(file).href;
  const manifests = [
    [path.join(folder, 'package.json'), dependencies.root],
    [path.join(folder, 'docs/example/package.json'), dependencies.nested],
    [path.join(outside, 'package.json'), dependencies.outside],
  ] as const;
  return {
    async look() {
      for (const file of files) await client.open(uriOf(file), readFileSync(file, 'utf8'));
      await Promise.all(files.map((file) => client.pull(uriOf(file)).catch(() => undefined)));
      await execute(SERVER_COMMANDS.checkWorkspace);
      await send('workspace/diagnostic', { previousResultIds: [] });
      for (const [file, all] of manifests) {
        await lookAt(server, uriOf(file), all, send);
        await client.edit(uriOf(file), 1, 1, ' ');
        await lookAt(server, uriOf(file), all, send);
      }
      await Promise.all(files.map((file) => askAboutFile(uriOf(file), send)));
      await execute(SERVER_COMMANDS.privacy);
      await execute(SERVER_COMMANDS.respondToMalware);
      await execute(SERVER_COMMANDS.listScripts);
      await execute(SERVER_COMMANDS.listDependencies);
      await Promise.all(files.map((file) => client.pull(uriOf(file)).catch(() => undefined)));
    },
    async command() {
      for (const [file, all] of manifests) {
        const uri = uriOf(file);
        for (let at = 0; at < all.length; at += 8) {
          const some = all.slice(at, at + 8);
          await Promise.all(some.map(({ name }) => execute(SERVER_COMMANDS.verify, { package: name, uri })));
        }
        const { key = '', range = '' } = all[0] ?? {};
        const request = { scope: 'range', uri, name: key, declared: range, version: '2.0.0' };
        await execute(SERVER_COMMANDS.update, request);
        await execute(SERVER_COMMANDS.update, { scope: 'file', uri, level: 'major' });
      }
      await execute(SERVER_COMMANDS.update, { scope: 'workspace', level: 'major' });
      await execute(SERVER_COMMANDS.updateDatabase);
      const registry = `${ACME}/a/`;
      await execute(SERVER_COMMANDS.writeScopeRegistry, {
        uri: uriOf(manifests[0][0]),
        scope: '@acme',
        registry,
      });
    },
    async distrust() {
      await client.connection.sendNotification(TRUST_NOTIFICATION, { trusted: false });
      await send('workspace/executeCommand', { command: SERVER_COMMANDS.privacy });
      await new Promise((resolve) => setTimeout(resolve, UNDER_WAY_MS));
    },
    async stop() {
      const said = await server.stop();
      return `${said}${client.logged.join('\n')}`;
    },
  };
}

type Send = (method: string, params: object) => Promise<unknown>;

async function lookAt(
  { client }: BuiltServer,
  uri: string,
  all: readonly Dependency[],
  send: Send,
): Promise<void> {
  const textDocument = { uri };
  await Promise.all(
    all.map(async ({ key }, place) => {
      const { start, end } = client.rangeOf(uri, `"${key}":`);
      await send('textDocument/hover', {
        textDocument,
        position: { ...start, character: start.character + 2 },
      });
      // Each costs a check of the whole file.
      if (place % 6 === 0) await client.actions(uri, { start, end }).catch(() => undefined);
      const position = { line: end.line, character: end.character + 2 };
      if (place % 3 === 0) await send('textDocument/completion', { textDocument, position });
      if (place % 6 === 1) await send('textDocument/definition', { textDocument, position: start });
      if (place % 6 === 2) {
        const context = { includeDeclaration: true };
        await send('textDocument/references', { textDocument, position: start, context });
      }
    }),
  );
}

async function askAboutFile(uri: string, send: Send): Promise<void> {
  const textDocument = { uri };
  const range = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
  await send('textDocument/inlayHint', { textDocument, range });
  await send('textDocument/codeLens', { textDocument });
  await send('textDocument/documentLink', { textDocument });
  await send('textDocument/documentSymbol', { textDocument });
}
