'use strict';
const { spawnSync } = require('node:child_process');
const { isNonGlibcLinuxSync } = require('detect-libc');
exports.minimumLibvipsVersion = '8.14.0';
exports.platformArch = () => `${process.platform}${isNonGlibcLinuxSync() ? 'musl' : ''}-${process.env.npm_config_arch || process.arch}`;
exports.pkgConfigPath = () => {
  if (process.platform === 'win32') return '';
  const brew = spawnSync('which brew >/dev/null 2>&1 && brew environment --plain | grep PKG_CONFIG_LIBDIR | cut -d" " -f2', { shell: true }).stdout || '';
  return [String(brew).trim(), process.env.PKG_CONFIG_PATH, '/usr/local/lib/pkgconfig', '/usr/lib/pkgconfig'].filter(Boolean).join(':');
};
