import type { FoundImport } from '../../read/imports/imports.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import {
  CONFIG_TOOLS,
  type ConfigKey,
  type ConfigTool,
  type Declared,
  EXTENDS_KEY,
  TYPES_KEY,
} from './config-tools.ts';
import { type ConfigValue, configText } from './config-values.ts';
import { configuredFields } from './manifest-text.ts';
import { isWithin } from './mentions.ts';
import { isTestOfCode, type UsageFile } from './usage-file.ts';

/** Larger files configure nothing. */
const MAX_LENGTH = 100_000;

/** Returns the packages that a configuration file names for its tool to load, as imports. */
export function namedIn(file: UsageFile, declared: Declared): readonly FoundImport[] {
  const { path, text } = file;
  if (text.length > MAX_LENGTH || isTestOfCode(path)) return [];
  if (TSCONFIG.test(path)) return compilerNames(path, text, declared);
  if (GRUNTFILE.test(path)) return outsideComments(file, [...text.matchAll(GRUNT_TASKS)].map(named));
  const found = CONFIG_TOOLS.flatMap((tool) =>
    tool.files.test(path) && runs(tool, declared) ? toolNames(tool, path, text, declared) : [],
  );
  if (NUXT.test(path)) return [...found.filter(() => !LAYERS.test(text)), ...stylesIn(file)];
  return FLAT.test(path) ? [...found, ...compatNames(file, declared)] : found;
}

/** Returns the packages that the configuration of tools in a manifest names, and what its scripts load first. */
export function namedInManifest(manifest: Manifest, declared: Declared): readonly FoundImport[] {
  if (manifest.text.length > MAX_LENGTH) return [];
  return configuredFields(manifest).flatMap(({ key, text, start }) => {
    const found =
      key === 'scripts'
        ? preloadsIn(text)
        : CONFIG_TOOLS.flatMap((tool) => {
            if (tool.field !== key) return [];
            const name = tool.isName === true ? /^"([^"\\]+)"$/.exec(text)?.[1] : undefined;
            if (name !== undefined) return imports(tool.keys[0]!, [{ value: name, offset: 1 }], declared);
            return toolNames(tool, 'package.json', text, declared);
          });
    return found.map((each) => ({ ...each, offset: each.offset + start }));
  });
}

function runs({ tool }: ConfigTool, declared: Declared): boolean {
  return tool === undefined || declared.some((name) => tool.test(name));
}

function toolNames(
  { keys }: ConfigTool,
  path: string,
  text: string,
  declared: Declared,
): readonly FoundImport[] {
  if (!keys.some(({ key }) => text.includes(key))) return [];
  const config = configText(path, text);
  return keys.flatMap((each) => imports(each, config.valuesOf(each.key, each.places), declared));
}

function imports(
  { name, isType = false }: ConfigKey,
  values: readonly ConfigValue[],
  declared: Declared,
): readonly FoundImport[] {
  return values.flatMap(({ value, offset }) =>
    [name(value, declared) ?? []].flat().map((specifier) => {
      return { specifier, kind: isType ? 'type' : 'value', isOptional: false, offset } as const;
    }),
  );
}

/** Configurations that compile files; what others extend is looked up from theirs. */
const TSCONFIG = /(?:^|\/)tsconfig(?:\.[\w.-]+)?\.json$/;
const COMPILING =
  /(?:^|\/)tsconfig(?:\.(?:app|spec|tests?|build|node|lib|e2e|server|client|web|dev|prod|eslint|cypress|jest|vitest|lint))?\.json$/;
const COMPILES = /"include"\s*:\s*\[\s*"|"files"\s*:\s*\[\s*"/;

function compilerNames(path: string, text: string, declared: Declared): readonly FoundImport[] {
  const config = configText(path, text);
  const found = imports(EXTENDS_KEY, config.valuesOf('extends'), declared);
  if (!COMPILING.test(path) || !COMPILES.test(text)) return found;
  const keys: readonly ConfigKey[] = text.includes('"typeRoots"') ? [] : [TYPES_KEY];
  const tools = CONFIG_TOOLS.filter(({ files }) => files.test(path)).flatMap((tool) => tool.keys);
  return [
    ...found,
    ...[...keys, ...tools].flatMap((each) => imports(each, config.valuesOf(each.key), declared)),
  ];
}

const GRUNTFILE = /(?:^|\/)[Gg]runtfile\.[cm]?js$/;
const GRUNT_TASKS = /\bgrunt\.loadNpmTasks\(\s*["']([@\w][\w./-]*)["']\s*\)/g;

/** Names in the older form for ESLint's flat configuration, `compat.extends("next/core-web-vitals")`. */
const FLAT = /(?:^|\/)eslint\.config\.[cm]?[jt]s$/;
const COMPAT = /\bcompat\.(extends|plugins)\(([^()]*)\)/g;
const LITERAL = /(?<=^|,)\s*["']([^"'\n]+)["']\s*(?=,|$)/g;

function compatNames(file: UsageFile, declared: Declared): readonly FoundImport[] {
  const { keys } = CONFIG_TOOLS[0]!;
  const found = [...file.text.matchAll(COMPAT)].flatMap((call) => {
    const start = call.index + call[0].length - call[2]!.length - 1;
    const values = [...call[2]!.matchAll(LITERAL)].map((match) => ({
      value: match[1]!,
      offset: start + match.index + match[0].indexOf(match[1]!),
    }));
    return imports(keys.find(({ key }) => key === call[1])!, values, declared);
  });
  return outsideComments(file, found);
}

/** Programs of Node.js that load a module before the one that they run. */
const PRELOADING =
  /(?<=["\s;&|])(?:node|mocha|nodemon|ts-node|ts-node-dev|tsx|ava|nyc|c8|tap|electron|electron-mocha)(?=\s)(?:(?!&&|\|\||;|\\"|"|\n).)*/g;
const PRELOADED = /(?<=\s)(?:-r|--require|--import)[ =](@?[a-z\d][\w-]*(?:\/[\w./-]+)?)(?=[\s"\\]|$)/g;

function preloadsIn(scripts: string): readonly FoundImport[] {
  return [...scripts.matchAll(PRELOADING)].flatMap((command) =>
    [...command[0].matchAll(PRELOADED)].map((match) => {
      const each = named(match);
      return { ...each, offset: each.offset + command.index };
    }),
  );
}

function named(match: RegExpExecArray): FoundImport {
  const offset = match.index + match[0].lastIndexOf(match[1]!);
  return { specifier: match[1]!, kind: 'value', isOptional: false, offset };
}

/** Nuxt loads style sheets of packages by their paths. What is in layers is of the packages of the layers. */
const NUXT = /(?:^|\/)nuxt\.config\.[cm]?[jt]s$/;
const LAYERS = /\bextends\s*:/;
const STYLES = /^[^\S\n]*css\s*:\s*\[([^[\]]*)\]/m;
const STYLE = /(?<=^|,)\s*["'`]((?:@[\w.-]+\/)?[\w.-]+\/[\w./-]+)["'`]/g;

function stylesIn(file: UsageFile): readonly FoundImport[] {
  const match = LAYERS.test(file.text) ? null : STYLES.exec(file.text);
  if (match === null) return [];
  const start = match.index + match[0].length - match[1]!.length - 1;
  const found = [...match[1]!.matchAll(STYLE)].map((each) => {
    const style = named(each);
    return { ...style, offset: style.offset + start };
  });
  return outsideComments(file, found);
}

function outsideComments({ scanned }: UsageFile, found: readonly FoundImport[]): readonly FoundImport[] {
  return found.filter(({ offset }) => !isWithin(scanned.comments, offset));
}
