import type { WantedFacts } from '../registry/wanted-facts.ts';
import type { Progress, Snapshot } from '../session.ts';
import type { Changes } from './changes.ts';

export interface Settling {
  readonly snapshot: () => Snapshot;
  readonly wanted: WantedFacts;
  readonly changes: Changes;
}

/** Facts lead to the need for others; a few rounds settle them. */
const MOST_ROUNDS = 8;

/** Checks all files and fetches the facts that they need, until none is missing. */
export async function settle({ snapshot, wanted, changes }: Settling, progress?: Progress): Promise<void> {
  let done = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const view = snapshot();
    for (const { files } of view.checked) for (const uri of files.keys()) view.diagnose(uri);
    const total = done + wanted.asked;
    if (wanted.asked === 0) return;
    await wanted.answered((left) => progress?.report('Asking registries:', total - left, total));
    done = total;
    changes.note();
  }
}
