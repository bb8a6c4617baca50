import { type FoundImport, NO_IMPORTS } from '../../read/imports/imports.ts';
import { packageOf } from '../../read/imports/package-of.ts';
import type { Declared } from './config-tools.ts';
import { configuredFields } from './manifest-text.ts';
import { type ManifestNode, type ManifestTree, upward } from './manifest-tree.ts';
import { namedIn, namedInManifest } from './named-imports.ts';
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
  /** Whether a configuration names it, for a tool to load. */
  readonly isNamed: boolean;
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
      const isTest = isTestPath(file.path.slice(node.folder.length));
      const of = used.get(node)!;
      const before = of.get(name);
      if (before === undefined) of.set(name, { isTest, path: file.path, offset: found.offset });
      else before.isTest &&= isTest;
      return true;
    }
    return false;
  };
  const add = (file: UsageFile, near: ManifestNode, found: FoundImport, isNamed: boolean): void => {
    const name = packageOf(found.specifier);
    if (name === undefined) return;
    for (const node of upward(near)) imported.get(node)!.add(name);
    const isDeclared = use(name, near, file, found);
    const isTyped = use(typesOf(name), near, file, found);
    if (!isDeclared) undeclared.push({ name, node: near, file, found, isTyped, isNamed });
  };
  for (const file of files) {
    const near = tree.nearest(file.path);
    if (near === undefined) continue;
    for (const found of file.scanned.imports) add(file, near, found, false);
    for (const found of namedIn(file, declaredAround(near))) add(file, near, found, true);
    const added = file.scanned.isModule ? file.scanned.declared : [];
    for (const name of added) use(packageOf(name) ?? name, near, file, MERGED);
  }
  for (const node of tree.nodes) {
    const { text } = node.manifest;
    const file = {
      path: `${node.folder}package.json`,
      kind: 'configuration',
      text,
      scanned: NO_IMPORTS,
    } as const;
    for (const found of namedInManifest(node.manifest, declaredAround(node))) add(file, node, found, true);
  }
  return { used, undeclared, imported };
}

/** `declare module` in a module adds to the types of an installed package. */
const MERGED: FoundImport = { specifier: '', kind: 'type', offset: 0, isOptional: true };

function declaredAround(near: ManifestNode): Declared {
  const around = [...upward(near)];
  return {
    has: (name) => around.some(({ declared }) => declared.has(name)),
    some: (test) => around.some(({ declared }) => [...declared.keys()].some(test)),
    runs: (command) =>
      around.some(({ manifest }) =>
        configuredFields(manifest).some(({ key, text }) => key === 'scripts' && command.test(text)),
      ),
    rangeOf: (name) => around.find(({ declared }) => declared.has(name))?.declared.get(name)?.declared,
  };
}
