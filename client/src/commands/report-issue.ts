import * as vscode from 'vscode';
import type { StatusParams } from '../../../server/src/lsp/messages.ts';
import { COMMANDS } from '../config.ts';
import type { TextPages } from '../text-pages.ts';

interface Manifest {
  readonly version: string;
  readonly bugs?: unknown;
  readonly repository?: unknown;
}

/**
 * Registers "Report Issue", which opens VS Code's own form with the versions, and nothing of the workspace. A build that
 * names no place for issues, for which that form fails, shows the text to send.
 */
export function registerReportIssue(
  { id, packageJSON }: vscode.Extension<unknown>,
  lastStatus: () => StatusParams | undefined,
  pages: TextPages,
): vscode.Disposable {
  const { version, bugs, repository } = packageJSON as Manifest;
  return vscode.commands.registerCommand(COMMANDS.reportIssue, async () => {
    const issueBody = bodyOf(version, lastStatus());
    if (bugs === undefined && repository === undefined) await pages.show('Issue report', NO_HOME + issueBody);
    else
      await vscode.commands.executeCommand('workbench.action.openIssueReporter', {
        extensionId: id,
        issueBody,
      });
  });
}

const NO_HOME =
  'This build does not say where issues are reported. Send this text to those who gave it to you.\n\n';

function bodyOf(version: string, status: StatusParams | undefined): string {
  const { appHost, remoteName, uiKind } = vscode.env;
  const rows = [
    ['Dependency Hygiene', version],
    ['VS Code', `${vscode.version}, ${uiKind === vscode.UIKind.Web ? 'web' : 'desktop'} (${appHost})`],
    ['Extension host', describeHost()],
    // The name may be that of a host.
    ['Remote window', remoteName === undefined ? 'no' : 'yes'],
    ['Workspace trust', vscode.workspace.isTrusted ? 'trusted' : 'restricted'],
    ['Loaded projects', status === undefined ? 'unknown' : String(status.projects)],
  ];
  return [
    'What happened, and what did you expect?\n\n',
    'Steps to reproduce, with a package.json or lockfile without private names:\n\n',
    ...rows.map(([name, value]) => `- ${name}: ${value}\n`),
  ].join('');
}

/** A browser has no process. */
function describeHost(): string {
  const { process: node } = globalThis as { readonly process?: NodeJS.Process };
  if (node?.versions?.node === undefined) return 'web worker';
  return `Node.js ${node.versions.node}, ${node.platform} ${node.arch}`;
}
