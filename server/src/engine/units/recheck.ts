import type { ProjectFacts } from '../registry/project-facts.ts';
import type { WantedFact } from '../registry/wanted-facts.ts';
import type { RecheckOptions } from '../session.ts';

export interface RecheckQuestion {
  readonly facts: ProjectFacts;
  /** Of packages. */
  readonly names: readonly string[];
  /** The advisories that are to be asked for now, by key. */
  wantedAdvisories(): ReadonlyMap<string, WantedFact>;
}

/** Fewer than a host can bear: what the user waits for comes first. */
const AT_ONCE = 3;
/** A source tells what the disk knows first, and then what it was asked. */
const MOST_ROUNDS = 8;

/** Asks for what is not fresh any more; answers whether anything else is known then. */
export async function askAgain(
  { facts, names, wantedAdvisories }: RecheckQuestion,
  { signal, onAnswered }: RecheckOptions,
): Promise<boolean> {
  let isNew = false;
  const left = names.values();
  const askOneByOne = async () => {
    for (const name of left) {
      if (signal.aborted) return;
      const before = facts.packument(name);
      await facts.ensurePackument(name, { signal });
      isNew ||= facts.packument(name) !== before;
      onAnswered?.();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, askOneByOne));
  for (let round = 0; round < MOST_ROUNDS && !signal.aborted; round++) {
    const wanted = [...wantedAdvisories().values()];
    const told = await Promise.all(wanted.map(({ ask }) => ask(signal)));
    if (!told.includes(true)) break;
    isNew = true;
  }
  return isNew;
}
