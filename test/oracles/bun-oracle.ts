import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { type LockfileProject, manifestTexts, withLockfile, writeManifests } from './lockfile-project.ts';
import {
  importerId,
  isImporter,
  type NormalEdge,
  type NormalGraph,
  type NormalKind,
  type NormalPackage,
} from './normal-form.ts';

/** Bun's reading of a lockfile. */
export interface BunGraph {
  /** Each installed package: the names of the folders that lead to it, separated by slashes, and its version. */
  readonly installed: readonly string[];
  /** Bun treats all copies of a version as one package: its ids are `name@version`, those of importers their names. */
  readonly graph: NormalGraph;
}

/** Runs `bun pm ls --all` and `bun why` on a copy of the project without its settings. */
export async function bunOracle(project: LockfileProject): Promise<BunGraph> {
  return withLockfile(project, async (cwd) => {
    writeManifests(cwd, manifestTexts(project));
    const run = async (...args: string[]) =>
      (await promisify(execFile)(bunBinary(), args, { cwd, maxBuffer: 2 ** 26 })).stdout;
    const installed = parseTree(await run('pm', 'ls', '--all'));
    return { installed, graph: parseDependents(await run('why', '*', '--depth', '1')) };
  });
}

/** Returns the binary from this machine's Bun package; the packages' names are in package.json beside this file. */
function bunBinary(): string {
  const require = createRequire(import.meta.url);
  const { optionalDependencies } = require('./package.json') as {
    readonly optionalDependencies: Readonly<Record<string, string>>;
  };
  for (const name of Object.keys(optionalDependencies)) {
    for (const program of ['bun', 'bun.exe']) {
      try {
        return require.resolve(`${name}/bin/${program}`);
      } catch {
        // npm installs only the package for this machine.
      }
    }
  }
  throw new Error(
    `There is no Bun for ${process.platform} on ${process.arch}, so bun.lock has no oracle here`,
  );
}

/** Parses a tree drawn with lines: three characters and a space per level, followed by `name@version`. */
function parseTree(text: string): readonly string[] {
  const installed: string[] = [];
  let path: string[] = [];
  for (const line of text.split('\n')) {
    const [, lines, name, version = ''] = /^((?:[│ ] {3})*[├└]── )(@?[^@]+)@(.*)$/.exec(line) ?? [];
    if (lines === undefined) continue;
    path = [...path.slice(0, lines.length / 4 - 1), name!];
    if (!version.startsWith('workspace:')) installed.push(`${path.join('/')}@${versionOf(version)}`);
  }
  return installed;
}

/** Parses blocks of a package, member or root, and its dependents, one per line. */
function parseDependents(text: string): NormalGraph {
  const packages: NormalPackage[] = [];
  const edges: NormalEdge[] = [];
  let to: { readonly id: string; readonly name: string } | undefined;
  for (const line of text.split('\n')) {
    const [, name, version] = /^(@?[^@\s]+)@(.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      to = { id: idOf(line), name };
      if (!isImporter(to.id)) packages.push({ id: to.id, name, version: versionOf(version!) });
      continue;
    }
    const [, kind = '', from, requires] =
      /^ {2}[├└]─ (?:(dev|optional|peer|optional peer) )?(\S+) \(requires (.*)\)$/.exec(line) ?? [];
    // The root has its members without requiring them.
    if (from === undefined || to === undefined) continue;
    const [, alias, specifier] = /^(@?[^@\s]+)@(npm:.*)$/.exec(requires!) ?? [];
    edges.push({
      from: idOf(from),
      to: to.id,
      name: alias ?? to.name,
      kind: KINDS[kind]!,
      specifier: specifier ?? requires,
    });
  }
  return { packages, edges };
}

/**
 * Returns the id for `name@version`, a member's `name@workspace:path` or `name@workspace`, or the root's
 * `name` or `name@`.
 */
function idOf(label: string): string {
  const [, name, version] = /^(@?[^@]+)@?(.*)$/.exec(label)!;
  const isImporting = version === '' || version!.startsWith('workspace');
  return isImporting ? importerId(name!) : `${name}@${versionOf(version!)}`;
}

/** Returns undefined for a URL or path, which Bun shows in place of a version. */
function versionOf(text: string): string | undefined {
  return /^\d/.test(text) ? text : undefined;
}

const KINDS: Readonly<Record<string, NormalKind>> = {
  '': 'prod',
  dev: 'dev',
  optional: 'optional',
  peer: 'peer',
  'optional peer': 'optional peer',
};
