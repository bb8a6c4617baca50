import {
  declaredBy,
  edgeSpan,
  type LockPlace,
  lockPlaceAt,
  ownSpan,
} from '../../../read/lockfile/model/lock-place.ts';
import type { LockEntry, Lockfile } from '../../../read/lockfile/model/lockfile.ts';
import { readSpecifier, targetOf } from '../../../read/manifest/read-specifier.ts';
import { followEdge } from '../../../read/project/locked/follow-edge.ts';
import type { Project } from '../../../read/project/project.ts';
import { redactUserinfo } from '../../../read/text/paths/web-url.ts';
import type { Span } from '../../../read/text/span.ts';
import { describeSpecifier, isOfWorkspace, OF_WORKSPACE, sectionKinds } from './elsewhere.ts';
import type { HoverTarget } from './hover-target.ts';

/** Returns an entry of a lockfile, or a dependency of an entry or importer. */
export function lockfileTarget(
  project: Project,
  lockfile: Lockfile,
  offset: number,
): HoverTarget | undefined {
  const place = lockPlaceAt(lockfile, offset);
  switch (place?.type) {
    case 'entry':
      return entryTarget(place.entry, place.token);
    case 'edge':
      return edgeTarget(place, followEdge(project, lockfile, place.from, place.edge));
    default:
      return undefined;
  }
}

function entryTarget(entry: LockEntry, span: Span): HoverTarget {
  const { dev, optional, peer } = entry;
  const kinds = [dev ? 'development' : '', optional ? 'optional' : '', peer ? 'peer' : ''].filter(
    (kind) => kind !== '',
  );
  const name = entry.alias ?? entry.name;
  return {
    span,
    range: ownSpan(entry),
    name,
    target: entry.name,
    declared: undefined,
    kinds,
    entry,
    elsewhere: elsewhereInLockfile(entry, undefined),
  };
}

function edgeTarget(
  { from, edge, token }: LockPlace & { readonly type: 'edge' },
  entry: LockEntry | undefined,
): HoverTarget {
  const { name, section } = edge;
  const declared = declaredBy(from, edge);
  const specifier = declared === undefined ? undefined : readSpecifier(name, declared);
  const elsewhere = entry === undefined ? undefined : elsewhereInLockfile(entry, declared);
  return {
    span: token,
    range: edgeSpan(edge),
    name,
    target: entry?.name ?? (specifier === undefined ? name : targetOf(name, specifier)),
    declared,
    kinds: sectionKinds(section),
    entry,
    elsewhere: elsewhere ?? (specifier === undefined ? undefined : describeSpecifier(specifier, declared)),
  };
}

function elsewhereInLockfile(entry: LockEntry, declared: string | undefined): string | undefined {
  if (isOfWorkspace(entry)) return OF_WORKSPACE;
  const address = redactUserinfo(declared ?? entry.resolved?.value ?? entry.key);
  switch (entry.source) {
    case 'git':
      return `git: ${address}`;
    case 'tarball':
      return `a URL: ${address}`;
    case 'file':
      return `a local file: ${address}`;
    case 'directory':
      return `a local folder: ${address}`;
    default:
      return undefined;
  }
}
