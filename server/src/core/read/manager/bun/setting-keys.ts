import type { SettingKeys } from '../model/setting-table.ts';

/** Keys of bunfig.toml. */
export const bunKeys: SettingKeys = {
  guarding: {
    registry: ['install.registry', 'install.registry.url', 'install.scopes.*', 'install.scopes.*.url'],
    integrity: [
      ...['install.ca', 'install.cafile', 'install.frozenLockfile', 'install.lockfile.save', 'install.auto'],
      ...['install.minimumReleaseAge', 'install.minimumReleaseAgeExcludes', 'install.cache.disable*'],
    ],
    lockfile: ['install.lockfile.path'],
    scripts: ['install.ignoreScripts'],
    code: [
      ...['preload', 'install.security.scanner', 'run.shell', 'run.preload', 'test.preload'],
      // Bun does not compare cached files with a hash again.
      ...['install.cache', 'install.cache.dir'],
    ],
  },
  harmless: [
    ...['telemetry', 'logLevel', 'smol', 'jsx*', 'console.**', 'test.*', 'install.exact', 'install.logLevel'],
    ...['install.registry.token', 'install.registry.username', 'install.registry.password'],
    ...['install.scopes.*.token', 'install.scopes.*.username', 'install.scopes.*.password', 'install.linker'],
    ...['install.concurrentScripts', 'install.saveTextLockfile', 'install.lockfile.print', 'run.silent'],
  ],
  hasScopes: false,
  spelled: (path) => path,
};
