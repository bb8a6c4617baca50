import { temporaryFile } from './lib/tmp.js';
import setNpmrcAuth from './lib/set-npmrc-auth.js';
import publishNpm from './lib/publish.js';
import { execa } from 'execa';
import path from 'node:path';
import fs from 'fs-extra';

let verified;
const npmrc = temporaryFile('.npmrc');

async function getPkg(cwd) {
  return fs.readJson(path.join(cwd, 'package.json'));
}

export async function verifyConditions(pluginConfig, context) {
  const pkg = await getPkg(context.cwd);
  if (pluginConfig.npmPublish !== false && pkg.private !== true) {
    const registry = pkg.publishConfig?.registry ?? context.env.NPM_CONFIG_REGISTRY ?? 'https://registry.example.test/';
    await setNpmrcAuth(npmrc, registry, context);
    try {
      const result = execa('npm', ['whoami', '--userconfig', npmrc, '--registry', registry], { cwd: context.cwd, env: context.env, preferLocal: true });
      result.stdout.pipe(context.stdout, { end: false });
      result.stderr.pipe(context.stderr, { end: false });
      await result;
    } catch {
      throw new Error('EINVALIDNPMTOKEN: The npm token configured in the `NPM_TOKEN` environment variable must be a valid token.');
    }
  }
  verified = true;
}

export async function prepare(pluginConfig, { cwd, env, nextRelease: { version }, logger }) {
  logger.log('Write version %s to package.json in %s', version, cwd);
  await execa('npm', ['version', version, '--userconfig', npmrc, '--no-git-tag-version', '--allow-same-version'], { cwd, env, preferLocal: true });
}

export async function publish(pluginConfig, context) {
  if (!verified) await verifyConditions(pluginConfig, context);
  return publishNpm(npmrc, pluginConfig, await getPkg(context.cwd), context);
}
