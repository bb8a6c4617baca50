import type { UsageFile } from './usage-file.ts';
import { isNamedConfiguration, isTestPath, isToolConfiguration } from './usage-file.ts';

/** Text that is searched for names: a file, or the part of a manifest that is not its dependencies. */
export interface SearchedText {
  readonly path: string;
  readonly kind: UsageFile['kind'];
  readonly text: string;
  /** Where comments start and end, in turn. */
  readonly comments?: readonly number[];
}

/** Escapes a text for a regular expression. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** `node:zlib` is a module of Node.js, whatever is installed. */
const NOT_NODE = '(?<!\\bnode:)';
const BEFORE = `(?:^|["'\`\\s=:,![({]|node_modules\\/)${NOT_NODE}`;
const AFTER = '(?=$|["\'`\\s/:,!\\])}@?])';
const QUOTED = `(?:["'\`!|]|node_modules\\/|["'\`][\\w-]+:)${NOT_NODE}`;
const QUOTE_END = '(?=["\'`/!?$|])';
/** What a line is about that loads a package by an ordinary word. */
const LOADING =
  /require|import|load|plugin|preset|engine|client|dialect|transport|target|driver|adapter|resolve|alias|external|includ|exclud|optimi|transpil|module|package|dependen|deps/i;

/** Finds a name as a text names packages. */
export interface NameSearch {
  /** Returns whether the text mentions the name as a package may be named there. */
  isIn(searched: SearchedText): boolean;
}

/** Prepares a search for mentions of a package name. */
export function mentionsOf(name: string): NameSearch {
  const escaped = escapePattern(name);
  const inConfiguration = new RegExp(BEFORE + escaped + AFTER, 'm');
  const inJson = new RegExp(`(?:"|node_modules/)${escaped}(?=["/:!@])`);
  const inCode = new RegExp(`${QUOTED}${escaped}${QUOTE_END}`, 'g');
  const asKey = new RegExp(`(?<=[\\s{,])${escaped}(?=\\s*:)`, 'g');
  const isBehindPrefix = prefixSearch(name);
  const isWord = /^[a-z]+$/.test(name);
  const inWords = isWord ? loadedWord(name) : inConfiguration;
  return {
    isIn({ path, kind, text, comments }) {
      if (PROSE.test(path)) return false;
      if (!text.includes(name)) return kind === 'code' && isBehindPrefix(text, comments);
      if (kind === 'configuration') return (JSON_VALUES.test(path) ? inJson : inWords).test(text);
      for (const match of text.matchAll(inCode)) {
        if (isWithin(comments, match.index)) continue;
        const before = text.slice(Math.max(0, match.index - 300), match.index);
        // `declare module` names what it describes, and a comparison one of its own values.
        if (/(?:\bmodule|[!=]==?|\bcase)\s*$/.test(before)) continue;
        if (isWord && VALUE.test(before)) continue;
        if (MANIFEST_KEY.test(before)) continue;
        if (isWord ? isNamedConfiguration(path) : isToolConfiguration(path)) return true;
        if (!isWord && !isTestPath(path)) return true;
        const line = lineAt(text, match.index);
        if (LOADING.test(line)) return true;
      }
      if (isBehindPrefix(text, comments)) return true;
      // Some tools take an object of plugins, and a word needs no quotes there.
      if (!/plugins\b/.test(text) || !isToolConfiguration(path)) return false;
      return [...text.matchAll(asKey)].some(({ index }) => !isWithin(comments, index));
    },
  };
}

/**
 * Prepares a search for the last part of a scoped name that code loads behind a computed scope, as in
 * `${scope}plugin-transform-typescript`. A part of one word is too common for that.
 */
function prefixSearch(name: string): (text: string, comments: SearchedText['comments']) => boolean {
  const own = name.startsWith('@') ? name.slice(name.indexOf('/') + 1) : '';
  if (!own.includes('-')) return () => false;
  const behind = new RegExp(`(?:\\}|\\+\\s*["'\`])/?${escapePattern(own)}(?=["'\`/])`, 'g');
  return (text, comments) =>
    text.includes(own) &&
    [...text.matchAll(behind)].some(
      ({ index }) => !isWithin(comments, index) && LOADING.test(lineAt(text, index).replaceAll(own, '')),
    );
}

