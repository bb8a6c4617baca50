/** Receives the parts of a document while it arrives. */
export interface DocumentParts {
  /** Checks whether the value of this member of the document is needed; the others are skipped unread. */
  wants(key: string): boolean;
  member(key: string, value: unknown): void;
  /** Receives a member of the member `parts`, whose value is an object. */
  part(key: string, value: unknown): void;
}

export interface DocumentSplitter {
  write(piece: string): void;
  /** Returns whether the input was one complete JSON object. Broken text is skipped from the error on. */
  end(): boolean;
}

/** A single value that is longer, or nested deeper, occurs in no real document. */
const MAX_VALUE = 16 * 1024 * 1024;
const MAX_DEPTH = 200;

type State =
  | 'start'
  | 'key-or-end'
  | 'key'
  | 'in-key'
  | 'colon'
  | 'value'
  | 'in-value'
  | 'next'
  | 'end'
  | 'broken';

/**
 * Splits a JSON object while it arrives, in chunks of any size, so that it is never held as a whole: each member by
 * itself, and those of the member `parts` one by one. Never throws.
 */
export function createSplitter(parts: string, reported: DocumentParts): DocumentSplitter {
  let state: State = 'start';
  /** The depth of the objects being split: 1 in the document, 2 in its `parts`. */
  let level = 0;
  let key = '';
  let depth = 0;
  let inString = false;
  let escaped = false;
  let isWanted = false;
  let collected: string[] = [];
  let length = 0;

  const is = (other: State): boolean => state === other;
  const keep = (text: string): void => {
    length += text.length;
    if (length > MAX_VALUE) state = 'broken';
    else if (text !== '') collected.push(text);
  };
  const taken = (): unknown => {
    const text = collected.length === 1 ? collected[0]! : collected.join('');
    collected = [];
    length = 0;
    try {
      return JSON.parse(text);
    } catch {
      state = 'broken';
      return undefined;
    }
  };
  const finishValue = (): void => {
    state = 'next';
    if (!isWanted) return;
    const value = taken();
    if (is('broken')) return;
    if (level === 1) reported.member(key, value);
    else reported.part(key, value);
  };
  const openValue = (code: number): void => {
    if (level === 1 && key === parts && code === OPEN_BRACE) {
      level = 2;
      state = 'key-or-end';
      return;
    }
    state = 'in-value';
    depth = 0;
    inString = false;
    isWanted = level === 2 || reported.wants(key);
  };
  const closeObject = (): void => {
    level--;
    state = level === 0 ? 'end' : 'next';
  };

  /** Continues a value or key that began in this chunk or an earlier one; returns where it ends. */
  const scan = (piece: string, from: number): number => {
    let at = from;
    for (; at < piece.length; at++) {
      const code = piece.charCodeAt(at);
      if (inString) {
        if (escaped) escaped = false;
        else if (code === BACKSLASH) escaped = true;
        else if (code === QUOTE) {
          inString = false;
          if (depth === 0) return at + 1;
        }
      } else if (code === QUOTE) {
        inString = true;
      } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
        if (++depth > MAX_DEPTH) state = 'broken';
      } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
        if (depth === 0) return at;
        if (--depth === 0) return at + 1;
      } else if (depth === 0 && (code === COMMA || isSpace(code))) {
        return at;
      }
    }
    return -1;
  };

  const step = (piece: string, at: number): number => {
    const code = piece.charCodeAt(at);
    switch (state) {
      case 'in-key':
      case 'in-value': {
        const isKey = state === 'in-key';
        const end = scan(piece, at);
        if (isKey || isWanted) keep(piece.slice(at, end === -1 ? piece.length : end));
        if (end === -1 || is('broken')) return piece.length;
        if (!isKey) {
          finishValue();
        } else {
          const name = taken();
          if (!is('broken')) state = 'colon';
          key = typeof name === 'string' ? name : '';
        }
        return end;
      }
      default:
        if (isSpace(code) || (state === 'start' && code === BYTE_ORDER_MARK)) return at + 1;
    }
    switch (state) {
      case 'start':
        level = 1;
        state = code === OPEN_BRACE ? 'key-or-end' : 'broken';
        return at + 1;
      case 'key-or-end':
      case 'key':
        if (code === CLOSE_BRACE && state === 'key-or-end') {
          closeObject();
          return at + 1;
        }
        state = code === QUOTE ? 'in-key' : 'broken';
        depth = 0;
        return at;
      case 'colon':
        state = code === COLON ? 'value' : 'broken';
        return at + 1;
      case 'value':
        openValue(code);
        return is('in-value') ? at : at + 1;
      case 'next':
        if (code === CLOSE_BRACE) closeObject();
        else state = code === COMMA ? 'key' : 'broken';
        return at + 1;
      default:
        state = 'broken';
        return piece.length;
    }
  };

  return {
    write(piece) {
      let at = 0;
      while (at < piece.length && state !== 'broken') at = step(piece, at);
    },
    end: () => state === 'end',
  };
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const BYTE_ORDER_MARK = 0xfeff;

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
