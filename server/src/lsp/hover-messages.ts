import { CLIENT_COMMANDS, SERVER_COMMANDS } from './messages.ts';

/** The page of a package; its argument is a `CardPackage`. Clients announce it in `hoverCommands` once they have it. */
export const PACKAGE_PAGE = 'dependencyHygiene.openPackagePage';

/** The commands that links in hover cards run. Each checks its argument itself. */
export const HOVER_COMMANDS: readonly string[] = [
  SERVER_COMMANDS.update,
  SERVER_COMMANDS.pin,
  CLIENT_COMMANDS.showWhy,
  CLIENT_COMMANDS.verifyPackage,
  CLIENT_COMMANDS.openPlace,
  PACKAGE_PAGE,
];

/** VS Code's own command that shows completions at the cursor. Clients that have it announce it in `commands`. */
export const SUGGEST_COMMAND = 'editor.action.triggerSuggest';

/** The package of a hover card. */
export interface CardPackage {
  readonly package: string;
  /** The locked version, if there is one. */
  readonly version?: string;
  /** A file of the project, as the client spells it. */
  readonly uri: string;
}

/** The dependency paths as plain text, or a sentence for the user. */
export type WhyResult = { readonly title: string; readonly text: string } | { readonly problem: string };

/** The range of this name and text in a file. */
export interface PinRequest {
  readonly uri: string;
  readonly name: string;
  readonly declared: string;
}
