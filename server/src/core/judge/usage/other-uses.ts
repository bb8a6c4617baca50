import { likelyCommands, namedAlike } from './commands.ts';
import { isImplied, type UsageFacts } from './implied.ts';
import { type ImportUses, typesOf } from './import-uses.ts';
import { configurationIn } from './manifest-text.ts';
import { type ManifestNode, type ManifestTree, upward } from './manifest-tree.ts';
import { commandSearch, escapePattern, mentionsOf, type NameSearch, type SearchedText } from './mentions.ts';
import type { OutsideUses } from './outside-code.ts';
import { lockedPeers } from './peers.ts';
import { shortNamesOf } from './short-names.ts';
import { describedBy, isTypesStub } from './types-stub.ts';
import { isTestPath } from './usage-file.ts';
import type { UsageSearch } from './usage-search.ts';

/** Decides whether something other than an import uses a dependency. */
export interface OtherUses {
  /** Checks for mentions, commands, peers and tools that load a declared dependency. */
  uses(node: ManifestNode, name: string): boolean;
  /** Checks the same for everything but the code of tests. */
  usesBesideTests(node: ManifestNode, name: string): boolean;
  /** Checks whether any configuration at or above a manifest names something in quotes, as aliases are. */
  configures(node: ManifestNode, name: string): boolean;
}

/** Prepares the search through all texts of a folder. */
export function otherUses(
  search: UsageSearch,
  tree: ManifestTree,
  imports: ImportUses,
  { sourceOf }: OutsideUses,
): OtherUses {
  const manifests: readonly (SearchedText & { readonly folder: string })[] = tree.nodes.map((node) => ({
    path: `${node.folder}package.json`,
    folder: node.folder,
    kind: 'configuration',
    text: configurationIn(node.manifest),
  }));
  const texts: readonly SearchedText[] = [
    ...search.files.map((file) => ({ ...file, comments: file.scanned.comments })),
    ...manifests,
  ];
  const below = new Map<string, readonly SearchedText[]>();
  const textsBelow = (node: ManifestNode) => {
    const { folder } = node;
    let own = below.get(folder);
    if (own === undefined) {
      const source = sourceOf(node);
      const isSource = ({ path, kind }: SearchedText) =>
        source !== undefined && kind === 'code' && tree.nearest(path) === source;
      own = folder === '' ? texts : texts.filter((text) => text.path.startsWith(folder) || isSource(text));
      below.set(folder, own);
    }
    return own;
  };
  const facts = new Map<ManifestNode, ReturnType<typeof createFacts>>();
  const factsOf = (node: ManifestNode, name: string): UsageFacts => {
    let own = facts.get(node);
    if (own === undefined) {
      own = createFacts(node, search, tree, textsBelow(node));
      facts.set(node, own);
    }
    // A package is no sign of its own use.
    return { ...own, declares: (other) => own.declares(other, name) };
  };
  const peers = lockedPeers(search, tree);

  const commandsOf = (node: ManifestNode, name: string): readonly string[] => {
    const installed = search.installed(node.folder, name);
    if (installed !== undefined) return installed.commands;
    const entry = node.lockfile?.resolve(node.importer ?? '', name, node.declared.get(name)?.declared);
    const bin = entry?.details?.bin;
    const known = bin === undefined ? [] : [...bin.keys()].filter((command) => command !== '');
    // pnpm records that there are commands, and not what they are called.
    const guessed = bin?.has('') === true ? namedAlike(name) : [];
    return [...new Set([...known, ...guessed, ...likelyCommands(name)])];
  };

  /** Checks whether a manifest between a text and the other one declares the package as well: it counts for that. */
  const isNearer = (node: ManifestNode, name: string, path: string): boolean => {
    for (const at of upward(tree.nearest(path))) {
      if (at === node) return false;
      if (at.declared.has(name)) return true;
    }
    return false;
  };
  const isFound = (node: ManifestNode, name: string, found: NameSearch, besideTests = false): boolean =>
    textsBelow(node).some(
      (text) =>
        !(besideTests && text.kind === 'code' && isTestPath(text.path)) &&
        found.isIn(text) &&
        !isNearer(node, name, text.path),
    );

  const isCalledShort = (node: ManifestNode, name: string): boolean =>
    shortNamesOf(name).some(({ names, files }) => {
      const quoted = new RegExp(
        `["'\`\\s:-](?:${names.map(escapePattern).join('|')})(?=["'\`\\s/,:]|$)`,
        'm',
      );
      return textsBelow(node).some(
        ({ path, kind, text }) =>
          files.test(path) &&
          !isFlatConfiguration(path, text) &&
          (kind === 'configuration' || isConfigurationOf(path)) &&
          names.some((one) => text.includes(one)) &&
          quoted.test(text) &&
          !isNearer(node, name, path),
      );
    });

  const uses = (node: ManifestNode, name: string, besideTests: boolean): boolean =>
    name.startsWith('@types/')
      ? usesTypes(node, name)
      : isImplied(name, factsOf(node, name)) ||
        peers(node).has(name) ||
        isFound(node, name, mentionsOf(name), besideTests) ||
        commandsOf(node, name).some((command) => isFound(node, name, commandSearch(command), besideTests)) ||
        isCalledShort(node, name);

  return {
    uses: (node, name) => uses(node, name, false),
    usesBesideTests: (node, name) => uses(node, name, true),
    configures(node, name) {
      const around = new Set(upward(node));
      const escaped = escapePattern(name);
      const alias = new RegExp(
        `["'\`^]${escaped}(?:/?[$*(]|/\\(|["'\`]\\s*:)|\\bfind:\\s*["'\`/^]+${escaped}|\\bimportmap\\b`,
      );
      // Other configuration has rules of that form.
      const deeper = new RegExp(`"${escaped}/[^"]*"\\s*:\\s*\\[`);
      return texts.some(
        ({ path, kind, text }) =>
          (kind === 'configuration' ? MAPPING.test(path) : isConfigurationOf(path)) &&
          text.includes(name) &&
          around.has(tree.nearest(path)!) &&
          (!path.endsWith('package.json') || ALIASES.test(text)) &&
          (alias.test(text) || (TSCONFIG.test(path) && deeper.test(text))),
      );
    },
  };

  /** Types are used if the package that they describe is, or if a configuration names them. */
  function usesTypes(node: ManifestNode, name: string): boolean {
    if (isImplied(name, factsOf(node, name)) || peers(node).has(name)) return true;
    if (isTypesStub(node, name)) return false;
    const described = [...imports.imported.get(node)!].some((each) => typesOf(each) === name);
    if (described) return true;
    const of = describedBy(name);
    if (node.declared.has(of) && (imports.used.get(node)!.has(of) || usesDescribed(node, of))) return true;
    return isFound(node, name, mentionsOf(name)) || factsOf(node, name).hasText(typesEntry(of));
  }

  function usesDescribed(node: ManifestNode, name: string): boolean {
    return isImplied(name, factsOf(node, name)) || isFound(node, name, mentionsOf(name));
  }
}

