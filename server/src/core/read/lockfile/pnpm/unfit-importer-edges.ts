import semver from 'semver';
import type { Span } from '../../text/span.ts';
import { isUnfit } from '../faults/unfit-version.ts';
import type { LockEdge, LockEntry, Lockfile } from '../model/lockfile.ts';
import type { PnpmEdge } from './pnpm-edge.ts';

/** A dependency of an importer that resolved to something other than it declares. */
export interface UnfitImporterEdge {
  /** The resolved reference, as written. */
  readonly span: Span;
  readonly edge: LockEdge;
  /** The version, if it is out of the range; undefined if it is another package. */
  readonly version: string | undefined;
  /** The other package. */
  readonly entry: LockEntry | undefined;
}

/**
 * Yields the dependencies of importers of a pnpm lockfile that resolved to a version out of their range, or to a
 * package of another name. pnpm compares the specifier with the manifest, but not with the version beside it.
 */
export function* unfitImporterEdges(lockfile: Lockfile): Generator<UnfitImporterEdge, void> {
  if (lockfile.format !== 'pnpm') return;
  for (const importer of lockfile.importers.values()) {
    for (const edge of importer.edges) {
      const { name, specifier } = edge;
      const locked = (edge as PnpmEdge).version;
      if (locked === undefined) continue;
      const { span } = locked;
      const version = /^\d[^(_]*/.exec(locked.value)?.[0];
      if (version !== undefined) {
        if (isUnfit(version, specifier.value)) yield { span, edge, version, entry: undefined };
        continue;
      }
      // Only keys of other packages begin with a letter, or with one after a slash or a scope.
      if (!/^[/@a-z]/i.test(locked.value) || semver.validRange(specifier.value) === null) continue;
      const entry = lockfile.follow(importer, edge);
      if (entry?.source === 'registry' && entry.name !== name) yield { span, edge, version, entry };
    }
  }
}
