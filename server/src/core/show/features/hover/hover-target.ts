import type { LockEntry } from '../../../read/lockfile/model/lockfile.ts';
import type { Span } from '../../../read/text/span.ts';

/** The dependency under the cursor, according to the project's own files. */
export interface HoverTarget {
  /** The token under the cursor. */
  readonly span: Span;
  /** Findings that touch it belong to the dependency. */
  readonly range: Span;
  readonly name: string;
  /** The package's own name, if `name` is an alias. */
  readonly target: string;
  readonly declared: string | undefined;
  /** What a catalog or override turns it into, with the line that does; undefined if none does. */
  readonly means?: { readonly declared: string; readonly because: string } | undefined;
  readonly kinds: readonly string[];
  readonly entry: LockEntry | undefined;
  /** Its source in words; undefined for registries. */
  readonly elsewhere: string | undefined;
}
