import { DEPENDENCY_SECTIONS, type DependencySection } from '../../manifest/manifest.ts';
import {
  decodeString,
  isObject,
  type JsonTape,
  keyIs,
  locatedString,
  RECORD,
  type Token,
  tokenSpan,
  valueToken,
} from '../../text/json/json-tape.ts';
import type { LockEdge } from './lockfile.ts';

/**
 * Returns the edges of an object with sections of dependencies, in source order. Empty for any other token.
 * @param isOptionalPeer whether the peer dependency of that name is optional
 */
export function edgesOf(
  tape: JsonTape,
  object: Token,
  isOptionalPeer: (name: string) => boolean,
): readonly LockEdge[] {
  const edges: LockEdge[] = [];
  if (!isObject(tape, object)) return edges;
  const end = tape.records[object + 2]!;
  for (let key = object + RECORD; key < end; key = tape.records[key + 2]!) {
    const section = sectionOf(tape, key);
    if (section === undefined) continue;
    const isPeer = section === 'peerDependencies';
    const isOptional = isPeer ? isOptionalPeer : () => section === 'optionalDependencies';
    appendEdges(tape, section, valueToken(tape, key), edges, isOptional);
  }
  return edges;
}

function sectionOf(tape: JsonTape, key: Token): DependencySection | undefined {
  for (const section of DEPENDENCY_SECTIONS) if (keyIs(tape, key, section)) return section;
  return undefined;
}

/** Appends one section: its members with a string value. Does nothing for a token that is not an object. */
export function appendEdges(
  tape: JsonTape,
  section: DependencySection,
  object: Token,
  edges: LockEdge[],
  isOptional: (name: string) => boolean,
): void {
  if (!isObject(tape, object)) return;
  const end = tape.records[object + 2]!;
  for (let key = object + RECORD; key < end; key = tape.records[key + 2]!) {
    const specifier = locatedString(tape, valueToken(tape, key));
    if (specifier === undefined) continue;
    const name = decodeString(tape, key);
    edges.push({ section, name, nameSpan: tokenSpan(tape, key), specifier, optional: isOptional(name) });
  }
}
