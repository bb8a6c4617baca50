import {
  blockEnd,
  decodeKey,
  keySpan,
  LINE,
  type LineTape,
  type LineToken,
  lineKeyIs,
  locatedValue,
} from '../../text/lines/line-tape.ts';
import { insideQuotes, type Located } from '../../text/span.ts';
import type { LockChecksum, LockEdge, LockSource } from '../model/lockfile.ts';
import { type EntryDetails, NO_DETAILS } from '../record/entry-details.ts';
import type { InstalledSource } from '../record/installed-source.ts';
import { YarnTapeEntry } from '../yarn/yarn-tape-entry.ts';
import { berryPatches, berrySource } from './berry-source.ts';
import { type Conditions, readConditions } from './conditions.ts';
import { type Locator, patchedLocator, sourceOfLocator, urlIn } from './locator.ts';

export class BerryLockEntry extends YarnTapeEntry {
  /** Its parsed `resolution`: the exact package, and how it is fetched. */
  readonly locator: Locator;
  readonly #resolution: LineToken;
  readonly #cacheKey: string;
  #source: LockSource | undefined;

  /** `cacheKey` is the file's own. */
  constructor(
    tape: LineTape,
    line: LineToken,
    end: LineToken,
    resolution: LineToken,
    locator: Locator,
    cacheKey: string,
  ) {
    super(tape, line, end);
    this.#resolution = resolution;
    this.#cacheKey = cacheKey;
    this.locator = locator;
  }

  get key(): string {
    return decodeKey(this.tape, this.line);
  }

  get declarations(): readonly string[] {
    return splitDescriptors(this.key);
  }

  get descriptors(): readonly Located<string>[] {
    return berryDescriptors(this.tape, this.line);
  }

  get name(): string {
    return this.locator.name;
  }

  get source(): LockSource {
    this.#source ??= sourceOfLocator(this.locator);
    return this.#source;
  }

  get resolution(): Located<string> {
    return locatedValue(this.tape, this.#resolution)!;
  }

  /** The URL in its resolution, if any: nearly never for packages of a registry. */
  get resolved(): Located<string> | undefined {
    const address = urlIn(this.locator);
    if (address === undefined) return undefined;
    const { span, value } = this.resolution;
    const isQuoted = this.tape.text.charCodeAt(span.start) === 34;
    // If the token has escapes, offsets in its value differ from those in the text.
    if (span.end - span.start !== value.length + (isQuoted ? 2 : 0)) return { value: address.value, span };
    const reference = span.start + (isQuoted ? 1 : 0) + value.length - this.locator.reference.length;
    return {
      value: address.value,
      span: { start: reference + address.start, end: reference + address.end },
    };
  }

  /** Always undefined: Yarn 2 and later write a `checksum` instead. */
  get integrity(): undefined {
    return undefined;
  }

  get checksum(): LockChecksum | undefined {
    const checksum = this.field('checksum');
    return checksum === undefined ? undefined : { kind: 'yarn-zip', ...checksum, cacheKey: this.#cacheKey };
  }

  get conditions(): Located<string> | undefined {
    return this.field('conditions');
  }

  get os(): readonly string[] {
    return this.#conditions().os;
  }

  get cpu(): readonly string[] {
    return this.#conditions().cpu;
  }

  get libc(): readonly string[] {
    return this.#conditions().libc;
  }

  /** For a patched copy the locator of the original: `a@npm:1.0.0`. */
  get patched(): string | undefined {
    return this.locator.kind === 'patch' ? patchedLocator(this.locator.reference) : undefined;
  }

  /** For a workspace, includes its `devDependencies` among the `dependencies`, as Yarn writes them. */
  get edges(): readonly LockEdge[] {
    const edges: LockEdge[] = [];
    const dependencies = this.blocks('dependencies');
    if (dependencies.length > 0) {
      const optional = this.#optionalNames('dependenciesMeta');
      const section = (name: string) => (optional.has(name) ? 'optionalDependencies' : 'dependencies');
      const isOptional = (name: string) => optional.has(name);
      for (const block of dependencies) this.readEdges(block, section, isOptional, edges);
    }
    const peers = this.blocks('peerDependencies');
    if (peers.length > 0) {
      const optional = this.#optionalNames('peerDependenciesMeta');
      const isOptional = (name: string) => optional.has(name);
      for (const block of peers) this.readEdges(block, () => 'peerDependencies', isOptional, edges);
    }
    return edges;
  }

  get details(): EntryDetails {
    const entry = this;
    return {
      ...NO_DETAILS,
      source: this.#installedSource(),
      get bin() {
        return entry.#scalarsIn('bin');
      },
      get others() {
        return entry.fieldsBeside(WRITTEN);
      },
      get patches() {
        return entry.locator.kind === 'patch' ? berryPatches(entry.locator, entry.resolution) : [];
      },
    };
  }

  /** Checks whether one of these names is among its dependencies, except peers; cheaper than reading all edges. */
  dependsOnAny(names: ReadonlySet<string>): boolean {
    for (const block of this.blocks('dependencies')) {
      for (let line = block + LINE; line < this.end && this.tape.records[line + 4]! > 1; line += LINE) {
        if (names.has(decodeKey(this.tape, line))) return true;
      }
    }
    return false;
  }

  /** The optional peers. Yarn treats one that is declared nowhere else as a peer of any version. */
  get optionalPeers(): ReadonlySet<string> {
    return this.#optionalNames('peerDependenciesMeta');
  }

  /** Returns the specifier of its dependency of this name; cheaper than reading all edges. */
  declared(name: string): string | undefined {
    for (const block of this.blocks('dependencies')) {
      for (let line = block + LINE; line < this.end && this.tape.records[line + 4]! > 1; line += LINE) {
        if (this.tape.records[line + 4] === 2 && lineKeyIs(this.tape, line, name))
          return locatedValue(this.tape, line)?.value;
      }
    }
    return undefined;
  }

  #conditions(): Conditions {
    return readConditions(this.conditions?.value ?? '');
  }

  /** A package outside of Yarn's cache is used in place. */
  #installedSource(): InstalledSource {
    const source = berrySource(this.locator, this.resolution, this.version?.value);
    if (source.kind === 'link' || source.kind === 'workspace') return source;
    const type = this.field('linkType')?.value;
    return type === 'hard' ? source : { ...source, identity: `${source.identity} ${type}` };
  }

