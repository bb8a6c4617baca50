#!/usr/bin/env node
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { ciWorkflow, publishWorkflow } from './templates.js';
import { setSecret } from './secrets.js';

if (process.env.GITHUB_ACTIONS) {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  appendFileSync(process.env.GITHUB_OUTPUT, `version=${version}\n`);
  process.exit(0);
}

const ask = createInterface({ input: process.stdin, output: process.stdout });
const manager = existsSync('pnpm-lock.yaml') ? 'pnpm' : existsSync('yarn.lock') ? 'yarn' : 'npm';
const publish = (await ask.question('Publish to npm from CI? (y/N) ')).toLowerCase() === 'y';

mkdirSync('.github/workflows', { recursive: true });
writeFileSync('.github/workflows/ci.yml', ciWorkflow(manager));
if (publish) {
  writeFileSync('.github/workflows/publish.yml', publishWorkflow(manager));
  const token = await ask.question('npm automation token: ');
  const remote = execFileSync('git', ['remote', 'get-url', 'origin'], { encoding: 'utf8' }).trim();
  await setSecret(remote, 'NPM_TOKEN', token);
}
ask.close();

if (spawnSync('git', ['rev-parse', '--git-dir'], { stdio: 'ignore' }).status === 0) {
  execFileSync('git', ['add', '.github']);
  console.log('Run `git commit -m "Add CI" && git push` to start the first build.');
}
