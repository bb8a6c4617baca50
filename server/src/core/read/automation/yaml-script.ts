import type { ConfigScalar } from '../config/tree/config-tree.ts';
import { readShellScript, SAME, type ScriptCommand } from '../text/shell/read-shell-script.ts';
import type { Located } from '../text/span.ts';

/**
 * Returns the text of a scalar as it is in the file, with a NUL in place of every character that is not part of its
 * value, so that offsets stay those of the file.
 */
export function sourceOf({ span }: ConfigScalar, text: string): Located<string> {
  const source = text.slice(span.start, span.end);
  const located = (from: number, value: string) => ({
    value,
    span: { start: span.start + from, end: span.start + from + value.length },
  });
  if (source.startsWith('|') || source.startsWith('>')) {
    const header = source.indexOf('\n') + 1;
    const body = header === 0 ? '' : source.slice(header);
    return located(header === 0 ? source.length : header, source.startsWith('>') ? folded(body) : body);
  }
  if (source.startsWith('"')) {
    const inside = source.slice(1, source.endsWith('"') && source.length > 1 ? -1 : undefined);
    return located(
      1,
      inLine(inside).replace(/\\([\s\S])/g, (_, char: string) => (ESCAPES[char] ?? char) + SAME),
    );
  }
  if (source.startsWith("'")) {
    const inside = source.slice(1, source.endsWith("'") && source.length > 1 ? -1 : undefined);
    return located(1, inLine(inside.replaceAll("''", `'${SAME}`)));
  }
  return located(0, inLine(source));
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** Joins the lines of a scalar that is no block. */
function inLine(text: string): string {
  return text.replaceAll('\n', ' ');
}

/** Joins lines, except at empty ones and before lines that are indented more than the first. */
function folded(text: string): string {
  const indent = /^ */.exec(text)![0].length;
  return text.replace(/\n(?=([ \t]*)(\S|\r?\n|$))/g, (newline, blanks: string, next: string) =>
    next.trim() === '' || blanks.length > indent ? newline : ' ',
  );
}

/** Reads the commands of a scalar, with spans in the file. */
export function commandsIn(script: Located<string>): readonly ScriptCommand[] {
  const { start } = script.span;
  return readShellScript(script.value).map(({ words, after }) => ({
    after,
    words: words.map((word) => ({
      ...word,
      span: { start: word.span.start + start, end: word.span.end + start },
    })),
  }));
}