  #scalarsIn(name: string): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    const { tape } = this;
    for (const block of this.blocks(name)) {
      for (let line = block + LINE; line < blockEnd(tape, block); line += LINE) {
        found.set(decodeKey(tape, line), locatedValue(tape, line)?.value ?? '');
      }
    }
    return found;
  }

  #optionalNames(meta: string): ReadonlySet<string> {
    const metas = this.blocks(meta);
    if (metas.length === 0) return NONE;
    const names = new Set<string>();
    const { tape } = this;
    for (const block of metas) {
      const end = blockEnd(tape, block);
      let name = '';
      for (let line = block + LINE; line < end; line += LINE) {
        if (tape.records[line + 4]! === 2) name = decodeKey(tape, line);
        else if (lineKeyIs(tape, line, 'optional') && locatedValue(tape, line)?.value === 'true')
          names.add(name);
      }
    }
    return names;
  }
}

const NONE: ReadonlySet<string> = new Set();
const WRITTEN: ReadonlySet<string> = new Set([
  ...['version', 'resolution', 'dependencies', 'dependenciesMeta', 'peerDependencies', 'bin', 'checksum'],
  ...['peerDependenciesMeta', 'conditions', 'languageName', 'linkType'],
]);

/** Returns the descriptors in an entry's key; with their spans if the key has no escapes. */
function berryDescriptors(tape: LineTape, line: LineToken): readonly Located<string>[] {
  const token = keySpan(tape, line);
  const key = decodeKey(tape, line);
  const inside = token.end - token.start === key.length ? token : insideQuotes(token);
  if (inside.end - inside.start !== key.length) {
    return splitDescriptors(key).map((value) => ({ value, span: token }));
  }
  let at = 0;
  return splitDescriptors(key).map((value) => {
    at = key.indexOf(value, at);
    const start = inside.start + at;
    at += value.length;
    return { value, span: { start, end: start + value.length } };
  });
}

/** Splits `a@npm:^1, a@npm:^2` at each comma, as Yarn does. */
function splitDescriptors(key: string): readonly string[] {
  return key.includes(',') ? key.split(',').map((part) => part.trim()) : [key];
}
