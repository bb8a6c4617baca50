/** What a package was seen to use at run time; the names are those of `inspect`, as far as it has them. */
export const USE_KINDS = [
  'processes',
  'network',
  'files',
  'dynamic-code',
  'environment',
  'native-code',
  'workers',
] as const;

export type UseKind = (typeof USE_KINDS)[number];

/** A frame of a call stack: function, file and line. */
export type RecordedFrame = readonly [name: string, file: string, line: number];

/**
 * The first line of a record: the thread that it is of. Each thread writes a file of its own, a JSON value a line, as it
 * may end at any time.
 */
interface ThreadLine {
  readonly thread: number;
  readonly pid: number;
  readonly node: string;
  /** The Node.js is too old to be observed. */
  readonly old?: true;
  /** The flags of the permission model that this Node.js knows. */
  readonly flags?: readonly string[];
}

/** A first use. */
interface UseLine {
  readonly use: number;
  readonly kind: UseKind;
  /** The folder of the package, '' for the program itself, null if the stack names no file. */
  readonly owner: string | null;
  /** Words that are separated by NUL for processes, one text otherwise. Undefined for those over the limit. */
  readonly detail?: string;
  readonly stack: readonly RecordedFrame[];
}

/** How often uses were seen until then, by their numbers. */
interface CountsLine {
  readonly counts: readonly (readonly [use: number, count: number])[];
}

/** Files that were read or written, or folders with many of them, which end with a star. */
interface PathsLine {
  readonly reads?: readonly string[];
  readonly writes?: readonly string[];
}

/** Something that was not observed. */
interface MissedLine {
  readonly missed: 'child' | 'part';
}

/** Modules of Node.js for which the permission model has a flag. */
interface BuiltinsLine {
  readonly wasi: true;
}

/** A line of a record. */
export type RecordLine = ThreadLine | UseLine | CountsLine | PathsLine | MissedLine | BuiltinsLine;
