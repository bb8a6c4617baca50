import type { ConfigNode } from '../tree/config-tree.ts';
import type { Yarnrc } from './yarnrc.ts';

/** What Yarn 2 and later have for a setting: the nearest file that says it. Yarn 1's files are not read for it. */
export function berrySetting(yarnrcs: readonly Yarnrc[], key: string): ConfigNode | undefined {
  return yarnrcs
    .filter(({ dialect }) => dialect === 'berry')
    .map((file) => file.setting(key)?.value)
    .find((value) => value !== undefined);
}
