import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CompletionItem, CompletionList } from 'vscode-languageserver/node';
import {
  type AssistantQuestion,
  type ReviewResult,
  SERVER_COMMANDS,
  TRUST_NOTIFICATION,
} from '../../server/src/lsp/messages.ts';
import type { TestClient } from '../lsp/test-client.ts';
import { startBuiltServer } from '../registry-servers/support/built-server.ts';
import { ACME } from './cast.ts';
import type { Repository } from './hostile-repository.ts';
import type { Dependency } from './packages.ts';

const UNDER_WAY_MS = 500;
/** The picture in the description of every package, if its text is not escaped. */
const MARKDOWN_IMAGE = /!\[badge\]\(/;
const HTML_IMAGE = /<img[^>]+src=\W*https?:/;
/** What is said of a server that shows one. */
export const IMAGE = 'a picture that a registry chose';
const NONCE = 'a'.repeat(32);

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

/** A running server with its client. */
export interface OpenServer {
  readonly client: TestClient;
  /** Returns the URI of a file in this editor. */
  uriOf(file: string): string;
  /** Ends it, and returns its standard error. */
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
): Promise<OpenServer> {
  const { folder, settings } = repository;
  const server = await startBuiltServer({ project: folder, settings, ...options });
  return { ...server, uriOf: (file) => pathToFileURL(file).href };
}

/** Returns what people and editors do with an open repository. */
export function editorSession(repository: Repository, server: OpenServer): EditorSession {
  const { folder, outside, files, dependencies } = repository;
  const { client, uriOf } = server;
  const images: string[] = [];
  const send = async (method: string, params: object): Promise<unknown> => {
    const result: unknown = await client.connection.sendRequest(method, params).catch(() => undefined);
    // An editor would load it as soon as it shows the card or page.
    const text = JSON.stringify(result) ?? '';
    if (/"html":/.test(text) ? HTML_IMAGE.test(text) : MARKDOWN_IMAGE.test(text))
      images.push(`${IMAGE}, in ${method}`);
    return result;
  };
  const execute = (command: string, ...given: readonly unknown[]) =>
    send('workspace/executeCommand', { command, arguments: given });
  const manifests = [
    [path.join(folder, 'package.json'), dependencies.root],
    [path.join(folder, 'docs/example/package.json'), dependencies.nested],
    [path.join(outside, 'package.json'), dependencies.outside],
  ] as const;
  /** Opens the pages and paths of packages, without verifying them. */
  const lookAtPackages = async () => {
    for (const [file, all] of manifests) {
      const uri = uriOf(file);
      for (const { name } of all.filter((_, place) => place % 5 === 0)) {
        await execute(SERVER_COMMANDS.packagePage, { package: name, uri, nonce: NONCE });
        await execute(SERVER_COMMANDS.why, { uri, name, package: name, version: '1.0.0' });
      }
      const [first] = all;
      const position = client.rangeOf(uri, `"${first?.key}":`).start;
      await execute(SERVER_COMMANDS.findPackage, { uri, position });
    }
  };
  const review = async () => {
    await execute(SERVER_COMMANDS.listReviewBases);
    const request = { revision: 'HEAD', isMergeBase: false, loads: true };
    const result = (await execute(SERVER_COMMANDS.reviewLockfiles, request)) as ReviewResult | undefined;
    if (result === undefined || !('lockfiles' in result)) return;
    for (const { before } of result.lockfiles) await execute(SERVER_COMMANDS.readCommitted, before);
  };
  const askAsAssistant = async (tools: readonly AssistantQuestion['tool'][]) => {
    const names = dependencies.root.map(({ name }) => name);
    for (const tool of tools)
      await execute(SERVER_COMMANDS.answerAssistant, {
        tool,
        names,
        package: names[0],
        rule: 'typosquat-name',
      });
  };
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
      await execute(SERVER_COMMANDS.findPackage);
      for (const folder of [...new Set(manifests.map(([file]) => path.dirname(file)))])
        await execute(SERVER_COMMANDS.report, { nonce: NONCE, folder: uriOf(folder) });
      await lookAtPackages();
      await review();
      await askAsAssistant(['check_project', 'check_names', 'explain_rule']);
      await Promise.all(files.map((file) => client.pull(uriOf(file)).catch(() => undefined)));
    },
    async command() {
      for (const [file, all] of manifests) {
        const uri = uriOf(file);
        for (let at = 0; at < all.length; at += 8) {
          const some = all.slice(at, at + 8);
          const verify = (name: string) =>
            execute(SERVER_COMMANDS.verify, { package: name, uri, format: 'markdown' });
          await Promise.all(some.map(({ name }) => verify(name)));
        }
        const { key = '', range = '' } = all[0] ?? {};
        const request = { scope: 'range', uri, name: key, declared: range, version: '2.0.0' };
        await execute(SERVER_COMMANDS.update, request);
        await execute(SERVER_COMMANDS.update, { scope: 'file', uri, level: 'major' });
      }
      for (const [file, all] of manifests) {
        const uri = uriOf(file);
        for (const { name } of all.filter((_, place) => place % 7 === 1))
          await execute(SERVER_COMMANDS.packagePage, { package: name, uri, nonce: NONCE, verify: true });
        const { key = '', range = '', name = '' } = all[1] ?? {};
        await execute(SERVER_COMMANDS.pin, { uri, name: key, declared: range });
        await execute(SERVER_COMMANDS.respondToMalware, { uri, package: name, version: '1.0.0' });
        const packages = [{ package: name, version: '1.0.0' }];
        await execute(SERVER_COMMANDS.decideScripts, { type: 'approve', uri, packages });
        const entries = [{ rule: 'typosquat-name', package: name }];
        await execute(SERVER_COMMANDS.writeIgnores, { uri, entries, days: 30, reason: 'known' });
      }
      await askAsAssistant(['verify_package']);
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
      return `${said}${client.logged.join('\n')}${images.join('\n')}`;
    },
  };
}

type Send = (method: string, params: object) => Promise<unknown>;

async function lookAt(
  { client }: OpenServer,
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
      if (place % 3 === 0) await complete({ textDocument, position }, send);
      if (place % 6 === 1) await send('textDocument/definition', { textDocument, position: start });
      if (place % 6 === 2) {
        const context = { includeDeclaration: true };
        await send('textDocument/references', { textDocument, position: start, context });
      }
    }),
  );
}

/** Opens the list of versions, and the description of its first items. */
async function complete(params: object, send: Send): Promise<void> {
  const list = (await send('textDocument/completion', params)) as CompletionList | CompletionItem[] | null;
  const items = Array.isArray(list) ? list : (list?.items ?? []);
  for (const item of items.slice(0, 2)) await send('completionItem/resolve', item);
}

async function askAboutFile(uri: string, send: Send): Promise<void> {
  const textDocument = { uri };
  const range = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
  await send('textDocument/inlayHint', { textDocument, range });
  await send('textDocument/codeLens', { textDocument });
  await send('textDocument/documentLink', { textDocument });
  await send('textDocument/documentSymbol', { textDocument });
}
