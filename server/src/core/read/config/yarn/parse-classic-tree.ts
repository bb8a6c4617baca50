import type { ParseProblem } from '../../text/problem.ts';
import type { Span } from '../../text/span.ts';
import type { ConfigMember, ConfigNode, ConfigScalar } from '../tree/config-tree.ts';
import { MAX_CONFIG_DEPTH } from '../tree/config-tree.ts';
import { type ClassicToken, classicTokens } from './classic-tokens.ts';

export interface ClassicTree {
  /** In source order, one member for each key of a list. */
  readonly members: readonly ConfigMember[];
  readonly problems: readonly ParseProblem[];
}

/**
 * Reads text in the grammar of Yarn 1's lockfile like Yarn 1's `parse`: any number of settings in a line, `a, b "c"`
 * for several keys, `a: "c"`, and `a:` with deeper lines below it. Yarn rejects a text with an error as a whole; here
 * only the line with the error is skipped and reported as a problem. Never throws.
 */
export function parseClassicTree(text: string): ClassicTree {
  const reader: Reader = { text, tokens: classicTokens(text), at: 0, problems: [] };
  const members: ConfigMember[] = [];
  for (;;) {
    try {
      readMembers(reader, 0, members);
      const rest = tokenOf(reader);
      if (rest.type === 'end') return { members, problems: reader.problems };
      report(reader, 'Yarn reads nothing from this line on.', rest);
      reader.at++;
    } catch (error) {
      if (!(error instanceof Unexpected)) throw error;
      report(reader, error.message, error.token);
      while (!['newline', 'end'].includes(tokenOf(reader).type)) reader.at++;
    }
  }
}

interface Reader {
  readonly text: string;
  readonly tokens: readonly ClassicToken[];
  at: number;
  readonly problems: ParseProblem[];
}

class Unexpected extends Error {
  readonly token: ClassicToken;

  constructor(message: string, token: ClassicToken) {
    super(message);
    this.token = token;
  }
}

function tokenOf({ tokens, at }: Reader): ClassicToken {
  return tokens[Math.min(at, tokens.length - 1)]!;
}

function report({ text, problems }: Reader, message: string, { span }: ClassicToken): void {
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const newline = text.indexOf('\n', span.start);
  const end = newline === -1 ? text.length : newline;
  problems.push({ message, span: { start, end: text[end - 1] === '\r' ? end - 1 : end } });
}

/** Mirrors Yarn's parser: a line indented less than `indent` ends the map. */
function readMembers(reader: Reader, indent: number, members: ConfigMember[]): void {
  if (indent > MAX_CONFIG_DEPTH) throw new Unexpected('It is nested too deeply.', tokenOf(reader));
  for (;;) {
    const token = tokenOf(reader);
    switch (token.type) {
      case 'newline': {
        reader.at++;
        if (indent === 0) continue;
        const next = tokenOf(reader);
        if (next.type !== 'indent' || next.depth !== indent) return;
        reader.at++;
        continue;
      }
      case 'indent':
        if (token.depth !== indent) return;
        reader.at++;
        continue;
      case 'end':
        return;
      case 'string':
        if (!readProperty(reader, indent, members)) return;
        continue;
      default:
        throw new Unexpected(messageOf(token), token);
    }
  }
}

/** Returns false if the enclosing map ends with the property. */
function readProperty(reader: Reader, indent: number, members: ConfigMember[]): boolean {
  const keys = [tokenOf(reader)];
  reader.at++;
  while (tokenOf(reader).type === 'comma') {
    reader.at++;
    const key = tokenOf(reader);
    if (key.type !== 'string') throw new Unexpected(messageOf(key), key);
    keys.push(key);
    reader.at++;
  }
  const hasColon = tokenOf(reader).type === 'colon';
  if (hasColon) reader.at++;
  const value = tokenOf(reader);
  const add = (node: ConfigNode) => {
    for (const { text, span } of keys) members.push({ key: text, keySpan: span, value: node });
  };
  if (value.type === 'string' || value.type === 'number' || value.type === 'boolean') {
    reader.at++;
    add(scalarOf(value));
    return true;
  }
  if (!hasColon) throw new Unexpected(messageOf(value), value);
  const nested: ConfigMember[] = [];
  readMembers(reader, indent + 1, nested);
  add({ type: 'map', span: spanOf(nested, value.span), members: nested });
  return indent === 0 || tokenOf(reader).type === 'indent';
}

function spanOf(members: readonly ConfigMember[], none: Span): Span {
  const last = members.at(-1);
  if (last === undefined) return { start: none.start, end: none.start };
  return { start: members[0]!.keySpan.start, end: last.value?.span.end ?? last.keySpan.end };
}

function scalarOf({ type, text, span }: ClassicToken): ConfigScalar {
  const value = type === 'number' ? Number(text) : type === 'boolean' ? text === 'true' : text;
  return { type: 'scalar', span, value, text };
}

function messageOf({ type, isOpen }: ClassicToken): string {
  return type === 'invalid' && isOpen === true
    ? 'Its closing quote is missing.'
    : 'Yarn does not read this line.';
}
