import { type Located, type Span, touches } from '../../text/span.ts';
import { isCutHash } from '../faults/cut-hash.ts';
import type { LockEntry, LockSource } from '../model/lockfile.ts';
import { type EntryDetails, type InstalledPatch, NO_DETAILS } from '../record/entry-details.ts';
import type { InstalledSource } from '../record/installed-source.ts';
import { otherMembers } from './other-members.ts';
import { type PnpmEdge, packageEdges } from './pnpm-edge.ts';
import { type KeyParts, type KeyStyle, partsOfKey } from './pnpm-keys.ts';
import {
  addressNode,
  commitOfResolution,
  type PnpmVariant,
  sourceOfResolution,
  variantsOf,
} from './pnpm-resolution.ts';
import { pnpmSource, scalarsByKey, variantHashes } from './pnpm-source.ts';
import { isQuote } from './yaml-lexis.ts';
import {
  isMapping,
  isScalar,
  isTrue,
  keyIs,
  keyOf,
  keySpan,
  locatedScalar,
  memberOf,
  NONE,
  type Node,
  nextNode,
  nodeSpan,
  RECORD,
  scalarOf,
  scalarsOf,
  type YamlTape,
} from './yaml-tape.ts';

/** A package with one choice of peers: a key of `snapshots`, or of `packages` if the file has none. */
export interface PnpmSnapshot {
  /** As written, with the peers: `a@1.0.0(b@2.0.0)`. */
  readonly key: string;
  readonly keySpan: Span;
  readonly span: Span;
  readonly optional: boolean;
  readonly edges: readonly PnpmEdge[];
}

/** What an entry needs from its document. */
export interface EntryContext {
  readonly tape: YamlTape;
  readonly style: KeyStyle;
  /** The index of the document in the file. */
  readonly index: number;
  /** Returns the snapshots of an entry, in source order. */
  snapshotsOf(entry: PnpmLockEntry): readonly Node[];
  /** Returns the patches that pnpm applies to a package. */
  patchesOf(name: string, version: string | undefined): readonly InstalledPatch[];
  /** Checks whether only development dependencies lead to the entry's snapshots. */
  isDevOnly(entry: PnpmLockEntry): boolean;
}

const OPTIONAL = 1;
const DEV = 2;
const SCRIPT = 4;

/**
 * A key of `packages`, which locates its values and decodes them on demand. A class, so that thousands of entries share
 * their accessors.
 */
export class PnpmLockEntry implements LockEntry {
  /** Its index among the members of `packages`. */
  readonly number: number;
  /** The first value that is missing or of another type than pnpm writes, `NONE` if there is none. */
  readonly malformed: Node;
  readonly #context: EntryContext;
  readonly #node: Node;
  readonly #resolution: Node;
  readonly #integrity: Node;
  readonly #versionNode: Node;
  readonly #nameNode: Node;
  readonly #flags: number;
  #key: string | undefined;
  #parts: KeyParts | undefined;

  constructor(context: EntryContext, node: Node, number: number) {
    const { tape } = context;
    const end = nextNode(tape, node);
    let resolution: Node = NONE;
    let version: Node = NONE;
    let name: Node = NONE;
    let flags = 0;
    for (let member = node + RECORD; member < end; member = nextNode(tape, member)) {
      if (keyIs(tape, member, 'resolution')) resolution = member;
      else if (keyIs(tape, member, 'version')) version = member;
      else if (keyIs(tape, member, 'name')) name = member;
      else if (keyIs(tape, member, 'dev') && isTrue(tape, member)) flags |= DEV;
      else if (keyIs(tape, member, 'optional') && isTrue(tape, member)) flags |= OPTIONAL;
      else if (keyIs(tape, member, 'requiresBuild') && isTrue(tape, member)) flags |= SCRIPT;
    }
    const integrity = memberOf(tape, resolution, 'integrity');
    this.number = number;
    this.#context = context;
    this.#node = node;
    this.#resolution = resolution;
    this.#integrity = integrity;
    this.#versionNode = version;
    this.#nameNode = name;
    this.#flags = flags;
    this.malformed = NONE;
    if (resolution === NONE) this.malformed = node;
    else if (!isMapping(tape, resolution)) this.malformed = resolution;
    else if (integrity !== NONE && !isScalar(tape, integrity)) this.malformed = integrity;
    else if (version !== NONE && !isScalar(tape, version)) this.malformed = version;
    else if (name !== NONE && !isScalar(tape, name)) this.malformed = name;
  }

