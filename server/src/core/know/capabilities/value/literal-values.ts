import type { ESTree, SyntaxNode } from '../../../read/source/syntax.ts';
import { foldNumbers, joinPieces } from './fold.ts';
import { Label, WANTED } from './labels.ts';
import { resultOf } from './made-nodes.ts';
import { keyName } from './scope.ts';
import { declassifiedKeys, textLabels } from './text-labels.ts';
import {
  either,
  exactText,
  labelled,
  pieceOf,
  UNKNOWN,
  type Value,
  withLabels,
  withoutLabels,
} from './value.ts';

/** Reads the parts of an expression. */
export interface Parts {
  of(node: unknown): Value;
  membersOf(object: Value): ReadonlyMap<string, Value> | undefined;
}

/** The value of a literal, which never changes. */
const VALUE = Symbol('literal');

/** Returns a text, number or pattern that is written. */
export function literalValue(node: ESTree.Literal): Value {
  const kept = node as ESTree.Literal & { [VALUE]?: Value };
  kept[VALUE] ??= valueOfLiteral(node);
  return kept[VALUE];
}

function valueOfLiteral(node: ESTree.Literal): Value {
  if (typeof node.value === 'string') return { labels: textLabels(node.value), text: node.value };
  if (typeof node.value === 'boolean') return { labels: 0, number: Number(node.value) };
  if (typeof node.value === 'number') return { labels: 0, number: node.value };
  if ('regex' in node) return { labels: 0, ref: `regexp:${node.regex.pattern}/${node.regex.flags}` };
  return UNKNOWN;
}

/** Returns what an expression makes of others. */
export function operatorValue(node: SyntaxNode, parts: Parts): Value {
  switch (node.type) {
    case 'TemplateLiteral': {
      const pieces: Value[] = [];
      node.quasis.forEach((quasi, at) => {
        pieces.push({ labels: 0, text: quasi.value.cooked ?? '' });
        const expression = node.expressions[at];
        if (expression !== undefined) pieces.push(parts.of(expression));
      });
      return withTextLabels(joinPieces(pieces));
    }
    case 'BinaryExpression':
      return binaryValue(node, parts);
    case 'LogicalExpression':
      // The left side of `&&` is the result only if it is nothing.
      return node.operator === '&&'
        ? withLabels(parts.of(node.right), parts.of(node.left).labels & Label.place)
        : orValue(parts.of(node.left), node.right, parts);
    case 'ConditionalExpression':
      return either(parts.of(node.consequent), parts.of(node.alternate));
    case 'AssignmentExpression':
      return parts.of(node.right);
    case 'SequenceExpression':
      return parts.of(node.expressions.at(-1));
    case 'AwaitExpression':
    case 'ChainExpression':
    case 'SpreadElement':
      return parts.of('argument' in node ? node.argument : node.expression);
    case 'YieldExpression':
      return node.argument ? parts.of(node.argument) : UNKNOWN;
    case 'ParenthesizedExpression':
      return parts.of(node.expression);
    case 'UnaryExpression':
      return unaryValue(node.operator, parts.of(node.argument));
    case 'ArrayExpression':
      return arrayValue(node, parts);
    case 'MetaProperty':
      return { labels: 0, ref: 'import.meta' };
    case 'ObjectExpression':
      return objectValue(node, parts);
    default: {
      // Casts of TypeScript. Of its functions without a body, the member is a boolean.
      const { expression } = node as unknown as { readonly expression?: SyntaxNode | boolean };
      return typeof expression === 'object' ? parts.of(expression) : UNKNOWN;
    }
  }
}

/** Returns a number that is not 0, or else either of both sides. */
function orValue(left: Value, right: unknown, parts: Parts): Value {
  return left.number ? left : either(left, parts.of(right));
}

function unaryValue(operator: string, { number, text }: Value): Value {
  if (operator === '!' && number !== undefined) return { labels: 0, number: Number(!number) };
  if (operator === '-' && number !== undefined) return { labels: 0, number: -number };
  if (operator === '~' && number !== undefined) return { labels: 0, number: ~number };
  if (operator === '+' && text !== undefined && text !== '') return { labels: 0, number: Number(text) };
  return UNKNOWN;
}

/** What numbers have that are made of others. Seeds are of generators of numbers. */
const CALCULATED = Label.place | (WANTED & ~Label.key);

