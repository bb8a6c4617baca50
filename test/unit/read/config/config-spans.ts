import assert from 'node:assert/strict';
import type { ConfigNode } from '../../../../server/src/core/read/config/tree/config-tree.ts';
import type { Span } from '../../../../server/src/core/read/text/span.ts';

/**
 * Checks that each key and each plain value of a tree, cut out of the text, is the token with that value: another
 * parser reads the quoted or bare token as the same value. Returns the number of tokens.
 */
export function expectTokens(text: string, node: ConfigNode | undefined): number {
  if (node === undefined) return 0;
  switch (node.type) {
    case 'scalar':
      expectToken(text, node.span, node.text);
      return 1;
    case 'list':
      return node.items.reduce((count, item) => count + expectTokens(text, item), 0);
    case 'map':
      return node.members.reduce((count, { key, keySpan, value }) => {
        expectToken(text, keySpan, key);
        return count + 1 + expectTokens(text, value);
      }, 0);
  }
}

function expectToken(text: string, { start, end }: Span, value: string): void {
  const token = text.slice(start, end);
  assert.ok(token !== '' && token.trim() === token, JSON.stringify(token));
  assert.equal(unquoted(token), value, `the token ${JSON.stringify(token)}`);
}

/**
 * Returns the value of a token: bare words are literal; a block of text over several lines is compared without
 * its line ends.
 */
function unquoted(token: string): string {
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
  return token.startsWith('"') ? (JSON.parse(token) as string) : token;
}
