import { parseSync, Visitor } from 'oxc-parser';

const NAMES: ReadonlySet<string> = new Set(['npm', 'pnpm', 'yarn', 'bun', 'classic', 'berry']);

/**
 * Returns the lines on which a file writes the name of a package manager, or of a generation of Yarn: as a text or a type
 * that is nothing but the name, or as the key of a table.
 */
export function managerLiterals(file: string, text: string): readonly number[] {
  const found: number[] = [];
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  new Visitor({
    Literal({ value, start }) {
      if (typeof value === 'string' && NAMES.has(value)) found.push(lineOf(start));
    },
    TemplateLiteral({ quasis, start }) {
      if (quasis.length === 1 && NAMES.has(quasis[0]!.value.raw)) found.push(lineOf(start));
    },
    ObjectExpression({ properties }) {
      for (const property of properties)
        if (
          property.type === 'Property' &&
          !property.computed &&
          property.key.type === 'Identifier' &&
          NAMES.has(property.key.name)
        )
          found.push(lineOf(property.start));
    },
  }).visit(parseSync(file, text).program);
  return found.sort((a, b) => a - b);
}
