import type { Capability, Sign } from '../capability.ts';
import type { Evaluator } from '../value/evaluate.ts';

/** What readers of parts of a file add to. */
export interface Found {
  readonly evaluator: Evaluator;
  /** Whether the names of the file are those of an obfuscator. */
  readonly isObfuscated: boolean;
  add(capability: Capability, detail: string, at: number): void;
  sign(sign: Sign, at: number, isLoaded: boolean): void;
  /** Reads a text as code that runs at a place, if it is some. */
  code(text: string | undefined, at: number, isLoaded: boolean): void;
  /** Checks whether a path leads into another package. */
  isOtherPackage(path: string): boolean;
}
