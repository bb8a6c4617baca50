import semver from 'semver';
import type { PackageManager } from '../package-manager.ts';

/** Whether npm-shrinkwrap.json is not read: by npm 12 and later. An unknown npm is taken for an earlier one. */
export function ignoresShrinkwrap({ name, version }: Pick<PackageManager, 'name' | 'version'>): boolean {
  return name === 'npm' && version !== undefined && semver.major(version) >= 12;
}
