import type { DependencySection } from '../../manifest/manifest.ts';
import { decodeToken } from '../../text/lines/line-tape.ts';
import type { Located } from '../../text/span.ts';
import type { LockChecksum, LockEdge, LockSource } from '../model/lockfile.ts';
import { type EntryDetails, NO_DETAILS } from '../record/entry-details.ts';
import { nameEnd } from '../yarn/descriptor-index.ts';
import { YarnTapeEntry } from '../yarn/yarn-tape-entry.ts';
import { classicInstalled, classicSource } from './classic-source.ts';

const NONE: readonly string[] = [];
/** `uid` comes and goes with the state of Yarn's cache; `prebuiltVariants`, which is not here, names other archives. */
const WRITTEN: ReadonlySet<string> = new Set([
  ...['name', 'version', 'uid', 'resolved', 'integrity', 'dependencies', 'optionalDependencies'],
]);

export class ClassicLockEntry extends YarnTapeEntry {
  #name: string | undefined;
  #source: LockSource | undefined;

  /** The descriptors without their quotes, separated by a comma and a space. */
  get key(): string {
    return this.declarations.join(', ');
  }

  get declarations(): readonly string[] {
    const { text, records } = this.tape;
    const start = records[this.line]!;
    const end = records[this.line + 1]!;
    const key = text.slice(start, end);
    // A key of one word, or of words without quotes.
    if (!key.includes(',')) return [decodeToken(text, start, end)];
    if (!key.includes('"')) return key.split(',').map((word) => word.trim());
    return classicKeys(text, start, end).map(({ value }) => value);
  }

  get descriptors(): readonly Located<string>[] {
    const { text, records } = this.tape;
    return classicKeys(text, records[this.line]!, records[this.line + 1]!);
  }

  get name(): string {
    this.#name ??= this.field('name')?.value ?? this.#declaredName();
    return this.#name;
  }

  /** Whether it is a `link:`, which is not a package but a folder on this machine. */
  get isLink(): boolean {
    const { text, records } = this.tape;
    const key = text.slice(records[this.line]!, records[this.line + 1]!);
    return key.includes('@link:') && this.source === 'link';
  }

  get source(): LockSource {
    if (this.#source === undefined) {
      const first = this.declarations[0] ?? '';
      this.#source = classicSource(this.resolved?.value, first.slice(nameEnd(first) + 1));
    }
    return this.#source;
  }

  get resolved(): Located<string> | undefined {
    return this.field('resolved');
  }

  get integrity(): Located<string> | undefined {
    return this.field('integrity');
  }

  /** The hash after the URL of a tarball. */
  get checksum(): LockChecksum | undefined {
    const { resolved } = this;
    const hash = resolved === undefined ? null : /#([\da-f]{40})$/i.exec(resolved.value.slice(-41));
    if (resolved === undefined || hash === null || this.source === 'git') return undefined;
    const isQuoted = this.tape.text.charCodeAt(resolved.span.end - 1) === 34;
    const end = isQuoted ? resolved.span.end - 1 : resolved.span.end;
    return { kind: 'sha1', value: hash[1]!, span: { start: end - 40, end } };
  }

  get details(): EntryDetails {
    const [first] = this.descriptors;
    const { value, span } = first ?? { value: '', span: this.keySpan };
    const range = { value: value.slice(nameEnd(value) + 1), span };
    const entry = this;
    return {
      ...NO_DETAILS,
      source: classicInstalled(this.resolved, range),
      get others() {
        return entry.fieldsBeside(WRITTEN);
      },
    };
  }

  get os(): readonly string[] {
    return NONE;
  }

  get cpu(): readonly string[] {
    return NONE;
  }

  get libc(): readonly string[] {
    return NONE;
  }

  get edges(): readonly LockEdge[] {
    const edges: LockEdge[] = [];
    for (const section of ['dependencies', 'optionalDependencies'] satisfies DependencySection[]) {
      const isOptional = section === 'optionalDependencies';
      for (const block of this.blocks(section)) {
        this.readEdges(
          block,
          () => section,
          () => isOptional,
          edges,
        );
      }
    }
    return edges;
  }

  /**
   * Returns `real` for `alias@npm:real@^1`, wherever that is in the key, because `resolutions` append it to the
   * declared descriptor; otherwise the name before the range.
   */
  #declaredName(): string {
    const { declarations } = this;
    for (const declaration of declarations) {
      const end = nameEnd(declaration);
      if (!declaration.startsWith('npm:', end + 1)) continue;
      const target = declaration.slice(end + 5);
      return target.slice(0, nameEnd(target));
    }
    const first = declarations[0] ?? '';
    return first.slice(0, nameEnd(first));
  }
}

/**
 * Splits an entry's key into words, which the line's reader has verified to be a list of them; spans include quotes.
 */
function classicKeys(text: string, start: number, end: number): Located<string>[] {
  const keys: Located<string>[] = [];
  for (let at = start; at < end; ) {
    const keyEnd = text.charCodeAt(at) === 34 ? behindString(text, at) : bareEnd(text, at, end);
    keys.push({ value: decodeToken(text, at, keyEnd), span: { start: at, end: keyEnd } });
    at = keyEnd;
    while (at < end && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 44)) at++;
  }
  return keys;
}

/** Returns the offset after the closing quote of a string, which the line's reader has verified to exist. */
function behindString(text: string, start: number): number {
  let at = start + 1;
  while (text.charCodeAt(at) !== 34) at += text.charCodeAt(at) === 92 ? 2 : 1;
  return at + 1;
}

function bareEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text.charCodeAt(at) !== 32 && text.charCodeAt(at) !== 44) at++;
  return at;
}
