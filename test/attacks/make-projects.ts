import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type Base,
  type Files,
  LOCKFILES,
  lockArguments,
  type VariantName,
  variantsOf,
  writtenFiles,
} from './base-project.ts';
import { editEntry } from './edit-lockfile.ts';
import type { LoopbackHosts } from './loopback-hosts.ts';
import { type InstalledManager, runManager } from './managers.ts';
import { type Facts, Project } from './mechanism.ts';

/** The environment of the real managers: the hosts that they use, and a temporary folder. */
export interface Workshop {
  readonly hosts: LoopbackHosts;
  readonly folder: string;
  readonly commits: Facts['commits'];
}

/** Creates an honest project and an honest update of it with the real manager. */
export async function makeProject(base: Base, manager: InstalledManager, shop: Workshop): Promise<Project> {
  const files = await lock(base, manager, shop, writtenFiles(base), 'first');
  const variants: Partial<Record<VariantName, Readonly<Record<string, string>>>> = {};
  for (const name of variantsOf(base)) {
    // npm keeps locked versions if an override or an alias is added to an existing lockfile.
    const kept = name === 'updated' ? files : {};
    const before = { ...kept, ...writtenFiles(base, name) };
    variants[name] = await lock(base, manager, shop, before, name);
  }
  const checksums = base.family === 'yarn-berry' ? await checksumsOf(base, manager, shop, files) : {};
  return new Project(base, files, variants, { checksums, commits: shop.commits });
}

async function lock(
  base: Base,
  manager: InstalledManager,
  { hosts, folder }: Workshop,
  files: Readonly<Record<string, string>>,
  name: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, string>>> {
  const cwd = join(folder, base.id, name);
  writeFiles(cwd, files, hosts.toLoopback);
  const home = join(folder, base.id, `${name}-home`);
  const { code, output } = await runManager(manager, lockArguments(base), { cwd, home, env });
  const lockfile = LOCKFILES[base.family];
  if (code !== 0) throw new Error(`${base.id} ${name}: exit code ${code}\n${output}`);
  return { ...files, [lockfile]: hosts.fromLoopback(readFileSync(join(cwd, lockfile), 'utf8')) };
}

/** Returns the checksums from Yarn itself, which hashes an archive that it builds. */
async function checksumsOf(
  base: Base,
  manager: InstalledManager,
  shop: Workshop,
  files: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const path = LOCKFILES[base.family];
  const text = files[path]!;
  const url = 'https://evil.example.test/alpha/-/alpha-1.0.0.tgz';
  let changed = editEntry('yarn-berry', text, 'alpha', { url });
  for (const { honest, planted } of Object.values(shop.commits))
    changed = changed.replaceAll(honest, planted);
  const env = { YARN_CHECKSUM_BEHAVIOR: 'update' };
  const locked = await lock(base, manager, shop, { ...files, [path]: changed }, 'planted', env);
  const blocks = locked[path]!.split('\n\n');
  const entries = blocks.flatMap((block) => {
    const name = /^"(.+?)@/m.exec(block)?.[1];
    const checksum = /^ {2}checksum: (.*)$/m.exec(block)?.[1];
    return name === undefined || checksum === undefined ? [] : [[name, checksum] as const];
  });
  return Object.fromEntries(entries);
}

export function writeFiles(
  folder: string,
  files: Files,
  change: (text: string) => string = (text) => text,
): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    if (content === null) {
      rmSync(file, { force: true });
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? change(content) : content);
  }
}
