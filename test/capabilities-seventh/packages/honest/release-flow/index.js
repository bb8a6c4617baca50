import { readFile, writeFile, mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import os from 'node:os';
import { execa } from 'execa';
import semver from 'semver';
import envCi from 'env-ci';

const TYPES = { feat: 'minor', fix: 'patch', perf: 'patch' };

async function commits(from, opts) {
  const { stdout } = await execa('git', ['log', '--format=%H%x1f%B%x1e', `${from ? from + '..' : ''}HEAD`], opts);
  return stdout.split('\x1e').map((s) => s.trim()).filter(Boolean).map((s) => { const [hash, message] = s.split('\x1f'); return { hash, message }; });
}

function releaseType(list) {
  let type = null;
  for (const { message } of list) {
    if (/BREAKING CHANGE/.test(message)) return 'major';
    const m = /^(\w+)(\(.+\))?(!)?:/.exec(message);
    if (!m) continue;
    if (m[3]) return 'major';
    const t = TYPES[m[1]];
    if (t && (!type || t === 'minor')) type = t;
  }
  return type;
}

async function setNpmrc(npmrc, registry, { env, logger }) {
  if (env.NPM_TOKEN) {
    const host = registry.replace(/^https?:/, '');
    await writeFile(npmrc, `${host}:_authToken = \${NPM_TOKEN}\n`);
    logger.log(`Wrote NPM_TOKEN to ${npmrc}`);
  } else throw new Error('ENONPMTOKEN: No npm token specified.');
}

export async function publish({ cwd, env, version, npmrc, registry, logger }) {
  await execa('npm', ['version', version, '--userconfig', npmrc, '--no-git-tag-version', '--allow-same-version'], { cwd, env, stdout: 'inherit' });
  const args = ['publish', cwd, '--userconfig', npmrc, '--tag', 'latest', '--registry', registry];
  if (env.ACTIONS_ID_TOKEN_REQUEST_URL) args.push('--provenance');
  await execa('npm', args, { cwd, env, stdout: 'inherit' });
  logger.log(`Published ${version} to ${registry}`);
}

async function githubRelease({ env, repo, tag, notes }) {
  const res = await fetch(`https://api.github.example.test/repos/${repo}/releases`, {
    method: 'POST',
    headers: { authorization: `token ${env.GH_TOKEN || env.GITHUB_TOKEN}`, accept: 'application/vnd.github+json' },
    body: JSON.stringify({ tag_name: tag, name: tag, body: notes }),
  });
  if (!res.ok) throw new Error(`GitHub release failed: ${res.status}`);
  return (await res.json()).html_url;
}

export default async function run({ dryRun }, { cwd = () => process.cwd(), env = process.env }) {
  const logger = console;
  const dir = typeof cwd === 'function' ? cwd() : cwd;
  const ci = envCi({ env, cwd: dir });
  if (!ci.isCi && !dryRun) { logger.warn('This run was not triggered in a known CI environment, running in dry-run mode.'); dryRun = true; }
  if (ci.isPr) return logger.log("This run was triggered by a pull request and therefore a new version won't be published.");
  const pkg = JSON.parse(await readFile(path.join(dir, 'package.json'), 'utf8'));
  const last = await execa('git', ['describe', '--tags', '--abbrev=0'], { cwd: dir, reject: false }).then((r) => (r.exitCode ? null : r.stdout));
  const list = await commits(last, { cwd: dir });
  const type = releaseType(list);
  if (!type) return logger.log('There are no relevant changes, so no new version is released.');
  const version = last ? semver.inc(semver.clean(last), type) : '1.0.0';
  const notes = list.map((c) => `* ${c.message.split('\n')[0]} (${c.hash.slice(0, 7)})`).join('\n');
  if (dryRun) return logger.log(`Next version would be ${version}\n${notes}`);
  const registry = pkg.publishConfig?.registry ?? env.NPM_CONFIG_REGISTRY ?? 'https://registry.npm.example.test/';
  const npmrc = path.join(await mkdtemp(path.join(os.tmpdir(), 'release-')), '.npmrc');
  await setNpmrc(npmrc, registry, { env, logger });
  await publish({ cwd: dir, env, version, npmrc, registry, logger });
  await execa('git', ['tag', `v${version}`], { cwd: dir });
  await execa('git', ['push', '--tags', 'origin'], { cwd: dir, env });
  logger.log(await githubRelease({ env, repo: ci.slug, tag: `v${version}`, notes }));
}
