import picomatch from 'picomatch';

/** A glob over paths with `/`. Matching takes time proportional to glob and path, even if they are hostile. */
export interface Glob {
  matches(path: string): boolean;
  /** Checks whether a path below this one may match. */
  matchesBelow(path: string): boolean;
  /** The maximum number of segments in a matching path; undefined if `**` leaves that open. */
  readonly depth: number | undefined;
}

export interface GlobOptions {
  /** Whether `*` and `**` match names that begin with a dot. */
  readonly dot: boolean;
}

const LONGEST = 500;
const MOST_ALTERNATIVES = 200;

/**
 * Compiles a glob with `*`, `**`, `?`, `[a-z]`, `{a,b}`, `\` to escape a character, and `!(a|b)` and similar groups
 * within one segment. A leading `./` or `/` and a trailing `/` are ignored. Undefined for a glob that can match
 * nothing, or is too long to be intended.
 */
export function compileGlob(glob: string, { dot }: GlobOptions): Glob | undefined {
  if (glob.length > LONGEST) return undefined;
  const alternatives = expandBraces(glob)
    ?.map((alternative) => segmentsOf(alternative, dot))
    .filter((segments) => segments !== undefined && segments.length > 0);
  if (alternatives === undefined || alternatives.length === 0) return undefined;
  const isOpen = alternatives.some((segments) => segments!.includes('**'));
  return {
    matches(path) {
      const names = path.split('/');
      return alternatives.some((segments) => reachedSegments(segments!, names, dot).has(segments!.length));
    },
    matchesBelow(path) {
      const names = path.split('/');
      return alternatives.some((segments) =>
        [...reachedSegments(segments!, names, dot)].some((at) => at < segments!.length),
      );
    },
    depth: isOpen ? undefined : Math.max(...alternatives.map((segments) => segments!.length)),
  };
}

/**
 * Returns why a glob may match what `compileGlob` does not, as the end of a sentence about it; undefined where both are the
 * same.
 */
