import type { InstallLink } from '../core/judge/changes/program-path.ts';
import type { Transport } from '../core/know/registry/access/transport.ts';
import type { Uri } from '../core/read/text/paths/uri.ts';
import type { ProofPort } from './registry/proof-port.ts';

/** The result of reading a file. All but the text have a sentence without the path that says why. */
export type ReadResult =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'missing' }
  | {
      readonly type: 'refused';
      readonly reason: string;
      /** What to do about it, as an imperative clause, unless the general advice applies. */
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
  /** Whether it is a link to a folder that was followed: what is in it is listed at its own place as well. */
  readonly isLink?: true;
}

/**
 * Access to files of the workspace and of the user's configuration, and nothing else: disk, virtual workspace or test.
 */
export interface FilesPort {
  /**
   * Reads the whole text as UTF-8 without its byte order mark. Refuses files over 50 MB, lockfiles over 200 MB, and
   * anything that is not a file.
   */
  read(uri: Uri): Promise<ReadResult>;
  /** Lists a directory, sorted by name. Returns undefined if it is missing or unreadable. */
  list(directory: Uri): Promise<readonly DirectoryItem[] | undefined>;
  /**
   * Returns why the file must not be edited, as a clause with the file as subject: it is a symbolic link, lies behind
   * one inside the checked folder, or is not a regular file. Undefined if it may be edited or does not exist yet.
   */
  editProblem?(uri: Uri): Promise<string | undefined>;
  /** Checks whether other users of this machine can read the file. Where that is unknown, it is false or missing. */
  isOpenToOthers?(uri: Uri): Promise<boolean>;
}

/** The text of a source file, or why it cannot be read, as a clause. */
export type SourceText =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'missing' }
  | { readonly type: 'refused'; readonly reason: string };

/** Reads files of which there are thousands, one after the other. */
export interface SourcesPort {
  /** Whether it can read anything in this folder; by default it can. Nothing is searched where it cannot. */
  reads?(folder: Uri): boolean;
  read(uri: Uri, maxBytes: number): SourceText;
  /** Returns a promise when other work has waited long enough, to be awaited; undefined as long as it has not. */
  pause(): Promise<void> | undefined;
}

export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The longest time without data. The whole response may take six times as long, and a body must arrive at 1 KB/s or
   * more in every interval of twice that time.
   */
  readonly timeoutMs: number;
  /** A larger body is cut off and reported as `too-large`. */
  readonly maxBytes: number;
  /** Proxy, certificates and their verification, if they differ from the environment's. */
  readonly transport?: Transport | undefined;
  /** Set if the URL is meant for its host only: redirects to other hosts are not followed. */
  readonly staysOnHost?: boolean | undefined;
  /** Other hosts, each with its port unless that is the scheme's default, to which such a request may be redirected. */
  readonly redirectHosts?: readonly string[] | undefined;
  /**
   * The URL at and below which the credential in the headers may be sent. A redirect that leaves it continues without
   * the credential.
   */
  readonly credentialBase?: string | undefined;
  /**
   * Called when the body of a response with status 200 or 206 begins, again on each retry. The returned function
   * receives the text in pieces as they arrive, and `body` stays empty. A port that cannot stream returns all of it as
   * `body`.
   */
  readonly receive?: (() => (piece: string) => void) | undefined;
  /** The same for binary bodies. */
  readonly receiveBytes?: ((head: HttpHead) => (chunk: Uint8Array) => void) | undefined;
  readonly signal: AbortSignalLike | undefined;
}

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

/** A response, or why there is none. Redirects to another origin are followed without credentials. */
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
      /** For an incomplete response, a clause about the host that says why. A retry would not help. */
      readonly detail?: string;
    }
  | { readonly type: 'cancelled' }
  | {
      readonly type: 'failed';
      /** A clause without secrets from URLs, such as "refused the connection". */
      readonly detail: string;
      /** The network is missing, not the host. */
      readonly unreachable?: boolean;
    };

