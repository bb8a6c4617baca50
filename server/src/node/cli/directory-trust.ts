import type { Uri } from '../../core/read/text/paths/uri.ts';
import { describeNested, nestedStep } from '../../core/show/report/watch/nested-words.ts';
import { countUnusedConfigurations } from '../../engine/report/report-of.ts';
import type { Snapshot } from '../../engine/session.ts';
import type { EngineSettings } from '../../engine/settings.ts';
import type { Terminal } from './terminal.ts';

type Trust = Pick<EngineSettings, 'trusted' | 'trustedFolders' | 'trustsProjectAround'>;

/**
 * Returns the meaning of `--trust`: the project that has the directory as its root or contains it, and no
 * other below it.
 */
export function directoryTrust(directory: Uri, isGiven: boolean): Trust {
  return { trusted: false, trustedFolders: isGiven ? [directory] : [], trustsProjectAround: true };
}

/** Prints a warning on standard error if configuration of nested projects was not used. */
export function warnOfNested(snapshot: Snapshot, { error }: Pick<Terminal, 'error'>): void {
  const count = countUnusedConfigurations(snapshot);
  const words = describeNested(count);
  if (words !== undefined) error(`dephygiene: ${words}; check ${nestedStep(count)}.\n`);
}
