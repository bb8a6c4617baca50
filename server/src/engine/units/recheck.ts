import type { ProjectFacts } from '../registry/project-facts.ts';
import type { WantedFact } from '../registry/wanted-facts.ts';
import type { RecheckOptions } from '../session.ts';

export interface RecheckQuestion {
  readonly facts: ProjectFacts;
  /** Names of packages. */
  readonly names: readonly string[];
  /** Returns the advisories to request now, by key. */
  wantedAdvisories(): ReadonlyMap<string, WantedFact>;
}

/** Below a host's limit, so that requests the user waits for go first. */
const AT_ONCE = 3;
/** The first answer of a source comes from disk, the second from the network. */
const MOST_ROUNDS = 8;

/** Requests stale facts again; returns whether any of them changed. */
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
    const reported = await Promise.all(wanted.map(({ ask }) => ask(signal)));
    if (!reported.includes(true)) break;
    isNew = true;
  }
  return isNew;
}
