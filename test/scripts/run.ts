import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from '../../server/src/node/cli/check.ts';
import { scripts } from '../../server/src/node/cli/scripts.ts';
import { type InstalledManager, installManager, type Manager } from '../attacks/managers.ts';
import { runCommand, runWithKeys, withoutUser } from '../unit/node/cli/run-command.ts';
import { SETTINGS, type SettingCase } from './ineffective.ts';
import { type Installed, install, startRegistry, writeProject } from './marker-project.ts';
import { type Row, readRow, type SettingRow, scriptsPage, writePage } from './page.ts';

/**
 * Proves with the real package managers what becomes of an unreviewed install script, and that the decisions of
 * `dephygiene scripts --review` have an effect: `node test/scripts/run.ts [prefix of a package manager]…`. The script
 * writes a harmless file. Package managers are installed by name on the first run. Without a prefix, the page is written.
 */
const MANAGERS: readonly Manager[] = [
  { id: 'npm 10', family: 'npm', spec: 'npm@10' },
  { id: 'npm 11.15', family: 'npm', spec: 'npm@~11.15.0' },
  { id: 'npm 11', family: 'npm', spec: 'npm@11' },
  { id: 'npm 12', family: 'npm', spec: 'npm@12' },
  { id: 'pnpm 9', family: 'pnpm', spec: 'pnpm@9' },
  { id: 'pnpm 10.4', family: 'pnpm', spec: 'pnpm@~10.4.0' },
  { id: 'pnpm 10.18', family: 'pnpm', spec: 'pnpm@~10.18.0' },
  { id: 'pnpm 10.20', family: 'pnpm', spec: 'pnpm@~10.20.0' },
  { id: 'pnpm 10', family: 'pnpm', spec: 'pnpm@10' },
  { id: 'pnpm 11', family: 'pnpm', spec: 'pnpm@11' },
  { id: 'pnpm 12', family: 'pnpm', spec: 'pnpm@12' },
  { id: 'Yarn 1', family: 'yarn-classic', spec: 'yarn@1.22.22' },
  { id: 'Yarn 2', family: 'yarn-berry', spec: '@yarnpkg/cli-dist@2' },
  { id: 'Yarn 3', family: 'yarn-berry', spec: '@yarnpkg/cli-dist@3' },
  { id: 'Yarn 4.13', family: 'yarn-berry', spec: '@yarnpkg/cli-dist@~4.13.0' },
  { id: 'Yarn 4', family: 'yarn-berry', spec: '@yarnpkg/cli-dist@4' },
  { id: 'Bun 1', family: 'bun', spec: 'bun@1' },
];

let projects = 0;
const prefixes = process.argv.slice(2);
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'scripts-')));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
withoutUser();

const registry = await startRegistry();
const rows: Row[] = [];
let faults = 0;
for (const manager of MANAGERS) {
  if (prefixes.length > 0 && !prefixes.some((prefix) => manager.id.startsWith(prefix))) continue;
  const installed = installManager(manager);
  if (installed === undefined) {
    console.log(`${manager.id}: not installed`);
    continue;
  }
  const row = await prove(installed);
  rows.push(row);
  const wrong = readRow(row);
  faults += wrong.length;
  console.log(JSON.stringify(row), ...wrong);
}
const settings: SettingRow[] = [];
for (const one of SETTINGS) {
  if (prefixes.length > 0 && !prefixes.some((prefix) => one.manager.id.startsWith(prefix))) continue;
  const installed = installManager(one.manager);
  if (installed === undefined) continue;
  const row = await proveSetting(one, installed);
  settings.push(row);
  const isRight = row.runs === one.runs && row.isReported;
  if (!isRight) faults++;
  console.log(JSON.stringify(row), isRight ? '' : 'wrong');
}
registry.close();
if (prefixes.length === 0 && faults === 0) writePage(scriptsPage(rows, settings));
console.log(faults === 0 ? 'all as expected' : `${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;

async function prove(manager: InstalledManager): Promise<Row> {
  const project = join(folder, `project-${++projects}`);
  // Bun's own list does not have it; with a list of the project it is undecided.
  const manifest = manager.family === 'bun' ? { trustedDependencies: [] } : {};
  writeProject(project, manager, registry, { manifest });
  const first = await install(manager, project, folder);
  const says = JSON.parse((await runCommand(scripts, project, '--format', 'json')).out);
  const [listed] = says.scripts as readonly {
    readonly decision: string;
    readonly onInstall: string | null;
  }[];
  const decided = async (key: string) => {
    const copy = `${project}-${key}`;
    cpSync(project, copy, { recursive: true, verbatimSymlinks: true });
    await runWithKeys(scripts, key, copy, '--review');
    const isOpen = (await runCommand(scripts, copy)).out.includes('unreviewed');
    // Without what is installed, and with other caches.
    for (const left of ['node_modules', '.yarn', '.pnp.cjs'])
      rmSync(join(copy, left), { recursive: true, force: true });
    return { ...(await install(manager, copy, folder)), isOpen };
  };
  const isDecidable = listed?.decision === 'unreviewed';
  const canDeny = manager.family !== 'bun';
  return {
    manager: manager.id,
    version: manager.version,
    listed: listed?.decision ?? 'missing',
    predicted: listed?.onInstall ?? null,
    unreviewed: outcomeOf(first),
    approved: isDecidable ? await decided('a') : null,
    denied: isDecidable && canDeny ? await decided('d') : null,
  };
}

async function proveSetting(one: SettingCase, manager: InstalledManager): Promise<SettingRow> {
  const project = join(folder, `project-${++projects}`);
  writeProject(project, manager, registry, one);
  const { hasRun } = await install(manager, project, folder);
  const { out } = await runCommand(check, project, '--format', 'json');
  const { findings } = JSON.parse(out) as { readonly findings: readonly { readonly rule: string }[] };
  const isReported = findings.some(({ rule }) => rule === one.rule);
  return {
    manager: one.manager.id,
    version: manager.version,
    what: one.what,
    runs: hasRun,
    rule: one.rule,
    isReported,
  };
}

function outcomeOf({ hasRun, code }: Installed): Row['unreviewed'] {
  if (hasRun) return 'runs';
  return code === 0 ? 'skipped' : 'fails';
}
