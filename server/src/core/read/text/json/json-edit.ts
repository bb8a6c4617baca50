import type { TextEdit } from '../edit.ts';
import { onForgetLatest } from '../latest.ts';
import type { Span } from '../span.ts';
import {
  insertMember,
  type JsonData,
  layoutOf,
  removeMember,
  writeJson,
  writeProperty,
} from './json-layout.ts';
import type { JsonArray, JsonNode, JsonObject, JsonTree } from './json-node.ts';
import { parseJsonTree, propertyOf } from './json-tree.ts';

export type { JsonData } from './json-layout.ts';

/**
 * Returns edits that set the property at `path`, creating missing objects. The text's indentation, newlines and
 * one-line objects are kept; of duplicate keys the last one is edited, because it is the effective one. No edits if the
 * value is already there; undefined if the text does not allow it (not an object, or not closed).
 * @param options.sorted inserts a new property in alphabetical order if its neighbors are sorted
 */
export function setProperty(
  text: string,
  path: readonly string[],
  value: JsonData,
  options: { readonly sorted?: boolean } = {},
): readonly TextEdit[] | undefined {
  if (text.trim() === '' || text === '\ufeff') {
    return [{ span: { start: text.length, end: text.length }, newText: newJsonFile(nest(path, value)) }];
  }
  const tree = treeOf(text);
  let object = objectOf(tree.root);
  for (const [depth, key] of path.entries()) {
    if (object === undefined) return undefined;
    const property = propertyOf(object, key);
    const isLast = depth === path.length - 1;
    if (property === undefined) {
      return addProperty(
        text,
        tree,
        object,
        key,
        nest(path.slice(depth + 1), value),
        isLast && options.sorted === true,
      );
    }
    if (property.value === undefined) return undefined;
    if (isLast) return replaceNode(text, tree, property.value, value);
    object = objectOf(property.value);
  }
  return undefined;
}

/** The tree of the last edited text: a report needs many edits of one text for its fixes. */
let latest: { readonly text: string; readonly tree: JsonTree } | undefined;
onForgetLatest(() => {
  latest = undefined;
});

function treeOf(text: string): JsonTree {
  if (latest?.text !== text) latest = { text, tree: parseJsonTree(text, { trailingCommas: true }) };
  return latest.tree;
}

/** Sets several properties of the object whose brackets span `span`. No edits if there is no such object. */
export function setPropertiesAt(
  text: string,
  span: Span,
  values: Readonly<Record<string, JsonData>>,
): readonly TextEdit[] | undefined {
  const tree = treeOf(text);
  const node = nodeAt(tree, span);
  if (node?.type !== 'object') return [];
  if (!node.closed) return undefined;
  const edits: TextEdit[] = [];
  const missing: (readonly [string, JsonData])[] = [];
  for (const [key, value] of Object.entries(values)) {
    const property = propertyOf(node, key);
    if (property === undefined) missing.push([key, value]);
    const replaced = property?.value === undefined ? [] : replaceNode(text, tree, property.value, value);
    if (replaced === undefined || (property !== undefined && property.value === undefined)) return undefined;
    edits.push(...replaced);
  }
  if (missing.length === 0) return edits;
  const layout = layoutOf(text, tree);
  const added = insertMember(text, tree, node, node.members.length, layout, (indent, oneLine) =>
    missing
      .map(([key, value]) => writeProperty(key, value, layout, indent, oneLine))
      .join(oneLine ? ', ' : `,${layout.newline}${indent}`),
  );
  return [...edits, ...added];
}

/** Returns edits that replace the value whose token or brackets span `span`. */
export function replaceValue(text: string, span: Span, value: JsonData): readonly TextEdit[] | undefined {
  const tree = treeOf(text);
  const node = nodeAt(tree, span);
  return node === undefined ? undefined : replaceNode(text, tree, node, value);
}

/**
 * Returns edits that remove a property, given by its path or by the span of its key or of the whole property. Neighbors
 * keep their comments, and so does the removed line if one follows it. No edits if there is no such property.
 */
export function removeProperty(
  text: string,
  property: readonly string[] | Span,
): readonly TextEdit[] | undefined {
  const tree = treeOf(text);
  const place = 'start' in property ? placeAt(tree, property) : placeOf(tree, property);
  if (place === undefined) return [];
  return place.object.closed ? removeMember(text, tree, place.object, place.index) : undefined;
}

/** Returns edits that rename a property, given by its path or by the span of its key or of the whole property. */
export function renameKey(
  text: string,
  property: readonly string[] | Span,
  key: string,
): readonly TextEdit[] | undefined {
  const tree = treeOf(text);
  const place = 'start' in property ? placeAt(tree, property) : placeOf(tree, property);
  const renamed = place?.object.members[place.index];
  if (renamed === undefined) return undefined;
  return renamed.key === key ? [] : [{ span: renamed.keySpan, newText: JSON.stringify(key) }];
}

/**
 * Returns edits that append a value to the array at `path`, which is created if missing. No edits if it contains an
 * equal value; undefined as in `setProperty`.
 */
export function appendToArray(
  text: string,
  path: readonly string[],
  value: JsonData,
): readonly TextEdit[] | undefined {
  return appendAllToArray(text, path, [value]);
}