const CONFIGURED =
  /(?:^|\/)(?:[\w.-]*(?:config|conf|rc|setup)\.[cm]?[jt]s|\.[\w-]+\.[cm]?[jt]s|\.[\w-]+\/[\w.-]+\.[cm]?[jt]sx?|[\w.-]*(?:webpack|rollup|vite|vitest|jest|karma|babel|gulpfile|gruntfile)[\w.-]*\.[cm]?[jt]s|(?:\.storybook|config|build|scripts)\/.*\.[cm]?[jt]sx?)$/i;

function isConfigurationOf(path: string): boolean {
  return CONFIGURED.test(path);
}

/** Checks for a configuration of ESLint that imports its plugins, so that no name in it loads one. */
function isFlatConfiguration(path: string, text: string): boolean {
  return /(?:^|\/)eslint\.config\.[cm]?[jt]s$/.test(path) && !/[Cc]ompat/.test(text);
}

const TSCONFIG = /(?:^|\/)[^/]*(?:tsconfig|jsconfig)[^/]*\.json$/;
/** Fields of package.json that can. */
const ALIASES = /_moduleAliases|moduleNameMapper|"(?:alias|browser|imports|importMap)"/;
/** Configuration that can give modules other names. */
const MAPPING =
  /(?:^|\/)(?:[^/]*(?:tsconfig|jsconfig)[^/]*\.json|package\.json|[^/]*rc(?:\.json)?|deno\.jsonc?|[^/]*import-?map[^/]*|[^/]*(?:babel|jest)[^/]*\.json)$/;

/** The `types` of a tsconfig.json, and the `types` of a triple-slash reference. */
function typesEntry(name: string): RegExp {
  return new RegExp(`"types"\\s*:\\s*\\[[^\\]]{0,2000}"${escapePattern(name)}(?:"|/)`);
}

function createFacts(
  node: ManifestNode,
  search: UsageSearch,
  tree: ManifestTree,
  texts: readonly SearchedText[],
) {
  const declared = new Set<string>();
  for (const { folder, declared: names } of tree.nodes)
    if (folder.startsWith(node.folder)) for (const name of names.keys()) declared.add(name);
  const paths = [...search.paths].filter((path) => path.startsWith(node.folder));
  const answers = new Map<string, boolean>();
  const once = (key: string, answer: () => boolean) => {
    const known = answers.get(key) ?? answer();
    answers.set(key, known);
    return known;
  };
  return {
    declares: (name: RegExp | string, beside: string) =>
      typeof name === 'string'
        ? declared.has(name)
        : [...declared].some((each) => each !== beside && name.test(each)),
    hasFile: (path: RegExp) => once(`file ${path}`, () => paths.some((each) => path.test(each))),
    hasText: (text: RegExp) => once(`text ${text}`, () => texts.some((each) => text.test(each.text))),
  };
}
