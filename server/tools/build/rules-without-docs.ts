import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { parseSync, Visitor } from 'oxc-parser';

/**
 * Leaves the documentation of rules out of a bundle. Only `explain`, a bundle of its own, and the generated pages need it,
 * while the server is read and parsed by each editor that starts, and the command line by each check. That nothing else
 * looks at it is tested.
 */
export const rulesWithoutDocs: Plugin = {
  name: 'rules-without-docs',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]core[\\/]judge[\\/]rules[\\/][a-z]+(?:-[a-z]+)+\.ts$/ }, async ({ path }) => ({
      contents: withoutDocs(await readFile(path, 'utf8'), path),
      loader: 'ts',
    }));
  },
};

const NO_DOCS = "{ summary: '', why: '', bad: '', good: '' }";

/** The text of a rule's file with empty documentation; that of another file as it is. */
function withoutDocs(text: string, file: string): string {
  const found: { readonly start: number; readonly end: number }[] = [];
  new Visitor({
    CallExpression({ callee, arguments: [rule] }) {
      if (callee.type !== 'Identifier' || callee.name !== 'defineRule' || rule?.type !== 'ObjectExpression')
        return;
      for (const property of rule.properties) {
        const isDocs =
          property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'docs';
        if (isDocs) found.push(property.value);
      }
    },
  }).visit(parseSync(file, text).program);
  const [docs] = found;
  return docs === undefined ? text : text.slice(0, docs.start) + NO_DOCS + text.slice(docs.end);
}