/** A request with a JSON body. A redirect is followed only on the same host, and only if it stays a POST. */
export interface HttpPost extends HttpRequest {
  readonly json: string;
  /** Whether the body is compressed with gzip, as in npm's own requests of this kind. */
  readonly packed: boolean;
}

export interface HttpPort {
  get(request: HttpRequest): Promise<HttpResult>;
  /** Undefined if only documents can be fetched. */
  post?(request: HttpPost): Promise<HttpResult>;
}

export interface ClockPort {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after that time, or as soon as the signal aborts. Without it, there are no delayed retries. */
  wait?(milliseconds: number, signal: AbortSignalLike | undefined): Promise<void>;
  /** Returns a number from 0 to 1, so that many processes do not retry at the same moment. */
  random?(): number;
}

/** Answers kept across restarts. A damaged or missing record is a miss, never an error. Keys contain no credentials. */
export interface CachePort {
  read(key: string): Promise<CacheRecord | undefined>;
  write(key: string, record: CacheRecord): Promise<void>;
  /** Marks the record of this key, if there is one, as confirmed at that time. */
  confirm(key: string, asOf: number): Promise<void>;
}

export interface CacheRecord {
  readonly text: string;
  /** When its source last confirmed it, in milliseconds since 1970. */
  readonly asOf: number;
}

/**
 * A file's text in a commit. absent: the commit does not have the file; unknown: with a clause about the file that says
 * why.
 */
export type GitText =
  | { readonly type: 'text'; readonly commit: string; readonly text: string }
  | { readonly type: 'absent'; readonly commit: string }
  | GitUnknown;

/** Why git could not answer, as a clause. */
export interface GitUnknown {
  readonly type: 'unknown';
  readonly reason: string;
  /** What to do about it, as an imperative clause. */
  readonly advice?: string;
  /** Whether the commit has the file, and it is no text. */
  readonly isBinary?: boolean;
  /** The folder of the repository, if the reason applies to all of it. */
  readonly repository?: Uri;
  /** Whether this is no failure: there is no repository, or it has no commit yet. */
  readonly isExpected?: true;
  readonly isAmbiguous?: true;
}

/**
 * The files of git's index below a folder, and whether git ignores case in names. none: the folder lies in no
 * repository; unknown: with a clause that says why.
 */
export type GitIndex =
  | {
      readonly type: 'index';
      readonly files: readonly Uri[];
      /** The folders of submodules. */
      readonly modules: readonly Uri[];
      /** Git's object id of each file's content; undefined if not requested. */
      readonly objects?: ReadonlyMap<Uri, string>;
      /** Links in and to node_modules that stay in the folder; undefined if there are none. */
      readonly links?: readonly InstallLink[];
      readonly ignoresCase: boolean;
    }
  | { readonly type: 'none' }
  | GitUnknown;

/** The files of a commit below a folder; unknown: with a clause about the folder that says why. */
export type GitFiles =
  | {
      readonly type: 'files';
      readonly commit: string;
      readonly uris: readonly Uri[];
      /** The object id of each file and link. Links are not among the files. */
      readonly objects: ReadonlyMap<Uri, string>;
    }
  | GitUnknown;

/**
 * Reads commits and the index. Runs nothing that a repository names (hooks, filters, configured programs) and fetches
 * nothing.
 */
