import type { LockEntry } from '../../../read/lockfile/model/lockfile.ts';
import type { Span } from '../../../read/text/span.ts';

/** The dependency under the cursor, as far as the project's own files tell. */
export interface HoverTarget {
  /** The token under the cursor. */
  readonly span: Span;
  /** Findings that touch it belong to the dependency. */
  readonly range: Span;
  readonly name: string;
  /** The package's own name, where `name` is an alias. */
  readonly target: string;
  readonly declared: string | undefined;
  /** What a catalog or an override makes of it, with the line that says so; undefined where nothing does. */
  readonly means?: { readonly declared: string; readonly because: string } | undefined;
  readonly kinds: readonly string[];
  readonly entry: LockEntry | undefined;
  /** Undefined for what a registry serves; else where it comes from, in words. */
  readonly elsewhere: string | undefined;
}
