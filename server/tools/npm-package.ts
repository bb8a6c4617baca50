/**
 * Packs the built command line as the npm package "dephygiene", without dependencies and install scripts.
 *
 *     node server/tools/npm-package.ts [<folder>]
 *
 * The file is <folder>/dephygiene-<version>.tgz; the default folder is this one. Two builds of one commit have the same
 * bytes.
 */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { REPORT_SCHEMA } from './generate/report-schema.ts';
import { type Schema, typesOfSchema } from './package/types-of-schema.ts';

const root = join(import.meta.dirname, '../..');
const target = resolve(process.argv[2] ?? root);

const folder = mkdtempSync(join(tmpdir(), 'dephygiene-package-'));
try {
  fill(folder);
  mkdirSync(target, { recursive: true });
  const { status, stderr, stdout } = spawnSync(
    'npm',
    ['pack', '--ignore-scripts', '--loglevel', 'error', '--pack-destination', target],
    { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' },
  );
  if (status !== 0) throw new Error(`npm pack failed: ${stderr}`);
  console.log(stdout.trim());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function fill(to: string): void {
  mkdirSync(join(to, 'dist'));
  // Everything but what is for VS Code alone, and what another process may be packing from there.
  const isPacked = (name: string) =>
    /\.(?:js|json|bin)$|^popular-names\.txt$/.test(name) &&
    !['client.js', 'vscode-languageclient.js', 'server-web.js'].includes(name);
  for (const name of readdirSync(join(root, 'dist')).filter(isPacked))
    copyFileSync(join(root, 'dist', name), join(to, 'dist', name));
  for (const name of ['LICENSE', 'NOTICE', 'CHANGELOG.md']) copyFileSync(join(root, name), join(to, name));
  copyFileSync(join(root, 'server/docs/npm.md'), join(to, 'README.md'));
  copyFileSync(join(root, 'server/schema/check-report.schema.json'), join(to, 'check-report.schema.json'));
  writeFileSync(join(to, 'check-report.d.ts'), typesOfSchema('CheckReport', REPORT_SCHEMA as Schema));
  writeFileSync(join(to, 'package.json'), `${JSON.stringify(manifest(), undefined, 2)}\n`);
}

function manifest(): object {
  const { version, license, engines, keywords } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Readonly<Record<string, unknown>> & { engines: { node: string } };
  const { REPOSITORY_URL } = process.env;
  return {
    name: 'dephygiene',
    version,
    description:
      'Finds risky npm dependencies in manifests, lockfiles and settings of npm, pnpm, Yarn and Bun.',
    license,
    keywords,
    // Provenance is bound to it.
    ...(REPOSITORY_URL === undefined
      ? {}
      : { repository: { type: 'git', url: `git+${REPOSITORY_URL}.git` } }),
    bin: { dephygiene: 'dist/cli.js' },
    types: './check-report.d.ts',
    engines: { node: engines.node },
    // Loaded by "inventory query" alone. Its versions are all pre-releases, which no range but this has.
    peerDependencies: { '@duckdb/node-api': '*' },
    peerDependenciesMeta: { '@duckdb/node-api': { optional: true } },
    files: ['dist', 'check-report.d.ts', 'check-report.schema.json', 'NOTICE', 'CHANGELOG.md'],
  };
}
