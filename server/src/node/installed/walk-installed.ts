import { type Dirent, readdirSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { parseJson } from '../../core/know/registry/documents/document-kind.ts';
import { asObject, asText, type JsonObject, member } from '../../core/know/registry/documents/json-value.ts';
import type { Installed, InstalledPackage } from '../../core/read/project/install-state.ts';
import { isPathWithin } from '../files/is-path-within.ts';
import { readBoundedSync } from '../files/read-bounded.ts';

/** An installed package and the folder that its files are in. */
export interface WalkedPackage extends InstalledPackage {
  readonly directory: string;
}

export interface WalkedInstall extends Installed {
  readonly packages: readonly WalkedPackage[];
  /** Whether there is a node_modules at all. */
  readonly isPresent: boolean;
}

const MAX_MANIFEST = 4 * 1024 * 1024;
const MAX_PACKAGES = 200_000;
const MAX_NAME = 300;
const MODULES = 'node_modules';

/**
 * Returns every package that code in the root and its members can reach: what is in their node_modules, and in the folders
 * of packages that links there lead to. What a store holds beside that is a leftover, which nothing loads. Nothing is run.
 *
 * @param folders the members, relative to the root
 */
export function walkInstalled(root: string, folders: readonly string[]): WalkedInstall {
  const packages: WalkedPackage[] = [];
  const gaps: string[] = [];
  const known = new Set<string>();
  const visited = new Set<string>();
  /** Folders of packages, each with what holds for all in it: see `InstalledPackage.isBrought`. */
  const waiting: { readonly modules: string; readonly isBrought: boolean }[] = [];
  const enter = (modules: string, isBrought: boolean) => {
    if (visited.has(modules)) return;
    visited.add(modules);
    waiting.push({ modules, isBrought });
  };
  const pathOf = (path: string) => relative(root, path).split(sep).join('/');

  const addPackage = (path: string, folder: string, directory: string, isBrought: boolean) => {
    const key = `${folder}\n${directory}`;
    if (known.has(key)) return;
    known.add(key);
    const manifest = manifestIn(directory);
    enter(join(directory, MODULES), isBrought || hasBundles(manifest) || hasScripts(manifest));
    if (manifest === undefined && !namesIn(directory).some((name) => name === 'index.js')) return;
    packages.push({
      path: pathOf(path),
      folder,
      name: asText(member(manifest, 'name'), MAX_NAME),
      version: asText(member(manifest, 'version'), MAX_NAME),
      linkedTo: undefined,
      isBrought,
      directory,
    });
  };
  const addLink = (path: string, folder: string, target: string, isBrought: boolean) => {
    if (!target.split(sep).includes(MODULES)) {
      const manifest = manifestIn(target);
      packages.push({
        ...{ path: pathOf(path), folder, linkedTo: pathOf(target), isBrought, directory: target },
        name: asText(member(manifest, 'name'), MAX_NAME),
        version: asText(member(manifest, 'version'), MAX_NAME),
      });
      return;
    }
    // What the package may load lies around it, or beside it.
    const above = dirname(target);
    const modules = [above, dirname(above)].find((each) => each.endsWith(`${sep}${MODULES}`));
    addPackage(isPathWithin(root, target) ? target : path, folder, target, isBrought);
    enter(modules ?? join(above, MODULES), isBrought);
  };
  const addItem = (path: string, folder: string, item: Dirent, isBrought: boolean, beside: Names) => {
    if (item.isDirectory()) addPackage(path, folder, path, isBrought);
    else if (item.isFile()) {
      if (!isLoaded(item.name, beside)) return;
      const nothing = { name: undefined, version: undefined, linkedTo: undefined };
      packages.push({ path: pathOf(path), folder, ...nothing, isBrought, directory: path });
    } else if (item.isSymbolicLink()) {
      const target = targetOf(path);
      if (target !== undefined) addLink(path, folder, target, isBrought);
    }
  };

  for (const folder of new Set(['', ...folders])) enter(join(root, folder, MODULES), false);
  let isPresent = false;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { modules, isBrought } = next;
    if (packages.length > MAX_PACKAGES) {
      gaps.push(`there are more than ${MAX_PACKAGES} packages`);
      break;
    }
    const items = itemsIn(modules);
    if (items === 'unreadable') gaps.push(`${pathOf(modules)} cannot be read`);
    if (items === 'unreadable' || items === undefined) continue;
    isPresent = true;
    const names = new Set(items.map(({ name }) => name));
    for (const item of items) {
      const path = join(modules, item.name);
      if (item.name.startsWith('.')) {
        // The folder of a store has a node_modules with what every package of it can load.
        if (item.isDirectory() && item.name !== '.bin') enter(join(path, MODULES), false);
      } else if (item.name.startsWith('@') && item.isDirectory()) {
        const found = itemsIn(path);
        const below = found === undefined || found === 'unreadable' ? [] : found;
        const beside = new Set(below.map(({ name }) => name));
        for (const scoped of below)
          addItem(join(path, scoped.name), `${item.name}/${scoped.name}`, scoped, isBrought, beside);
      } else addItem(path, item.name, item, isBrought, names);
    }
  }
  return { packages, gaps, isPresent };
}

type Names = ReadonlySet<string>;

/** `require('a')` loads `node_modules/a.js` before the folder `a`. Data counts only in the place of a package. */
function isLoaded(name: string, beside: Names): boolean {
  if (/\.(?:js|node)$/.test(name)) return true;
  return name.endsWith('.json') && beside.has(name.slice(0, -'.json'.length));
}

function itemsIn(path: string): readonly Dirent[] | 'unreadable' | undefined {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : 'unreadable';
  }
}

function namesIn(path: string): readonly string[] {
  const items = itemsIn(path);
  return items === undefined || items === 'unreadable' ? [] : items.map(({ name }) => name);
}

function targetOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function manifestIn(directory: string): JsonObject | undefined {
  try {
    return asObject(
      parseJson(readBoundedSync(join(directory, 'package.json'), MAX_MANIFEST).bytes.toString()),
    );
  } catch {
    return undefined;
  }
}

function hasBundles(manifest: JsonObject | undefined): boolean {
  const bundles = member(manifest, 'bundleDependencies') ?? member(manifest, 'bundledDependencies');
  return bundles === true || (Array.isArray(bundles) && bundles.length > 0);
}

/** Some packages install others into their own folder. */
function hasScripts(manifest: JsonObject | undefined): boolean {
  const scripts = asObject(member(manifest, 'scripts'));
  return ['preinstall', 'install', 'postinstall'].some((name) => member(scripts, name) !== undefined);
}
