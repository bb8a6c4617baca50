import { existsSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Files } from './base-project.ts';
import { FROZEN } from './base-project.ts';
import type { Cell, Outcome } from './fixtures.ts';
import { type Workshop, writeFiles } from './make-projects.ts';
import { type InstalledManager, runManager } from './managers.ts';
import { MARKER } from './marker-tarball.ts';

/** The folder in absolute paths of the table, which is replaced by that of the project. */
export const PROJECT_PATH = '/home/user/shop';

/** Installs a cell's planted change with the real manager. */
export function provePlanted(cell: Cell, manager: InstalledManager, shop: Workshop): Promise<Outcome> {
  return install(cell, manager, shop, cell.mechanism.plant(cell.project).files, 'planted');
}

/** Installs the corresponding honest change with the real manager. */
export function proveHonest(cell: Cell, manager: InstalledManager, shop: Workshop): Promise<Outcome> {
  return install(cell, manager, shop, honestFiles(cell), 'honest');
}

export function honestFiles({ mechanism, project }: Cell): Files {
  return mechanism.honest?.(project) ?? project.variant('updated');
}

async function install(
  { id, project, mechanism }: Cell,
  manager: InstalledManager,
  { hosts, folder }: Workshop,
  files: Files,
  what: string,
): Promise<Outcome> {
  const place = join(folder, 'installs', id, what);
  const cwd = join(place, 'project');
  const { before, installation = {} } = mechanism;
  const toHere = (text: string) => hosts.toLoopback(text).replaceAll(PROJECT_PATH, cwd);
  writeFiles(cwd, { ...project.files, ...before?.(project), ...files }, toHere);
  const { folder: within = '.', args = FROZEN[project.base.family], env, proof } = installation;
  const options = { cwd: join(cwd, within), home: join(place, 'home'), env };
  const { code, output } = await runManager(manager, args, options);
  const found = proof === undefined ? holdsMarker(cwd) : existsSync(join(cwd, proof));
  if (process.env.ATTACKS_KEEP === undefined) rmSync(place, { recursive: true, force: true });
  else console.log(place, output);
  if (found) return 'installs';
  return code === 0 ? 'ignores' : `refuses: ${codeOf(output)}`;
}

/** Checks whether a package of the installed tree is a planted one, also behind links within the project. */
function holdsMarker(project: string): boolean {
  const root = realpathSync(project);
  const seen = new Set<string>();
  const waiting = readdirSync(project, { withFileTypes: true, recursive: false })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => [
      join(project, name, 'node_modules'),
      ...(name === 'node_modules' ? [join(project, name)] : []),
    ]);
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (!existsSync(folder)) continue;
    const real = realpathSync(folder);
    if (seen.has(real) || !real.startsWith(root)) continue;
    seen.add(real);
    for (const name of readdirSync(real)) {
      if (name === MARKER) return true;
      const path = join(real, name);
      if (existsSync(path) && statSync(path).isDirectory()) waiting.push(path);
    }
  }
  return false;
}

const CODES = [
  /npm (?:error|ERR!) code (\w+)/,
  /\b(ERR_PNPM_\w+)/,
  /\b(YN00(?!00|13|07|02|85|86|60)\d\d)\b/,
  /\b(EUNSUPPORTED\w*)/,
];

/** Returns the manager's own error code, or the first line that contains one. */
function codeOf(output: string): string {
  for (const pattern of CODES) {
    const found = pattern.exec(output)?.[1];
    if (found !== undefined) return found;
  }
  const line = output.split('\n').find((one) => /error/i.test(one)) ?? 'an error';
  return line
    .replace(/\S*\/\S*/g, '…')
    .replace(/127\.0\.0\.1:\d+/g, '…')
    .trim()
    .slice(0, 60);
}
