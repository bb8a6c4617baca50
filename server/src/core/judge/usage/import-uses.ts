import type { FoundImport } from '../../read/imports/imports.ts';
import { packageOf } from '../../read/imports/package-of.ts';
import { type ManifestNode, type ManifestTree, upward } from './manifest-tree.ts';
import { namedIn } from './named-imports.ts';
import { isTestPath, type UsageFile } from './usage-file.ts';

/** Where a manifest's dependency is imported. */
export interface ImportUse {
  /** Whether only tests import it. */
  isTest: boolean;
  /** The first file that imports it. */
  readonly path: string;
  readonly offset: number;
}

/** An import of a package that no manifest around the file declares. */
export interface UndeclaredImport {
  readonly name: string;
  readonly node: ManifestNode;
  readonly file: UsageFile;
  readonly found: FoundImport;
  /** Whether its types are declared, so that it may be a package of types alone. */
  readonly isTyped: boolean;
}

export interface ImportUses {
  readonly used: ReadonlyMap<ManifestNode, ReadonlyMap<string, ImportUse>>;
  readonly undeclared: readonly UndeclaredImport[];
  /** All packages imported below each manifest, declared or not. */
  readonly imported: ReadonlyMap<ManifestNode, ReadonlySet<string>>;
}

/** Returns the package with the types of another one, as DefinitelyTyped names it. */
export function typesOf(name: string): string {
  return `@types/${name.startsWith('@') ? name.slice(1).replace('/', '__') : name}`;
}

/** Assigns each import to the nearest manifest that declares the package. */
export function importUses(files: readonly UsageFile[], tree: ManifestTree): ImportUses {
  const used = new Map<ManifestNode, Map<string, ImportUse>>();
  const imported = new Map<ManifestNode, Set<string>>();
  const undeclared: UndeclaredImport[] = [];
  for (const node of tree.nodes) {
    used.set(node, new Map());
    imported.set(node, new Set());
  }
  const use = (name: string, near: ManifestNode, file: UsageFile, found: FoundImport): boolean => {
    for (const node of upward(near)) {
      if (!node.declared.has(name)) continue;
      const isTest = isTestPath(file.path);
      const of = used.get(node)!;
      const before = of.get(name);
      if (before === undefined) of.set(name, { isTest, path: file.path, offset: found.offset });
      else before.isTest &&= isTest;
      return true;
    }
    return false;
  };
  for (const file of files) {
    const named = namedIn(file);
    if (file.scanned.imports.length + file.scanned.declared.length + named.length === 0) continue;
    const near = tree.nearest(file.path);
    if (near === undefined) continue;
    for (const found of [...file.scanned.imports, ...named]) {
      const name = packageOf(found.specifier);
      if (name === undefined) continue;
      for (const node of upward(near)) imported.get(node)!.add(name);
      const isDeclared = use(name, near, file, found);
      const isTyped = use(typesOf(name), near, file, found);
      if (!isDeclared) undeclared.push({ name, node: near, file, found, isTyped });
    }
    const added = file.scanned.isModule ? file.scanned.declared : [];
    for (const name of added) use(packageOf(name) ?? name, near, file, MERGED);
  }
  return { used, undeclared, imported };
}

/** `declare module` in a module adds to the types of an installed package. */
const MERGED: FoundImport = { specifier: '', kind: 'type', offset: 0, isOptional: true };
