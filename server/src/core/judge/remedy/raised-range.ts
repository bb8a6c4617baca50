import type { Choice } from './choices-of.ts';
import type { DeclaredRange } from './declared-range.ts';

/** A range of the project's own that is to take another version. */
export interface RaisedRange {
  readonly place: DeclaredRange;
  readonly text: string;
  readonly from: string;
  readonly choice: Choice;
}
