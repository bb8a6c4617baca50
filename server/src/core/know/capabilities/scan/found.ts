import type { Capability, Sign } from '../capability.ts';
import type { Evaluator } from '../value/evaluate.ts';

/** What readers of parts of a file add to. */
export interface Found {
  readonly evaluator: Evaluator;
  add(capability: Capability, detail: string, at: number): void;
  sign(sign: Sign, at: number, isLoaded: boolean): void;
  /** Checks whether a path leads into another package. */
  isOtherPackage(path: string): boolean;
}
