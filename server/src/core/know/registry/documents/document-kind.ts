/** The subject of a document: a package, or one version of it. For a registry's own documents the name is empty. */
export interface DocumentSubject {
  readonly name: string;
  readonly version?: string | undefined;
  /** Versions to keep completely. */
  readonly keep?: ReadonlySet<string> | undefined;
}

/** The problem is a clause for people. */
export type NarrowedDocument<T> = { readonly value: T } | { readonly problem: string };

/** Reads a response in chunks as they arrive, so that large ones need not be held in memory. Never throws. */
export interface DocumentReader<T> {
  write(piece: string): void;
  end(): NarrowedDocument<T>;
}

/** One kind of document that registries serve: its URL, the part that is kept, and its lifetime. */
export interface DocumentKind<T> {
  /** Prefix of the keys of its records in the cache. */
  readonly id: string;
  readonly accept: string;
  /** After decompression. */
  readonly maxBytes: number;
  /** Bounds for the lifetime given by the registry, in milliseconds. */
  readonly fresh: { readonly floor: number; readonly ceiling: number };
  /** Statuses by which a registry reports that it has none. */
  readonly absent: readonly number[];
  /** Returns the URL; undefined if no registry can have one, so that nothing unexpected is ever requested. */
  url(registryUrl: string, subject: DocumentSubject): string | undefined;
  /** Creates a reader. `now` is in milliseconds since 1970. */
  reader(subject: DocumentSubject, now: number): DocumentReader<T>;
  /** Converts it to plain JSON, for the cache. */
  toRecord(value: T): unknown;
  /** Reads what `toRecord` wrote; undefined for anything else. */
  fromRecord(json: unknown, subject: DocumentSubject): T | undefined;
}

export const MINUTE = 60 * 1000;
export const DAY = 24 * 60 * MINUTE;
export const KILOBYTE = 1024;
export const MEGABYTE = 1024 * KILOBYTE;

/** Reads small documents as a whole; invalid JSON is `undefined`. */
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
