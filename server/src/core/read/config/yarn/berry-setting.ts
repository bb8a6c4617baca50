import type { ConfigNode } from '../tree/config-tree.ts';
import type { Yarnrc } from './yarnrc.ts';

/**
 * Returns the value of a setting in Yarn 2 and later: the nearest file that sets it wins. Yarn 1's files are not read
 * for it.
 */
export function berrySetting(yarnrcs: readonly Yarnrc[], key: string): ConfigNode | undefined {
  return yarnrcs
    .filter(({ dialect }) => dialect === 'berry')
    .map((file) => file.setting(key)?.value)
    .find((value) => value !== undefined);
}
