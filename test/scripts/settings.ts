import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { init } from '../../server/src/node/cli/init.ts';
import { type InstalledManager, installManager, runManager } from '../attacks/managers.ts';
import { runCommand, withoutUser } from '../unit/node/cli/run-command.ts';
import { editedTexts, openFiles } from '../workspace.ts';
import { type FixedSetting, SETTINGS } from './setting-cases.ts';

/**
 * Proves with the real package managers that they read the settings that `init` and fixes write as meant, without a
 * warning: `node test/scripts/settings.ts [prefix of a package manager]…`.
 */
const NAMES = { npm: 'npm', pnpm: 'pnpm', 'yarn-classic': 'yarn', 'yarn-berry': 'yarn', bun: 'bun' };

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'settings-')));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
withoutUser();
const prefixes = process.argv.slice(2);
let projects = 0;
let read = 0;
let faults = 0;
for (const { manager, baseline, fixed } of SETTINGS) {
  if (prefixes.length > 0 && !prefixes.some((prefix) => manager.id.startsWith(prefix))) continue;
  const installed = installManager(manager);
  if (installed === undefined) {
    console.log(`${manager.id}: not installed`);
    continue;
  }
  const base = write(projectOf(installed));
  const { code } = await runCommand(init, base, '--write');
  if (code !== 0) fault(manager.id, `init exits with ${code}`);
  for (const [key, expected] of Object.entries(baseline)) await compare(installed, base, key, expected);
  for (const one of fixed) {
    const files = await fixedFiles(one, installed);
    if (files === undefined) fault(manager.id, `${one.line}: ${one.rule} has no fix`);
    else await compare(installed, write(files), one.key, one.reads);
  }
}
console.log(`${read} settings read, ${faults === 0 ? 'all as meant' : `${faults} faults`}`);
process.exitCode = faults === 0 ? 0 : 1;

type Files = ReadonlyMap<string, string>;

function projectOf({ family, version }: InstalledManager): Files {
  const manifest = { name: 'shop', private: true, packageManager: `${NAMES[family]}@${version}` };
  const files = new Map([['package.json', JSON.stringify(manifest)]]);
  if (family === 'npm') files.set('package-lock.json', '{ "lockfileVersion": 3, "packages": { "": {} } }\n');
  if (family.startsWith('yarn')) files.set('yarn.lock', '');
  return files;
}

/** Returns the files of a project with a line after the first fix of its finding. */
async function fixedFiles({ file, line, rule }: FixedSetting, manager: InstalledManager) {
  const files = new Map([...projectOf(manager), [file, `${line}\n`]]);
  const workspace = await openFiles(files);
  for (const finding of workspace.findings(rule)) {
    const fix = workspace.snapshot.ruleFixesOf(finding).find(({ edits }) => edits.length > 0);
    if (fix === undefined) continue;
    const after = new Map(files);
    for (const [path, text] of editedTexts(fix, (path) => files.get(path))) after.set(path, text);
    return after;
  }
  return undefined;
}

function write(files: Files): string {
  const project = join(folder, `project-${++projects}`);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  return project;
}

async function compare(manager: InstalledManager, project: string, key: string, expected: string) {
  const home = join(folder, 'home');
  const { output } = await runManager(manager, ['config', 'get', key], { cwd: project, home });
  read++;
  const value = output.trim().replace(/^(['"])(.*)\1$/s, '$2');
  if (value !== expected)
    fault(manager.id, `${key} is read as ${JSON.stringify(value)}, not ${expected}`, project);
}

function fault(id: string, what: string, project?: string): void {
  faults++;
  console.log(`${id}: ${what}`);
  if (project === undefined) return;
  for (const name of ['.npmrc', 'pnpm-workspace.yaml', '.yarnrc.yml', '.yarnrc'])
    try {
      console.log(`  ${name}: ${readFileSync(join(project, name), 'utf8').replaceAll('\n', '; ')}`);
    } catch {}
}
