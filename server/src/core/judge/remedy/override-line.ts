/** A line to be written: its keys from the outside in, and its value. */
export interface OverrideLine {
  readonly path: readonly string[];
  readonly value: string;
}
