import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type NpmPlace, npmPaths } from '../../../server/src/node/npm-paths.ts';

const place: NpmPlace = {
  environment: {},
  platform: 'linux',
  home: '/home/u',
  execPath: '/usr/local/bin/node',
};

describe("npm's configuration files", () => {
  const cases: readonly [
    title: string,
    change: Partial<NpmPlace>,
    user: string,
    global: string | undefined,
  ][] = [
    ['by default', {}, '/home/u/.npmrc', '/usr/local/etc/npmrc'],
    [
      'named by the environment, in any case',
      { environment: { NPM_CONFIG_USERCONFIG: '/etc/me', npm_config_globalconfig: '/etc/all' } },
      '/etc/me',
      '/etc/all',
    ],
    [
      'below a prefix',
      { environment: { npm_config_prefix: '~/npm' } },
      '/home/u/.npmrc',
      '/home/u/npm/etc/npmrc',
    ],
    ['below PREFIX', { environment: { PREFIX: '/opt' } }, '/home/u/.npmrc', '/opt/etc/npmrc'],
    ['below DESTDIR', { environment: { DESTDIR: '/dest' } }, '/home/u/.npmrc', '/dest/usr/local/etc/npmrc'],
    [
      'empty and relative ones do not count',
      { environment: { npm_config_userconfig: '', npm_config_prefix: 'x' } },
      '/home/u/.npmrc',
      '/usr/local/etc/npmrc',
    ],
    ['an editor is no Node.js', { execPath: '/usr/share/code/code' }, '/home/u/.npmrc', undefined],
    [
      'on Windows',
      { platform: 'win32', home: 'C:\\Users\\u', execPath: 'C:\\node\\node.exe' },
      'C:\\Users\\u\\.npmrc',
      'C:\\node\\etc\\npmrc',
    ],
  ];
  for (const [title, change, user, global] of cases) {
    test(title, () => assert.deepEqual(npmPaths({ ...place, ...change }), { user, global }));
  }
});
