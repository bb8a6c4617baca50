import * as vscode from 'vscode';
import { HOVER_COMMANDS, PACKAGE_PAGE } from '../../server/src/lsp/hover-messages.ts';

/** Returns the commands that links in hover cards may run: those that exist, and no others. */
export function hoverCommands({
  packageJSON,
}: Pick<vscode.Extension<unknown>, 'packageJSON'>): readonly string[] {
  const { contributes } = packageJSON as Manifest;
  const contributed = new Set(contributes.commands.map(({ command }) => command));
  return HOVER_COMMANDS.filter((command) => command !== PACKAGE_PAGE || contributed.has(command));
}

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

/** Trusts the links of a card to run these commands alone, and draws its icons. Text of others in it is escaped. */
export function trustCard({ contents }: vscode.Hover, enabledCommands: readonly string[]): void {
  for (const content of contents) {
    if (!(content instanceof vscode.MarkdownString)) continue;
    content.isTrusted = { enabledCommands };
    content.supportThemeIcons = true;
  }
}
