/** A line to write: its keys from the outermost in, and its value. */
export interface OverrideLine {
  readonly path: readonly string[];
  readonly value: string;
}
