/**
 * Decodes a YAML scalar. `start` and `end` are those of its token, including quotes or, for a block scalar, the sign
 * `|` or `>`. A truncated token gives what it has.
 */
export function decodeScalar(text: string, start: number, end: number): string {
  switch (text.charCodeAt(start)) {
    case 39:
      return decodeSingle(text.slice(start + 1, Math.max(start + 1, end - 1)));
    case 34:
      return decodeDouble(text.slice(start + 1, Math.max(start + 1, end - 1)));
    case 124:
    case 62:
      return start === end ? '' : decodeBlock(text.slice(start, end), columnOfLine(text, start));
    default: {
      const raw = text.slice(start, end);
      return raw.includes('\n') ? foldLines(raw) : raw;
    }
  }
}

function decodeSingle(raw: string): string {
  const folded = raw.includes('\n') ? foldLines(raw) : raw;
  return folded.includes("''") ? folded.replaceAll("''", "'") : folded;
}

function decodeDouble(raw: string): string {
  if (!raw.includes('\\')) return raw.includes('\n') ? foldLines(raw) : raw;
  // A backslash at a line's end joins the lines without a space; escaped whitespace before it is kept.
  let folded = '';
  const lines = raw.split(/\r?\n/);
  for (let index = 0; index < lines.length; index++) {
    let line = lines[index]!;
    if (index > 0) line = line.replace(/^[ \t]+/, '');
    if (index === lines.length - 1) {
      folded += line;
      break;
    }
    if (endsInEscape(line)) {
      folded += line.slice(0, -1);
      continue;
    }
    const kept = line.trimEnd();
    folded += endsInEscape(kept) ? line.slice(0, kept.length + 1) : kept;
    let breaks = 0;
    while (index + 1 < lines.length - 1 && lines[index + 1]!.trim() === '') {
      breaks++;
      index++;
    }
    folded += breaks === 0 ? ' ' : '\n'.repeat(breaks);
  }
  return folded.replace(ESCAPE, decodeEscape);
}

function endsInEscape(line: string): boolean {
  let backslashes = 0;
  while (line[line.length - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
};

const ESCAPE = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)/gs;

function decodeEscape(sequence: string): string {
  if (sequence.length <= 3) return ESCAPES[sequence.slice(1)] ?? sequence;
  const code = Number.parseInt(sequence.slice(2), 16);
  return code > 0x10ffff ? sequence : String.fromCodePoint(code);
}

/** Folds the line breaks of a flow scalar: one is a space, each further empty line is a line break. */
function foldLines(raw: string): string {
  const lines = raw.split('\n');
  let folded = lines[0]!.trimEnd();
  let breaks = 0;
  for (let index = 1; index < lines.length; index++) {
    const isLast = index === lines.length - 1;
    const line = isLast ? lines[index]!.trimStart() : lines[index]!.trim();
    if (line === '' && !isLast) {
      breaks++;
      continue;
    }
    folded += (breaks === 0 ? ' ' : '\n'.repeat(breaks)) + line;
    breaks = 0;
  }
  return folded;
}

/**
 * Decodes a block scalar: `|` keeps its lines, `>` folds them; `-` and `+` set the handling of trailing line breaks,
 * and a digit how much deeper its lines are indented than the line it begins on, at `column`.
 */
function decodeBlock(token: string, column: number): string {
  const [header = '', ...lines] = token.split(/\r?\n/);
  const signs = /^[|>]([-+1-9]{0,2})/.exec(header)?.[1] ?? '';
  const chomping = signs.includes('-') ? '-' : signs.includes('+') ? '+' : '';
  const digit = /\d/.exec(signs)?.[0];
  const indent = digit === undefined ? indentOf(lines) : column + Number(digit);
  const cut = lines.map((line) => (line.length > indent ? line.slice(indent) : ''));
  let last = cut.length;
  while (last > 0 && cut[last - 1] === '') last--;
  const content = cut.slice(0, last);
  const body = header.startsWith('|') ? content.join('\n') : foldBlock(content);
  if (content.length === 0) return chomping === '+' ? '\n'.repeat(Math.max(0, cut.length - 1)) : '';
  if (chomping === '-') return body;
  return chomping === '' ? `${body}\n` : `${body}${'\n'.repeat(Math.max(1, cut.length - last))}`;
}

/** Returns the indentation of the line that `at` is in. */
export function columnOfLine(text: string, at: number): number {
  const start = text.lastIndexOf('\n', at) + 1;
  let end = start;
  while (text.charCodeAt(end) === 32) end++;
  return end - start;
}

/** Returns the indentation of the first non-empty line; larger than any if all are empty. */
function indentOf(lines: readonly string[]): number {
  const first = lines.find((line) => line.trim() !== '');
  return first === undefined ? Number.MAX_SAFE_INTEGER : first.length - first.trimStart().length;
}

/** Keeps lines that are indented deeper, and the line breaks around them. */
function foldBlock(lines: readonly string[]): string {
  let folded = '';
  let breaks = 0;
  let isStart = true;
  let wasDeeper = false;
  for (const line of lines) {
    if (line === '') {
      breaks++;
      continue;
    }
    const isDeeper = /^[ \t]/.test(line);
    if (isStart) folded += '\n'.repeat(breaks);
    else if (isDeeper || wasDeeper) folded += '\n'.repeat(breaks + 1);
    else folded += breaks === 0 ? ' ' : '\n'.repeat(breaks);
    folded += line;
    breaks = 0;
    isStart = false;
    wasDeeper = isDeeper;
  }
  return folded;
}
