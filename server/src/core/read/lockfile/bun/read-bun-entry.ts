import {
  decodeString,
  isObject,
  isString,
  type JsonTape,
  NONE,
  nextSibling,
  RECORD,
  type Token,
} from '../../text/json/json-tape.ts';
import { type BunFile, BunLockEntry } from './bun-lock-entry.ts';
import { readResolution } from './resolution.ts';

/** Why a tuple does not match what Bun writes, and where. */
export interface TupleFault {
  readonly message: string;
  readonly token: Token;
}

/**
 * Reads the tuple of the key at `token`. Its items depend on the source of the package: registry `[specifier, URL,
 * info, integrity]`, git `[specifier, info, tag, integrity?]`, tarball `[specifier, info, integrity?]`, folder and link
 * `[specifier, info]`, workspace `[specifier, info?]`.
 */
export function readBunEntry(
  file: BunFile,
  token: Token,
  key: string,
): { readonly entry: BunLockEntry | undefined; readonly fault: TupleFault | undefined } {
  const { tape } = file;
  const array = token + RECORD;
  const end = nextSibling(tape, array);
  const first = array + RECORD < end ? array + RECORD : NONE;
  const resolution = isString(tape, first) ? readResolution(decodeString(tape, first)) : undefined;
  if (resolution === undefined) {
    const message = 'an entry must begin with a name, "@" and a version or URL';
    return { entry: undefined, fault: { message, token: first === NONE ? token : first } };
  }
  const { source } = resolution;
  let fault: TupleFault | undefined;
  let item = nextSibling(tape, first);
  const take = (isRight: (tape: JsonTape, token: Token) => boolean, isNeeded: boolean): Token => {
    const taken = item;
    if (taken >= end) {
      if (isNeeded) fault ??= { message: 'this entry ends too early', token };
      return NONE;
    }
    item = nextSibling(tape, taken);
    if (isRight(tape, taken)) return taken;
    fault ??= { message: 'this value has the wrong type', token: taken };
    return NONE;
  };
  const registry = source === 'registry' ? take(isString, true) : NONE;
  const info = take(isObject, source !== 'workspace');
  const tag = source === 'git' ? take(isString, true) : NONE;
  const hasIntegrity = source !== 'workspace' && source !== 'link' && source !== 'root';
  const integrity = hasIntegrity ? take(isString, source === 'registry') : NONE;
  if (item < end) fault ??= { message: 'this value is one too many', token: item };
  const tuple = { specifier: first, registry, info, tag, integrity };
  return { entry: new BunLockEntry(file, token, key, resolution, tuple), fault };
}
