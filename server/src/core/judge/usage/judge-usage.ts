import type { ManifestUsage, MisplacedDependency, Usage } from '../../read/project/usage.ts';
import { joinUri, type Uri } from '../../read/text/paths/uri.ts';
import { bundledImports } from './bundled-siblings.ts';
import { type ImportUses, importUses } from './import-uses.ts';
import { type ManifestNode, manifestTree } from './manifest-tree.ts';
import { lineOf, missingImports } from './missing-imports.ts';
import { areTypesNeedless } from './needless-types.ts';
import { type OtherUses, otherUses } from './other-uses.ts';
import { outsideUses } from './outside-code.ts';
import { publishedImports } from './published-imports.ts';
import { isTestPath, type UsageFile } from './usage-file.ts';
import type { UsageSearch } from './usage-search.ts';

/**
 * Judges which declared dependencies the files of a folder use, and which packages they import without a declaration.
 * Pure: the same files give the same result. In doubt a dependency is used, and an import is not missing.
 */
export function judgeUsage(search: UsageSearch, root: Uri): Usage {
  const tree = manifestTree(search.manifests.filter(({ folder }) => !VENDORED.test(`/${folder}`)));
  const own = importUses(search.files, tree);
  const outside = outsideUses(search.files, tree, own);
  const imports: ImportUses = { ...own, used: outside.used };
  const others = otherUses(search, tree, imports, outside);
  const missing = missingImports(imports.undeclared, { search, tree, others, root });
  const bundled = bundledImports(search.files, tree, imports);
  const byPath = new Map(search.files.map((file) => [file.path, file]));
  const usage = new Map<Uri, ManifestUsage>();
  for (const node of tree.nodes) {
    const { folder, manifest, declared, isLoaded } = node;
    if (!isLoaded) continue;
    const gap = gapOf(node, search);
    const around = search.files.filter(({ path }) => path.startsWith(folder));
    const code = around.filter(({ kind }) => kind === 'code').length;
    // Nothing can be said of a folder without code: something else uses its packages.
    const isJudged = gap === undefined && code > 0 && !MADE_FOR_TESTS.test(`/${folder}`);
    const inlined = bundled(node);
    const source = outside.sourceOf(node);
    const prefixes = [
      ...computedIn(around),
      ...computedIn(search.files.filter(({ path }) => source !== undefined && tree.nearest(path) === source)),
    ];
    const used = imports.used.get(node)!;
    const candidates = isJudged
      ? [...declared.values()].filter(
          ({ name, section }) =>
            (section === 'dependencies' || section === 'devDependencies') &&
            (!used.has(name) || (name.startsWith('@types/') && areTypesNeedless(search, node, name))) &&
            !inlined.has(name) &&
            !prefixes.some((prefix) => name.startsWith(prefix)),
        )
      : [];
    const unused = candidates.filter(({ name }) => !others.uses(node, name)).map(({ name }) => name);
    usage.set(manifest.uri, {
      known: new Set(declared.keys()),
      unused: new Set(unused),
      misplaced: [
        ...(isJudged ? testedOnly(node, imports, others, root, byPath) : []),
        ...publishedImports(node, byPath, root),
      ],
      missing: missing.get(node) ?? [],
      searched: { code, configuration: around.length - code },
      arePeersKnown: unused.length === 0 || others.knowsPeers(node),
      gap,
    });
  }
  return usage;
}

/** Copied packages, whose code runs with the packages of the project around it. */
const VENDORED = /\/(?:_?vendor(?:ed)?|third[_-]party)\//i;

/** Manifests in such folders are there to be read, and their dependencies are part of what is tested. */
const MADE_FOR_TESTS =
  /\/(?:\.?fixtures?|__fixtures__|__testfixtures__|test-?fixtures?|test-?data|templates?)\//i;

/**
 * Returns the dependencies that only tests import. Says nothing of a manifest without code beside tests: its layout is
 * not understood then.
 */
function testedOnly(
  node: ManifestNode,
  { used }: ImportUses,
  others: OtherUses,
  root: Uri,
  files: ReadonlyMap<string, UsageFile>,
): readonly MisplacedDependency[] {
  // A package for tests, or a page of documentation, is not published.
  if (isTestPath(`${node.folder}package.json`)) return [];
  const uses = used.get(node)!;
  if (![...uses.values()].some(({ isTest }) => !isTest)) return [];
  return [...node.declared.values()].flatMap(({ name, section }) => {
    const use = uses.get(name);
    if (section !== 'dependencies' || use?.isTest !== true || others.usesBesideTests(node, name)) return [];
    const line = lineOf(files.get(use.path)!, use.offset);
    return { name, section, uri: joinUri(root, use.path), line };
  });
}

/** Returns why it is unknown what is unused: a file was not read that could use anything. */
function gapOf({ folder }: ManifestNode, { limit, unread }: UsageSearch): string | undefined {
  if (limit !== undefined) return limit;
  for (const [path, reason] of unread) if (path.startsWith(folder)) return `${path} ${reason}`;
  return undefined;
}

/** Returns the beginnings of names that code computes, as in `require("eslint-plugin-" + name)`. */
function computedIn(files: readonly UsageFile[]): readonly string[] {
  const prefixes = files.flatMap(({ scanned }) => scanned.computed.filter((prefix) => prefix.length > 1));
  return [...new Set(prefixes)];
}
