import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { specNamed } from '../../server/src/core/read/manager/managers.ts';

const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'dephygiene-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const DAY = 24 * 60 * 60 * 1000;
const MINUTE = 60 * 1000;

/** Values as projects have them, right and wrong. */
const VALUES = [
  '3',
  '7',
  '0',
  '0.5',
  '3d',
  '7d',
  '72h',
  '3 days',
  '1440',
  '.5',
  '1w',
  '2m',
  '500ms',
  'x',
  '-1',
];

interface NpmConfig {
  load(): Promise<void>;
  validate(): boolean;
  get(key: string): unknown;
}

/** Returns npm's own reading of a line of .npmrc, in days; undefined if it rejects the value. */
async function ofNpm(value: string): Promise<number | undefined> {
  const project = join(folder, 'npm');
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, 'package.json'), '{}');
  writeFileSync(join(project, '.npmrc'), `min-release-age=${value}\n`);
  const Config = require('@npmcli/config') as new (options: object) => NpmConfig;
  const { definitions, shorthands, flatten } = require('@npmcli/config/lib/definitions') as object as {
    definitions: object;
    shorthands: object;
    flatten: object;
  };
  const config = new Config({
    ...{ npmPath: project, definitions, shorthands, flatten, cwd: project, warn: false },
    ...{ argv: ['node', 'npm'], env: { HOME: project }, execPath: process.execPath },
  });
  await config.load();
  config.validate();
  const read = config.get('min-release-age');
  return typeof read === 'number' ? read : undefined;
}

/** Returns Yarn's own reading of a line of .yarnrc.yml, in minutes; undefined if it rejects the value. */
async function ofYarn(value: string): Promise<number | undefined> {
  const project = join(folder, 'yarn');
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, 'package.json'), '{}');
  writeFileSync(join(project, 'yarn.lock'), '');
  writeFileSync(join(project, '.yarnrc.yml'), `npmMinimalAgeGate: ${value}\n`);
  const cli = join(import.meta.dirname, 'node_modules/@yarnpkg/cli-dist/bin/yarn.js');
  const env = { ...process.env, HOME: project, YARN_ENABLE_TELEMETRY: '0', YARN_IGNORE_PATH: '1' };
  const args = [cli, 'config', 'get', 'npmMinimalAgeGate'];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: project, env });
    return Number(stdout.trim());
  } catch {
    return undefined;
  }
}

describe('the value of a cooldown is read as the package manager reads it', () => {
  for (const value of VALUES) {
    test(`npm: ${value}`, async () => {
      const read = await ofNpm(value);
      // A cooldown in the future excludes nothing.
      const days = read !== undefined && read < 0 ? undefined : read;
      const age = specNamed('npm').cooldown.readAge(value);
      assert.equal(age === undefined ? undefined : age / DAY, days);
    });
    test(`Yarn: ${value}`, async () => {
      const age = specNamed('yarn').cooldown.readAge(value);
      assert.equal(age === undefined ? undefined : age / MINUTE, await ofYarn(value));
    });
  }

  test('what a fix writes is what is meant', async () => {
    for (const days of [1, 3, 7, 30]) {
      const [npm, yarn] = [specNamed('npm'), specNamed('yarn')].map(
        ({ cooldown }) => cooldown.writeAge(days * DAY)!,
      );
      assert.equal(await ofNpm(npm!), days);
      assert.equal(await ofYarn(yarn!), days * 1440);
    }
  });
});
