const fs = require('fs');
const path = require('path');
const { execFileSync } = require('child_process');
const semver = require('semver');
const pc = require('picocolors');

function sh(cmd, args, { dryRun, capture } = {}) {
  console.log(pc.dim(`$ ${cmd} ${args.join(' ')}`));
  if (dryRun) return '';
  const r = execFileSync(cmd, args, { stdio: capture ? ['inherit', 'pipe', 'inherit'] : 'inherit', encoding: 'utf8' });
  return (r || '').trim();
}

function workspaces(root) {
  const pkg = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  if (!pkg.workspaces) return [root];
  const out = [];
  for (const pattern of pkg.workspaces) {
    const dir = path.join(root, pattern.replace(/\/\*$/, ''));
    for (const d of fs.readdirSync(dir)) if (fs.existsSync(path.join(dir, d, 'package.json'))) out.push(path.join(dir, d));
  }
  return out;
}

function changelog(from) {
  const raw = execFileSync('git', ['log', from ? `${from}..HEAD` : 'HEAD', '--pretty=%s (%h)'], { encoding: 'utf8' });
  const groups = { feat: [], fix: [], other: [] };
  for (const l of raw.split('\n').filter(Boolean)) (groups[(/^(feat|fix)/.exec(l) || ['', 'other'])[1]]).push(`- ${l}`);
  return Object.entries(groups).filter(([, l]) => l.length).map(([k, l]) => `### ${k}\n${l.join('\n')}`).join('\n\n');
}

async function github(repo, tag, body) {
  const token = process.env.GITHUB_TOKEN || process.env.GH_TOKEN;
  if (!token) return console.log(pc.yellow('No GITHUB_TOKEN, skipping GitHub release'));
  const r = await fetch(`https://api.github.example.test/repos/${repo}/releases`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, Accept: 'application/vnd.github+json', 'User-Agent': 'release-train' },
    body: JSON.stringify({ tag_name: tag, name: tag, body, prerelease: tag.includes('-') }),
  });
  if (!r.ok) throw new Error(`GitHub release failed: ${r.status} ${await r.text()}`);
}

module.exports = async function release({ type, dryRun, otp, root = process.cwd() }) {
  if (execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' }).trim()) throw new Error('Working tree is not clean');
  sh('npm', ['whoami'], { capture: true });
  const dirs = workspaces(root);
  const current = JSON.parse(fs.readFileSync(path.join(dirs[0], 'package.json'), 'utf8')).version;
  const next = semver.inc(current, type);
  if (!next) throw new Error(`Invalid release type ${type}`);
  const tag = `v${next}`;
  const notes = changelog(`v${current}`);
  for (const d of dirs) {
    const f = path.join(d, 'package.json');
    const j = JSON.parse(fs.readFileSync(f, 'utf8'));
    j.version = next;
    if (!dryRun) fs.writeFileSync(f, JSON.stringify(j, null, 2) + '\n');
  }
  sh('npm', ['test'], { dryRun });
  sh('git', ['commit', '-am', `chore(release): ${tag}`], { dryRun });
  sh('git', ['tag', '-a', tag, '-m', tag], { dryRun });
  for (const d of dirs) {
    const args = ['publish', d, '--access', 'public'];
    if (process.env.GITHUB_ACTIONS) args.push('--provenance');
    if (otp) args.push('--otp', otp);
    sh('npm', args, { dryRun });
  }
  sh('git', ['push', '--follow-tags'], { dryRun });
  const repo = execFileSync('git', ['remote', 'get-url', 'origin'], { encoding: 'utf8' }).trim().replace(/^.*[:/]([^/]+\/[^/]+?)(\.git)?$/, '$1');
  if (!dryRun) await github(repo, tag, notes);
  console.log(pc.green(`Released ${tag}`));
};
