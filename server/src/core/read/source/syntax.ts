import type { ESTree } from 'meriyah';

/** A node of the ESTree specification. Parsed TypeScript has further types, which keep the names of TS-ESTree. */
export type SyntaxNode = ESTree.Node;
export type SyntaxProgram = ESTree.Program;
export type { ESTree };

export interface ParsedSource {
  readonly type: 'parsed';
  readonly program: SyntaxProgram;
  readonly sourceType: 'module' | 'script';
  /** Whether the parser passed over errors, so that parts of the file may be missing. */
  readonly isPartial: boolean;
}

/** A text that cannot be parsed, with the reason as the end of a sentence. */
export interface UnparsedSource {
  readonly type: 'unparsed';
  readonly reason: string;
}

/** Larger files are data or bundles of which a parse would take longer than a reader waits. */
export const LONGEST_SOURCE = 12_000_000;

/** Describes why a parser failed, without quoting the text. */
export function unparsed(error: unknown): UnparsedSource {
  if (error instanceof RangeError) return { type: 'unparsed', reason: 'it is nested too deeply' };
  return { type: 'unparsed', reason: 'it is not valid JavaScript or TypeScript' };
}
