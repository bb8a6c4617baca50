/**
 * What an import does. type: only types, erased before the program runs; mock: replaced by a test; resolve: only the path
 * is computed; comment: a type in a comment; directive: named for a tool, as in `@jest-environment`; mention: read from text that could
 * not be scanned with certainty.
 */
export type ImportKind = 'value' | 'type' | 'mock' | 'resolve' | 'comment' | 'directive' | 'mention';

/** One module that a file names as a literal. */
export interface FoundImport {
  /** As written: `lodash/get`, `./a.js`, `node:fs`. */
  readonly specifier: string;
  readonly kind: ImportKind;
  /** Where the specifier starts in the text of the file. */
  readonly offset: number;
  /** Whether a `try` block catches its absence. */
  readonly isOptional: boolean;
}

/** The imports of one file. */
export interface ScannedImports {
  readonly imports: readonly FoundImport[];
  /**
   * The literal beginnings of specifiers that are computed: `eslint-plugin-` of `require('eslint-plugin-' + name)`,
   * empty for `require(name)`. Paths that are recognizably computed are not listed.
   */
  readonly computed: readonly string[];
  /** The modules that the file declares for others, as `declare module "x"` does. */
  readonly declared: readonly string[];
  /** Whether it is a module, so that what it declares of others only adds to them. */
  readonly isModule: boolean;
  /** Where comments start and end, in turn. */
  readonly comments: readonly number[];
  /** Whether strings or braces did not end, so that the scan may have lost its place. Mentions are listed then. */
  readonly isUnsure: boolean;
}

export const NO_IMPORTS: ScannedImports = {
  ...{ imports: [], computed: [], declared: [], comments: [] },
  ...{ isModule: false, isUnsure: false },
};
