import type { LockEntry, Lockfile } from '../../lockfile/model/lockfile.ts';
import { requestedUrl } from '../../lockfile/model/registry-base.ts';
import { specOfLockfile } from '../../manager/manager-of-lockfile.ts';
import { isExotic } from '../../manifest/exotic-names.ts';
import { readSpecifier } from '../../manifest/read-specifier.ts';
import { joinUri, type Uri } from '../../text/paths/uri.ts';
import type { Project } from '../project.ts';
import { leadsToRepository } from './same-repository.ts';

/**
 * Returns a function that checks whether something requests exactly the source of an entry: a manifest, a catalog or an
 * override by the entry's name, or a package of the lockfile. The sources of other copies of the name do not matter.
 */
export function declaredSources(
  lockfile: Lockfile,
  { root, exoticSources }: Pick<Project, 'root' | 'exoticSources'>,
): (entry: LockEntry) => boolean {
  let ofPackages: ReadonlyMap<string, readonly string[]> | undefined;
  return (entry) => {
    const name = entry.alias ?? entry.name;
    for (const { declared, folder } of exoticSources.get(name) ?? []) {
      if (leadsTo(name, declared, entry, { root, folder })) return true;
    }
    // Registry packages are declared by URL only in manifests.
    if (entry.source === 'registry') return false;
    ofPackages ??= exoticEdges(lockfile);
    return (ofPackages.get(name) ?? []).some((declared) =>
      leadsTo(name, declared, entry, { root, folder: root }),
    );
  };
}

/**
 * Returns what packages of the lockfile, and its copies of manifests, declare other than by version. pnpm records what
 * the dependencies of packages resolved to, not what they declare.
 */
function exoticEdges({ importers, entries, format }: Lockfile): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const from of [
    ...importers.values(),
    ...(specOfLockfile(format).lockfile.recordsRanges ? entries : []),
  ]) {
    for (const { name, specifier } of from.edges) {
      if (!/[/:]/.test(specifier.value)) continue;
      const known = found.get(name);
      if (known === undefined) found.set(name, [specifier.value]);
      else known.push(specifier.value);
    }
  }
  return found;
}

interface Folders {
  readonly root: Uri;
  readonly folder: Uri;
}

function leadsTo(name: string, declared: string, entry: LockEntry, { root, folder }: Folders): boolean {
  const specifier = readSpecifier(name, declared);
  if (!isExotic(specifier)) return false;
  const address = entry.resolved?.value ?? '';
  switch (specifier.type) {
    case 'remote': {
      const asked = requestedUrl(specifier.address, '');
      return asked !== undefined && asked.href === requestedUrl(address, '')?.href;
    }
    case 'git':
      return leadsToRepository(specifier, address);
    case 'file':
    case 'directory':
    case 'link':
    case 'portal': {
      if (!/^(?:file|directory|link|workspace)$/.test(entry.source)) return false;
      const path = address.replace(/^(?:file|link|portal|workspace):/i, '');
      return pathUri(folder, specifier.path) === pathUri(root, path);
    }
    default:
      return false;
  }
}

function pathUri(base: Uri, path: string): Uri {
  const text = path.replaceAll('\\', '/');
  return text.startsWith('/')
    ? joinUri(`${base.slice(0, base.indexOf('://') + 3)}/`, text)
    : joinUri(base, text);
}
