import type { ScannedImports } from '../../read/imports/imports.ts';
import { canImport, extensionOf } from '../../read/imports/scan-imports.ts';

/** What a file is searched for. code: imports and mentions; configuration: mentions and commands. */
export type UsageFileKind = 'code' | 'configuration';

/** One searched file. */
export interface UsageFile {
  /** Relative to the searched folder, with `/`. */
  readonly path: string;
  readonly kind: UsageFileKind;
  readonly text: string;
  readonly scanned: ScannedImports;
}

const CONFIGURATION: ReadonlySet<string> = new Set([
  ...['json', 'jsonc', 'json5', 'yaml', 'yml', 'toml', 'ini', 'cfg', 'conf', 'xml', 'neon', 'hcl', 'nix'],
  ...['sh', 'bash', 'zsh', 'fish', 'ps1', 'bat', 'cmd', 'mk', 'dockerfile', 'properties', 'gradle', 'rb'],
  ...['ejs', 'pug', 'hbs', 'njk', 'liquid', 'prisma', 'graphql', 'gql'],
]);
/** Names of packages in these say nothing about who uses them. */
const SILENT =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|yarn\.lock|bun\.lock|deno\.lock|package\.json|\.npmrc|\.yarnrc\.yml|\.pnp\.[cm]?js|renovate\.json5?|\.renovaterc(?:\.json5?)?|dependabot\.ya?ml|\.ncurc(?:\.\w+)?|\.syncpackrc(?:\.\w+)?|dependency-hygiene\.json|dephygiene-baseline\.json|\.all-contributorsrc|bom\.json|CODEOWNERS)$|(?:^|\/)\.yarn\/|\.(?:cdx|spdx)\.json$|[.-]min\.[cm]?js$|(?:^|\/)(?:locales?|lang|langs|languages?|i18n|intl|translations?|messages)\/(?:[^/]*\/){0,3}[^/]*\.(?:json|ya?ml)$|(?:^|\/)\.?cspell/;

/** Returns what a file is searched for by its name; undefined if it is not read. */
export function usageKindOf(path: string): UsageFileKind | 'unnamed' | undefined {
  if (SILENT.test(path)) return undefined;
  if (canImport(path)) return 'code';
  const name = path.slice(path.lastIndexOf('/') + 1);
  const extension = extensionOf(path);
  if (CONFIGURATION.has(extension)) return 'configuration';
  if (/^(?:Dockerfile|Containerfile|Makefile|GNUmakefile|[Jj]ustfile|Procfile|Jakefile|Rakefile)/.test(name))
    return 'configuration';
  // Hooks, `.eslintrc` and programs without an extension, unless they are something else.
  if (extension === '' || name.endsWith('rc')) return NO_TEXT.test(name) ? undefined : 'unnamed';
  return undefined;
}

const NO_TEXT =
  /^(?:LICEN[CS]E|README|CHANGELOG|AUTHORS|CONTRIBUTORS|NOTICE|COPYING|VERSION|\.gitattributes|\.gitmodules|\.mailmap|\.DS_Store|\.\w+ignore$|\.(?:cursor|windsurf|cline|roo|goose)\w*$)/i;

const TEST_FOLDER =
  /(?:^|\/)(?:__tests__|__mocks__|__specs__|tests?|specs?|e2e|cypress|playwright|\.storybook|stories|benchmarks?|bench|fixtures?|test-[\w-]+)\/|(?:^|(?:^|\/)packages\/[^/]+\/)(?:examples?|demos?|playground|docs?|\.github|\.vscode)\//i;
const TEST_FILE =
  /(?:[._-](?:test|tests|spec|specs|e2e|stories|story|bench|benchmark|cy|test-d|mock)\.[cm]?[jt]sx?$)|(?:^|\/)(?:test|tests|spec|setup-?tests?|test-?setup)\.[cm]?[jt]sx?$/i;
const NAMED_CONFIGURATION =
  /(?:^|\/)(?:[\w.-]+\.(?:config|conf|setup)\.[cm]?[jt]sx?|\.[\w-]+rc(?:\.[cm]?[jt]s)?|\.[\w-]+\.[cm]?[jt]s|\.[\w-]+\/[\w.-]+\.[cm]?[jt]sx?|(?:gulpfile|gruntfile|jakefile|webpack|rollup|vite|vitest|jest|karma|babel)[\w.-]*\.[cm]?[jt]s)$/i;
const TOOL_FOLDER = /(?:^|\/)(?:build|scripts?|tools?|config|tasks|hack|dev|internal)\//i;

/** Checks whether a file belongs to tests, by its path in the folder of its manifest. */
export function isTestPath(path: string): boolean {
  return TEST_FILE.test(path) || TEST_FOLDER.test(path);
}

/** Checks for a test by the ending of its name: one of `jest-config.ts` is no configuration of Jest. */
export function isTestOfCode(path: string): boolean {
  return /\.(?:test|spec)\.[cm]?[jt]sx?$/i.test(path);
}

/** Checks whether a file is a test or configures or is a tool of the developers, by its path. */
export function isDevelopmentPath(path: string): boolean {
  return isTestPath(path) || isToolConfiguration(path);
}

/** Checks whether a script configures a tool, by its name: any string in it may name a package. */
export function isToolConfiguration(path: string): boolean {
  return isNamedConfiguration(path) || TOOL_FOLDER.test(path);
}

/** Checks whether a script is the configuration of a tool by its own name or that of a hidden folder. */
export function isNamedConfiguration(path: string): boolean {
  return NAMED_CONFIGURATION.test(path) && !isTestOfCode(path);
}
