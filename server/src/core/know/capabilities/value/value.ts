import type { ESTree, SyntaxNode } from '../../../read/source/syntax.ts';

export type FunctionNode =
  | ESTree.FunctionDeclaration
  | ESTree.FunctionExpression
  | ESTree.ArrowFunctionExpression;

/** What is known of an expression without running it. */
export interface Value {
  readonly labels: number;
  readonly text?: string | undefined;
  /** Whether the text has gaps, written as `…`. */
  readonly isPartial?: boolean | undefined;
  readonly number?: number | undefined;
  readonly list?: readonly Value[] | undefined;
  readonly members?: ReadonlyMap<string, Value> | undefined;
  /** The path by which it is reached, such as `mod:child_process.exec` or `process.env`; `()` stands for a call. */
  readonly ref?: string | undefined;
  readonly fn?: FunctionNode | undefined;
  /** The class or file whose members it has. */
  readonly self?: SyntaxNode | undefined;
  /** The function that gives its members: the getter of a proxy. */
  readonly getter?: FunctionNode | undefined;
  /** What else it may be. */
  readonly others?: readonly Value[] | undefined;
}

/** An expression with the scope that its names have. */
export interface Place<S> {
  readonly node: SyntaxNode;
  readonly scope: S;
}

export const UNKNOWN: Value = { labels: 0 };

export const GAP = '…';

export function labelled(labels: number): Value {
  return labels === 0 ? UNKNOWN : { labels };
}

export function withLabels(value: Value, labels: number): Value {
  return (value.labels | labels) === value.labels ? value : { ...value, labels: value.labels | labels };
}

export function withoutLabels(value: Value, labels: number): Value {
  return (value.labels & labels) === 0 ? value : { ...value, labels: value.labels & ~labels };
}

/** Returns what holds of either of two values: what is known of the first one that anything is known of, and all labels. */
export function either(a: Value, b: Value): Value {
  if (a === UNKNOWN) return b;
  if (b === UNKNOWN) return a;
  const [first, second] = isKnown(a) ? [a, b] : [b, a];
  const labels = a.labels | b.labels;
  if (first.others === undefined && (second.text === undefined ? second.list : second.text) === undefined)
    return withLabels(first, labels);
  const others = [...(first.others ?? []), second, ...(second.others ?? [])].filter(isKnown);
  return others.length === 0
    ? withLabels(first, labels)
    : { ...first, labels, others: others.slice(0, MOST_OTHERS) };
}

const MOST_OTHERS = 6;

export function isKnown(value: Value): boolean {
  return (
    value.ref !== undefined ||
    value.text !== undefined ||
    value.list !== undefined ||
    value.fn !== undefined ||
    value.self !== undefined ||
    value.getter !== undefined ||
    value.members !== undefined
  );
}

/** Returns a text without gaps. */
export function exactText({ text, isPartial }: Value): string | undefined {
  return isPartial === true ? undefined : text;
}

/** Returns the text of a value as it becomes part of another one. */
export function pieceOf({ text, number }: Value): string | undefined {
  return text ?? (number === undefined ? undefined : String(number));
}

/** Returns a list of values. */
export function listOf(list: readonly Value[]): Value {
  return { labels: list.reduce((all, { labels }) => all | labels, 0), list };
}

/** The modules of a bundle, which a function of it loads by their keys. */
export type BundledModules = ReadonlyMap<string, FunctionNode>;
