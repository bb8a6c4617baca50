import type { Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';
import type { Span } from '../../text/span.ts';
import type { Npmrc, NpmrcEntry, NpmrcLevel } from './npmrc.ts';

/**
 * Reads an .npmrc in the dialect of npm's own reader (the `ini` package): lines end at any sequence of CR and LF; `;`
 * and `#` start a comment at the start of a line and, unless escaped, inside an unquoted value; a quoted value is JSON.
 * Lines below a `[section]` are not settings of npm and are skipped. Never throws.
 */
export function readNpmrc(uri: Uri, text: string, level: NpmrcLevel): Npmrc {
  const entries: NpmrcEntry[] = [];
  const problems: ParseProblem[] = [];
  let inSection = false;
  for (const line of linesOf(text)) {
    const content = trimmed(text, line);
    if (content.start === content.end || ';#'.includes(text[content.start]!)) continue;
    if (isSection(text, line)) {
      if (!inSection)
        problems.push({ message: 'npm reads no setting below a [section] line.', span: content });
      inSection = true;
      continue;
    }
    const entry = readEntry(text, line);
    if (entry === undefined) problems.push({ message: 'npm does not read this line.', span: content });
    else if (!inSection) entries.push(entry);
  }
  return { kind: 'npmrc', uri, text, level, entries, problems };
}

function readEntry(text: string, line: Span): NpmrcEntry | undefined {
  const equals = text.indexOf('=', line.start);
  const hasValue = equals !== -1 && equals < line.end;
  if (equals === line.start) return undefined;
  // The regular expression in npm stops at Unicode line ends, but its line splitting does not.
  if (hasValue && /[\u2028\u2029]/.test(text.slice(equals, line.end))) return undefined;
  const key = readToken(text, { start: line.start, end: hasValue ? equals : line.end });
  const list = key.value.length > 2 && key.value.endsWith('[]');
  const value = hasValue ? readToken(text, { start: equals + 1, end: line.end }) : { ...key, value: 'true' };
  return {
    key: list ? key.value.slice(0, -2) : key.value,
    list,
    keySpan: key.span,
    value: value.value,
    valueSpan: value.span,
    lineSpan: line,
  };
}

/** Reads one side of the `=`: its text as npm reads it, and its span without whitespace and comment. */
function readToken(text: string, part: Span): { value: string; span: Span } {
  const span = trimmed(text, part);
  const raw = text.slice(span.start, span.end);
  const quote = raw[0];
  if ((quote === '"' || quote === "'") && raw.endsWith(quote)) return { value: unquote(raw), span };
  const { value, length } = withoutComment(raw);
  const end = trimmed(text, { start: span.start, end: span.start + length }).end;
  return { value: value.trim(), span: { start: span.start, end } };
}

/** Strips single quotes first; text that is not valid JSON then stays as it is. */
function unquote(raw: string): string {
  const inner = raw.startsWith("'") ? raw.slice(1, -1) : raw;
  try {
    const value: unknown = JSON.parse(inner);
    return typeof value === 'object' && value !== null ? inner : String(value);
  } catch {
    return inner;
  }
}

/** Cuts at the first unescaped `;` or `#`; a backslash before `\`, `;` or `#` is dropped. */
function withoutComment(raw: string): { value: string; length: number } {
  let value = '';
  let at = 0;
  for (; at < raw.length; at++) {
    const character = raw[at]!;
    if (character === ';' || character === '#') break;
    const next = raw[at + 1];
    if (character === '\\' && next !== undefined) {
      value += '\\;#'.includes(next) ? next : character + next;
      at++;
    } else {
      value += character;
    }
  }
  return { value, length: Math.min(at, raw.length) };
}

/** Checks for `[name]` at the very start of the line, followed only by whitespace. */
function isSection(text: string, line: Span): boolean {
  if (text[line.start] !== '[') return false;
  const close = text.indexOf(']', line.start);
  if (close === -1 || close >= line.end) return false;
  return text.slice(close + 1, line.end).trim() === '';
}

function* linesOf(text: string): Generator<Span> {
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 10;
    if (code !== 10 && code !== 13) continue;
    if (at > start) yield { start, end: at };
    start = at + 1;
  }
}

/** Strips whitespace at both ends like `trim`, which counts the byte order mark as whitespace. */
function trimmed(text: string, span: Span): Span {
  const inside = text.slice(span.start, span.end);
  const start = span.start + inside.length - inside.trimStart().length;
  return { start, end: Math.max(start, span.start + inside.trimEnd().length) };
}
