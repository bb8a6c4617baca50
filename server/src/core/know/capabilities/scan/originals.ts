import type { ESTree, SyntaxNode } from '../../../read/source/syntax.ts';
import { keyName, type Scope } from '../value/scope.ts';

/** Finds the names that have what a member of an object has. The names of each scope are read once, as files have many. */
export class Originals {
  readonly #members = new Map<Scope, ReadonlySet<string>>();
  /** Members that names got after their scope was read. */
  readonly #later = new Set<string>();

  /** Notes that a name gets an expression. */
  note(node: SyntaxNode): void {
    if (node.type === 'MemberExpression') this.#later.add(keyOf(node));
  }

  /** Checks whether a name near a member has what the member has: `const inner = object[name]`. */
  keeps(member: ESTree.MemberExpression, scope: Scope): boolean {
    const key = keyOf(member);
    for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
      if (at.names === undefined) continue;
      let known = this.#members.get(at);
      if (known === undefined) {
        known = membersIn(at);
        this.#members.set(at, known);
      }
      if (known.has(key) || (this.#later.has(key) && membersIn(at).has(key))) return true;
    }
    return false;
  }
}

/** Returns the members that the names of a scope have as a whole. */
function membersIn({ names }: Scope): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { writes } of names?.values() ?? [])
    for (const { node, path } of writes)
      if (node.type === 'MemberExpression' && path.length === 0) found.add(keyOf(node));
  return found;
}

/** Returns how a member is written, as far as its names are known. */
function keyOf({ computed, object, property }: ESTree.MemberExpression): string {
  return `${computed}\n${JSON.stringify(keyName(object as SyntaxNode))}\n${keyName(property as SyntaxNode)}`;
}
