import type { DependencyGraph, GraphPackage } from '../../read/graph/dependency-graph.ts';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { isPnpmLockfile } from '../../read/lockfile/pnpm/read-pnpm-lockfile.ts';
import type { InstallDifference, InstalledPackage } from '../../read/project/install-state.ts';
import { createEntryIndex, type EntryIndex, isDownloaded, isVersionOf } from './entry-index.ts';
import { requiredPackages } from './required-packages.ts';

export interface ComparedInstall {
  readonly graph: DependencyGraph;
  readonly packages: readonly InstalledPackage[];
  /** Whether the keys of the lockfile are paths in node_modules. */
  readonly keysArePaths: boolean;
  /** The folders of workspace members, relative to the root. */
  readonly members: ReadonlySet<string>;
  readonly memberNames: ReadonlySet<string>;
}

/**
 * Returns how an install differs from its lockfile. Optional packages, those for other platforms, bundled ones, and parts
 * that were left out of the install are not missing.
 */
export function compareInstalled(compared: ComparedInstall): readonly InstallDifference[] {
  const { graph, packages } = compared;
  const index = createEntryIndex(graph.lockfile, compared.keysArePaths);
  const found: InstallDifference[] = [];
  const seen = new Set<string>();
  for (const each of packages) {
    const difference = differenceOf(each, compared, index);
    if (difference === undefined) continue;
    // A package manager may place several copies for different peers.
    const key = JSON.stringify([difference.kind, difference.name, difference.version]);
    if (!seen.has(key)) found.push(difference);
    seen.add(key);
  }
  const replaced = new Set(
    found.flatMap(({ kind, name }) => (kind === 'version' || kind === 'link' ? [name] : [])),
  );
  return [...found, ...missing(compared).filter(({ name }) => !replaced.has(name))];
}

function differenceOf(
  each: InstalledPackage,
  { graph, members, memberNames }: ComparedInstall,
  index: EntryIndex,
): InstallDifference | undefined {
  const { path, folder, version = null, linkedTo, isBrought } = each;
  if (memberNames.has(folder)) {
    // The folder that a member of pnpm publishes may lie outside of it.
    if (linkedTo === undefined || isPnpmLockfile(graph.lockfile) || members.has(linkedTo)) return undefined;
  } else if (index.linked.has(folder)) return undefined;
  const { placed, candidates } = index.lookUp(each);
  const entries = placed === undefined ? candidates : [placed];
  const locked = [...new Set(entries.flatMap((entry) => entry.version?.value ?? []))];
  const shown = { name: folder, version, path: path ?? null, locked, files: [] };
  if (linkedTo !== undefined) return members.has(linkedTo) ? undefined : { kind: 'link', ...shown };
  if (entries.some((entry) => isVersionOf(entry, version))) return undefined;
  if (placed === undefined && isBrought) return undefined;
  return { kind: entries.length === 0 ? 'extra' : 'version', ...shown };
}

function missing({ graph, packages, keysArePaths }: ComparedInstall): readonly InstallDifference[] {
  const paths = new Set(packages.map(({ path }) => path));
  const names = new Map<string, Set<string | undefined>>();
  for (const { name, folder, version } of packages)
    for (const each of new Set([name ?? folder, folder])) {
      const known = names.get(each);
      if (known === undefined) names.set(each, new Set([version]));
      else known.add(version);
    }
  const isInstalled = ({ own, name, alias }: GraphPackage) => {
    if (keysArePaths && paths.has(own.key)) return true;
    const versions = [...(names.get(name) ?? []), ...(alias === undefined ? [] : (names.get(alias) ?? []))];
    return versions.some((version) => isVersionOf(own, version ?? null));
  };
  const { lockfile } = graph;
  const main = isPnpmLockfile(lockfile) ? lockfile.main?.index : undefined;
  const found = new Map<string, InstallDifference>();
  for (const required of requiredPackages(graph, isInstalled)) {
    const { entry, name, version, document } = required;
    if (isInstalled(required) || mayBeAbsent(entry) || (document !== undefined && document !== main))
      continue;
    const difference = { kind: 'missing', name, version: version ?? null, path: null, files: [] } as const;
    found.set(`${name}@${version}`, { ...difference, locked: version === undefined ? [] : [version] });
  }
  return [...found.values()];
}

function mayBeAbsent({ bundled, optional, os, cpu, libc, source }: LockEntry): boolean {
  return bundled || optional || os.length + cpu.length + libc.length > 0 || !isDownloaded(source);
}