export function globProblem(glob: string): string | undefined {
  if (glob.length > LONGEST) return `is longer than ${LONGEST} characters`;
  if (/\{[^{},]*\.\.[^{},]*\}/.test(glob)) return 'has a range in braces';
  if (glob.includes('[:')) return 'has a named class of characters';
  const alternatives = expandBraces(glob);
  if (alternatives === undefined) return `has more than ${MOST_ALTERNATIVES} alternatives`;
  if (alternatives.some((one) => segmentsOf(one, false) === undefined)) return 'leads out of its folder';
  const isUnread = (text: string) => /[!?+*@]\(/.test(text) && !isSimpleGroup(text);
  return glob.split('/').some(isUnread) ? 'has too many groups' : undefined;
}

type Segment = '**' | ((name: string) => boolean);

/** Resolves `.` and `..`; undefined for a glob that leads out of its folder. */
function segmentsOf(glob: string, dot: boolean): readonly Segment[] | undefined {
  const texts: string[] = [];
  for (const text of glob.split('/')) {
    if (text === '' || text === '.') continue;
    if (text !== '..') {
      if (text !== '**' || texts.at(-1) !== '**') texts.push(text);
    } else if (texts.length === 0 || texts.at(-1) === '**') {
      return undefined;
    } else {
      texts.pop();
    }
  }
  return texts.map((text) => (text === '**' ? '**' : matcherOf(text, dot)));
}

/** Returns the segments that can match the name after a path; behind the last one if the path itself matches. */
function reachedSegments(
  segments: readonly Segment[],
  names: readonly string[],
  dot: boolean,
): ReadonlySet<number> {
  let reached = new Set([0]);
  skipOpen(segments, reached);
  for (const name of names) {
    const next = new Set<number>();
    for (const at of reached) {
      const segment = segments[at];
      if (segment === '**') {
        if (dot || !name.startsWith('.')) next.add(at);
      } else if (segment?.(name) === true) {
        next.add(at + 1);
      }
    }
    skipOpen(segments, next);
    reached = next;
    if (next.size === 0) break;
  }
  return reached;
}

/** A `**` also matches no segment at all. */
function skipOpen(segments: readonly Segment[], reached: Set<number>): void {
  for (const at of reached) if (segments[at] === '**') reached.add(at + 1);
}

function matcherOf(text: string, dot: boolean): (name: string) => boolean {
  if (/[!?+*@]\(/.test(text)) return extendedMatcher(text, dot);
  if (!/[*?[\\]/.test(text)) return (name) => name === text;
  const tokens = tokensOf(text);
  return (name) => (dot || !name.startsWith('.') || text.startsWith('.')) && matchesTokens(tokens, name);
}

/** Leaves groups to picomatch, if they are too few to make its regular expression slow. */
function extendedMatcher(text: string, dot: boolean): (name: string) => boolean {
  if (!isSimpleGroup(text)) return () => false;
  const match = picomatch(text, { dot });
  return (name) => name.length <= 255 && match(name);
}

function isSimpleGroup(text: string): boolean {
  return text.length <= 100 && (text.match(/[*+(]/g) ?? []).length <= 4 && !/\([^)]*\(/.test(text);
}

/** A character, a set of characters, one of any kind, or any number of them. */
type Token = '*' | ((char: string) => boolean);

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const char = text[at]!;
    const set = char === '[' ? readSet(text, at) : undefined;
    if (set !== undefined) {
      tokens.push(set.token);
      at = set.end;
    } else if (char === '*') {
      if (tokens.at(-1) !== '*') tokens.push('*');
      at++;
    } else if (char === '?') {
      tokens.push(() => true);
      at++;
    } else {
      const escaped = char === '\\' && at + 1 < text.length;
      const own = escaped ? text[at + 1]! : char;
      tokens.push((other) => other === own);
      at += escaped ? 2 : 1;
    }
  }
  return tokens;
}

/** Reads `[abc]`, `[a-z]`, `[!a]`; undefined if no bracket closes it. */
function readSet(text: string, start: number): { readonly token: Token; readonly end: number } | undefined {
  const close = text.indexOf(']', start + 2);
  if (close === -1) return undefined;
  const inside = text.slice(start + 1, close);
  const negated = inside.length > 1 && (inside.startsWith('!') || inside.startsWith('^'));
  const chars = negated ? inside.slice(1) : inside;
  const ranges: [string, string][] = [];
  for (let at = 0; at < chars.length; at++) {
    const first = chars[at]!;
    const isRange = chars[at + 1] === '-' && at + 2 < chars.length;
    ranges.push([first, isRange ? chars[at + 2]! : first]);
    if (isRange) at += 2;
  }
  const token = (char: string) => ranges.some(([low, high]) => low <= char && char <= high) !== negated;
  return { token, end: close + 1 };
}

/** Backtracks only to the last `*`, which is enough: an earlier one cannot do better. */
function matchesTokens(tokens: readonly Token[], name: string): boolean {
  let token = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  while (at < name.length) {
    const current = tokens[token];
    if (current === '*') {
      star = token++;
      starAt = at;
    } else if (current?.(name[at]!) === true) {
      token++;
      at++;
    } else if (star !== -1) {
      token = star + 1;
      at = ++starAt;
    } else {
      return false;
    }
  }
  while (tokens[token] === '*') token++;
  return token === tokens.length;
}

/** Returns every expansion of the braces; undefined if there are more than anybody intends. */
function expandBraces(glob: string): readonly string[] | undefined {
  let texts: readonly string[] = [glob];
  for (let done = false; !done; ) {
    done = true;
    const next: string[] = [];
    for (const text of texts) {
      const alternatives = expandFirst(text);
      if (alternatives !== undefined) done = false;
      next.push(...(alternatives ?? [text]));
      if (next.length > MOST_ALTERNATIVES) return undefined;
    }
    texts = next;
  }
  return texts;
}

/** Expands the first group that contains no other; undefined if there is none with a comma. */
function expandFirst(text: string): readonly string[] | undefined {
  for (let open = -1, at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '{') open = at;
    else if (text[at] === '}' && open !== -1) {
      const parts = text.slice(open + 1, at).split(',');
      if (parts.length > 1) return parts.map((part) => text.slice(0, open) + part + text.slice(at + 1));
      open = -1;
    }
  }
  return undefined;
}
