import { tellsCommands } from '../../read/lockfile/model/locked-commands.ts';
import { recordOf } from '../../read/lockfile/record/lock-record.ts';
import { comesWithNode, likelyCommands, namedAlike } from './commands.ts';
import { PIPELINE, withoutComments } from './config-comments.ts';
import { isImplied, isTakenUp, type UsageFacts } from './implied.ts';
import { type ImportUses, typesOf } from './import-uses.ts';
import { importsJestGlobals } from './jest-globals.ts';
import { type ConfiguredField, configurationIn, configuredFields } from './manifest-text.ts';
import { type ManifestNode, type ManifestTree, upward } from './manifest-tree.ts';
import { commandSearch, escapePattern, mentionsOf, type NameSearch, type SearchedText } from './mentions.ts';
import { areTypesNeedless, describedBy, isTypesStub } from './needless-types.ts';
import type { OutsideUses } from './outside-code.ts';
import { lockedPeers } from './peers.ts';
import { shortNamesOf } from './short-names.ts';
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
  /** Checks whether it is known what the packages around a manifest want to find beside them. */
  knowsPeers(node: ManifestNode): boolean;
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
    ...search.files.map(({ path, kind, text, scanned: { comments } }) =>
      kind === 'code' ? { path, kind, text, comments } : { path, kind, text: withoutComments(path, text) },
    ),
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
  const peers = lockedPeers(search, tree);
  const facts = new Map<ManifestNode, ReturnType<typeof createFacts>>();
  const factsOf = (node: ManifestNode, name: string): UsageFacts => {
    let own = facts.get(node);
    if (own === undefined) {
      own = createFacts(node, search, tree, textsBelow(node));
      facts.set(node, own);
    }
    // A package is no sign of its own use.
    const { isKnown } = peers(node);
    return {
      ...own,
      declares: (other) => own.declares(other, name),
      declaresAround: (other) => own.declaresAround(other, name),
      knowsPeers: isKnown,
    };
  };
  const isPeer = (node: ManifestNode, name: string): boolean => {
    const { required, optional } = peers(node);
    return required.has(name) || (optional.has(name) && isTakenUp(name, factsOf(node, name)));
  };

  const allFields = new Map<ManifestNode, readonly ConfiguredField[]>();
  const fieldsOf = (node: ManifestNode) => {
    const known = allFields.get(node) ?? configuredFields(node.manifest);
    allFields.set(node, known);
    return known;
  };
  const commandsOf = (node: ManifestNode, name: string): readonly string[] => {
    if (comesWithNode(name)) return [];
    const installed = search.installed(node.folder, name);
    if (installed !== undefined) return installed.commands;
    const entry = node.lockfile?.resolve(node.importer ?? '', name, node.declared.get(name)?.declared);
    const bin = entry === undefined ? undefined : recordOf(entry).details.bin;
    const isTold = node.lockfile !== undefined && tellsCommands(node.lockfile);
    if (entry !== undefined && (bin?.size ?? 0) === 0 && isTold) return [];
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
  const pipelines = texts.filter(({ path }) => PIPELINE.test(path));
  const isFound = (
    node: ManifestNode,
    name: string,
    found: NameSearch,
    besideTests = false,
    among = textsBelow(node),
  ): boolean =>
    among.some(
      (text) =>
        !(besideTests && text.kind === 'code' && isTestPath(text.path.slice(node.folder.length))) &&
        found.isIn(text) &&
        !isNearer(node, name, text.path),
    );

  /** Checks for a command, also in the workflows of the repository, which change into members to start theirs. */
  const isStarted = (node: ManifestNode, name: string, command: string, besideTests: boolean): boolean => {
    const found = commandSearch(command);
    if (isFound(node, name, found, besideTests)) return true;
    return node.folder !== '' && isFound(node, name, found, besideTests, pipelines);
  };

  /** Checks for code of a package that shares the configuration of a tool, such as `@acme/eslint-config`. */
  const isShared = (path: string, files: RegExp): boolean => {
    const name = tree.nearest(path)?.manifest.name?.value;
    return name !== undefined && SHARED_CONFIGURATION.test(name) && files.test(name);
  };

  const isCalledShort = (node: ManifestNode, name: string): boolean =>
    shortNamesOf(name).some(({ names, files, isKey, elsewhere }) => {
      const inPlace = (text: string) => (elsewhere === undefined ? text : text.replace(elsewhere, ' '));
      const any = names.map(escapePattern).join('|');
      const loose = new RegExp(`["'\`\\s:-](?:${any})(?=["'\`\\s/,:]|$)`, 'm');
      const quoted = new RegExp(`["'\`](?:${any})(?=["'\`/:])`);
      const option = new RegExp(`--?[a-z][\\w-]*[= ](?:${any})(?=["'\\s/:,]|$)`);
      const isInFile = ({ path, kind, text }: SearchedText) =>
        (files.test(path) || (kind === 'code' && isShared(path, files))) &&
        !path.endsWith('package.json') &&
        !isFlatConfiguration(path, text) &&
        (kind === 'configuration' || isConfigurationOf(path) || isShared(path, files)) &&
        names.some((one) => text.includes(one)) &&
        (isKey || !QUOTING.test(path) ? loose : quoted).test(inPlace(text)) &&
        !isNearer(node, name, path);
      const isInManifest = (each: ManifestNode) =>
        fieldsOf(each).some(({ key, text }) =>
          key === 'scripts' ? option.test(text) : files.test(key) && quoted.test(inPlace(text)),
        ) && !isNearer(node, name, `${each.folder}package.json`);
      return (
        textsBelow(node).some(isInFile) ||
        tree.nodes.some((each) => each.folder.startsWith(node.folder) && isInManifest(each))
      );
    });

  const uses = (node: ManifestNode, name: string, besideTests: boolean): boolean =>
    name.startsWith('@types/')
      ? usesTypes(node, name)
      : isImplied(name, factsOf(node, name)) ||
        isPeer(node, name) ||
        isFound(node, name, mentionsOf(name), besideTests) ||
        commandsOf(node, name).some((command) => isStarted(node, name, command, besideTests)) ||
        isCalledShort(node, name);

  return {
    uses: (node, name) => uses(node, name, false),
    usesBesideTests: (node, name) => uses(node, name, true),
    knowsPeers: (node) => peers(node).isKnown,
    configures(node, name) {
      const around = new Set(upward(node));
      const escaped = escapePattern(name);
      const alias = new RegExp(
        `["'\`^]${escaped}(?:/?[$*(]|/\\(|["'\`]\\s*:)|\\bfind:\\s*["'\`/^]+${escaped}|\\bimportmap\\b`,
      );
      const bare = new RegExp(
        `[\\s{,]${escaped}\\s*:\\s*(?:path\\.|resolve\\(|require\\.resolve|fileURLToPath|["'\`][./~])`,
      );
      // Other configuration has rules of that form.
      const deeper = new RegExp(`"${escaped}/[^"]*"\\s*:\\s*\\[`);
      return texts.some(
        ({ path, kind, text }) =>
          (kind === 'configuration' ? MAPPING.test(path) : isConfigurationOf(path)) &&
          text.includes(name) &&
          around.has(tree.nearest(path)!) &&
          (!path.endsWith('package.json') || ALIASES.test(text)) &&
          (alias.test(text.replace(GLOBALS, '')) ||
            (/\balias\b/.test(text) && bare.test(text)) ||
            (TSCONFIG.test(path) && deeper.test(text))),
      );
    },
  };

  /** Types are used if the package that they describe is, or if a configuration names them. */
  function usesTypes(node: ManifestNode, name: string): boolean {
    const of = describedBy(name);
    const isListed = () => factsOf(node, name).hasText(typesEntry(of));
    if (isPeer(node, name)) return true;
    if (name === '@types/jest' && importsJestGlobals(textsBelow(node))) return isListed();
    if (isImplied(name, factsOf(node, name))) return true;
    if (areTypesNeedless(search, node, name)) return !isTypesStub(node, name) && isListed();
    const described = [...imports.imported.get(node)!].some((each) => typesOf(each) === name);
    if (described) return true;
    if (node.declared.has(of) && (imports.used.get(node)!.has(of) || usesDescribed(node, of))) return true;
    return isFound(node, name, mentionsOf(name)) || isListed();
  }

  function usesDescribed(node: ManifestNode, name: string): boolean {
    return isImplied(name, factsOf(node, name)) || isFound(node, name, mentionsOf(name));
  }
}

