import { hasUnusedConfiguration } from '../../core/read/project/own-configuration.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import { nestedWords } from '../../core/show/report/watch/nested-words.ts';
import type { Snapshot } from '../../engine/session.ts';
import type { EngineSettings } from '../../engine/settings.ts';
import type { Terminal } from './terminal.ts';

type Trust = Pick<EngineSettings, 'trusted' | 'trustedFolders' | 'trustsProjectAround'>;

/** Returns what `--trust` means: the project that the directory is in or the root of, and no other below it. */
export function directoryTrust(directory: Uri, isGiven: boolean): Trust {
  return { trusted: false, trustedFolders: isGiven ? [directory] : [], trustsProjectAround: true };
}

/** Returns how many nested projects have configuration of their own, which is not used. */
export function countUnusedConfigurations({ projects }: Snapshot): number {
  return projects.filter(({ project }) => hasUnusedConfiguration(project)).length;
}

/** Says on standard error that the configuration of nested projects was not used, where there is any. */
export function warnOfNested(snapshot: Snapshot, { error }: Pick<Terminal, 'error'>): void {
  const words = nestedWords(countUnusedConfigurations(snapshot));
  if (words !== undefined) error(`dephygiene: ${words}; check their folders by themselves to trust them.\n`);
}