/** Reads a version out of a manifest, as pages do that show it. */
const MANIFEST_KEY = /[dD]ependencies(?:\?\.)?\[\s*$/;
/** Text for people. */
const PROSE = /\.mdx$/;
/** What a setting is about whose value is a word, and no package. */
const VALUE =
  /\b(?:formats?|types?|mode|name|env|level|ext|extensions?|kind|charset|encoding|dir|paths?|src|dest|label|title|description|method|status|colou?r|lang|language|position|severity|section|category|globals)["'`]?\s*:\s*(?:\[[^[\](){}]*)?$/;

/** Searches for an ordinary word where a package may be named: quoted, as an item, behind an option. */
function loadedWord(word: string): RegExp {
  const places = [
    `["'\`]${word}(?=["'\`/:@])`,
    `node_modules/${word}(?![\\w-])`,
    `(?:^|[\\s"'\`=])--?[a-z][\\w-]*[= ]${word}(?=$|[\\s"'\`,/])`,
    `^[ \\t]*-[ \\t]+${word}(?=[ \\t]*:?[ \\t\\r]*$)`,
    `(?:${LOADING.source})\\w*[ \\t]*[:=][ \\t]*${word}(?=\\s|$)`,
    `(?:^|[\\s"'])${word}@[\\d^~l]`,
  ];
  return new RegExp(places.join('|'), 'm');
}

/** Checks whether an offset lies in a comment, by their starts and ends in turn. */
export function isWithin(comments: readonly number[] = [], offset: number): boolean {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comments[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1;
}

function lineAt(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(text.lastIndexOf('\n', at) + 1, end === -1 ? text.length : end);
}

/** JSON without command lines, in which a name is a whole value, or begins one. */
const JSON_VALUES = /(?<!(?:^|\/)package)\.json$/;
/** JSON in which tools look for command lines. */
const COMMAND_JSON =
  /(?:^|\/)\.[^/]*(?:\/[^/]*)*\.json$|(?:^|\/)(?:package|project|turbo|nx|lerna|workspace|tasks|vercel|now|app|netlify|rush|command-line|composer|devcontainer|nodemon|lint-staged|wrangler|firebase)[\w.-]*\.json$/;
/** Pages and style sheets, which run no programs. */
const NO_COMMANDS = /\.(?:mdx|html|css|s[ac]ss|less|styl|pcss|postcss)$/;
/** Text that a command line prints, rather than writes to a file, pipes, or computes. */
const PRINTED = /\becho[ \t]+(?:"[^"\n$`\\]*"|'[^'\n\\]*')(?=[ \t]*(?:$|\r|;|&&))/gm;
/** What a line of code is about that runs a program. */
const RUNNING =
  /spawn|exec|\b(?:yarn|npm|pnpm|bun)\s|\$`|npx|bunx|dlx|command|\bcmd\b|\brun\b|(?<!type|java)script|\bx\(|fork/i;

/** Prepares a search for a command, as a word of a command line. */
export function commandSearch(command: string): NameSearch {
  const escaped = escapePattern(command);
  // npm and pnpm only run scripts so.
  const inShell = new RegExp(
    `(?:^|[\\s;&|("'=\`\\[/]|\\.bin/)(?<!\\bp?npm run(?:-script)? )${escaped}(?=$|[\\s;&|)"'\`\\],@])`,
    'm',
  );
  const inCode = new RegExp(`["'\`/\\s]${escaped}(?=["'\`\\s])`, 'g');
  return {
    isIn({ path, kind, text, comments }) {
      if (!text.includes(command) || (path.endsWith('.json') && !COMMAND_JSON.test(path))) return false;
      if (NO_COMMANDS.test(path)) return false;
      if (kind === 'configuration') return inShell.test(text.replace(PRINTED, 'echo'));
      for (const match of text.matchAll(inCode)) {
        if (isWithin(comments, match.index)) continue;
        const line = lineAt(text, match.index);
        if (RUNNING.test(line)) return true;
      }
      return false;
    },
  };
}
