import * as vscode from 'vscode';
import { registerAssistantTools } from './assistant-tools.ts';
import { registerCheckWorkspace } from './commands/check-workspace.ts';
import { registerCopyCommand } from './commands/copy-command.ts';
import { registerIgnoreFinding } from './commands/ignore-finding.ts';
import { registerOpenRulePage } from './commands/open-rule-page.ts';
import { registerRespondToMalware } from './commands/respond-to-malware.ts';
import { registerRestart } from './commands/restart.ts';
import { registerReviewScripts } from './commands/review-scripts.ts';
import { registerSetScopeRegistry } from './commands/set-scope-registry.ts';
import { registerShowLog } from './commands/show-log.ts';
import { registerShowPrivacy } from './commands/show-privacy.ts';
import { registerUpdateAdvisories } from './commands/update-advisories.ts';
import { registerUpdateDependencies } from './commands/update-dependencies.ts';
import { registerVerifyPackage } from './commands/verify-package.ts';
import { DISPLAY_NAME, DOCUMENT_SELECTOR } from './config.ts';
import { createServerHandle, type ServerHandle } from './server-handle.ts';
import { createStatus } from './status.ts';

let server: ServerHandle | undefined;

/** Registers everything; the server starts with the first matching document, or the first command that needs it. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel(DISPLAY_NAME, { log: true });
  const status = createStatus();
  const handle = createServerHandle({
    module: context.asAbsolutePath('dist/server.js'),
    log,
    onStatus: status.show,
    onGone: status.hide,
  });
  server = handle;
  context.subscriptions.push(
    log,
    status,
    registerRestart(handle),
    registerShowLog(handle),
    registerCheckWorkspace(handle),
    registerShowPrivacy(handle),
    registerUpdateAdvisories(handle),
    registerUpdateDependencies(handle),
    registerOpenRulePage(context.extensionUri),
    registerCopyCommand(),
    registerVerifyPackage(handle),
    registerRespondToMalware(handle),
    registerReviewScripts(handle),
    registerSetScopeRegistry(handle),
    registerIgnoreFinding(handle),
    registerAssistantTools(handle),
    startWithFirstDocument(handle),
  );
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}

function startWithFirstDocument(handle: ServerHandle): vscode.Disposable {
  const start = () => {
    handle.start().catch((error: unknown) => {
      handle.log.error(`The language server did not start: ${String(error)}`);
    });
  };
  const isOurs = (document: vscode.TextDocument) => vscode.languages.match(DOCUMENT_SELECTOR, document) > 0;
  if (vscode.workspace.textDocuments.some(isOurs)) {
    start();
    return new vscode.Disposable(() => undefined);
  }
  const subscription = vscode.workspace.onDidOpenTextDocument((document) => {
    if (!isOurs(document)) return;
    subscription.dispose();
    start();
  });
  return subscription;
}
