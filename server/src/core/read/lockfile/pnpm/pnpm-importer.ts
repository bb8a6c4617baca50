import { type Located, type Span, START } from '../../text/span.ts';
import type { LockEntry, LockSource } from '../model/lockfile.ts';
import { importerEdges, type PnpmEdge } from './pnpm-edge.ts';
import { isQuote } from './yaml-lexis.ts';
import { keySpan, type Node, nodeSpan, valueSpan, type YamlTape } from './yaml-tape.ts';

const NOTHING: readonly string[] = [];

/**
 * A project of the workspace: the root or a member. It is a member of `importers`, or in a file without `importers` the
 * document itself, whose sections belong to its only importer. A class, because there may be hundreds.
 */
export class PnpmImporter implements LockEntry {
  /** As written; `.` for the lockfile's own folder. */
  readonly key: string;
  /** The folder, relative to the lockfile's: "" for the lockfile's own. */
  readonly path: string;
  /** The index of its YAML document. */
  readonly document: number;
  readonly node: Node;
  readonly name = '';
  readonly resolved = undefined;
  readonly alias = undefined;
  readonly version = undefined;
  readonly integrity = undefined;
  readonly checksum = undefined;
  readonly dev = false;
  readonly optional = false;
  readonly peer = false;
  readonly bundled = false;
  readonly hasInstallScript = false;
  readonly deprecated = undefined;
  readonly license = undefined;
  readonly os = NOTHING;
  readonly cpu = NOTHING;
  readonly libc = NOTHING;
  readonly #tape: YamlTape;
  #edges: readonly PnpmEdge[] | undefined;

  constructor(tape: YamlTape, node: Node, key: string, document: number) {
    this.#tape = tape;
    this.node = node;
    this.key = key;
    this.path = key === '.' ? '' : key;
    this.document = document;
  }

  get source(): LockSource {
    return this.path === '' ? 'root' : 'workspace';
  }

  get keySpan(): Span {
    return this.#isDocument ? START : keySpan(this.#tape, this.node);
  }

  get span(): Span {
    return this.#isDocument ? valueSpan(this.#tape, this.node) : nodeSpan(this.#tape, this.node);
  }

  /** Its declared dependencies, with their locked versions. */
  get edges(): readonly PnpmEdge[] {
    this.#edges ??= importerEdges(this.#tape, this.node);
    return this.#edges;
  }

  get #isDocument(): boolean {
    return this.#tape.documents.includes(this.node);
  }
}

/** Returns the folder that a dependency links if it is not an importer of the lockfile. */
export function pnpmLink(text: string, name: string, { value, span }: Located<string>): LockEntry {
  return {
    key: value,
    keySpan: span,
    span,
    name,
    alias: undefined,
    source: 'link',
    version: undefined,
    resolved: { value: value.slice(LINK.length), span: behindLink(text, span) },
    integrity: undefined,
    checksum: undefined,
    dev: false,
    optional: false,
    peer: false,
    bundled: false,
    hasInstallScript: false,
    deprecated: undefined,
    license: undefined,
    os: NOTHING,
    cpu: NOTHING,
    libc: NOTHING,
    edges: [],
  };
}

const LINK = 'link:';

function behindLink(text: string, { start, end }: Span): Span {
  const quote = isQuote(text.charCodeAt(start)) ? 1 : 0;
  return { start: start + quote + LINK.length, end: end - quote };
}

/** Resolves `link:` and a path in the folder `from`, relative to the lockfile's; "" for the lockfile's own. */
export function linkedPath(from: string, reference: string): string {
  const segments = from === '' ? [] : from.split('/');
  for (const segment of reference.slice(LINK.length).split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && segments.length > 0 && segments.at(-1) !== '..') segments.pop();
    else segments.push(segment);
  }
  return segments.join('/');
}