  /** Whether the text ends inside its hash, which only its length reveals. */
  get isCut(): boolean {
    const { integrity } = this;
    if (integrity?.span.end !== this.#context.tape.text.length) return false;
    return isCutHash(integrity.value);
  }

  get key(): string {
    this.#key ??= keyOf(this.#context.tape, this.#node);
    return this.#key;
  }

  /** The nodes of the package's snapshots; the entry itself if the file has none. */
  get snapshotNodes(): readonly Node[] {
    return this.#context.snapshotsOf(this);
  }

  /** The index of its YAML document. */
  get document(): number {
    return this.#context.index;
  }

  get keySpan(): Span {
    return keySpan(this.#context.tape, this.#node);
  }

  get span(): Span {
    return nodeSpan(this.#context.tape, this.#node);
  }

  /** For a package whose key is not a name, such as one of git, its stated name; otherwise the name in the key. */
  get name(): string {
    const { name } = this.#keyParts;
    if (this.#nameNode !== NONE) return scalarOf(this.#context.tape, this.#nameNode) ?? this.key;
    return name === undefined ? this.key : this.key.slice(name.start, name.end);
  }

  /** Always undefined: the dependent chooses the alias, and each may choose its own. */
  get alias(): undefined {
    return undefined;
  }

  get source(): LockSource {
    return sourceOfResolution(this.#context.tape, this.#resolution, this.#keyParts.version !== undefined);
  }

  /** From `version`, otherwise from the key: then the span covers that part of the key. */
  get version(): Located<string> | undefined {
    const { tape } = this.#context;
    if (this.#versionNode !== NONE) return locatedScalar(tape, this.#versionNode);
    const { version } = this.#keyParts;
    if (version === undefined) return undefined;
    const { start, end } = this.keySpan;
    const offset = start + (isQuote(tape.text.charCodeAt(start)) ? 1 : 0);
    // In a key with an escape, the part has no span of its own.
    const isPlain = end - start - (offset - start) * 2 === this.key.length;
    return {
      value: this.key.slice(version.start, version.end),
      span: isPlain ? { start: offset + version.start, end: offset + version.end } : { start, end },
    };
  }

  /** The URL, if it is not the registry's own: of a tarball, a repository or a folder. */
  get resolved(): Located<string> | undefined {
    const { tape } = this.#context;
    return locatedScalar(tape, addressNode(tape, this.#resolution));
  }

  get integrity(): Located<string> | undefined {
    return locatedScalar(this.#context.tape, this.#integrity);
  }

  /** Always undefined: pnpm writes none, and its `integrity` is that of the tarball. */
  get checksum(): undefined {
    return undefined;
  }

  /** The full commit of a git package. */
  get commit(): string | undefined {
    return this.source === 'git' ? commitOfResolution(this.#context.tape, this.#resolution) : undefined;
  }

  /** The downloads of a package that has one for each kind of machine, and therefore no URL or hash of its own. */
  get variants(): readonly PnpmVariant[] {
    return variantsOf(this.#context.tape, this.#resolution);
  }

  /** Reachable only through development dependencies: as recorded, or since version 9 as derived from the importers. */
  get dev(): boolean {
    if (this.#context.style === 9) return this.#context.isDevOnly(this);
    return (this.#flags & DEV) !== 0;
  }

  /** Reachable only through optional dependencies. */
  get optional(): boolean {
    if (this.#context.style !== 9) return (this.#flags & OPTIONAL) !== 0;
    const { tape } = this.#context;
    const isOptional = (node: Node) => isTrue(tape, memberOf(tape, node, 'optional'));
    return this.snapshotNodes.length > 0 && this.snapshotNodes.every(isOptional);
  }

  get peer(): boolean {
    return false;
  }

  get bundled(): boolean {
    return false;
  }

  /**
   * pnpm's `requiresBuild`. Version 9 of the file does not record it, and earlier versions set it for every optional
   * package, because pnpm had not inspected it.
   */
  get hasInstallScript(): boolean | undefined {
    if (this.#context.style !== 9 && this.optional) return undefined;
    return (this.#flags & SCRIPT) !== 0;
  }

  get hasBin(): boolean {
    return isTrue(this.#context.tape, this.#member('hasBin'));
  }

  get deprecated(): string | undefined {
    return scalarOf(this.#context.tape, this.#member('deprecated'));
  }

  get license(): undefined {
    return undefined;
  }

  get os(): readonly string[] {
    return scalarsOf(this.#context.tape, this.#member('os'));
  }

  get cpu(): readonly string[] {
    return scalarsOf(this.#context.tape, this.#member('cpu'));
  }

  get libc(): readonly string[] {
    return scalarsOf(this.#context.tape, this.#member('libc'));
  }

  get details(): EntryDetails {
    const { tape } = this.#context;
    const entry = this;
    return {
      ...NO_DETAILS,
      source: this.#installedSource(),
      get bin() {
        return entry.hasBin ? new Map([['', 'true']]) : new Map();
      },
      get engines() {
        return scalarsByKey(tape, entry.#member('engines'));
      },
      get patches() {
        return entry.#context.patchesOf(entry.name, entry.version?.value);
      },
      get bundles() {
        return entry.bundledDependencies;
      },
      get others() {
        return otherMembers(tape, [entry.#node, ...entry.snapshotNodes]);
      },
      get moreHashes() {
        return variantHashes(entry.variants);
      },
    };
  }

  /** Reads the registry in its key: a name from pnpm's configuration, or in version 5 a host. */
  #installedSource(): InstalledSource {
    const { name, version } = this.#keyParts;
    const before = name === undefined ? '' : this.key.slice(0, name.start);
    const between =
      name === undefined || version === undefined ? '' : this.key.slice(name.end, version.start);
    const registry = `${before}${between}`.replace(/^\/|[/@:]/g, '');
    return pnpmSource(this.#context.tape, this.#resolution, {
      source: this.source,
      registry,
      entry: { value: this.key, span: this.keySpan },
    });
  }

  /** Names of packages bundled in its tarball. */
  get bundledDependencies(): readonly string[] {
    return scalarsOf(this.#context.tape, this.#member('bundledDependencies'));
  }

  /** One for each choice of peers that it is installed with. */
  get snapshots(): readonly PnpmSnapshot[] {
    return this.snapshotNodes.map((node) => this.#snapshot(node));
  }

  /** Returns the snapshot that contains the offset. */
  snapshotAt(offset: number): PnpmSnapshot | undefined {
    const node = this.snapshotNodes.find((each) => touches(nodeSpan(this.#context.tape, each), offset));
    return node === undefined ? undefined : this.#snapshot(node);
  }

  /** Those of all snapshots together, each target once, and the peer dependencies that it declares. */
  get edges(): readonly PnpmEdge[] {
    const { tape } = this.#context;
    const [first, ...others] = this.snapshotNodes;
    const edges = first === this.#node ? [] : [...packageEdges(tape, this.#node)];
    if (first === undefined) return edges;
    if (others.length === 0) return [...edges, ...packageEdges(tape, first)];
    const seen = new Set<string>();
    for (const node of this.snapshotNodes) {
      for (const edge of packageEdges(tape, node)) {
        const before = seen.size;
        if (seen.add(`${edge.group} ${edge.name} ${edge.specifier.value}`).size > before) edges.push(edge);
      }
    }
    return edges;
  }

  #snapshot(node: Node): PnpmSnapshot {
    const { tape } = this.#context;
    return {
      key: keyOf(tape, node),
      keySpan: keySpan(tape, node),
      span: nodeSpan(tape, node),
      optional: isTrue(tape, memberOf(tape, node, 'optional')),
      edges: packageEdges(tape, node),
    };
  }

  get #keyParts(): KeyParts {
    this.#parts ??= partsOfKey(this.key, this.#context.style);
    return this.#parts;
  }

  #member(name: string): Node {
    return memberOf(this.#context.tape, this.#node, name);
  }
}