export interface GitPort {
  /** @param revision `HEAD`, a commit, a branch or a tag of the repository that the file lies in */
  textAt(uri: Uri, revision: string): Promise<GitText>;
  /** Returns undefined if the index cannot be read. */
  indexBelow?(directory: Uri, isWanted: (name: string, path: string) => boolean): Promise<GitIndex>;
  /** Those of the paths, or below them, that git neither tracks nor ignores; empty where it cannot be asked. */
  untrackedAmong?(directory: Uri, paths: readonly string[]): Promise<readonly Uri[]>;
  /** Returns the files with such names that the commit has at or below the directory, sorted by path, without links. */
  filesAt?(
    directory: Uri,
    revision: string,
    isWanted: (name: string, path: string) => boolean,
  ): Promise<GitFiles>;
  /** Returns the full id of the commit that a revision resolves to in the repository around the directory. */
  commitOf?(directory: Uri, revision: string): Promise<string | GitUnknown>;
  /** Returns the last commit that two revisions have in common. */
  mergeBaseOf?(directory: Uri, one: string, other: string): Promise<string | GitUnknown>;
  /** Checks whether the text has this object id. */
  isObject?(text: string, object: string): boolean;
  /** Called after a commit, so that revisions are resolved again. Otherwise they are cached for a moment. */
  forgetCommits?(): void;
}

/** A database of advisories that the user updates from a dump. */
export interface DatabasePort {
  /** Changes with the file; undefined without one. Called often, so it must be cheap. */
  stamp(): string | undefined;
  read(): Uint8Array | undefined;
  /** Returns when it was last confirmed to be current, in milliseconds since 1970; undefined without a database. */
  checkedAt(): Promise<number | undefined>;
  /** Fetches the latest one. Never rejects. */
  update(options: DatabaseUpdate): Promise<DatabaseUpdated>;
}

export interface DatabaseUpdate {
  /** The URL or path of a dump; undefined for OSV's own. */
  readonly from: string | undefined;
  /** The unit is part of the message. */
  readonly onProgress: (message: string, done: number, total: number | undefined) => void;
  readonly signal: AbortSignalLike | undefined;
}

/** The result. After a failure, a sentence says why, and the database is unchanged. */
export type DatabaseUpdated =
  | {
      readonly type: 'updated' | 'unchanged';
      readonly asOf: number | undefined;
      readonly records: number;
      readonly packages: number;
    }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'cancelled' };

/** The platform services that a shell provides to the engine. */
export interface Ports {
  readonly files: FilesPort;
  /** Undefined if sources are not searched for what they import. */
  readonly sources?: SourcesPort | undefined;
  readonly clock: ClockPort;
  /** Undefined if nothing may be sent. */
  readonly http: HttpPort | undefined;
  readonly cache: CachePort | undefined;
  /** Undefined without git. */
  readonly git?: GitPort | undefined;
  /** Undefined if signatures cannot be verified. */
  readonly proofs?: ProofPort | undefined;
  /** The text of the bundled list of popular names. */
  readonly popularNames: () => string;
  /** The bundled index of advisories and malware, read when first needed; undefined if it is missing. */
  readonly advisories?: (() => Uint8Array | undefined) | undefined;
  /** The user's own database of advisories; undefined if none can be kept. */
  readonly database?: DatabasePort | undefined;
  /** The public registry's URL, from npm's own definitions, with a trailing slash. */
  readonly publicRegistry: string;
  /** The URL of the public registry's statistics, unless it follows from the registry's. */
  readonly statistics?: string | undefined;
  /** The base URL of a web service like OSV's that replaces it, with a trailing slash. */
  readonly osvApi?: string | undefined;
  /** Other URLs of the same registry that package managers use. */
  readonly publicAliases?: readonly string[];
  /** The registries of scopes that are built into package managers: URLs with a trailing slash, by scope with the @. */
  readonly scopeRegistries?: Readonly<Record<string, string>>;
  /** Hosts and domains of registries that anybody can publish to: private names must not be sent there. */
  readonly openHosts?: readonly string[];
  /** The user's and the machine's .npmrc, as npm locates them; undefined if unknown. */
  readonly userNpmrc: Uri | undefined;
  readonly globalNpmrc: Uri | undefined;
  /** The user's home directory, for configuration files of Yarn and Bun; undefined if there is none. */
  readonly home?: Uri | undefined;
  /** The process environment, for `npm_config_*` and for `${VAR}` in trusted files. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}
