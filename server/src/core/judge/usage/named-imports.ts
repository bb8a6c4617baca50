import type { FoundImport } from '../../read/imports/imports.ts';
import { isWithin } from './mentions.ts';
import type { UsageFile } from './usage-file.ts';

/** Returns the packages that a configuration file names for its tool to load, as imports. */
export function namedIn(file: UsageFile): readonly FoundImport[] {
  if (ESLINTRC.test(file.path)) return parsersIn(file);
  if (STORYBOOK.test(file.path)) return addonsIn(file);
  if (TSCONFIG.test(file.path)) return typesIn(file);
  return NUXT.test(file.path) ? stylesIn(file) : [];
}

/** Files of ESLint's older configuration, which loads parsers by name from the folder that it is in. */
const ESLINTRC = /(?:^|\/)\.eslintrc(?:\.(?:[cm]?js|json|ya?ml))?$/;
const PARSER = /["']?\bparser["']?\s*:\s*["']([@\w][\w./-]*)["']/g;

function parsersIn({ text }: UsageFile): readonly FoundImport[] {
  return [...text.matchAll(PARSER)].map((match) => named(match, 0));
}

/** Storybook loads its addons by name from the project. */
const STORYBOOK = /(?:^|\/)\.storybook\/main\.[cm]?[jt]s$/;
const ADDONS = /\baddons\s*:\s*\[([^\]]*)\]/;
const ADDON = /["'`](@storybook\/addon-[\w-]+)["'`]/g;

function addonsIn({ text, scanned }: UsageFile): readonly FoundImport[] {
  const list = ADDONS.exec(text);
  if (list === null || scanned.comments.length > 0) return [];
  const start = list.index + list[0].length - list[1]!.length - 1;
  return [...list[1]!.matchAll(ADDON)].map((match) => named(match, start));
}

function named(match: RegExpExecArray, start: number): FoundImport {
  const offset = start + match.index + match[0].lastIndexOf(match[1]!);
  return { specifier: match[1]!, kind: 'value', isOptional: false, offset };
}

/** Configurations that compile files: what others extend is looked up from theirs. */
const TSCONFIG = /(?:^|\/)tsconfig\.json$/;
const COMPILES = /"include"\s*:\s*\[\s*"|"files"\s*:\s*\[\s*"/;
const TYPES = /(?:^[^\S\n]*|[{,]\s*)"types"\s*:\s*\[([^[\]]*)\]/m;
/** A path in a package: a name alone may be one of a package of types. */
const TYPES_PATH = /(?<=^|[,\n])[^\S\n]*"(@[\w.-]+\/[\w.-]+\/[\w./-]+|[a-z][\w.-]*\/[\w./-]+)"/g;

function typesIn({ text }: UsageFile): readonly FoundImport[] {
  if (!text.includes('"types"') || !COMPILES.test(text) || text.includes('"typeRoots"')) return [];
  return inList(text, TYPES, TYPES_PATH).map((match) => ({ ...match, kind: 'type' }));
}

/** Nuxt loads style sheets of packages by their paths. Those of layers are packages of the layers. */
const NUXT = /(?:^|\/)nuxt\.config\.[cm]?[jt]s$/;
const STYLES = /^[^\S\n]*css\s*:\s*\[([^[\]]*)\]/m;
const STYLE = /(?<=^|,)\s*["'`]((?:@[\w.-]+\/)?[\w.-]+\/[\w./-]+)["'`]/g;

function stylesIn({ text, scanned }: UsageFile): readonly FoundImport[] {
  if (/\bextends\s*:/.test(text)) return [];
  return inList(text, STYLES, STYLE).filter(({ offset }) => !isWithin(scanned.comments, offset));
}

/** Returns what a pattern finds in the first list that another one finds. */
function inList(text: string, list: RegExp, item: RegExp): readonly FoundImport[] {
  const match = list.exec(text);
  if (match === null) return [];
  const start = match.index + match[0].length - match[1]!.length - 1;
  return [...match[1]!.matchAll(item)].map((each) => named(each, start));
}
