import { parseSync, Visitor } from 'oxc-parser';

/**
 * Returns the texts of a source file that people may read: string and template literals that have a blank in them. What stands
 * in place of an expression counts as one word. Imports, and literals without a letter, are left out.
 */
export function sourceTexts(path: string, source: string): readonly string[] {
  const texts: string[] = [];
  const add = (text: string) => {
    if (/\p{L}{2,} \p{L}/u.test(text)) texts.push(text);
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
