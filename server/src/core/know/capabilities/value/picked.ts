import type { ESTree, SyntaxNode } from '../../../read/source/syntax.ts';
import { keyName } from './scope.ts';
import type { FunctionNode, Value } from './value.ts';

/** Words in the names of secrets. */
const WORDS =
  /token|secret|passw(?:or)?d?|\bpass\b|api_?\??key|(?<![a-z])key(?![a-z])|credential|database_url|dsn|private|mnemonic|auth/gi;
/** One word is also what a tool for a single service looks for. */
const LEAST = 2;

/** Checks for a pattern of the names of secrets of any kind. */
function isOfSecrets(pattern: string): boolean {
  return new Set((pattern.match(WORDS) ?? []).map((word) => word.toLowerCase())).size >= LEAST;
}

/**
 * Checks for a function that takes what has the name of a secret: `(name) => /TOKEN|SECRET/.test(name)`. Those that leave it
 * out have a negation.
 *
 * @param of Returns what an expression is, for patterns that have a name.
 */
export function picksSecrets(fn: FunctionNode | undefined, of: (node: SyntaxNode) => Value): boolean {
  let found = fn?.body as SyntaxNode | null | undefined;
  if (found?.type === 'BlockStatement') {
    const only = found.body[0] as SyntaxNode | undefined;
    found = only?.type === 'ReturnStatement' ? (only.argument as SyntaxNode | null) : undefined;
  }
  if (found?.type === 'LogicalExpression') found = found.left as SyntaxNode;
  if (found?.type !== 'CallExpression' || found.callee.type !== 'MemberExpression') return false;
  const { object, property } = found.callee as ESTree.MemberExpression;
  const method = keyName(property as SyntaxNode);
  const pattern =
    method === 'test'
      ? (object as SyntaxNode)
      : /^(?:match|search)$/.test(method)
        ? (found.arguments[0] as SyntaxNode | undefined)
        : undefined;
  return pattern !== undefined && isOfSecrets(/^regexp:(.*)\/\w*$/.exec(of(pattern).ref ?? '')?.[1] ?? '');
}
