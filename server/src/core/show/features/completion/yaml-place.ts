import type { CompletionPlace } from './place.ts';

/** No line of a catalog is longer. */
const LONGEST_LINE = 1000;

/**
 * Returns the place in a catalog of pnpm-workspace.yaml or .yarnrc.yml. Works on lines only, as a line being typed is
 * often invalid YAML; does not support catalogs in braces.
 */
export function yamlPlace(text: string, offset: number): CompletionPlace | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineBreak = text.indexOf('\n', offset);
  const line = text.slice(lineStart, lineBreak === -1 ? text.length : lineBreak).replace(/\r$/, '');
  const at = offset - lineStart;
  const indent = /^ */.exec(line)![0].length;
  if (indent === 0 || at < indent || line.includes('\t') || line.length > LONGEST_LINE) return undefined;
  const above = text.slice(0, lineStart).split('\n').slice(0, -1);
  if (!isCatalog(keysAbove(above, indent))) return undefined;

  const parts = /^( +)("[^"]*"?|'[^']*'?|[^\s:#'"][^:#]*)?(:(?:\s|$)\s*)?(.*)$/.exec(line);
  if (parts === null) return undefined;
  const [, , key = '', colon, rest = ''] = parts;
  const keyEnd = indent + key.length;
  if (at <= keyEnd) {
    const token = { start: lineStart + indent, end: lineStart + keyEnd };
    const quote = quoteOf(key);
    return {
      type: 'name',
      token,
      typed: line.slice(indent + quote.length, at),
      taken: siblings(text, lineStart, indent),
      hasValue: colon !== undefined,
      isCatalog: true,
      write: (value) => written(value, quote),
      writeMember: (name, value) => ({
        before: `${written(name, quote)}: ${value === undefined ? '' : written(value, '')}`,
        after: '',
      }),
    };
  }
  if (colon === undefined || at < keyEnd + colon.length) return undefined;
  const value = /^("[^"]*"?|'[^']*'?|[^#]*?)\s*(?:\s#.*)?$/.exec(rest)?.[1];
  const valueStart = keyEnd + colon.length;
  if (value === undefined || at > valueStart + value.length) return undefined;
  const quote = quoteOf(value);
  return {
    type: 'value',
    name: unquoted(key),
    token: { start: lineStart + valueStart, end: lineStart + valueStart + value.length },
    typed: line.slice(valueStart + quote.length, Math.max(at, valueStart + quote.length)),
    isCatalog: true,
    write: (text) => written(text, quote),
  };
}

/** Returns the parent keys of a line, nearest first; undefined if one is not a plain key. */
function keysAbove(lines: readonly string[], indent: number): readonly string[] | undefined {
  const keys: string[] = [];
  let inner = indent;
  for (let at = lines.length - 1; at >= 0 && inner > 0; at--) {
    const parts = /^( *)([^\s#].*)$/.exec(lines[at]!.trimEnd());
    if (parts === null || parts[1]!.length >= inner) continue;
    const key = /^([\w.@/'"-]{1,200})\s*:(?:\s+#.*)?$/.exec(parts[2]!)?.[1];
    if (key === undefined) return undefined;
    keys.push(unquoted(key));
    inner = parts[1]!.length;
  }
  return keys;
}

function isCatalog(keys: readonly string[] | undefined): boolean {
  return (keys?.length === 1 && keys[0] === 'catalog') || (keys?.length === 2 && keys[1] === 'catalogs');
}

/**
 * Returns the keys of the same catalog: those of surrounding lines with the same indent, up to a line with a smaller
 * one.
 */
function siblings(text: string, lineStart: number, indent: number): ReadonlySet<string> {
  const before = text.slice(0, lineStart).split('\n').slice(0, -1).reverse();
  const behind = text.slice(lineStart).split('\n').slice(1);
  const names = new Set<string>();
  for (const lines of [before, behind]) {
    for (const line of lines) {
      const parts = /^( *)([^\s#][^:]*):/.exec(line);
      if (parts === null) continue;
      if (parts[1]!.length < indent) break;
      if (parts[1]!.length === indent) names.add(unquoted(parts[2]!));
    }
  }
  return names;
}

function quoteOf(token: string): string {
  return /^["']/.exec(token)?.[0] ?? '';
}

function unquoted(token: string): string {
  return token.replace(/^(["'])(.*)\1$/, '$2');
}

/** Writes a value unquoted if YAML reads it as a string. */
function written(value: string, quote: string): string {
  if (quote === '"') return JSON.stringify(value);
  const isPlain =
    /^[\w^~][\w^~.:/@+-]*$/.test(value) &&
    !/^(?:~|[\d.]+|null|true|false)$/i.test(value.replace(/^\d+\.\d+\.\d+.*$/, 'x'));
  return quote === '' && isPlain ? value : `'${value}'`;
}
