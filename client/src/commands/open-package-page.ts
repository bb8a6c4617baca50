import * as vscode from 'vscode';
import {
  CLIENT_COMMANDS,
  type PackagePageQuestion,
  type PackagePosition,
  type PackageQuestion,
  type PackageResult,
  SERVER_COMMANDS,
  type WebPageResult,
} from '../../../server/src/lsp/messages.ts';
import { type Node, questionOf } from '../dependencies-nodes.ts';
import type { ServerHandle } from '../server-handle.ts';
import { t } from '../translate.ts';
import { createWebPages } from '../web-pages.ts';

/** Registers "Open Package Page": for the package at the cursor, or else for one that is asked for. */
export function registerOpenPackagePage(server: ServerHandle): vscode.Disposable {
  const pages = createWebPages('dependencyHygiene.package', t('Reading what is known'));
  const command = vscode.commands.registerCommand(
    CLIENT_COMMANDS.openPackagePage,
    async (given?: unknown) => {
      const question = readQuestion(given) ?? (await findPackage(server));
      if (question === undefined) return;
      const { package: name, version } = question;
      // The cursor, a card and the list name other files of the same project.
      const key = JSON.stringify([name, version]);
      await pages.show(key, version === undefined ? name : `${name} ${version}`, (nonce, action) => {
        const asked: PackagePageQuestion = { ...question, nonce, verify: action === 'verify' };
        return server.executeCommand(SERVER_COMMANDS.packagePage, asked) as Promise<WebPageResult | null>;
      });
    },
  );
  return vscode.Disposable.from(command, pages);
}

function readQuestion(given: unknown): PackageQuestion | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  // The menu of the view "Dependencies" passes its node.
  if ('type' in given) {
    const node = given as Node;
    return node.type === 'entry' ? questionOf(node.of) : undefined;
  }
  const { package: name, version, uri } = given as Readonly<Record<string, unknown>>;
  if (typeof name !== 'string') return undefined;
  return {
    package: name,
    ...(typeof version === 'string' ? { version } : {}),
    ...(typeof uri === 'string' ? { uri } : {}),
  };
}

/** Returns the package at the cursor, or the one that the user chooses. */
async function findPackage(server: ServerHandle): Promise<PackageQuestion | undefined> {
  const editor = vscode.window.activeTextEditor;
  const active = editor?.selection.active;
  const position: PackagePosition =
    editor === undefined || active === undefined
      ? {}
      : {
          uri: editor.document.uri.toString(),
          position: { line: active.line, character: active.character },
        };
  const result = (await server.executeCommand(SERVER_COMMANDS.findPackage, position)) as PackageResult | null;
  if (result === null) return undefined;
  if ('of' in result) return result.of;
  if ('problem' in result) {
    void vscode.window.showInformationMessage(result.problem);
    return undefined;
  }
  const items = result.choices.map(({ label, description, of }) => ({ label, description, of }));
  const placeHolder = t('Which package? Put the cursor on one to open its page directly.');
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.of;
}
