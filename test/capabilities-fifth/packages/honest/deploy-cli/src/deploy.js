import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { API } from './config.js';

async function* walk(dir) {
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === '.git' || entry.name.startsWith('.env')) continue;
    const full = path.join(dir, entry.name);
    if (entry.isDirectory()) yield* walk(full);
    else yield full;
  }
}

function gitMeta(cwd) {
  const git = (...args) => {
    try {
      return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch {
      return undefined;
    }
  };
  return { commit: git('rev-parse', 'HEAD'), branch: git('rev-parse', '--abbrev-ref', 'HEAD'), author: git('log', '-1', '--pretty=%an') };
}

export async function deploy(dir, token) {
  const headers = { authorization: `Bearer ${token}`, 'user-agent': `skylift-cli node-${process.version}` };
  const files = [];
  for await (const file of walk(dir)) {
    const data = await readFile(file);
    const sha = createHash('sha1').update(data).digest('hex');
    await fetch(`${API}/v2/files`, { method: 'POST', headers: { ...headers, 'x-digest': sha }, body: data });
    files.push({ file: path.relative(dir, file), sha, size: data.length });
  }
  const res = await fetch(`${API}/v2/deployments`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ files, meta: gitMeta(dir), ci: Boolean(process.env.CI) }),
  });
  const { url } = await res.json();
  console.log(`Deployed: https://${url}`);
}
