import type { FoundImport } from '../../read/imports/imports.ts';
import { packageOf } from '../../read/imports/package-of.ts';
import { type ManifestNode, type ManifestTree, upward } from './manifest-tree.ts';
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
    if (file.scanned.imports.length === 0) continue;
    const near = tree.nearest(file.path);
    if (near === undefined) continue;
    for (const found of file.scanned.imports) {
      const name = packageOf(found.specifier);
      if (name === undefined) continue;
      for (const node of upward(near)) imported.get(node)!.add(name);
      const isDeclared = use(name, near, file, found);
      const isTyped = use(typesOf(name), near, file, found);
      if (!isDeclared && !isTyped) undeclared.push({ name, node: near, file, found });
    }
    for (const name of file.scanned.declared) use(packageOf(name) ?? name, near, file, MERGED);
  }
  return { used, undeclared, imported };
}

/** `declare module` of a package that is installed adds to its types. */
const MERGED: FoundImport = { specifier: '', kind: 'type', offset: 0, isOptional: true };