/** Appends several values in the same way. */
export function appendAllToArray(
  text: string,
  path: readonly string[],
  values: readonly JsonData[],
): readonly TextEdit[] | undefined {
  const tree = treeOf(text);
  let node = tree.root;
  for (const key of path) {
    const property = propertyOf(node, key);
    if (property === undefined) return setProperty(text, path, values);
    node = property.value;
  }
  if (node?.type !== 'array' || !node.closed) return undefined;
  const { members } = node;
  const missing = values.filter((value) => !members.some((item) => equals(item.value, value)));
  if (missing.length === 0) return [];
  const layout = layoutOf(text, tree);
  // Objects look like those that are there already.
  const last = members.at(-1)?.value;
  const isFlat = last?.type === 'object' && !text.slice(last.span.start, last.span.end).includes('\n');
  return insertMember(text, tree, node, members.length, layout, (indent, oneLine) =>
    missing
      .map((value) => writeJson(value, layout, indent, oneLine || isFlat))
      .join(oneLine ? ', ' : `,${layout.newline}${indent}`),
  );
}

/**
 * Returns edits that remove the item of an array whose value spans `span`. Neighbors keep their comments. No edits if
 * there is no such item.
 */
export function removeItem(text: string, span: Span): readonly TextEdit[] | undefined {
  const tree = treeOf(text);
  for (let node = tree.root; node?.type === 'object' || node?.type === 'array'; ) {
    const index =
      node.type === 'array' ? node.members.findIndex(({ value }) => sameSpan(value.span, span)) : -1;
    if (index !== -1) return node.closed ? removeMember(text, tree, node, index) : undefined;
    node = valueAround(node, span.start);
  }
  return [];
}

function sameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

/** Formats a new JSON file: two spaces, "\n", a newline at the end, as npm writes its own. */
export function newJsonFile(value: JsonData): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Wraps the value in objects with the keys of `path`. */
function nest(path: readonly string[], value: JsonData): JsonData {
  return path.reduceRight<JsonData>((inner, key) => ({ [key]: inner }), value);
}

function objectOf(node: JsonNode | undefined): JsonObject | undefined {
  return node?.type === 'object' && node.closed ? node : undefined;
}

function replaceNode(
  text: string,
  tree: JsonTree,
  node: JsonNode,
  value: JsonData,
): readonly TextEdit[] | undefined {
  if (equals(node, value)) return [];
  if ((node.type === 'object' || node.type === 'array') && !node.closed) return undefined;
  if (node.type === 'string' && !node.closed) return undefined;
  const lineStart = text.lastIndexOf('\n', node.span.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart))![0];
  const oneLine =
    (node.type === 'object' || node.type === 'array') &&
    node.members.length > 0 &&
    !text.slice(node.span.start, node.span.end).includes('\n');
  return [{ span: node.span, newText: writeJson(value, layoutOf(text, tree), indent, oneLine) }];
}

function addProperty(
  text: string,
  tree: JsonTree,
  object: JsonObject,
  key: string,
  value: JsonData,
  sorted: boolean,
): readonly TextEdit[] {
  const layout = layoutOf(text, tree);
  const index = sorted ? sortedIndex(object, key) : object.members.length;
  return insertMember(text, tree, object, index, layout, (indent, oneLine) =>
    writeProperty(key, value, layout, indent, oneLine),
  );
}

/** Created on first use: `localeCompare` would look the language up for each pair. */
let english: ((a: string, b: string) => number) | undefined;

/**
 * npm sorts dependencies in English collation order, other tools by code units; an unsorted object gets keys at its
 * end.
 */
function sortedIndex(object: JsonObject, key: string): number {
  const keys = object.members.map((member) => member.key);
  english ??= new Intl.Collator('en').compare;
  const orders = [english, (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)];
  const order = orders.find((compare) =>
    keys.every((each, at) => at === 0 || compare(keys[at - 1]!, each) <= 0),
  );
  if (order === undefined) return keys.length;
  const index = keys.findIndex((each) => order(each, key) > 0);
  return index === -1 ? keys.length : index;
}

/** Checks whether `node` already has the value; duplicate keys never do. */
function equals(node: JsonNode, value: JsonData): boolean {
  if (node.type === 'array') {
    return (
      Array.isArray(value) &&
      value.length === node.members.length &&
      node.members.every((item, at) => equals(item.value, value[at] as JsonData))
    );
  }
  if (node.type !== 'object') return node.value === value && (node.type !== 'string' || node.closed);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const entries = new Map(Object.entries(value));
  if (entries.size !== node.members.length) return false;
  const seen = new Set<string>();
  return node.members.every((property) => {
    const expected = entries.get(property.key);
    if (expected === undefined || property.value === undefined || seen.has(property.key)) return false;
    seen.add(property.key);
    return equals(property.value, expected);
  });
}

interface Place {
  readonly object: JsonObject;
  readonly index: number;
}

function placeOf(tree: JsonTree, path: readonly string[]): Place | undefined {
  let node = tree.root;
  for (const [depth, key] of path.entries()) {
    const property = propertyOf(node, key);
    if (node?.type !== 'object' || property === undefined) return undefined;
    if (depth === path.length - 1) return { object: node, index: node.members.lastIndexOf(property) };
    node = property.value;
  }
  return undefined;
}

/** Returns the property whose key begins at the start of `span`. */
function placeAt(tree: JsonTree, span: Span): Place | undefined {
  let node = tree.root;
  while (node?.type === 'object' || node?.type === 'array') {
    if (node.type === 'object') {
      const index = node.members.findIndex((property) => property.keySpan.start === span.start);
      if (index !== -1) return { object: node, index };
    }
    node = valueAround(node, span.start);
  }
  return undefined;
}

function nodeAt(tree: JsonTree, span: Span): JsonNode | undefined {
  let node = tree.root;
  while (node !== undefined && (node.span.start !== span.start || node.span.end !== span.end)) {
    if (node.type !== 'object' && node.type !== 'array') return undefined;
    node = valueAround(node, span.start);
  }
  return node;
}

function valueAround(node: JsonObject | JsonArray, offset: number): JsonNode | undefined {
  for (const { value } of node.members) {
    if (value !== undefined && value.span.start <= offset && offset < value.span.end) return value;
  }
  return undefined;
}
