import { isObject, type JsonTape, memberOf, NONE, RECORD, type Token } from '../../text/json/json-tape.ts';
import { NESTED, PROJECT } from './nested-fields.ts';
import { NestedList } from './nested-list.ts';
import type { NpmV1Entry } from './npm-v1-entry.ts';

/** Returns the entry in the nested `dependencies` of `object` by its path, such as `node_modules/a/node_modules/b`. */
export function copyAt(tape: JsonTape, object: Token, path: string): NpmV1Entry | undefined {
  const [before, ...folders] = path.split(/(?:^|\/)node_modules\//);
  if (before !== '' || folders.length === 0) return undefined;
  const list = new NestedList(tape, []);
  let entry = PROJECT;
  let dependencies = memberOf(tape, object, 'dependencies');
  for (const folder of folders) {
    const value: Token = isObject(tape, dependencies) ? memberOf(tape, dependencies, folder) : NONE;
    if (!isObject(tape, value)) return undefined;
    entry = list.fields.add(value - RECORD, entry);
    dependencies = list.fields.get(entry, NESTED);
  }
  return list.at(entry);
}
