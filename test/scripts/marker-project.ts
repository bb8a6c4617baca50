import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { type InstalledManager, runManager } from '../attacks/managers.ts';
import { markerTarball } from '../attacks/marker-tarball.ts';
import { type Published, packumentOf } from '../attacks/packages.ts';

/** A package whose `postinstall` script writes an empty file, and nothing else. */
export const SCRIPTED = 'scripted-marker';
const VARIABLE = 'DEPHYGIENE_MARKER';

export interface MarkerRegistry {
  readonly url: string;
  close(): void;
}

/** Starts a registry on loopback that has only this package. */
export async function startRegistry(): Promise<MarkerRegistry> {
  const manifest = { name: SCRIPTED, version: '1.0.0', scripts: { postinstall: 'node mark.js' } };
  const script = `require('fs').writeFileSync(process.env.${VARIABLE}, '');\n`;
  const bytes = markerTarball(manifest, { 'mark.js': script });
  const published: Published = { name: SCRIPTED, version: '1.0.0', manifest, bytes };
  const server = createServer(({ url = '' }, response) => {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    if (url.endsWith('.tgz')) response.end(bytes);
    else if (url === `/${SCRIPTED}`) {
      response.setHeader('content-type', 'application/json');
      const document = JSON.stringify(packumentOf([published], base));
      response.end(document.replace('"scripts"', '"hasInstallScript":true,"scripts"'));
    } else {
      response.statusCode = 404;
      response.end('{}');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}

/** Further content of a project. */
export interface More {
  readonly manifest?: object;
  /** Further files; .npmrc and .yarnrc.yml are appended to. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Writes a project that depends on the package with the script, without a lockfile. */
export function writeProject(
  project: string,
  { family, version }: InstalledManager,
  { url }: MarkerRegistry,
  { manifest = {}, files = {} }: More = {},
): void {
  const name = family.replace(/-.*/, '');
  const dependencies = { [SCRIPTED]: '1.0.0' };
  const text = {
    ...{ name: 'shop', version: '1.0.0', packageManager: `${name}@${version}`, dependencies },
    ...manifest,
  };
  const all: Record<string, string> = {
    'package.json': `${JSON.stringify(text, undefined, 2)}\n`,
    '.npmrc': `registry=${url}\n`,
  };
  if (family === 'yarn-berry') {
    all['.yarnrc.yml'] = `nodeLinker: node-modules\nnpmRegistryServer: ${JSON.stringify(url)}\n`;
    all['yarn.lock'] = '';
  }
  for (const [path, content] of Object.entries(files)) all[path] = (all[path] ?? '') + content;
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), content);
  }
}

/** What an install did. */
export interface Installed {
  readonly hasRun: boolean;
  readonly code: number;
}

let installs = 0;

/** Installs a project with a home and caches of its own below the folder. */
export async function install(manager: InstalledManager, cwd: string, folder: string): Promise<Installed> {
  const home = join(folder, `home-${++installs}`);
  const marker = join(folder, `marker-${installs}`);
  const options = { cwd, home, env: { [VARIABLE]: marker } };
  const { code, output } = await runManager(manager, ['install'], options);
  const hasRun = existsSync(marker);
  if (process.env.SCRIPTS_VERBOSE !== undefined) console.log(manager.id, cwd, code, hasRun, output);
  return { hasRun, code };
}