/** Files in which names stand in quotes. */
const QUOTING = /\.(?:[cm]?[jt]sx?|jsonc?|json5)$/;

const CONFIGURED =
  /(?:^|\/)(?:[\w.-]*(?:config|conf|rc|setup)\.[cm]?[jt]s|\.[\w-]+\.[cm]?[jt]s|\.[\w-]+\/[\w.-]+\.[cm]?[jt]sx?|[\w.-]*(?:webpack|rollup|vite|vitest|jest|karma|babel|gulpfile|gruntfile)[\w.-]*\.[cm]?[jt]s|(?:\.storybook|config|build|scripts)\/.*\.[cm]?[jt]sx?)$/i;

/** Names of packages that share the configuration of a tool. */
const SHARED_CONFIGURATION = /(?:^|[/-])(?:config|preset|rules)(?:-|$)/;

function isConfigurationOf(path: string): boolean {
  return CONFIGURED.test(path);
}

/** Checks for a configuration of ESLint that imports its plugins, so that no name in it loads one. */
function isFlatConfiguration(path: string, text: string): boolean {
  return /(?:^|\/)eslint\.config\.[cm]?[jt]s$/.test(path) && !/[Cc]ompat/.test(text);
}

/** Rollup's names of global variables, by the packages that they stand for. */
const GLOBALS = /\bglobals\s*[:=]\s*\{[^{}]*\}/g;
const TSCONFIG = /(?:^|\/)[^/]*(?:tsconfig|jsconfig)[^/]*\.json$/;
/** Fields of package.json that can. */
const ALIASES = /_moduleAliases|moduleNameMapper|"(?:alias|browser|imports|importMap)"/;
/** Configuration that can give modules other names. */
const MAPPING =
  /(?:^|\/)(?:[^/]*(?:tsconfig|jsconfig)[^/]*\.json|package\.json|[^/]*rc(?:\.json)?|deno\.jsonc?|[^/]*import-?map[^/]*|[^/]*(?:babel|jest)[^/]*\.json)$/;

