import { parseSync, Visitor } from 'oxc-parser';

/**
 * The files of an example in a rule: tests compare their findings with the rule's messages, which are
 * checked separately.
 */
const EXAMPLE = /^-- \S+ --\n/;

/** Tags of HTML separate texts. */
const CLOSING_TAG = /<\/[a-z]\w*>/;
const TAGS = /<[a-z!/][^<>]*>/gi;

/** A line of a help text: a term or an option, at least two spaces, and its description. */
const HELP_LINE = /^ {2,}\S/m;

/**
 * Returns the displayed texts of a source file: string and template literals that contain a space. An expression in a
 * template counts as one word. Imports, examples, and literals without a letter are omitted. Each entry of a help text
 * is a separate text.
 */
export function sourceTexts(path: string, source: string): readonly string[] {
  const texts: string[] = [];
  const add = (text: string) => {
    if (!/\p{L}{2,} \p{L}/u.test(text) || EXAMPLE.test(text)) return;
    if (CLOSING_TAG.test(text)) texts.push(...text.split(TAGS));
    else if (text.includes('\n') && HELP_LINE.test(text) && !/^(?:- |\d+\. )/m.test(text))
      texts.push(...helpTexts(text));
    else texts.push(text);
  };
  new Visitor({
    Literal(node) {
      if (typeof node.value === 'string') add(node.value);
    },
    TemplateLiteral(node) {
      add(node.quasis.map(({ value }) => value.cooked ?? value.raw).join('x'));
    },
  }).visit(parseSync(path, source).program);
  return texts;
}

/**
 * Returns the headings, paragraphs and descriptions of a help text. A line that begins in the column of descriptions
 * continues one.
 */
function helpTexts(help: string): readonly string[] {
  const texts: string[] = [];
  let column = 0;
  for (const line of help.split('\n')) {
    const indent = line.search(/\S/);
    if (indent === -1) {
      texts.push('');
      continue;
    }
    const entry = /^( {2,12}\S.*?) {2,}(?=\S)/.exec(line);
    if (entry !== null) {
      column = entry[0].length;
      texts.push(line.slice(column));
    } else if (indent === 0 || (column > 0 && indent === column)) {
      texts.push(`${texts.pop() ?? ''} ${line.trim()}`.trim());
    } else texts.push(line.trim());
  }
  return texts.filter((text) => /\p{L}{2,} \p{L}/u.test(text));
}
