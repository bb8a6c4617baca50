import type { Choice } from './choices-of.ts';
import type { DeclaredRange } from './declared-range.ts';

/** A range in the project's own declarations that a remedy raises. */
export interface RaisedRange {
  readonly place: DeclaredRange;
  readonly text: string;
  readonly from: string;
  readonly choice: Choice;
}
