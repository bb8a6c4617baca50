import { reasonOf } from '../../files/file-problem.ts';
import { readBounded } from '../../files/read-bounded.ts';
import { WrongUse } from '../exit-code.ts';

const MAX_BYTES = 50 * 1024 * 1024;

/**
 * Returns the bytes of a file given as an option. Throws `WrongUse` with the reason if it cannot be read.
 * @param given the option as it was typed, with its value
 * @param wanted what to give instead
 */
export async function readGiven(
  given: string,
  path: string,
  wanted: string,
  maxBytes: number = MAX_BYTES,
): Promise<Buffer> {
  return readBounded(path, { maxBytes }).catch((error: unknown) => {
    throw new WrongUse(`${given} ${reasonOf(error) ?? 'cannot be read'}; give ${wanted}.`);
  });
}
