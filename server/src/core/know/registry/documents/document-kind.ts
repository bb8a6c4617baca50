/** What a document is about: a package, or one version of it. Of a registry's own documents the name is empty. */
export interface DocumentSubject {
  readonly name: string;
  readonly version?: string | undefined;
  /** Versions of which everything has to be kept. */
  readonly keep?: ReadonlySet<string> | undefined;
}

/** The problem is a clause for people. */
export type NarrowedDocument<T> = { readonly value: T } | { readonly problem: string };

/** Takes an answer's text in pieces as they arrive, so that large ones need not be held as a whole. Never throws. */
export interface DocumentReader<T> {
  write(piece: string): void;
  end(): NarrowedDocument<T>;
}

/** One kind of document that registries serve: where it is, what is kept of it, and how long it counts. */
export interface DocumentKind<T> {
  /** Begins the keys of its records in the cache. */
  readonly id: string;
  readonly accept: string;
  /** After decompression. */
  readonly maxBytes: number;
  /** What the registry says about its age counts within these bounds, in milliseconds. */
  readonly fresh: { readonly floor: number; readonly ceiling: number };
  /** By these statuses a registry says that it has none. */
  readonly absent: readonly number[];
  /** Undefined where no registry can have one, so that nothing odd is ever requested. */
  url(registryUrl: string, subject: DocumentSubject): string | undefined;
  /** `now` in milliseconds since 1970. */
  reader(subject: DocumentSubject, now: number): DocumentReader<T>;
  /** As plain JSON, for the cache. */
  toRecord(value: T): unknown;
  /** Undefined for anything that `toRecord` did not write. */
  fromRecord(json: unknown, subject: DocumentSubject): T | undefined;
}

export const MINUTE = 60 * 1000;
export const DAY = 24 * 60 * MINUTE;
export const KILOBYTE = 1024;
export const MEGABYTE = 1024 * KILOBYTE;

/** For small documents: reads the whole of it as JSON; text that is none is `undefined`. */
export function wholeReader<T>(narrow: (json: unknown) => NarrowedDocument<T>): DocumentReader<T> {
  const pieces: string[] = [];
  return {
    write: (piece) => void pieces.push(piece),
    end: () => narrow(parseJson(pieces.join(''))),
  };
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
