import { canonicalUrl } from '../../text/paths/canonical-url.ts';
import type { Located } from '../../text/span.ts';
import type { LockSource } from '../model/lockfile.ts';
import type { EntryHash } from '../record/entry-hash.ts';
import { readHash } from '../record/hash-list.ts';
import {
  archiveSource,
  CONFIGURED_REGISTRY,
  gitSource,
  type InstalledSource,
  localSource,
  plainSource,
  relativeSource,
  unknownSource,
  urlSource,
} from '../record/installed-source.ts';
import { isLocalPath } from '../record/local-path.ts';
import { addressNode, type PnpmVariant } from './pnpm-resolution.ts';
import {
  childrenOf,
  hasChildren,
  keyOf,
  locatedScalar,
  memberOf,
  NONE,
  type Node,
  scalarOf,
  type YamlTape,
} from './yaml-tape.ts';

/** What the entry records beside its `resolution`. */
export interface PnpmSourceFacts {
  readonly source: LockSource;
  /** The registry named in its key, empty for the configured one. */
  readonly registry: string;
  /** Its key, for an entry without a `resolution`. */
  readonly entry: Located<string>;
}

/** The types of resolutions that pnpm itself writes. */
const TYPES: ReadonlySet<string> = new Set(['git', 'directory', 'binary', 'variations']);

/**
 * Returns the source that pnpm takes a package from, by its `resolution`. Members of another kind of resolution are
 * part of the identity, because it is uncertain which of them counts.
 */
export function pnpmSource(tape: YamlTape, resolution: Node, facts: PnpmSourceFacts): InstalledSource {
  if (resolution === NONE || !hasChildren(tape, resolution)) return unknownSource(facts.entry);
  const type = scalarOf(tape, memberOf(tape, resolution, 'type'));
  if (type !== undefined && !TYPES.has(type)) {
    return unknownSource(facts.entry, flatText(tape, resolution, ['integrity']));
  }
  const text = locatedScalar(tape, addressNode(tape, resolution));
  switch (type) {
    case 'binary':
    case 'variations': {
      const source = plainSource(
        type,
        flatText(tape, resolution, ['integrity', 'type']),
        text ?? facts.entry,
      );
      return text === undefined ? source : { ...source, url: canonicalUrl(text.value) };
    }
    default:
      break;
  }
  const known = ['integrity', 'type', 'gitHosted'];
  const source = addressedSource(tape, resolution, facts, text, known);
  const more = flatText(tape, resolution, known);
  return more === '' ? source : { ...source, identity: `${source.identity} ${more}` };
}

function addressedSource(
  tape: YamlTape,
  resolution: Node,
  { source, registry, entry }: PnpmSourceFacts,
  text: Located<string> | undefined,
  known: string[],
): InstalledSource {
  const member = (name: string) => locatedScalar(tape, memberOf(tape, resolution, name));
  switch (source) {
    case 'directory': {
      const path = member('directory');
      if (path === undefined && text !== undefined) {
        known.push('tarball');
        return localSource(text);
      }
      known.push('directory');
      return localSource(path ?? entry, path?.value, 'directory');
    }
    case 'git': {
      const repository = member('repo');
      if (repository === undefined) {
        known.push('tarball');
        return text === undefined ? unknownSource(entry) : archiveSource(text);
      }
      known.push('repo', 'commit');
      const commit = member('commit')?.value;
      return gitSource(repository, commit === undefined ? repository.value : `${repository.value}#${commit}`);
    }
    case 'registry':
    case 'tarball':
    case 'file': {
      known.push('tarball');
      const tarball = member('tarball');
      if (tarball === undefined) {
        // A `url` or only a hash: the latter is the registry's.
        const isOther = memberOf(tape, resolution, 'url') !== NONE;
        if (isOther) return unknownSource(entry);
        return registry === ''
          ? CONFIGURED_REGISTRY
          : { ...CONFIGURED_REGISTRY, identity: `registry ${registry}`, text: entry };
      }
      if (/^file:/i.test(tarball.value) || isLocalPath(tarball.value)) return tarballPath(tarball);
      const found = canonicalUrl(tarball.value) === undefined ? relativeSource(tarball) : urlSource(tarball);
      const hash = tarball.value.indexOf('#');
      return hash === -1 ? found : { ...found, identity: `${found.identity}${tarball.value.slice(hash)}` };
    }
    default:
      return unknownSource(entry);
  }
}

/** To pnpm, a path that begins with a slash is on the registry's host; it writes other paths with `file:`. */
function tarballPath(tarball: Located<string>): InstalledSource {
  return /^[/\\]/.test(tarball.value) ? relativeSource(tarball) : localSource(tarball);
}

/** Reads a mapping of scalars, such as `engines`. */
export function scalarsByKey(tape: YamlTape, mapping: Node): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const node of childrenOf(tape, mapping)) found.set(keyOf(tape, node), scalarOf(tape, node) ?? '');
  return found;
}

/** Returns the hashes of the archives for kinds of machines, in source order. */
export function variantHashes(variants: readonly PnpmVariant[]): readonly EntryHash[] {
  return variants.flatMap(({ integrity }) =>
    integrity === undefined
      ? []
      : integrity.value
          .split(/\s+/)
          .filter((text) => text !== '')
          .map((text) => ({ ...readHash(text), text, span: integrity.span })),
  );
}

/** Formats a mapping in one line, with sorted members and canonical URLs, omitting some members at any depth. */
function flatText(tape: YamlTape, node: Node, without: readonly string[], depth = 0): string {
  if (depth > DEEPEST) return '…';
  if (!hasChildren(tape, node)) {
    const value = scalarOf(tape, node) ?? '';
    return canonicalUrl(value)?.href ?? value;
  }
  const parts: string[] = [];
  for (const child of childrenOf(tape, node)) {
    const key = keyOf(tape, child);
    if (!without.includes(key)) parts.push(`${key}=${flatText(tape, child, NESTED_HASHES, depth + 1)}`);
  }
  return depth === 0 ? parts.sort().join(' ') : `(${parts.sort().join(' ')})`;
}

const NESTED_HASHES: readonly string[] = ['integrity'];

/** Resolutions have four levels. */
const DEEPEST = 8;
