import type { InstallLink } from '../core/judge/changes/program-path.ts';
import type { Transport } from '../core/know/registry/access/transport.ts';
import type { Uri } from '../core/read/text/paths/uri.ts';
import type { ProofPort } from './registry/proof-port.ts';

/** What reading a file gave. Everything that is not the text says why, as a sentence without the path. */
export type ReadResult =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'missing' }
  | {
      readonly type: 'refused';
      readonly reason: string;
      /** What to do about it, as an imperative clause, where it is not what one does with every such file. */
      readonly advice?: string;
    };

export interface DirectoryItem {
  readonly name: string;
  /**
   * Links are followed by the port, and only inside the folder that is checked. unfollowed: a package.json that is no file to
   * be read, or a link to a folder elsewhere with a package.json. outside: a link to any other folder elsewhere. Other links
   * are left out.
   */
  readonly type: 'file' | 'directory' | 'unfollowed' | 'outside';
}

/** Files of the workspace, of the user's configuration, and nothing else. Disk, virtual workspace or test. */
export interface FilesPort {
  /**
   * The whole text, decoded as UTF-8 without its byte order mark; refuses files over 50 MB, lockfiles over 200, and what
   * is no file.
   */
  read(uri: Uri): Promise<ReadResult>;
  /** Sorted by name. An unreadable or missing directory gives undefined. */
  list(directory: Uri): Promise<readonly DirectoryItem[] | undefined>;
  /**
   * Why the file must not be edited, as a clause whose subject is the file: it is a symbolic link, lies behind one inside
   * the folder that is checked, or is no regular file. Undefined where it may be, or does not exist yet.
   */
  editProblem?(uri: Uri): Promise<string | undefined>;
}

export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /**
   * How long nothing may arrive; all of it may take six times as long, and a body has to arrive with 1 KB a second in twice
   * that time.
   */
  readonly timeoutMs: number;
  /** A body over this many bytes is cut off and answered as `too-large`. */
  readonly maxBytes: number;
  /** Proxy, certificates and their check, where they are not the environment's. */
  readonly transport?: Transport | undefined;
  /** What the address names is for its host alone: a redirect to another one is not followed. */
  readonly staysOnHost?: boolean | undefined;
  /** Other hosts, with a port that is not the scheme's own, that a redirect may lead to where it stays on its host. */
  readonly redirectHosts?: readonly string[] | undefined;
  /** At and below which URL the credential in the headers may be sent: a redirect that leaves it goes on without. */
  readonly credentialBase?: string | undefined;
  /**
   * Called when the body of an answer with status 200 or 206 begins, in each try anew. What it gives takes the text in pieces
   * as they arrive, and `body` stays empty. A port that cannot do so gives all of it as `body`.
   */
  readonly receive?: (() => (piece: string) => void) | undefined;
  /** The same for what is no text. */
  readonly receiveBytes?: ((head: HttpHead) => (chunk: Uint8Array) => void) | undefined;
  readonly signal: AbortSignalLike | undefined;
}

/** What comes before the body of an answer. */
export interface HttpHead {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
}

/** The part of the platform's AbortSignal that engine and core need. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** An answer, or why there is none. Redirects to another origin are followed without credentials. */
export type HttpResult =
  | {
      readonly type: 'answer';
      readonly status: number;
      readonly headers: ReadonlyMap<string, string>;
      readonly body: string;
    }
  | { readonly type: 'too-large' }
  | {
      readonly type: 'timeout';
      /** Where an answer began and did not end: a clause about the host that says why. Asking again would not help. */
      readonly detail?: string;
    }
  | { readonly type: 'cancelled' }
  | {
      readonly type: 'failed';
      /** A clause without addresses' secrets: "refused the connection". */
      readonly detail: string;
      /** The network, not the host, is missing. */
      readonly unreachable?: boolean;
    };

/** A request with JSON for a body. A redirect is followed only on the same host, and only where it stays a POST. */
export interface HttpPost extends HttpRequest {
  readonly json: string;
  /** Whether the body travels as gzip, as npm's own requests of this kind do. */
  readonly packed: boolean;
}

export interface HttpPort {
  get(request: HttpRequest): Promise<HttpResult>;
  /** Undefined where nothing but documents can be fetched. */
  post?(request: HttpPost): Promise<HttpResult>;
}

export interface ClockPort {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after that time, or as soon as the signal aborts. Without it, nothing waits to be tried again. */
  wait?(milliseconds: number, signal: AbortSignalLike | undefined): Promise<void>;
  /** From 0 to 1, so that many programs do not ask again at the same moment. */
  random?(): number;
}

/** Answers kept across restarts. A broken or missing record is a miss, never an error. Keys hold no credentials. */
export interface CachePort {
  read(key: string): Promise<CacheRecord | undefined>;
  write(key: string, record: CacheRecord): Promise<void>;
  /** The record of this key, if there is one, was confirmed at that time. */
  confirm(key: string, asOf: number): Promise<void>;
}

export interface CacheRecord {
  readonly text: string;
  /** When its source last confirmed it, in milliseconds since 1970. */
  readonly asOf: number;
}

/** A file's text in a commit; absent: the commit has no such file; unknown: why not, as a clause about the file. */
export type GitText =
  | { readonly type: 'text'; readonly commit: string; readonly text: string }
  | { readonly type: 'absent'; readonly commit: string }
  | GitUnknown;

