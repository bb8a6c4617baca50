import { CLIENT_COMMANDS, type PackageQuestion, SERVER_COMMANDS, type TextQuestion } from './messages.ts';

/** The commands that links in hover cards run. Each checks its argument itself. */
export const HOVER_COMMANDS: readonly string[] = [
  SERVER_COMMANDS.update,
  SERVER_COMMANDS.pin,
  CLIENT_COMMANDS.showWhy,
  CLIENT_COMMANDS.verifyPackage,
  CLIENT_COMMANDS.openPlace,
  CLIENT_COMMANDS.openPackagePage,
];

/** VS Code's own command that shows completions at the cursor. Clients that have it announce it in `commands`. */
export const SUGGEST_COMMAND = 'editor.action.triggerSuggest';

/** The package of a hover card, with its locked version if there is one. */
export type CardPackage = PackageQuestion & { readonly uri: string };

/** The package whose dependency paths are shown. */
export type WhyQuestion = CardPackage & TextQuestion;

/** The dependency paths as text, or a sentence for the user. */
export type WhyResult = { readonly title: string; readonly text: string } | { readonly problem: string };

/** The range of this name and text in a file. */
export interface PinRequest {
  readonly uri: string;
  readonly name: string;
  readonly declared: string;
}
