import { existsSync } from 'node:fs';
import { nearestWord } from '../../core/read/text/words/nearest-word.ts';
import type { Command } from './command.ts';
import { WrongUse } from './exit-code.ts';

/**
 * Returns the subcommand named by the first argument; undefined for an option, a folder or nothing. Throws `WrongUse`
 * if the word follows options or a folder, where it would be taken for a folder.
 */
export async function subcommandOf(
  name: string,
  { subcommands = {} }: Command,
  args: readonly string[],
): Promise<Command | undefined> {
  const isOne = (word: string) => Object.hasOwn(subcommands, word);
  const [first] = args;
  if (first !== undefined && isOne(first)) return subcommands[first]!();
  const meant = first?.startsWith('-') === false ? nearestWord(first, Object.keys(subcommands)) : undefined;
  if (meant !== undefined && !existsSync(first!))
    throw new WrongUse(`${name} has no command ${first}; run "dephygiene ${name} ${meant}".`);
  const end = args.indexOf('--');
  const late = (end === -1 ? args : args.slice(0, end)).find(isOne);
  if (late === undefined) return undefined;
  throw new WrongUse(
    `"${late}" comes first; run "dephygiene ${name} ${late}", or give ./${late} for a folder.`,
  );
}