/** The `types` of a tsconfig.json, and the `types` of a triple-slash reference. */
function typesEntry(name: string): RegExp {
  const escaped = escapePattern(name);
  return new RegExp(
    `"types"\\s*:\\s*\\[[^\\]]{0,2000}"${escaped}(?:"|/)|<reference\\s+types=["']${escaped}["'/]`,
  );
}

function createFacts(
  node: ManifestNode,
  search: UsageSearch,
  tree: ManifestTree,
  texts: readonly SearchedText[],
) {
  const namesOf = (nodes: Iterable<ManifestNode>) =>
    new Set([...nodes].flatMap((each) => [...each.declared.keys()]));
  const declared = namesOf(tree.nodes.filter(({ folder }) => folder.startsWith(node.folder)));
  const around = namesOf(upward(node));
  const has = (names: ReadonlySet<string>, name: RegExp | string, beside: string) =>
    typeof name === 'string'
      ? names.has(name)
      : [...names].some((each) => each !== beside && name.test(each));
  const paths = [...search.paths].filter((path) => path.startsWith(node.folder));
  const answers = new Map<string, boolean>();
  const once = (key: string, answer: () => boolean) => {
    const known = answers.get(key) ?? answer();
    answers.set(key, known);
    return known;
  };
  return {
    declares: (name: RegExp | string, beside: string) => has(declared, name, beside),
    declaresAround: (name: RegExp | string, beside: string) =>
      has(declared, name, beside) || has(around, name, beside),
    hasFile: (path: RegExp) => once(`file ${path}`, () => paths.some((each) => path.test(each))),
    hasText: (text: RegExp) => once(`text ${text}`, () => texts.some((each) => text.test(each.text))),
    hasTextIn: (path: RegExp, text: RegExp) =>
      texts.some((each) => path.test(each.path) && text.test(each.text)),
  };
}
