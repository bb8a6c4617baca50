import type { ImportKind } from '../../read/imports/imports.ts';
import { packageOf } from '../../read/imports/package-of.ts';
import type { MissingImport } from '../../read/project/usage.ts';
import { joinUri, type Uri } from '../../read/text/paths/uri.ts';
import type { UndeclaredImport } from './import-uses.ts';
import type { ManifestNode, ManifestTree } from './manifest-tree.ts';
import { upward } from './manifest-tree.ts';
import type { OtherUses } from './other-uses.ts';
import { siblingImports } from './sibling-imports.ts';
import { isDevelopmentPath, type UsageFile } from './usage-file.ts';
import type { UsageSearch } from './usage-search.ts';

/** Modules of the programs that run the code, by what shows that one is meant. */
const PROVIDED: readonly RegExp[] = [
  /^(?:vscode|electron|server-only|client-only|original-fs|bun|deno|k6|atom|sketch|uxp|photoshop|figma|meteor|aws-sdk|std|gjs|system|uno\.css)$/,
  /^(?:@theme|@theme-original|@theme-init|@site|@generated|@aws-sdk|@internal|@virtual)\//,
  // Docusaurus names its modules for pages like their exports: its packages have a hyphen, or are these.
  /^@docusaurus\/(?!core$|types$|utils$|logger$|faster$|tsconfig$)[A-Za-z]+$/,
];
/** Functions that are given a `require`, as those of Browserify's bundles and of AMD: it finds modules in its own way. */
const OWN_REQUIRE = /\bfunction\s*[\w$]*\s*\(\s*require\s*[,)]|\(\s*require\s*(?:,[^()]{0,100})?\)\s*=>/;
/** Files of types, whose imports are erased. */
const DECLARATIONS = /\.d\.[cm]?ts$/;
const NO_SOURCE =
  /(?:^|\/)(?:fixtures?|__fixtures__|__testfixtures__|testdata|test-data|examples?|templates?|snippets?|_?vendor(?:ed)?|third[_-]party|playground|demos?|dist|out|public|static|tests?(?:\/.*)?\/samples)\/|(?:^|[/-])(?:template|fixture)s?[/-]/i;

/** Returns the imports of packages that no manifest around them declares, by manifest. */
export function missingImports(
  undeclared: readonly UndeclaredImport[],
  { search, tree, others, root }: MissingSearch,
): ReadonlyMap<ManifestNode, readonly MissingImport[]> {
  const grouped = new Map<ManifestNode, Map<string, UndeclaredImport[]>>();
  const ownNames = new Set(tree.nodes.flatMap(({ manifest }) => manifest.name?.value ?? []));
  const isSibling = siblingImports(search.files, tree);
  let amd: boolean | undefined;
  const isAmd = () => (amd ??= search.files.some(({ text }) => AMD.test(text)));
  const ambient = new Set(search.files.flatMap(({ scanned }) => (scanned.isModule ? [] : scanned.declared)));
  for (const each of undeclared) {
    const node = each.node.manifest.sections.length > 0 ? each.node : (each.node.parent ?? each.node);
    if (
      (node.isFixture && !isExampleMember(node)) ||
      !isReported(each, search) ||
      isDeclaredModule(each, ambient)
    )
      continue;
    if (each.isTyped && (each.found.kind !== 'value' || !isInstalled(each))) continue;
    if (ownNames.has(each.name) && !isSibling(each, node)) continue;
    // No package has had a capital letter in its name for years.
    if (/[A-Z]/.test(each.name) && !isInstalled(each)) continue;
    if (isModuleOf(each, search) && isAmd()) continue;
    const of = grouped.get(node) ?? new Map<string, UndeclaredImport[]>();
    grouped.set(node, of.set(each.name, [...(of.get(each.name) ?? []), each]));
  }
  const missing = new Map<ManifestNode, readonly MissingImport[]>();
  for (const [node, byName] of grouped) {
    const found = [...byName].flatMap(([name, of]) => {
      if (isFolder(of[0]!, node, search)) return [];
      // A key in the configuration of a tool looks like an alias.
      if (!of.every(({ isNamed }) => isNamed) && isAlias(name, node, others)) return [];
      return missingImport(name, of, root);
    });
    if (found.length > 0) missing.set(node, found);
  }
  return missing;
}

const REPORTED: ReadonlySet<ImportKind> = new Set(['value', 'type', 'comment', 'resolve']);

/** Checks whether a lockfile has the package: a package of types alone is imported like one, and is not there. */
function isInstalled({ name, node }: UndeclaredImport): boolean {
  const { lockfile, importer } = node;
  if (lockfile === undefined) return false;
  if (lockfile.resolve(importer ?? '', name) !== undefined) return true;
  return lockfile.entries.some((entry) => (entry.alias ?? entry.name) === name);
}

interface MissingSearch {
  readonly search: UsageSearch;
  readonly tree: ManifestTree;
  readonly others: OtherUses;
  /** The searched folder. */
  readonly root: Uri;
}

function isReported({ name, node, file, found }: UndeclaredImport, search: UsageSearch): boolean {
  if (found.isOptional || !REPORTED.has(found.kind) || isOfJsDoc(file, found)) return false;
  if (isMocked(name, file) || OWN_REQUIRE.test(file.text)) return false;
  const isOwn = isExampleMember(node);
  if (NO_SOURCE.test(isOwn ? file.path.slice(node.folder.length) : file.path)) return false;
  if (file.scanned.isUnsure || (!isOwn && search.isFixture(file.path))) return false;
  if (/\.(?:html|mdx|css|scss|sass|less|styl)$/.test(file.path)) return false;
  return !PROVIDED.some((pattern) => pattern.test(name));
}

