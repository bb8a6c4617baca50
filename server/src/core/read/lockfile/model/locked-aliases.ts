import { aliasParts } from '../../manifest/read-specifier.ts';
import type { Span } from '../../text/span.ts';
import type { LockEntry, Lockfile } from './lockfile.ts';

/** A name under which a lockfile installs a package of another name. */
export interface LockedAlias {
  readonly alias: string;
  readonly target: string;
  readonly version: string | undefined;
  readonly span: Span;
}

/**
 * Yields the aliases of registry packages, once for each place with one.
 * @param entries the entries to check; for pnpm the whole text is searched
 */
export function* lockedAliases(
  lockfile: Lockfile,
  entries: readonly LockEntry[] = lockfile.entries,
): Generator<LockedAlias, void> {
  if (lockfile.format === 'pnpm') {
    yield* inSnapshots(lockfile.text);
    return;
  }
  for (const entry of entries) {
    const { alias, name, version, keySpan } = entry;
    if (alias === undefined || entry.source !== 'registry') continue;
    yield { alias, target: name, version: version?.value, span: keySpan };
  }
}

/**
 * In the dependencies of a package, pnpm writes the name of the aliased package in place of a version: `alias:
 * real@1.0.0`, earlier `alias: /real@1.0.0` or `/real/1.0.0`. Declarations of importers are also in a manifest.
 */
function* inSnapshots(text: string): Generator<LockedAlias, void> {
  const line =
    /\n {6}["']?((?:@[\w.-]+\/)?[\w.-]+)["']?: ["']?(\/?((?:@[\w.~-]+\/)?[a-z][\w.~-]*)[@/](\d[^\s("'_]*))/gi;
  for (const match of text.matchAll(line)) {
    const [whole, alias, value, target, version] = match;
    if (alias === target || alias === 'version' || alias === 'specifier') continue;
    const end = match.index + whole.length;
    yield { alias: alias!, target: target!, version: version!, span: { start: end - value!.length, end } };
  }
}

/** Returns the aliases in the copies of manifests in a lockfile, each with its target. */
export function declaredAliases({ importers }: Pick<Lockfile, 'importers'>): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (const importer of importers.values()) {
    for (const { name, specifier } of (importer as LockEntry).edges) {
      const target = aliasParts(specifier.value)?.target ?? '';
      if (target !== '') pairs.add(`${name} ${target}`);
    }
  }
  return pairs;
}
