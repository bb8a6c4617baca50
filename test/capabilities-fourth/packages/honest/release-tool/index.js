import path from 'node:path';
import os from 'node:os';
import { readFile, writeFile, mkdtemp, copyFile } from 'node:fs/promises';
import { execa } from 'execa';

async function verifyAuth(npmrc, { env, cwd, registry }) {
  const current = await readFile(path.join(os.homedir(), '.npmrc'), 'utf8').catch(() => '');
  if (/_authToken/.test(current)) return writeFile(npmrc, current);
  if (!env.NPM_TOKEN) throw new Error('ENONPMTOKEN: No npm token specified.');
  await writeFile(npmrc, `${current}\n${registry.replace(/^https?:/, '')}:_authToken = \${NPM_TOKEN}`);
  await execa('npm', ['whoami', '--userconfig', npmrc, '--registry', registry], { cwd, env });
}

async function nextVersion({ cwd }) {
  const { stdout: tag } = await execa('git', ['describe', '--tags', '--abbrev=0'], { cwd, reject: false });
  const { stdout: log } = await execa('git', ['log', '--format=%B%n-END-', tag ? `${tag}..HEAD` : 'HEAD'], { cwd });
  const commits = log.split('-END-').map((m) => m.trim()).filter(Boolean);
  const [major, minor, patch] = (tag || 'v0.0.0').slice(1).split('.').map(Number);
  if (commits.some((c) => /BREAKING CHANGE|^\w+!:/m.test(c))) return { version: `${major + 1}.0.0`, commits };
  if (commits.some((c) => /^feat/.test(c))) return { version: `${major}.${minor + 1}.0`, commits };
  return { version: `${major}.${minor}.${patch + 1}`, commits };
}

async function createRelease({ env, version, commits, slug }) {
  const token = env.GH_TOKEN || env.GITHUB_TOKEN;
  const api = env.GITHUB_API_URL || 'https://api.github.example.test';
  const res = await fetch(`${api}/repos/${slug}/releases`, {
    method: 'POST',
    headers: { authorization: `token ${token}`, accept: 'application/vnd.github+json', 'user-agent': 'semver-shipper' },
    body: JSON.stringify({ tag_name: `v${version}`, name: `v${version}`, body: commits.map((c) => `* ${c.split('\n')[0]}`).join('\n') }),
  });
  if (!res.ok) throw new Error(`EGITHUB: ${res.status} ${await res.text()}`);
  return (await res.json()).html_url;
}

export default async function run({ cwd, env, dryRun }) {
  const pkgPath = path.join(cwd, 'package.json');
  const pkg = JSON.parse(await readFile(pkgPath, 'utf8'));
  const registry = pkg.publishConfig?.registry ?? env.npm_config_registry ?? 'https://registry.example.test/';
  const dir = await mkdtemp(path.join(os.tmpdir(), 'shipper-'));
  const npmrc = path.join(dir, '.npmrc');
  const { version, commits } = await nextVersion({ cwd });
  if (dryRun) return console.log(`The next release version is ${version}`);
  await verifyAuth(npmrc, { env, cwd, registry });
  await copyFile(pkgPath, path.join(dir, 'package.json'));
  pkg.version = version;
  await writeFile(pkgPath, JSON.stringify(pkg, null, 2) + '\n');
  await execa('npm', ['publish', cwd, '--userconfig', npmrc, '--tag', 'latest', '--registry', registry], { cwd, env, stdout: 'inherit' });
  await execa('git', ['tag', `v${version}`], { cwd });
  const { stdout: origin } = await execa('git', ['config', '--get', 'remote.origin.url'], { cwd });
  const slug = origin.replace(/.*[:/]([^/]+\/[^/]+?)(\.git)?$/, '$1');
  await execa('git', ['push', '--tags', `https://x-access-token:${env.GITHUB_TOKEN}@github.example.test/${slug}.git`], { cwd });
  console.log(`Published release ${await createRelease({ env, version, commits, slug })}`);
}
