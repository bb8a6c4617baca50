import type { UsageFile } from './usage-file.ts';
import { isTestPath, isToolConfiguration } from './usage-file.ts';

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

const BEFORE = '(?:^|["\'`\\s=:,![({]|node_modules\\/)';
const AFTER = '(?=$|["\'`\\s/:,!\\])}@?])';
const QUOTED = '(?:["\'`!|]|node_modules\\/|["\'`][\\w-]+:)';
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
  const isWord = /^[a-z]+$/.test(name);
  return {
    isIn({ path, kind, text, comments }) {
      if (!text.includes(name)) return false;
      if (kind === 'configuration') return (JSON_VALUES.test(path) ? inJson : inConfiguration).test(text);
      for (const match of text.matchAll(inCode)) {
        if (isWithin(comments, match.index)) continue;
        // `declare module` names what it describes.
        if (/\bmodule\s+$/.test(text.slice(Math.max(0, match.index - 12), match.index))) continue;
        if (isToolConfiguration(path)) return true;
        if (!isWord && !isTestPath(path)) return true;
        const line = text.slice(text.lastIndexOf('\n', match.index) + 1, lineEnd(text, match.index));
        if (LOADING.test(line)) return true;
      }
      // Some tools take an object of plugins, and a word needs no quotes there.
      if (!/plugins\b/.test(text) || !isToolConfiguration(path)) return false;
      return [...text.matchAll(asKey)].some(({ index }) => !isWithin(comments, index));
    },
  };
}

/** Checks whether an offset lies in a comment, by their starts and ends in turn. */
function isWithin(comments: readonly number[] = [], offset: number): boolean {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comments[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** JSON without command lines, in which a name is a whole value, or begins one. */
const JSON_VALUES = /(?<!(?:^|\/)package)\.json$/;
/** JSON in which tools look for command lines. */
const COMMAND_JSON =
  /(?:^|\/)\.[^/]*(?:\/[^/]*)*\.json$|(?:^|\/)(?:package|project|turbo|nx|lerna|workspace|tasks|vercel|now|app|netlify|rush|command-line|composer|devcontainer|nodemon|lint-staged|wrangler|firebase)[\w.-]*\.json$/;
/** What a line of code is about that runs a program. */
const RUNNING =
  /spawn|exec|\b(?:yarn|npm|pnpm|bun)\s|\$`|npx|bunx|dlx|command|\bcmd\b|\brun\b|script|\bx\(|fork/i;

/** Prepares a search for a command, as a word of a command line. */
export function commandSearch(command: string): NameSearch {
  const escaped = escapePattern(command);
  const inShell = new RegExp(`(?:^|[\\s;&|("'=\`\\[/]|\\.bin/)${escaped}(?=$|[\\s;&|)"'\`\\],@])`, 'm');
  const inCode = new RegExp(`["'\`/\\s]${escaped}(?=["'\`\\s])`, 'g');
  return {
    isIn({ path, kind, text, comments }) {
      if (!text.includes(command) || (path.endsWith('.json') && !COMMAND_JSON.test(path))) return false;
      if (kind === 'configuration') return inShell.test(text);
      for (const match of text.matchAll(inCode)) {
        if (isWithin(comments, match.index)) continue;
        const line = text.slice(text.lastIndexOf('\n', match.index) + 1, lineEnd(text, match.index));
        if (RUNNING.test(line)) return true;
      }
      return false;
    },
  };
}
