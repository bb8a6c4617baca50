import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Uri } from '../../../core/read/text/paths/uri.ts';
import { policyFault } from '../../../engine/projects/policy-faults.ts';
import { createDiskFiles, uriOfPath } from '../../disk-files.ts';
import { WrongUse } from '../exit-code.ts';
import type { Arguments } from './arguments.ts';
import { readGiven } from './read-given.ts';

const WANTED = "the path of the organization's dependency-hygiene.json";

/**
 * Returns the locked policy given by `--policy`; undefined without it. Throws `WrongUse` if it cannot be read as a whole:
 * a part of it would let everything else pass.
 */
export async function lockedPolicyOf(given: Arguments): Promise<Uri | undefined> {
  const typed = given.text('policy');
  if (typed === undefined) return undefined;
  const path = resolve(typed);
  const found = await readGiven(`--policy ${typed}`, path, WANTED);
  const uri = uriOfPath(await realpath(path));
  const text = found.toString('utf8');
  const fault = await policyFault(
    uri,
    text,
    createDiskFiles(() => []),
  );
  if (fault !== undefined) throw new WrongUse(`--policy ${typed} ${fault}; correct it.`);
  return uri;
}
