import type { Uri } from '../text/paths/uri.ts';
import type { Span } from '../text/span.ts';
import type { Suspicion } from './suspicion.ts';

/**
 * What code may do, by its text. network: it opens connections; download: it saves archives or programs from them;
 * programs: it starts others; environment: it reads environment variables; credentials: it names files with keys or tokens; decodes:
 * it decodes base64 or hex; evaluates: it runs texts as code.
 */
export type CodeTrait =
  | 'network'
  | 'download'
  | 'programs'
  | 'environment'
  | 'credentials'
  | 'decodes'
  | 'evaluates';

/** A file that an install script starts, or that such a file loads. */
export interface StartedFile {
  readonly uri: Uri;
  /** Relative to the folder of the package. */
  readonly path: string;
  /** The script that starts it. */
  readonly script: string;
  /** Each trait once, with the line, counted from 1. */
  readonly traits: readonly { readonly trait: CodeTrait; readonly line: number }[];
  readonly suspicious: SuspiciousPlace | undefined;
  /** Why nothing is known of it, as a clause with the file as subject. */
  readonly unread?: string | undefined;
}

/** Something suspicious in a file. */
export interface SuspiciousPlace {
  readonly suspicion: Suspicion;
  /** Names of programs and functions alone; see `SuspiciousScript`. */
  readonly outline: string;
  /** Counted from 1. */
  readonly line: number;
  readonly span: Span;
}

/** The files that the scripts of a project and of its installed packages start, as far as they were read. */
export interface StartedCode {
  /** By manifest. */
  readonly own: ReadonlyMap<Uri, readonly StartedFile[]>;
  /** By the key of the lockfile's entry. Only packages with something suspicious. */
  readonly installed: ReadonlyMap<string, readonly StartedFile[]>;
}

export const NO_STARTED_CODE: StartedCode = { own: new Map(), installed: new Map() };
