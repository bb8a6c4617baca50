import type { ManifestOverride } from '../../manifest/manifest.ts';
import {
  childrenOf,
  decodeString,
  isArray,
  isObject,
  type JsonTape,
  locatedString,
  NONE,
  type Token,
  tokenSpan,
  valueToken,
} from '../../text/json/json-tape.ts';
import type { ParseProblem } from '../../text/problem.ts';
import type { Located } from '../../text/span.ts';

/** A patch applied to a package: `key` is `name@version`. */
export interface BunPatch {
  readonly key: Located<string>;
  readonly path: Located<string>;
}

/** The depth to which overrides are read; Bun itself allows one level below a name. */
const MAX_OVERRIDE_DEPTH = 8;

/** Reads `overrides`, nested ones by the names from the outside in. Values of another type are added to `problems`. */
export function readOverrides(
  tape: JsonTape,
  object: Token,
  problems: ParseProblem[],
): readonly ManifestOverride[] {
  const overrides: ManifestOverride[] = [];
  const read = (parent: Token, outer: readonly Located<string>[]) => {
    for (const [key, value] of membersOf(tape, parent, problems)) {
      const path = [...outer, key];
      const specifier = locatedString(tape, value);
      if (specifier !== undefined) overrides.push({ path, value: specifier });
      else if (isObject(tape, value) && path.length < MAX_OVERRIDE_DEPTH) read(value, path);
      else
        problems.push({
          message: 'this override is neither a version nor names with versions',
          span: key.span,
        });
    }
  };
  read(object, []);
  return overrides;
}

/** Reads `catalog` and `catalogs`: versions by name, by the name of the catalog; the default one is "". */
export function readCatalogs(
  tape: JsonTape,
  catalog: Token,
  catalogs: Token,
  problems: ParseProblem[],
): ReadonlyMap<string, ReadonlyMap<string, Located<string>>> {
  const read = new Map<string, ReadonlyMap<string, Located<string>>>();
  if (catalog !== NONE) read.set('', readStrings(tape, catalog, problems));
  for (const [name, object] of membersOf(tape, catalogs, problems)) {
    read.set(name.value, readStrings(tape, object, problems));
  }
  return read;
}

/** Reads `patchedDependencies`. */
export function readPatches(tape: JsonTape, object: Token, problems: ParseProblem[]): readonly BunPatch[] {
  const patches: BunPatch[] = [];
  for (const [key, value] of membersOf(tape, object, problems)) {
    const path = locatedString(tape, value);
    if (path !== undefined) patches.push({ key, path });
    else problems.push({ message: 'a patch must be a path', span: key.span });
  }
  return patches;
}

/** Reads `trustedDependencies`: names whose install scripts may run. */
export function readTrusted(
  tape: JsonTape,
  array: Token,
  problems: ParseProblem[],
): readonly Located<string>[] {
  if (array !== NONE && !isArray(tape, array)) {
    problems.push({ message: 'this is not a list of names', span: tokenSpan(tape, array) });
    return [];
  }
  const names: Located<string>[] = [];
  for (const token of childrenOf(tape, array)) {
    const name = locatedString(tape, token);
    if (name !== undefined) names.push(name);
    else problems.push({ message: 'this is not a name', span: tokenSpan(tape, token) });
  }
  return names;
}

function readStrings(
  tape: JsonTape,
  object: Token,
  problems: ParseProblem[],
): ReadonlyMap<string, Located<string>> {
  const strings = new Map<string, Located<string>>();
  for (const [key, value] of membersOf(tape, object, problems)) {
    const located = locatedString(tape, value);
    if (located !== undefined) strings.set(key.value, located);
    else problems.push({ message: 'the value of this name is not a string', span: key.span });
  }
  return strings;
}

/** Returns the members of an object; a present value of another type is a problem. */
function membersOf(
  tape: JsonTape,
  object: Token,
  problems: ParseProblem[],
): readonly (readonly [key: Located<string>, value: Token])[] {
  if (object === NONE) return [];
  if (!isObject(tape, object)) {
    problems.push({ message: 'this is not an object', span: tokenSpan(tape, object) });
    return [];
  }
  return [...childrenOf(tape, object)].map((key) => [
    { value: decodeString(tape, key), span: tokenSpan(tape, key) },
    valueToken(tape, key),
  ]);
}
