import type { SyntaxNode } from '../../../read/source/syntax.ts';
import type { Scoped } from '../value/scopes.ts';
import type { Value } from '../value/value.ts';
import type { Found } from './found.ts';

const ADDRESS = /^[^\s@]*<?[\w.+-]+@(?!example\.(?:com|org|net)\b)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}>?$/i;
const DEEPEST = 4;

/** Reads hidden recipients of mails that the code itself names: who calls it sends them nothing. */
export function readCopies({ copies }: Scoped, found: Found): void {
  for (const { node, scope } of copies) {
    // What only stands for a missing setting can be seen by who sets none.
    if (isDefault(node) || !hasAddress(found.evaluator.value(node, scope), 0)) continue;
    found.add('tampering', 'recipients of mail', node.start ?? 0);
    found.sign('copies-mail', node.start ?? 0, scope.fn.isLoaded === true);
  }
}

function isDefault(node: SyntaxNode): boolean {
  return node.type === 'LogicalExpression' && node.operator !== '&&';
}

/** Checks for an address in a text, or within a list or members. */
function hasAddress({ text, isPartial, list, members, others }: Value, depth: number): boolean {
  if (depth > DEEPEST) return false;
  // Of a list in one text, each part is an address.
  if (text !== undefined && text.length < 2000)
    if (text.split(/[,;]/).some((one) => ADDRESS.test(one.trim().replace(/^.*(?=<)/, '')))) return true;
  return [...(list ?? []), ...(members?.values() ?? []), ...(isPartial === true ? [] : (others ?? []))].some(
    (one) => hasAddress(one, depth + 1),
  );
}
