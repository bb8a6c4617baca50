import { writtenSetting } from '../network-line.ts';
import type { NetworkSettings } from '../network-settings.ts';
import { memberOf } from '../tree/config-tree.ts';
import type { Bunfig } from './bunfig.ts';

/**
 * Returns `ca` and `cafile` of `[install]`, the project's before the user's. Bun has no other settings of this kind.
 */
export function bunNetwork(files: readonly Bunfig[]): Partial<NetworkSettings> {
  const first = (key: 'ca' | 'cafile') => {
    for (const file of files) {
      const value = memberOf(file.setting('install')?.value, key)?.value;
      const found = writtenSetting(file, value, (text) => text);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return { ca: first('ca'), cafile: first('cafile') };
}