/** Returns what an operator of two values makes. */
function binaryValue(node: ESTree.BinaryExpression, parts: Parts): Value {
  if (node.operator === '+') {
    const terms: Value[] = [];
    let at: SyntaxNode = node;
    while (at.type === 'BinaryExpression' && at.operator === '+') {
      terms.push(parts.of(at.right));
      at = at.left as SyntaxNode;
    }
    terms.push(parts.of(at));
    terms.reverse();
    const numbers = terms.map(({ number }) => number);
    if (numbers.every((one) => one !== undefined))
      return { labels: 0, number: numbers.reduce((sum, one) => sum + one, 0) };
    // Empty arrays and objects of JSFuck are not read.
    const joined = joinPieces(terms);
    const isPieced = terms.filter((part) => pieceOf(part) !== undefined && pieceOf(part) !== '').length > 1;
    return withTextLabels(isPieced ? withLabels(joined, Label.pieced) : joined);
  }
  const [a, b] = [parts.of(node.left), parts.of(node.right)];
  if (/^(?:[=!]=|[<>]=?$|in)/.test(node.operator)) return comparison(a, b);
  if (a.number === undefined || b.number === undefined) {
    const mixed = node.operator === '^' ? Label.codes : 0;
    return labelled(((a.labels | b.labels) & CALCULATED) | mixed);
  }
  const number = foldNumbers(node.operator, a.number, b.number);
  return number === undefined ? UNKNOWN : { labels: a.labels | b.labels, number };
}

function comparison(a: Value, b: Value): Value {
  return labelled((a.labels | b.labels) & Label.place);
}

/** Returns a list with what is known of each element. */
function arrayValue(node: ESTree.ArrayExpression, parts: Parts): Value {
  const spread = node.elements.find((one) => one?.type === 'SpreadElement');
  if (!spread) return arrayOf(node, parts);
  // Lists within lists would double the work each time.
  const known = parts.of(spread);
  const withSpread = (value: Value): Parts => ({
    of: (one) => (one === spread ? value : parts.of(one)),
    membersOf: (object) => parts.membersOf(object),
  });
  const made = arrayOf(node, withSpread(known));
  const { others } = known;
  if (others === undefined) return made;
  return { ...made, others: others.map((other) => arrayOf(node, withSpread(other))) };
}

function arrayOf(node: ESTree.ArrayExpression, parts: Parts): Value {
  const list: Value[] = [];
  let labels = 0;
  for (const one of node.elements.slice(0, 5000)) {
    const element = one === null ? UNKNOWN : parts.of(one);
    labels |= element.labels;
    if (one?.type !== 'SpreadElement') list.push(element);
    else if (element.list !== undefined) list.push(...element.list);
    else if (exactText(element) !== undefined)
      for (const text of element.text!.slice(0, 5000)) list.push({ labels, text });
    else list.push(labelled(element.labels));
  }
  return { labels, list };
}

/** Returns an object with what is known of each member. */
function objectValue(node: ESTree.ObjectExpression, parts: Parts): Value {
  const members = new Map<string, Value>();
  let labels = 0;
  for (const one of node.properties.slice(0, 300)) {
    if (one.type !== 'Property') {
      const spread = parts.of((one as unknown as { argument: SyntaxNode }).argument);
      labels |= spread.labels;
      for (const [name, member] of parts.membersOf(spread) ?? []) members.set(name, member);
      continue;
    }
    const name = one.computed ? exactText(parts.of(one.key)) : keyName(one.key as SyntaxNode);
    const isOfLogin = (name === 'key' && isTls(node)) || (GRANTED.test(name ?? '') && isGrant(node));
    const value = one.kind === 'get' ? resultOf(one.value as SyntaxNode) : one.value;
    const found = withoutLabels(parts.of(value), declassifiedKeys(isOfLogin ? 'auth' : (name ?? '')));
    labels |= found.labels;
    if (name !== undefined) members.set(name, found);
  }
  return { labels, members };
}

/** Checks for options of a connection, in which a key is for the handshake. */
function isTls({ properties }: ESTree.ObjectExpression): boolean {
  return properties.some(
    (one) =>
      one.type === 'Property' && /^(?:cert|ca|rejectUnauthorized)$/.test(keyName(one.key as SyntaxNode)),
  );
}

/** What a server for OAuth takes for a token. */
const GRANTED = /^(?:client_?(?:id|secret)|refresh_?token|subject_?token|assertion|password|code)$/i;

function isGrant({ properties }: ESTree.ObjectExpression): boolean {
  return properties.some(
    (one) => one.type === 'Property' && /^grant_?type$/i.test(keyName(one.key as SyntaxNode)),
  );
}

/** Adds the labels that a text has as a whole. */
function withTextLabels(value: Value): Value {
  return value.text === undefined ? value : withLabels(value, textLabels(value.text));
}
