import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Uri } from '../../../core/read/text/paths/uri.ts';
import { uriOfPath } from '../../disk-files.ts';
import { WrongUse } from '../exit-code.ts';
import type { Arguments } from './arguments.ts';
import { readGiven } from './read-given.ts';

/** Returns the file given by `--config`; undefined without it. Throws `WrongUse` if it cannot be read. */
export async function configOf(given: Arguments): Promise<Uri | undefined> {
  const typed = given.text('config');
  if (typed === undefined) return undefined;
  const path = resolve(typed);
  const found = await readGiven(`--config ${typed}`, path, 'the path of a dependency-hygiene.json');
  if (found.includes(0)) {
    throw new WrongUse(`--config ${typed} is not text; give the path of a dependency-hygiene.json.`);
  }
  return uriOfPath(await realpath(path));
}
