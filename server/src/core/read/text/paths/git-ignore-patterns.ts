import { byteString, compileWildMatch, foldCase, type WildMatch } from './git-wildmatch.ts';

/** The patterns of one .gitignore. */
export interface GitIgnorePatterns {
  /**
   * Returns the verdict of its last pattern that matches a path below its folder: out, or in again. The folders on the
   * way are not checked: git enters no folder that is out.
   */
  judge(path: string, isDirectory: boolean): 'out' | 'in' | undefined;
}

interface Pattern {
  /** Its index among the lines: a later one takes precedence. */
  readonly order: number;
  readonly verdict: 'out' | 'in';
  readonly onlyDirectories: boolean;
}

interface WildPattern extends Pattern {
  readonly isPath: boolean;
  readonly prefix: string;
  readonly suffix: string;
  /** The longest literal text between them. */
  readonly inside: string;
  /** Returns the pattern, compiled on first use; undefined if it matches nothing. */
  match(): WildMatch | undefined;
}

/** The last pattern for files and directories, and the last one for directories alone. */
interface Latest {
  any?: Pattern;
  directories?: Pattern;
}

/**
 * Parses a .gitignore as git does: the last matching pattern decides. Plain names and paths, and suffixes such as
 * `*.log`, are looked up, so that their number does not matter. Source: dir.c of git.
 */
export function readGitIgnore(text: string, ignoreCase: boolean): GitIgnorePatterns {
  const names = new Map<string, Latest>();
  const paths = new Map<string, Latest>();
  const endings = new Map<string, Latest>();
  const endingLengths = new Set<number>();
  const wild: WildPattern[] = [];
  const fold = (bytes: string) => (ignoreCase ? foldCase(bytes) : bytes);
  for (const [order, line] of linesOf(text).entries()) {
    const read = readPattern(line);
    if (read === undefined) continue;
    const { body, isPath, verdict, onlyDirectories } = read;
    const pattern: Pattern = { order, verdict, onlyDirectories };
    const plain = plainLength(body);
    if (plain === body.length) {
      note(isPath ? paths : names, fold(body), pattern);
    } else if (!isPath && body[0] === '*' && plainLength(body, 1) === body.length) {
      note(endings, fold(body.slice(1)), pattern);
      endingLengths.add(body.length - 1);
    } else {
      const prefix = fold(body.slice(0, plain));
      const rest = body.slice(plain);
      let match: WildMatch | undefined | null = null;
      wild.push({
        ...pattern,
        isPath,
        prefix,
        suffix: fold(plainEnding(rest)),
        inside: fold(longestPlain(rest)),
        match() {
          if (match === null) match = compileWildMatch(rest, { ignoreCase, isPath });
          return match;
        },
      });
    }
  }
  const lengths = [...endingLengths];
  return {
    judge(path, isDirectory) {
      const whole = fold(byteString(path));
      const name = whole.slice(whole.lastIndexOf('/') + 1);
      let best = latest(undefined, names.get(name), isDirectory);
      best = latest(best, paths.get(whole), isDirectory);
      for (const length of lengths) {
        if (length <= name.length)
          best = latest(best, endings.get(name.slice(name.length - length)), isDirectory);
      }
      for (let at = wild.length - 1; at >= 0; at--) {
        const pattern = wild[at]!;
        if (best !== undefined && pattern.order < best.order) break;
        if (pattern.onlyDirectories && !isDirectory) continue;
        const subject = pattern.isPath ? whole : name;
        const { prefix, suffix, inside } = pattern;
        if (subject.length < prefix.length + suffix.length) continue;
        if (!subject.startsWith(prefix) || !subject.endsWith(suffix) || !subject.includes(inside)) continue;
        if (pattern.match()?.(subject.slice(prefix.length)) !== true) continue;
        best = pattern;
        break;
      }
      return best?.verdict;
    },
  };
}

/** Splits lines; a carriage return before the line feed is not part of a line. */
function linesOf(text: string): readonly string[] {
  const lines = (text.startsWith('\uFEFF') ? text.slice(1) : text).split('\n');
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

interface ReadPattern {
  readonly body: string;
  readonly isPath: boolean;
  readonly verdict: 'out' | 'in';
  readonly onlyDirectories: boolean;
}

/** Undefined for an empty line or a comment. */
function readPattern(line: string): ReadPattern | undefined {
  if (line === '' || line[0] === '#') return undefined;
  let body = byteString(withoutTrailingBlanks(line));
  const verdict = body[0] === '!' ? 'in' : 'out';
  if (verdict === 'in') body = body.slice(1);
  const onlyDirectories = body.endsWith('/');
  if (onlyDirectories) body = body.slice(0, -1);
  const isPath = body.includes('/');
  if (body[0] === '/') body = body.slice(1);
  return body === '' ? undefined : { body, isPath, verdict, onlyDirectories };
}

/** Trailing spaces count only after a backslash. Tabs always count. */
function withoutTrailingBlanks(line: string): string {
  if (!line.endsWith(' ')) return line;
  let end = 0;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === ' ') continue;
    if (line[at] === '\\') at++;
    end = Math.min(at + 1, line.length);
  }
  return line.slice(0, end);
}

/** Returns where the literal text from an offset on ends: at the first wildcard or backslash. */
function plainLength(body: string, from = 0): number {
  for (let at = from; at < body.length; at++) if (isSpecial(body[at]!)) return at;
  return body.length;
}

function isSpecial(char: string): boolean {
  return char === '*' || char === '?' || char === '[' || char === '\\';
}

/**
 * Returns the literal text that it certainly ends with: a set or a backslash may consume part of it, a double star a
 * slash.
 */
function plainEnding(rest: string): string {
  if (/[[\\]/.test(rest)) return '';
  const start = Math.max(rest.lastIndexOf('*'), rest.lastIndexOf('?')) + 1;
  return rest.slice(rest[start] === '/' ? start + 1 : start);
}

/** Returns the longest literal text that every match certainly contains. */
function longestPlain(rest: string): string {
  if (/[[\\]/.test(rest)) return '';
  const parts = rest.split(/[*?/]+/);
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

function note(patterns: Map<string, Latest>, key: string, pattern: Pattern): void {
  const known = patterns.get(key) ?? {};
  if (pattern.onlyDirectories) known.directories = pattern;
  else known.any = pattern;
  patterns.set(key, known);
}

function latest(
  best: Pattern | undefined,
  found: Latest | undefined,
  isDirectory: boolean,
): Pattern | undefined {
  let last = best;
  for (const pattern of [found?.any, isDirectory ? found?.directories : undefined]) {
    if (pattern !== undefined && (last === undefined || pattern.order > last.order)) last = pattern;
  }
  return last;
}
