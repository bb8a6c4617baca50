import { endOfQuoted, endOfRegular } from '../../../read/text/script-literals.ts';

/**
 * Returns the literal specifiers that a JavaScript or TypeScript module loads: by `require`, `require.resolve`,
 * `import`, `import()` and `export … from`, and paths relative to `__dirname` or `import.meta.url` passed to these,
 * `fork` and `Worker`. Ignores types, comments and strings. A specifier with a path starts with a dot.
 */
export function moduleLoads(text: string): readonly string[] {
  if (!MAY_LOAD.test(text)) return [];
  const reader = createReader();
  readTokens(text, reader.take);
  return [...reader.found];
}

const MAY_LOAD = /\b(?:require|import|from|fork|Worker)\b/;
const MOST_FOUND = 2000;
const DEEPEST = 500;

/** Receives a word, a sign, or a quoted text. */
type Take = (token: string, isText: boolean) => void;

const LOADERS: ReadonlySet<string> = new Set(['require', 'import', 'fork', 'Worker']);
const JOINS: ReadonlySet<string> = new Set(['join', 'resolve']);

function createReader(): { readonly found: ReadonlySet<string>; readonly take: Take } {
  const found = new Set<string>();
  /** The callee of each open bracket. */
  const calls: string[] = [];
  let [before, last] = ['', ''];
  let isLastText = false;
  let statement: 'value' | 'type' | undefined;
  /** A specifier that counts unless something is appended to it. */
  let pending: string | undefined;
  /** The segments of a path relative to the module. */
  let beside: string[] | undefined;

  const add = (specifier: string) => {
    if (found.size < MOST_FOUND && !/[\\\0\n]/.test(specifier)) found.add(specifier);
  };
  const isLoad = (name: string | undefined) => name !== undefined && LOADERS.has(name);

  function takeText(text: string): void {
    if (isLastText) return;
    if (last === 'import' && before !== '.') add(text);
    else if (last === 'from' && statement !== undefined) {
      if (statement === 'value') add(text);
      statement = undefined;
    } else if (beside !== undefined) beside.push(text);
    else if (last === '(') {
      const call = calls.at(-1);
      if (call === 'require' || call === 'import') pending = text;
      else if (call === 'URL' && isLoad(calls.at(-2))) add(text);
    }
  }

  function takeSign(token: string): void {
    if (pending !== undefined && (token === ')' || token === ',')) add(pending);
    pending = undefined;
    if (beside !== undefined && token === ')' && beside.length > 0)
      add(`./${beside.join('/').replace(/^\/+/, '')}`);
    if (beside !== undefined && token !== ',' && token !== '+') beside = undefined;
    if (token === '(') calls.push(isLastText || calls.length > DEEPEST ? '' : calledName());
    else if (token === ')') calls.pop();
    if (token === '(' || token === ';' || token === '=') statement = undefined;
    if ((token === '__dirname' || token === 'dirname') && isBeside(token)) beside = [];
    if ((token === 'import' || token === 'export') && last !== '.') statement = 'value';
    else if (last === 'type' && /^(?:import|export)$/.test(before) && statement !== undefined)
      statement = token === 'from' || token === ',' ? 'value' : 'type';
  }

  /** Treats the argument of `require.resolve` as loaded. */
  function calledName(): string {
    if (before !== '.') return last;
    if (last === 'require' || last === 'import') return '';
    return last === 'resolve' && isResolve ? 'require' : last;
  }

  let isResolve = false;
  /** Checks for `__dirname` as the first argument of a loader, or of a function that joins paths for one. */
  function isBeside(token: string): boolean {
    const at = token === 'dirname' ? (last === '.' && isMeta ? 'meta' : '') : last;
    if (at !== '(' && at !== 'meta') return false;
    const call = calls.at(-1) ?? '';
    return isLoad(call) || (JOINS.has(call) && isLoad(calls.at(-2)));
  }

  let isMeta = false;
  return {
    found,
    take(token, isText) {
      if (isText) takeText(token);
      else takeSign(token);
      if (!isText && token === 'meta') isMeta = before === 'import' && last === '.';
      if (!isText && token === '.') isResolve = last === 'require' && !isLastText && before !== '.';
      [before, last, isLastText] = [isLastText ? '' : last, isText ? '' : token, isText];
    },
  };
}

/** Words after which a slash starts a regular expression. */
const BEFORE_REGULAR = /^(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield)$/;

/** Tokenizes a text as far as needed here; a quoted text ends at the end of its line. */
function readTokens(text: string, take: Take): void {
  /** The number of open braces in each `${` of a template. */
  const templates: number[] = [];
  let isValue = false;
  const give = (token: string, isText: boolean) => {
    isValue = isText || (/[\w$)\]}]$/.test(token) && !BEFORE_REGULAR.test(token));
    take(token, isText);
  };
  let at = 0;
  const template = (from: number) => {
    const end = endOfTemplate(text, from);
    if (text[end] === '$') {
      templates.push(0);
      give('`', false);
      at = end + 2;
    } else {
      // Text after a `${}` is only part of a string.
      if (text[from - 1] === '`') give(text.slice(from, end), true);
      else give('`', false);
      at = end + 1;
    }
  };
  while (at < text.length) {
    const char = text[at]!;
    if (char === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) {
      const isLine = text[at + 1] === '/';
      const end = text.indexOf(isLine ? '\n' : '*/', at + 2);
      at = end === -1 ? text.length : end + (isLine ? 1 : 2);
    } else if (char === '"' || char === "'") {
      const end = endOfQuoted(text, at);
      give(text.slice(at + 1, end), true);
      at = end + 1;
    } else if (char === '`') template(at + 1);
    else if (char === '/' && !isValue) {
      at = endOfRegular(text, at) + 1;
      give(')', true);
    } else if (/[\w$]/.test(char)) {
      WORD.lastIndex = at;
      const word = WORD.exec(text)![0];
      give(word, false);
      at += word.length;
    } else if (char === '}' && templates.at(-1) === 0) {
      templates.pop();
      template(at + 1);
    } else {
      if (templates.length > 0 && (char === '{' || char === '}'))
        templates[templates.length - 1]! += char === '{' ? 1 : -1;
      if (!/\s/.test(char)) give(char, false);
      at++;
    }
  }
}

const WORD = /[\w$]+/y;

/** Returns the closing backquote, or the `$` of the next `${`. */
function endOfTemplate(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '`' && !(text[at] === '$' && text[at + 1] === '{'))
    at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length);
}
