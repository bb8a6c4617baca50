import * as vscode from 'vscode';
import { registerAssistantTools } from './assistant-tools.ts';
import { lastGrouping, registerArrangeDependencies } from './commands/arrange-dependencies.ts';
import { registerCheckWorkspace } from './commands/check-workspace.ts';
import { registerCopyCommand } from './commands/copy-command.ts';
import { registerIgnoreFinding, registerRemoveIgnore } from './commands/ignore-finding.ts';
import { registerOpenDemo } from './commands/open-demo.ts';
import { registerOpenPackagePage } from './commands/open-package-page.ts';
import { registerOpenPlace } from './commands/open-place.ts';
import { registerOpenRulePage } from './commands/open-rule-page.ts';
import { registerPutInTerminal } from './commands/put-in-terminal.ts';
import { registerReportIssue } from './commands/report-issue.ts';
import { registerRespondToMalware } from './commands/respond-to-malware.ts';
import { registerRestart } from './commands/restart.ts';
import { registerReviewLockfiles } from './commands/review-lockfiles.ts';
import { registerReviewScripts } from './commands/review-scripts.ts';
import { registerSetScopeRegistry } from './commands/set-scope-registry.ts';
import { registerShowFixes } from './commands/show-fixes.ts';
import { registerShowLog } from './commands/show-log.ts';
import { registerShowPrivacy } from './commands/show-privacy.ts';
import { registerShowReport } from './commands/show-report.ts';
import { registerShowStatus } from './commands/show-status.ts';
import { registerShowUnchecked } from './commands/show-unchecked.ts';
import { registerShowWhy } from './commands/show-why.ts';
import { registerUpdateAdvisories } from './commands/update-advisories.ts';
import { registerUpdateDependencies } from './commands/update-dependencies.ts';
import { registerVerifyPackage } from './commands/verify-package.ts';
import { provideCommittedFiles } from './committed-files.ts';
import { DISPLAY_NAME } from './config.ts';
import { createDependenciesView } from './dependencies-view.ts';
import { DOCUMENT_SELECTOR } from './document-selector.ts';
import { createMilestones } from './milestones.ts';
import { noteRestricted } from './restricted-context.ts';
import { createReviewView } from './review-view.ts';
import { createServerHandle, type ServerHandle, type ServerHandleOptions } from './server-handle.ts';
import { createStatus } from './status.ts';
import { createTextPages } from './text-pages.ts';
import { translateWith } from './translate.ts';

let server: ServerHandle | undefined;

/** Registers everything; the server starts with the first matching document, or the first command that needs it. */
export function activateWith(
  context: vscode.ExtensionContext,
  platform: Pick<ServerHandleOptions, 'createClient' | 'files' | 'restartsOn'>,
): void {
  translateWith((message, ...values) => vscode.l10n.t(message, ...values), vscode.env.language);
  const log = vscode.window.createOutputChannel(DISPLAY_NAME, { log: true });
  const status = createStatus();
  const pages = createTextPages();
  const milestones = createMilestones();
  const handle = createServerHandle({
    ...platform,
    log,
    onStatus(params) {
      status.show(params);
      milestones.follow(params);
      view.follow(params);
      review.follow(params);
    },
    onHover: () => milestones.reach('hovered'),
    onGone() {
      status.hide();
      view.follow(undefined);
    },
  });
  const view = createDependenciesView(handle, lastGrouping(context.workspaceState));
  const review = createReviewView(handle);
  server = handle;
  context.subscriptions.push(
    log,
    status,
    pages,
    view,
    registerOpenPlace(),
    review,
    provideCommittedFiles(handle),
    registerArrangeDependencies(view, context.workspaceState),
    registerReviewLockfiles(handle, review),
    registerRestart(handle),
    registerShowFixes(),
    registerShowLog(handle),
    registerCheckWorkspace(handle),
    registerShowPrivacy(handle, pages),
    registerShowReport(handle),
    registerShowStatus(status.last, context.extension.id),
    registerShowUnchecked(status.last, pages),
    registerShowWhy(handle, pages),
    registerUpdateAdvisories(handle),
    registerUpdateDependencies(handle),
    registerOpenDemo(context.globalStorageUri),
    registerOpenPackagePage(handle),
    registerOpenRulePage(context.extensionUri),
    registerCopyCommand(),
    registerPutInTerminal(),
    registerReportIssue(context.extension, status.last, pages),
    registerVerifyPackage(handle, pages),
    registerRespondToMalware(handle),
    registerReviewScripts(handle),
    registerSetScopeRegistry(handle),
    registerIgnoreFinding(handle),
    registerRemoveIgnore(handle),
    startWithFirstDocument(handle, () => milestones.reach('opened')),
    registerAssistantTools(handle),
    noteRestricted(),
  );
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}

function startWithFirstDocument(handle: ServerHandle, onOpened: () => void): vscode.Disposable {
  const start = () => {
    onOpened();
    handle.start().catch((error: unknown) => {
      handle.log.error(`The language server did not start: ${String(error)}`);
    });
  };
  const isOurs = (document: vscode.TextDocument) => vscode.languages.match(DOCUMENT_SELECTOR, document) > 0;
  if (vscode.workspace.textDocuments.some(isOurs)) {
    // All extensions are activated on one thread: the library is loaded when this activation has ended.
    const later = setTimeout(start);
    return new vscode.Disposable(() => clearTimeout(later));
  }
  const subscription = vscode.workspace.onDidOpenTextDocument((document) => {
    if (!isOurs(document)) return;
    subscription.dispose();
    start();
  });
  return subscription;
}
