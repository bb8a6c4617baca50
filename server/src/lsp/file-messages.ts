/**
 * Client to a server in a web worker, before everything else: data that the extension contains, which only the client
 * can read.
 */
export interface WorkerStart {
  /** The text of popular-names.txt. */
  readonly popularNames: string;
  /** The bytes of advisories.bin; undefined if it is missing. */
  readonly advisories: Uint8Array | undefined;
}

/** Server to client: reads a file that only the client can read. Takes `ReadFileParams`, returns a `ClientFile`. */
export const READ_FILE_REQUEST = 'dependencyHygiene/readFile';

export interface ReadFileParams {
  readonly uri: string;
  /** A larger file is refused. */
  readonly maxBytes: number;
}

/** The text of a file without its byte order mark, or a clause that says why there is none. */
export type ClientFile =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'missing' }
  | { readonly type: 'refused'; readonly reason: string };

/** Server to client: lists a folder. Takes `FileParams`, returns a list of `ClientItem`, or null. */
export const LIST_FOLDER_REQUEST = 'dependencyHygiene/listFolder';

/** Server to client: why a file must not be edited, as a clause, or null. Takes `FileParams`. */
export const CHECK_EDIT_REQUEST = 'dependencyHygiene/checkEdit';

export interface FileParams {
  readonly uri: string;
}

/** What a folder contains. Of a link, the type is that of its target. */
export interface ClientItem {
  readonly name: string;
  readonly type: 'file' | 'directory' | undefined;
  readonly isLink: boolean;
}