/** What git could not tell: why not, as a clause. */
export interface GitUnknown {
  readonly type: 'unknown';
  readonly reason: string;
  /** What to do about it: an imperative clause. */
  readonly advice?: string;
  /** The folder that the reason holds for, where it is not one file's: that of the repository. */
  readonly repository?: Uri;
  /** Whether that is no failure: there is no repository, or it has no commit yet. */
  readonly isExpected?: true;
  /** Whether the revision means several commits. */
  readonly isAmbiguous?: true;
}

/**
 * The files that git's index has below a folder, and whether names that differ by case alone are one name to it; none:
 * the folder lies in no repository; unknown: why not, as a clause.
 */
export type GitIndex =
  | {
      readonly type: 'index';
      readonly files: readonly Uri[];
      /** The folders of submodules. */
      readonly modules: readonly Uri[];
      /** What git names the content of each file; undefined where it was not asked. */
      readonly objects?: ReadonlyMap<Uri, string>;
      /** Links in and of node_modules, as far as they stay in the folder; undefined where there are none. */
      readonly links?: readonly InstallLink[];
      readonly ignoresCase: boolean;
    }
  | { readonly type: 'none' }
  | GitUnknown;

/** The files below a folder in a commit; unknown: why they are not known, as a clause about the folder. */
export type GitFiles =
  | {
      readonly type: 'files';
      readonly commit: string;
      readonly uris: readonly Uri[];
      /** What git names the content of each, and of links, which are no files. */
      readonly objects: ReadonlyMap<Uri, string>;
    }
  | GitUnknown;

/** Reads commits and the index. It runs nothing that a repository names (hooks, filters, configured programs) and fetches nothing. */
export interface GitPort {
  /** @param revision `HEAD`, a commit, a branch or a tag of the repository that the file lies in */
  textAt(uri: Uri, revision: string): Promise<GitText>;
  /** Undefined where the index cannot be read. */
  indexBelow?(directory: Uri, isWanted: (name: string, path: string) => boolean): Promise<GitIndex>;
  /** Those of the paths, or below them, that git neither tracks nor ignores; empty where it cannot be asked. */
  untrackedAmong?(directory: Uri, paths: readonly string[]): Promise<readonly Uri[]>;
  /** The files with such names that the commit has at or below the directory, sorted by path; links are none. */
  filesAt?(
    directory: Uri,
    revision: string,
    isWanted: (name: string, path: string) => boolean,
  ): Promise<GitFiles>;
  /** Tells whether git names the text so. */
  isObject?(text: string, object: string): boolean;
  /** A commit was made: what a revision means is looked up again. Within a moment it is not, where nobody says so. */
  forgetCommits?(): void;
}

/** An index of advisories that the user keeps fresh from a dump. */
export interface DatabasePort {
  /** Another one where there is another file; undefined where there is none. Looked at often. */
  stamp(): string | undefined;
  read(): Uint8Array | undefined;
  /** When it was last found to be the newest one, in milliseconds since 1970; undefined where nobody has made one. */
  checkedAt(): Promise<number | undefined>;
  /** Fetches a new one. Never rejects. */
  update(options: DatabaseUpdate): Promise<DatabaseUpdated>;
}

export interface DatabaseUpdate {
  /** The address or the path of a dump; undefined for OSV's own. */
  readonly from: string | undefined;
  /** The unit is part of the message. */
  readonly onProgress: (message: string, done: number, total: number | undefined) => void;
  readonly signal: AbortSignalLike | undefined;
}

/** What came of it. Where it failed, a sentence says why, and the database is as it was. */
export type DatabaseUpdated =
  | {
      readonly type: 'updated' | 'unchanged';
      readonly asOf: number | undefined;
      readonly records: number;
      readonly packages: number;
    }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'cancelled' };

/** What a shell gives the engine. */
export interface Ports {
  readonly files: FilesPort;
  readonly clock: ClockPort;
  /** Undefined where nothing may be sent at all. */
  readonly http: HttpPort | undefined;
  readonly cache: CachePort | undefined;
  /** Undefined where there is no git to ask. */
  readonly git?: GitPort | undefined;
  /** Undefined where signatures cannot be verified. */
  readonly proofs?: ProofPort | undefined;
  /** The text of the bundled list of popular names. */
  readonly popularNames: () => string;
  /** The bundled index of advisories and malware; undefined where it is missing. Read when it is first needed. */
  readonly advisories?: (() => Uint8Array | undefined) | undefined;
  /** The user's own database of advisories; undefined where none can be kept. */
  readonly database?: DatabasePort | undefined;
  /** The public registry's address, from npm's own definitions, with a slash at its end. */
  readonly publicRegistry: string;
  /** The address of the public registry's statistics, where it does not follow from the registry's. */
  readonly statistics?: string | undefined;
  /** The address of a web service like OSV's to ask in its place, with a slash at its end. */
  readonly osvApi?: string | undefined;
  /** Other addresses of the same registry, by which package managers know it. */
  readonly publicAliases?: readonly string[];
  /** Hosts and domains of registries that serve what anybody publishes: no private name may reach them. */
  readonly openHosts?: readonly string[];
  /** The user's and the machine's .npmrc, as npm finds them; undefined where unknown. */
  readonly userNpmrc: Uri | undefined;
  readonly globalNpmrc: Uri | undefined;
  /** The user's home directory, for configuration files of Yarn and Bun; undefined where there is none. */
  readonly home?: Uri | undefined;
  /** The process's environment: for `npm_config_*`, and for `${VAR}` in trusted files. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}
