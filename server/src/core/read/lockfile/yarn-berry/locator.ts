import type { LockSource } from '../model/lockfile.ts';
import { nameEnd } from '../yarn/descriptor-index.ts';

/** The resolver of Yarn that fetches a package; `other` is a plugin's. */
export type LocatorKind =
  | 'npm'
  | 'workspace'
  | 'patch'
  | 'link'
  | 'file'
  | 'exec'
  | 'git'
  | 'tarball'
  | 'other';

/** `name@reference`: the exact package, as in an entry's `resolution`. */
export interface Locator {
  readonly name: string;
  readonly kind: LocatorKind;
  /** The part after the name's `@`: `npm:1.0.0`, `workspace:packages/a`. */
  readonly reference: string;
}

/** Parses a locator; undefined if no reference follows the name. */
export function readLocator(text: string): Locator | undefined {
  const end = nameEnd(text);
  if (end === text.length) return undefined;
  const reference = text.slice(end + 1);
  return { name: text.slice(0, end), kind: kindOf(reference), reference };
}

/** Returns where the package comes from; for a patched copy, where the original does. */
export function sourceOfLocator({ kind, reference }: Locator, nesting = 0): LockSource {
  switch (kind) {
    case 'npm':
      return 'registry';
    case 'workspace':
    case 'link':
    case 'git':
    case 'tarball':
      return kind;
    case 'file':
      return /\.(?:tgz|tar|tar\.gz)$/i.test(pathOf(reference)) ? 'file' : 'directory';
    case 'patch': {
      const patched = nesting < 4 ? patchedLocator(reference) : undefined;
      const locator = patched === undefined ? undefined : readLocator(patched);
      return locator === undefined ? 'directory' : sourceOfLocator(locator, nesting + 1);
    }
    default:
      return 'directory';
  }
}

/** Returns `a@npm:1.0.0` for `patch:a@npm%3A1.0.0#./a.patch::version=1.0.0`. */
export function patchedLocator(reference: string): string | undefined {
  const hash = reference.indexOf('#');
  if (!reference.startsWith('patch:') || hash === -1) return undefined;
  return decodeUri(reference.slice('patch:'.length, hash));
}

/** A part of a reference, with its offsets. */
export interface ReferencePart {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Returns the URL that the package is downloaded from, if the reference has one: of git, a tarball or a file, or the
 * `__archiveUrl` that Yarn writes (and follows) for a registry that serves tarballs from an unusual path.
 */
export function urlIn({ kind, reference }: Locator): ReferencePart | undefined {
  const archive = bindingOf(reference, '__archiveUrl');
  if (archive !== undefined) return archive;
  if (kind === 'file') {
    const value = pathOf(reference);
    return { value, start: 0, end: value.length };
  }
  if (kind !== 'git' && kind !== 'tarball') return undefined;
  const end = bindingStart(reference);
  return { value: reference.slice(0, end), start: 0, end };
}

/** Returns the reference without its bindings (`::locator=…`) and without anything after a `#`. */
export function pathOf(reference: string): string {
  const path = reference.slice(0, bindingStart(reference));
  const hash = path.indexOf('#');
  return hash === -1 ? path : path.slice(0, hash);
}

/** Returns the bindings of a reference, decoded, in source order. */
export function bindingsOf(reference: string): readonly (readonly [name: string, value: string])[] {
  const text = reference.slice(bindingStart(reference) + 2);
  if (text === '') return [];
  return text.split('&').map((binding) => {
    const equals = binding.indexOf('=');
    return equals === -1
      ? [decodeQuery(binding), '']
      : [decodeQuery(binding.slice(0, equals)), decodeQuery(binding.slice(equals + 1))];
  });
}

/** Returns the binding of a name, `::name=value&…`, which Yarn parses as a URL query: keys are encoded too. */
function bindingOf(reference: string, name: string): ReferencePart | undefined {
  let start = bindingStart(reference) + 2;
  for (const binding of reference.slice(start).split('&')) {
    const equals = binding.indexOf('=');
    const end = start + binding.length;
    if (equals !== -1 && decodeQuery(binding.slice(0, equals)) === name) {
      return { value: decodeQuery(binding.slice(equals + 1)), start: start + equals + 1, end };
    }
    start = end + 1;
  }
  return undefined;
}

function bindingStart(reference: string): number {
  const at = reference.indexOf('::');
  return at === -1 ? reference.length : at;
}

function kindOf(reference: string): LocatorKind {
  if (reference.startsWith('npm:')) return 'npm';
  if (reference.startsWith('workspace:')) return 'workspace';
  if (reference.startsWith('patch:')) return 'patch';
  if (reference.startsWith('link:') || reference.startsWith('portal:')) return 'link';
  if (reference.startsWith('file:')) return 'file';
  if (reference.startsWith('exec:')) return 'exec';
  if (/^(?:git[+:@]|ssh:)/.test(reference) || /#(?:[^#]*&)?commit=/.test(reference)) return 'git';
  return /^https?:/.test(reference) ? 'tarball' : 'other';
}

/** In a query a plus sign means a space. */
function decodeQuery(text: string): string {
  return decodeUri(text.replaceAll('+', ' '));
}

/** Keeps an invalid escape as it is, so that nothing else hides behind it. */
function decodeUri(text: string): string {
  return text.replace(/%[0-7][\da-f]|(?:%[89a-f][\da-f])+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}
