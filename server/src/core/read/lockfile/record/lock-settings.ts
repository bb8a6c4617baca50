import type { BunLockfile } from '../bun/bun-lockfile.ts';
import type { Lockfile } from '../model/lockfile.ts';
import type { NpmLockfile } from '../npm/npm-lockfile.ts';
import type { PnpmDocument } from '../pnpm/pnpm-document.ts';
import type { PnpmLockfile } from '../pnpm/read-pnpm-lockfile.ts';
import type { YarnLockfile } from '../yarn/yarn-lockfile.ts';

/**
 * Returns what a lockfile records for the whole project, by names such as `overrides.a`: settings that decide what else
 * it installs, which members it is for, and whose scripts run.
 */
export function lockSettings(lockfile: Lockfile): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  if (lockfile.formatVersion !== undefined) settings.set('lockfileVersion', lockfile.formatVersion.value);
  for (const path of lockfile.importers.keys())
    if (path !== '') settings.set(`importers.${path}`, 'a member');
  switch (lockfile.format) {
    case 'package-lock':
    case 'npm-shrinkwrap':
      for (const name of NPM_SETTINGS) {
        const value = 'member' in lockfile ? (lockfile as NpmLockfile).member(name) : undefined;
        if (value !== undefined) settings.set(name, value);
      }
      break;
    case 'yarn': {
      const { cacheKey } = lockfile as YarnLockfile;
      if (cacheKey !== undefined && cacheKey !== '') settings.set('cacheKey', cacheKey);
      break;
    }
    case 'pnpm':
      for (const document of (lockfile as PnpmLockfile).documents) addPnpm(settings, document);
      break;
    case 'bun':
      addBun(settings, lockfile as BunLockfile);
  }
  return settings;
}

/** What npm 12 records of its changes to what packages declare. */
const NPM_SETTINGS = ['packageExtensionsHash', 'npmExtensionHash'];

function addPnpm(settings: Map<string, string>, { settings: lock, isEnvironment }: PnpmDocument): void {
  const prefix = isEnvironment ? 'environment.' : '';
  const set = (name: string, value: string | undefined) => {
    if (value !== undefined) settings.set(`${prefix}${name}`, value);
  };
  for (const { key, value } of lock.settings) set(`settings.${key.value}`, value.value);
  for (const { key, value } of lock.overrides) set(`overrides.${key.value}`, value.value);
  for (const { catalog, name, specifier } of lock.catalogs) {
    set(`catalogs.${catalog}.${name.value}`, specifier?.value);
  }
  for (const { key, hash, path } of lock.patchedDependencies) {
    set(`patchedDependencies.${key.value}`, [path?.value, hash?.value].filter(Boolean).join(' '));
  }
  for (const name of lock.ignoredOptionalDependencies) set(`ignoredOptionalDependencies.${name}`, 'true');
  set('packageExtensionsChecksum', lock.packageExtensionsChecksum?.value);
  set('pnpmfileChecksum', lock.pnpmfileChecksum?.value);
}

function addBun(settings: Map<string, string>, lockfile: BunLockfile): void {
  if (lockfile.configVersion !== undefined) settings.set('configVersion', lockfile.configVersion.value);
  for (const { path, value } of lockfile.overrides) {
    settings.set(`overrides.${path.map((name) => name.value).join('.')}`, value.value);
  }
  for (const [catalog, versions] of lockfile.catalogs) {
    for (const [name, version] of versions) {
      settings.set(`catalogs.${catalog === '' ? 'default' : catalog}.${name}`, version.value);
    }
  }
  for (const { key, path } of lockfile.patches) settings.set(`patchedDependencies.${key.value}`, path.value);
  for (const name of lockfile.trusted) settings.set(`trustedDependencies.${name.value}`, 'true');
}
