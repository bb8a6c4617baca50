import { readFile } from 'node:fs/promises';
import { parseSync, Visitor } from 'oxc-parser';
import type { Plugin } from 'rolldown';

/**
 * Removes the documentation of rules from a bundle. Only `explain`, a bundle of its own, and the generated pages need
 * it, while each editor that starts parses the server, and each check parses the command line. A test verifies that
 * nothing else uses it.
 */
export const rulesWithoutDocs: Plugin = {
  name: 'rules-without-docs',
  load: {
    filter: { id: /[\\/]core[\\/]judge[\\/]rules[\\/][a-z]+(?:-[a-z]+)+\.ts$/ },
    async handler(id) {
      return { code: withoutDocs(await readFile(id, 'utf8'), id), moduleType: 'ts' };
    },
  },
};

const NO_DOCS = "{ summary: '', why: '', bad: '', good: '' }";

/** Returns the text of a rule's file with empty documentation, or that of another file unchanged. */
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
