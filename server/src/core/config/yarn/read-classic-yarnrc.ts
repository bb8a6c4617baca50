import type { ParseProblem } from '../../text/problem.ts';
import type { Located, Span } from '../../text/span.ts';
import type { Uri } from '../../text/uri.ts';
import type { ConfigMember, ConfigScalar } from '../tree/config-tree.ts';
import type { YarnRegistry, Yarnrc, YarnrcLevel } from './yarnrc.ts';

/**
 * Reads a .yarnrc of Yarn 1: lines of a key and a value in the dialect of its lockfile, each bare or in double quotes. A
 * line that is none of these is a problem, and the others count. Never throws.
 */
export function readClassicYarnrc(uri: Uri, text: string, level: YarnrcLevel): Yarnrc {
  const settings: ConfigMember[] = [];
  const problems: ParseProblem[] = [];
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const line = readLine(text, { start: at, end: text[end - 1] === '\r' && end > at ? end - 1 : end });
    if (line !== undefined && 'key' in line) settings.push(line);
    else if (line !== undefined) problems.push(line);
    at = end + 1;
  }
  const setting = (key: string) => settings.findLast((member) => member.key === key);
  return {
    kind: 'yarnrc',
    dialect: 'classic',
    uri,
    text,
    level,
    problems,
    registry: registryOf(undefined, setting('registry')),
    scopes: scopesIn(settings),
    registries: [],
    enableScripts: undefined,
    yarnPath: textIn(setting('yarn-path')),
    plugins: [],
    catalogs: [],
    packageExtensions: [],
    settings,
    setting,
  };
}

const SUFFIX = ':registry';

function scopesIn(settings: readonly ConfigMember[]): readonly YarnRegistry[] {
  const last = new Map<string, ConfigMember>();
  for (const member of settings) {
    if (member.key.startsWith('@') && member.key.endsWith(SUFFIX)) last.set(member.key, member);
  }
  return [...last.values()].map((member) => {
    const scope = member.key.slice(1, -SUFFIX.length);
    return registryOf({ value: scope, span: member.keySpan }, member);
  });
}

function registryOf(key: Located<string> | undefined, member: ConfigMember | undefined): YarnRegistry {
  return { key, server: textIn(member), authToken: undefined, authIdent: undefined };
}

function textIn(member: ConfigMember | undefined): Located<string> | undefined {
  const value = member?.value;
  return value?.type === 'scalar' && typeof value.value === 'string'
    ? { value: value.value, span: value.span }
    : undefined;
}

/** Undefined for an empty line and a comment. */
function readLine(text: string, line: Span): ConfigMember | ParseProblem | undefined {
  const key = readToken(text, skipBlanks(text, line.start, line.end), line.end);
  if (key === undefined) return undefined;
  let at = skipBlanks(text, key.span.end, line.end);
  if (text[at] === ':' && at < line.end) at = skipBlanks(text, at + 1, line.end);
  const value = readToken(text, at, line.end);
  if (key.isOpen || value?.isOpen === true) return { message: 'Its closing quote is missing.', span: line };
  const end = skipBlanks(text, value?.span.end ?? at, line.end);
  if (end < line.end && text[end] !== '#') return { message: 'Yarn does not read this line.', span: line };
  return { key: key.text, keySpan: key.span, value: value === undefined ? undefined : scalarOf(value) };
}

interface Token {
  readonly text: string;
  readonly span: Span;
  readonly isQuoted: boolean;
  readonly isOpen: boolean;
}

function readToken(text: string, start: number, end: number): Token | undefined {
  if (start >= end || text[start] === '#') return undefined;
  if (text[start] !== '"') {
    let at = start;
    // A colon inside a word belongs to it, as in an address or in `@scope:registry`.
    while (at < end && !/[\s,]/.test(text[at]!)) at++;
    const word = text.slice(start, at).replace(/:$/, '');
    const span = { start, end: start + word.length };
    return { text: word, span, isQuoted: false, isOpen: word === '' };
  }
  let at = start + 1;
  while (at < end && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  const span = { start, end: Math.min(at + 1, end) };
  return { text: unquoted(text.slice(start, span.end)), span, isQuoted: true, isOpen: at >= end };
}

function unquoted(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token.slice(1, -1);
  }
}

function scalarOf({ text, span, isQuoted }: Token): ConfigScalar {
  const isBoolean = !isQuoted && (text === 'true' || text === 'false');
  const isNumber = !isQuoted && /^\d{1,15}$/.test(text);
  const value = isBoolean ? text === 'true' : isNumber ? Number(text) : text;
  return { type: 'scalar', span, value, text };
}

function skipBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && (text[at] === ' ' || text[at] === '\t')) at++;
  return at;
}
