import { isObject, type JsonTape, memberOf, NONE, RECORD, type Token } from '../../text/json-tape.ts';
import { NpmV1Entry } from './npm-v1-entry.ts';

/** The entry in the nested `dependencies` of `object` by its path, such as `node_modules/a/node_modules/b`. */
export function copyAt(tape: JsonTape, object: Token, path: string): NpmV1Entry | undefined {
  const [before, ...folders] = path.split(/(?:^|\/)node_modules\//);
  if (before !== '') return undefined;
  let parent: NpmV1Entry | undefined;
  let dependencies = memberOf(tape, object, 'dependencies');
  for (const folder of folders) {
    const value: Token = isObject(tape, dependencies) ? memberOf(tape, dependencies, folder) : NONE;
    if (!isObject(tape, value)) return undefined;
    parent = new NpmV1Entry(tape, value - RECORD, folder, parent);
    dependencies = parent.nestedToken;
  }
  return parent;
}
