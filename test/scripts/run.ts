import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scripts } from '../../server/src/node/cli/scripts.ts';
import { type InstalledManager, installManager, type Manager, runManager } from '../attacks/managers.ts';
import { markerTarball } from '../attacks/marker-tarball.ts';
import { type Published, packumentOf } from '../attacks/packages.ts';
import { runCommand, runWithKeys, withoutUser } from '../unit/node/cli/run-command.ts';
import { type Row, readRow, scriptsPage, writePage } from './page.ts';

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

const SCRIPTED = 'scripted-marker';
const VARIABLE = 'DEPHYGIENE_MARKER';

let installs = 0;
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
registry.close();
if (prefixes.length === 0 && faults === 0) writePage(scriptsPage(rows));
console.log(faults === 0 ? 'all as expected' : `${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;

async function prove(manager: InstalledManager): Promise<Row> {
  const project = makeProject(manager);
  const first = await install(manager, project);
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
    return { ...(await install(manager, copy)), isOpen };
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

interface Installed {
  readonly hasRun: boolean;
  readonly code: number;
}

function outcomeOf({ hasRun, code }: Installed): Row['unreviewed'] {
  if (hasRun) return 'runs';
  return code === 0 ? 'skipped' : 'fails';
}

async function install(manager: InstalledManager, cwd: string): Promise<Installed> {
  const home = join(folder, `home-${++installs}`);
  const marker = join(folder, `marker-${installs}`);
  const { code, output } = await runManager(manager, ['install'], { cwd, home, env: { [VARIABLE]: marker } });
  const hasRun = existsSync(marker);
  if (process.env.SCRIPTS_VERBOSE !== undefined) console.log(manager.id, cwd, code, hasRun, output);
  return { hasRun, code };
}

/** Returns the folder of a project that depends on the package with the script, without a lockfile. */
function makeProject({ family, version }: InstalledManager): string {
  const project = join(folder, `project-${installs}`);
  const name = family.replace(/-.*/, '');
  const dependencies = { [SCRIPTED]: '1.0.0' };
  // Bun's own list does not have it; with a list of the project it is undecided.
  const trusted = family === 'bun' ? { trustedDependencies: [] } : {};
  const manifest = { name: 'shop', packageManager: `${name}@${version}`, dependencies, ...trusted };
  mkdirSync(project, { recursive: true });
  const write = (path: string, text: string) => writeFileSync(join(project, path), text);
  write('package.json', `${JSON.stringify(manifest, undefined, 2)}\n`);
  write('.npmrc', `registry=${registry.url}\n`);
  if (family === 'yarn-berry') {
    write('.yarnrc.yml', `nodeLinker: node-modules\nnpmRegistryServer: ${JSON.stringify(registry.url)}\n`);
    write('yarn.lock', '');
  }
  return project;
}

async function startRegistry(): Promise<{ readonly url: string; close(): void }> {
  const manifest = { name: SCRIPTED, version: '1.0.0', scripts: { postinstall: 'node mark.js' } };
  const script = `require('fs').writeFileSync(process.env.${VARIABLE}, '');\n`;
  const bytes = markerTarball(manifest, { 'mark.js': script });
  const published: Published = { name: SCRIPTED, version: '1.0.0', manifest, bytes };
  const server = createServer(({ url = '' }, response) => {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    if (url.endsWith('.tgz')) response.end(bytes);
    else if (url === `/${SCRIPTED}`) {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify(packumentOf([published], base)).replace(
          '"scripts"',
          '"hasInstallScript":true,"scripts"',
        ),
      );
    } else {
      response.statusCode = 404;
      response.end('{}');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}
