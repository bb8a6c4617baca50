import {
  type JsonTape,
  locatedString,
  memberOf,
  RECORD,
  type Token,
  tokenSpan,
} from '../../text/json/json-tape.ts';
import type { Located, Span } from '../../text/span.ts';
import { edgesOf } from '../model/json-edges.ts';
import type { LockEdge, LockEntry, LockSource } from '../model/lockfile.ts';
import { PLAIN_REACH } from '../model/reach.ts';
import { stringsOf } from './strings-of.ts';

/** A workspace: the root (`""`) or a member, by its path. */
export class BunImporter implements LockEntry {
  readonly key: string;
  readonly #tape: JsonTape;
  readonly #token: Token;

  /** `token` is the token of the key; its value is an object. */
  constructor(tape: JsonTape, token: Token, key: string) {
    this.key = key;
    this.#tape = tape;
    this.#token = token;
  }

  /** The token of its value. */
  get token(): Token {
    return this.#token + RECORD;
  }

  get keySpan(): Span {
    return tokenSpan(this.#tape, this.#token);
  }

  get span(): Span {
    const { records } = this.#tape;
    return { start: records[this.#token]!, end: records[this.#token + RECORD + 1]! };
  }

  /** Empty if it has none. */
  get name(): string {
    return this.#located('name')?.value ?? '';
  }

  get source(): LockSource {
    return this.key === '' ? 'root' : 'workspace';
  }

  get version(): Located<string> | undefined {
    return this.#located('version');
  }

  get optionalPeers(): readonly string[] {
    return stringsOf(this.#tape, memberOf(this.#tape, this.#token + RECORD, 'optionalPeers'));
  }

  get edges(): readonly LockEdge[] {
    const optionalPeers = new Set(this.optionalPeers);
    return edgesOf(this.#tape, this.#token + RECORD, (name) => optionalPeers.has(name));
  }

  readonly alias = undefined;
  readonly resolved = undefined;
  readonly integrity = undefined;
  readonly checksum = undefined;
  readonly dev = PLAIN_REACH.dev;
  readonly optional = PLAIN_REACH.optional;
  readonly peer = PLAIN_REACH.peer;
  readonly bundled = false;
  readonly hasInstallScript = false;
  readonly deprecated = undefined;
  readonly license = undefined;
  readonly os = [];
  readonly cpu = [];
  readonly libc = [];

  #located(name: string): Located<string> | undefined {
    return locatedString(this.#tape, memberOf(this.#tape, this.#token + RECORD, name));
  }
}