/** Checks for an example that is a member of the workspace, and so declares for itself. */
function isExampleMember({ importer, folder }: ManifestNode): boolean {
  return importer !== undefined && importer !== '' && EXAMPLE.test(folder);
}

const EXAMPLE = /(?:^|\/)(?:examples?|playgrounds?|demos?)\/(?:[^/]+\/)?$/;

/** Checks whether the file replaces the package by a mock, which need not exist. */
function isMocked(name: string, { scanned, text }: UsageFile): boolean {
  const mocks = scanned.imports.filter(
    ({ kind, specifier }) => kind === 'mock' && packageOf(specifier) === name,
  );
  return mocks.length > 0 && !mocks.some(({ offset }) => ACTUAL.test(text.slice(0, offset).slice(-60)));
}

/** Loads the real package in a mock. */
const ACTUAL = /Actual\s*(?:<[^;{}]*>)?\s*\(\s*["'`]?$/;

/** Checks for a type in JSDoc, which helps an editor and nothing else: a triple-slash reference is compiled. */
function isOfJsDoc({ text }: UsageFile, { kind, offset }: UndeclaredImport['found']): boolean {
  const start = text.lastIndexOf('\n', offset) + 1;
  return kind === 'comment' && !/^\s*\/\/\//.test(text.slice(start, offset));
}

/** Checks for `declare module "x"`, also with a star at its end. Of an installed package, that only gives it types. */
function isDeclaredModule(each: UndeclaredImport, ambient: ReadonlySet<string>): boolean {
  const { specifier } = each.found;
  if (ambient.has(specifier) || ambient.has(each.name)) return !isInstalled(each);
  return [...ambient].some((each) => {
    const star = each.indexOf('*');
    return (
      star !== -1 && specifier.startsWith(each.slice(0, star)) && specifier.endsWith(each.slice(star + 1))
    );
  });
}

/**
 * Checks for a file or folder that `baseUrl` or a bundler finds under that name. A package of that name in the lockfile is
 * meant, unless a configuration sets such folders.
 */
function isFolder(each: UndeclaredImport, node: ManifestNode, { paths, files }: UsageSearch): boolean {
  const { name } = each;
  // A test runner or bundler gives the file beside it that name.
  const beside = each.file.path.slice(0, each.file.path.lastIndexOf('/') + 1) + each.found.specifier;
  if (/\.[cm]?js$/.test(name) && paths.has(beside) && !isInstalled(each)) return true;
  const first = name.includes('/') ? name.slice(0, name.indexOf('/')) : name;
  const bases = [...upward(node)].flatMap(({ folder }) =>
    ['', 'src/', 'app/', 'lib/', 'source/', 'client/', 'src/app/'].map((below) => folder + below),
  );
  const folders = bases.map((base) => `${base}${first}/`);
  const isFile = bases.some((base) => paths.has(base + first));
  const isThere =
    isFile ||
    [...paths].some(
      (path) =>
        folders.some((folder) => path.startsWith(folder)) ||
        bases.some(
          (base) =>
            path.startsWith(`${base}${first}.`) && ENDING.test(path.slice(base.length + first.length)),
        ),
    );
  return isThere && (!isInstalled(each) || files.some(({ text }) => BASE_FOLDER.test(text)));
}

/** The configuration of RequireJS, whose modules have names that start in any folder. */
const AMD = /\brequirejs\b|\brequire\.config\s*\(/;

function isModuleOf({ found: { specifier } }: UndeclaredImport, { paths }: UsageSearch): boolean {
  return [...paths].some((path) => path.endsWith(`/${specifier}.js`));
}

/** Of a module: `eslint.config.js` is none that is called `eslint`. */
const ENDING = /^\.(?:d\.)?(?:[cm]?[jt]sx?|vue|svelte|json|css|s[ac]ss|less)$/;
/** Settings of compilers, bundlers and test runners for folders in which modules are looked up. */
const BASE_FOLDER =
  /\bbaseUrl\b|\bmodulePaths\b|\bmoduleDirectories\b|\bmodules\s*:\s*\[|\bNODE_PATH\b|module-resolver/;

function isAlias(name: string, node: ManifestNode, others: OtherUses): boolean {
  if (others.configures(node, name)) return true;
  return name.startsWith('@') && others.configures(node, name.slice(0, name.indexOf('/')));
}

function missingImport(name: string, found: readonly UndeclaredImport[], root: Uri): MissingImport {
  const isDevelopment = ({ file, node }: UndeclaredImport) =>
    isDevelopmentPath(file.path.slice(node.folder.length));
  const first = found.find((each) => !isDevelopment(each)) ?? found[0]!;
  return {
    name,
    uri: joinUri(root, first.file.path),
    offset: first.found.offset,
    line: lineOf(first.file, first.found.offset),
    files: new Set(found.map(({ file }) => file.path)).size,
    isType: found.every(({ found: { kind }, file }) => kind !== 'value' || DECLARATIONS.test(file.path)),
    isDevelopment: found.every((each) => each.isNamed || isDevelopment(each)),
    isNamed: found.every(({ isNamed }) => isNamed),
  };
}

/** Returns the line of an offset, from one. */
export function lineOf({ text }: UsageFile, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
