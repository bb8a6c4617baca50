import type { Lockfile } from '../../server/src/core/read/lockfile/model/lockfile.ts';
import { examine, type Outcome, readWhole, type WholeRead } from './examine.ts';
import { madeUpLockfiles } from './made-up-lockfiles.ts';
import { type Material, type Mutant, mutate } from './mutations.ts';
import { randomFrom, seedOf } from './random.ts';
import type { Source } from './source.ts';

/** A source with everything that its cases need. */
export interface Prepared {
  readonly source: Source;
  readonly whole: WholeRead;
  readonly material: Material;
}

const OTHERS = madeUpLockfiles();

/** Prepares a source; throws if it is incomplete to begin with. */
export function prepare(source: Source): Prepared {
  const whole = readWhole(source);
  return { source, whole, material: { source, blocks: blocksOf(whole.lock), others: OTHERS } };
}

/** Returns the text of one case; the same for the same seed, source and number. */
export function mutantOf({ source, material }: Prepared, seed: number, number: number): Mutant {
  return mutate(material, randomFrom(seedOf(seed, `${source.name} ${number}`)));
}

/** Returns how far one case is read, and what is wrong with that. Never throws. */
export function outcomeOf({ source, whole }: Prepared, mutant: Mutant): Outcome {
  try {
    return examine(source, whole, mutant);
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { status: undefined, message };
  }
}

/** Returns the lines of each entry; for nested ones, only the outer. */
function blocksOf({ text, entries }: Lockfile): Material['blocks'] {
  const blocks: { readonly start: number; readonly end: number }[] = [];
  let last = 0;
  for (const { span } of [...entries].sort((a, b) => a.span.start - b.span.start)) {
    const start = text.lastIndexOf('\n', span.start) + 1;
    const newline = text.indexOf('\n', span.end - 1);
    const end = newline === -1 ? text.length : newline + 1;
    if (start < last) continue;
    blocks.push({ start, end });
    last = end;
  }
  return blocks;
}
