import type { UsageFile } from './usage-file.ts';
import { isTestPath, isToolConfiguration } from './usage-file.ts';

/** Text that is searched for names: a file, or the part of a manifest that is not its dependencies. */
export interface SearchedText {
  readonly path: string;
  readonly kind: UsageFile['kind'];
  readonly text: string;
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
  const inCode = new RegExp(`${QUOTED}${escaped}${QUOTE_END}`, 'g');
  const isWord = /^[a-z]+$/.test(name);
  return {
    isIn({ path, kind, text }) {
      if (!text.includes(name)) return false;
      if (kind === 'configuration') return inConfiguration.test(text);
      if (isToolConfiguration(path)) {
        inCode.lastIndex = 0;
        return inCode.test(text);
      }
      for (const match of text.matchAll(inCode)) {
        if (!isWord && !isTestPath(path)) return true;
        const line = text.slice(text.lastIndexOf('\n', match.index) + 1, lineEnd(text, match.index));
        if (LOADING.test(line)) return true;
      }
      return false;
    },
  };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** What a line of code is about that runs a program. */
const RUNNING = /spawn|exec|\$`|npx|bunx|dlx|command|\bcmd\b|\brun\b|script|\bx\(|fork/i;

/** Prepares a search for a command, as a word of a command line. */
export function commandSearch(command: string): NameSearch {
  const escaped = escapePattern(command);
  const inShell = new RegExp(`(?:^|[\\s;&|("'=\`\\[/]|\\.bin/)${escaped}(?=$|[\\s;&|)"'\`\\],@])`, 'm');
  const inCode = new RegExp(`["'\`/\\s]${escaped}(?=["'\`\\s])`, 'g');
  return {
    isIn({ kind, text }) {
      if (!text.includes(command)) return false;
      if (kind === 'configuration') return inShell.test(text);
      for (const match of text.matchAll(inCode)) {
        const line = text.slice(text.lastIndexOf('\n', match.index) + 1, lineEnd(text, match.index));
        if (RUNNING.test(line)) return true;
      }
      return false;
    },
  };
}
