import { DEPENDENCY_SECTIONS, type DependencySection } from '../manifest/manifest.ts';
import {
  childrenOf,
  decodeString,
  isObject,
  type JsonTape,
  keyIs,
  locatedString,
  RECORD,
  type Token,
  tokenSpan,
  valueToken,
} from '../text/json-tape.ts';
import type { LockEdge } from './lockfile.ts';

/** The edges of an object with sections of dependencies, in the order of the text. None for any other token. */
export function edgesOf(tape: JsonTape, object: Token): readonly LockEdge[] {
  const edges: LockEdge[] = [];
  for (const key of childrenOf(tape, object)) {
    const section = DEPENDENCY_SECTIONS.find((name) => keyIs(tape, key, name));
    if (section !== undefined) appendEdges(tape, section, valueToken(tape, key), edges);
  }
  return edges;
}

/** Appends one section: its members with a string as value. Nothing for a token that is no object. */
export function appendEdges(
  tape: JsonTape,
  section: DependencySection,
  object: Token,
  edges: LockEdge[],
): void {
  if (!isObject(tape, object)) return;
  const end = tape.records[object + 2]!;
  for (let key = object + RECORD; key < end; key = tape.records[key + 2]!) {
    const specifier = locatedString(tape, valueToken(tape, key));
    if (specifier === undefined) continue;
    edges.push({ section, name: decodeString(tape, key), nameSpan: tokenSpan(tape, key), specifier });
  }
}
