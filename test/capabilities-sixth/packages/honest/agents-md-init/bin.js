#!/usr/bin/env node
import { readFile, writeFile, mkdir, access } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { stdin, stdout, argv, exit } from 'node:process';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';

const TARGETS = {
  agents: 'AGENTS.md',
  claude: 'CLAUDE.md',
  cursor: '.cursor/rules/project.mdc',
  copilot: '.github/copilot-instructions.md',
  gemini: 'GEMINI.md',
};

const exists = (p) => access(p).then(() => true, () => false);
const has = (bin) => spawnSync(process.platform === 'win32' ? 'where' : 'which', [bin], { stdio: 'ignore' }).status === 0;

async function detect(cwd) {
  const pkg = JSON.parse(await readFile(join(cwd, 'package.json'), 'utf8').catch(() => '{}'));
  const pm = (await exists(join(cwd, 'pnpm-lock.yaml'))) ? 'pnpm' : (await exists(join(cwd, 'yarn.lock'))) ? 'yarn' : 'npm';
  const script = (n) => (pkg.scripts?.[n] ? `${pm} run ${n}` : 'none');
  return { pm, test: script('test'), lint: script('lint') };
}

const args = argv.slice(2);
if (args.includes('--help')) {
  console.log(`usage: agents-md-init [${Object.keys(TARGETS).join('|')}]... [--force]`);
  exit(0);
}
const cwd = process.cwd();
const force = args.includes('--force');
let picks = args.filter((a) => a in TARGETS);
if (!picks.length) {
  const found = { claude: has('claude'), gemini: has('gemini'), cursor: await exists(join(cwd, '.cursor')) };
  picks = ['agents', ...Object.keys(found).filter((k) => found[k])];
  const rl = createInterface({ input: stdin, output: stdout });
  const a = await rl.question(`Write ${picks.map((p) => TARGETS[p]).join(', ')}? [Y/n] `);
  rl.close();
  if (/^n/i.test(a)) exit(0);
}
const vars = await detect(cwd);
const text = (await readFile(new URL('./templates/AGENTS.md', import.meta.url), 'utf8')).replace(/\{\{(\w+)\}\}/g, (_, k) => vars[k] ?? '');
for (const p of picks) {
  const f = join(cwd, TARGETS[p]);
  if (!force && (await exists(f))) { console.log(`skip ${TARGETS[p]} (exists)`); continue; }
  await mkdir(dirname(f), { recursive: true });
  await writeFile(f, p === 'cursor' ? `---\nalwaysApply: true\n---\n${text}` : text);
  console.log(`wrote ${TARGETS[p]}`);
}
