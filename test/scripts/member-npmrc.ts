import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bun } from '../../server/src/core/read/manager/bun/bun.ts';
import { npm } from '../../server/src/core/read/manager/npm/npm.ts';
import { pnpm } from '../../server/src/core/read/manager/pnpm/pnpm.ts';
import { yarnBerry, yarnClassic } from '../../server/src/core/read/manager/yarn/yarn.ts';
import { type InstalledManager, installManager, MANAGERS, runManager } from '../attacks/managers.ts';

/**
 * Proves with the real package managers which of them read the .npmrc of a workspace member for an install in its folder:
 * root and member name different registries, and the package that is missing in both shows which one was asked.
 */
const SPECS = { npm, pnpm, 'yarn-classic': yarnClassic, 'yarn-berry': yarnBerry, bun };

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'member-')));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
let projects = 0;
let faults = 0;
for (const manager of MANAGERS) {
  // It reads no .npmrc at all.
  if (manager.family === 'yarn-berry') continue;
  const installed = installManager(manager);
  if (installed === undefined) {
    console.log(`${manager.id}: not installed`);
    continue;
  }
  const asked = await askedBy(installed);
  const isRead = asked === 'member';
  const expected = SPECS[manager.family].settings.readsMemberNpmrc(installed.version);
  console.log(`${manager.id} (${installed.version}): asks the registry of the ${asked}`);
  if (asked === 'none' || isRead !== expected) fault();
  for (const option of SPECS[manager.family].settings.memberNpmrcOptions) {
    const other = await askedBy(installed, option === '--prefix' ? [option, '.'] : [option]);
    console.log(`  with ${option}: of the ${other}`);
    if (other !== 'member') fault();
  }
}
console.log(faults === 0 ? 'all as expected' : `${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;

function fault(): void {
  faults++;
  console.log('  wrong');
}

async function askedBy(
  manager: InstalledManager,
  options: readonly string[] = [],
): Promise<'root' | 'member' | 'none'> {
  let asked: 'root' | 'member' | 'none' = 'none';
  const root = await serve(() => {
    if (asked === 'none') asked = 'root';
  });
  const member = await serve(() => {
    if (asked === 'none') asked = 'member';
  });
  const project = join(folder, `project-${++projects}`);
  const inMember = join(project, 'packages/a');
  mkdirSync(inMember, { recursive: true });
  const files: Readonly<Record<string, string>> = {
    'package.json': JSON.stringify({
      name: 'shop',
      version: '1.0.0',
      private: true,
      workspaces: ['packages/*'],
    }),
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
    '.npmrc': `registry=${root.url}\n`,
    'packages/a/.npmrc': `registry=${member.url}\n`,
    'packages/a/package.json': JSON.stringify({
      name: 'a',
      version: '1.0.0',
      dependencies: { missing: '1.0.0' },
    }),
  };
  for (const [path, text] of Object.entries(files))
    if (path !== 'pnpm-workspace.yaml' || manager.family === 'pnpm') writeFileSync(join(project, path), text);
  await runManager(manager, ['install', ...options], { cwd: inMember, home: join(folder, 'home') });
  root.server.close();
  member.server.close();
  return asked;
}

function serve(onRequest: () => void): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((_, response) => {
    onRequest();
    response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({ server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });
    });
  });
}
