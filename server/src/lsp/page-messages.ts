/** Messages about pages and texts that the server makes for display. Like `messages.ts`, which exports them. */

/** A package of a project. */
export interface PackageQuestion {
  readonly package: string;
  readonly version?: string;
  /** A file of its project, as the client spells it; by default the first open project that has it. */
  readonly uri?: string;
}

/** A position as in the protocol; undefined without an open file. */
export interface PackagePosition {
  readonly uri?: string;
  readonly position?: { readonly line: number; readonly character: number };
}

/** The result of `findPackage`: the package there, or else all that can be chosen, or a sentence for the user. */
export type PackageResult =
  | { readonly of: PackageQuestion }
  | { readonly choices: readonly PackageChoice[] }
  | { readonly problem: string };

/** A package in a list. */
export interface PackageChoice {
  readonly label: string;
  readonly description: string;
  readonly of: PackageQuestion;
}

export interface PackagePageQuestion extends PackageQuestion {
  /** At least 128 random bits, in letters, digits, `-` and `_`, for the policy of the page. */
  readonly nonce: string;
  /** Whether it is verified as well, as the user asked for that. */
  readonly verify?: boolean;
}

export interface ReportQuestion extends Pick<PackagePageQuestion, 'nonce'> {
  /** An open folder, as the client spells it; by default the first. */
  readonly folder?: string;
}

/** The result of `packagePage` and `report`: the page, or a sentence for the user. */
export type WebPageResult = { readonly page: WebPage } | { readonly problem: string };

/**
 * A page for a view that runs its scripts. It posts messages `{ target: number }`, each with the number of a target; there
 * is nothing else that it may ask for.
 */
export interface WebPage {
  readonly title: string;
  /** A whole document with its policy. */
  readonly html: string;
  readonly targets: readonly WebPageTarget[];
}

/** An https URL, a place to open, or an action of the page. */
export type WebPageTarget =
  | { readonly url: string }
  | { readonly uri: string; readonly line: number; readonly character: number }
  | { readonly action: 'verify' | 'refresh' };

/** How a text is wanted: as Markdown, or by default for a display of fixed width. */
export interface TextQuestion {
  readonly format?: 'markdown';
}

export interface VerifyParams extends TextQuestion {
  /** A name, optionally with a version, tag or range: `left-pad@^1.0.0`. */
  readonly package: string;
  /** A file of the project to use; by default the first open project. */
  readonly uri?: string;
}

/** The result of `verify`: a card as text, or a sentence for the user. */
export type VerifyResult = { readonly title: string; readonly text: string } | { readonly problem: string };
