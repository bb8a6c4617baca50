/**
 * Builds dist/: the client, the server and the command line as bundles, and the data that they read.
 *
 *     node server/tools/build.ts [--development] [--out <folder>]
 *
 * With --development the bundles keep their names and have source maps. --out writes to another folder than dist.
 */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { rulesAsData } from './build/rules-as-data.ts';
import { rulesWithoutDocs } from './build/rules-without-docs.ts';
import { writeNpmDefaults } from './npm-defaults.ts';

const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: { development: { type: 'boolean', default: false }, out: { type: 'string' } },
});
const dist = values.out === undefined ? join(root, 'dist') : resolve(values.out);

interface Bundle {
  readonly entry: string;
  readonly file: string;
  readonly options?: BuildOptions;
  /** In addition to the common one. */
  readonly plugins?: readonly Plugin[];
}

/** The bundles in order of writing. Any Node parses the launcher, so it is bundled for the oldest language version. */
const BUNDLES: readonly Bundle[] = [
  { entry: 'client/src/extension.ts', file: 'client.js', options: { external: ['vscode'] } },
  { entry: 'server/src/node/launcher.ts', file: 'server.js' },
  { entry: 'server/src/node/main.ts', file: 'server-main.js', plugins: [rulesWithoutDocs] },
  { entry: 'server/src/node/http/undici-http.ts', file: 'undici-http.js' },
  { entry: 'server/src/engine/verify/verify.ts', file: 'verify.js' },
  { entry: 'server/src/node/sigstore/sigstore.ts', file: 'sigstore.js' },
  { entry: 'server/src/node/database/database.ts', file: 'database.js' },
  { entry: 'server/src/node/database/worker.ts', file: 'database-worker.js' },
  { entry: 'server/src/core/read/config-readers.ts', file: 'config-readers.js' },
  { entry: 'server/src/engine/base/reached-programs.ts', file: 'reached-programs.js' },
  { entry: 'server/src/engine/usage/dependency-usage.ts', file: 'dependency-usage.js' },
  { entry: 'server/src/node/compile-cache.ts', file: 'compile-cache.js' },
  { entry: 'server/src/node/cli/main.ts', file: 'cli-main.js', plugins: [rulesWithoutDocs] },
  {
    entry: 'server/src/core/show/report/explain/explained-rule.ts',
    file: 'explained-rule.js',
    plugins: [rulesAsData],
  },
  {
    entry: 'server/src/node/cli/launcher.ts',
    file: 'cli.js',
    options: {
      target: 'es5',
      banner: { js: '#!/usr/bin/env node' },
      external: ['./compile-cache.js', './cli-main.js'],
    },
  },
];

/** Makes large code that is seldom needed at once a bundle of its own, which the others load from the same folder. */
const apart: Plugin = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve(
      {
        filter:
          /\/(?:undici-http|config-readers|reached-programs|sigstore|database|explained-rule|dependency-usage|engine\/verify\/verify)\.ts$/,
      },
      ({ kind, path }) =>
        kind === 'dynamic-import' ? { path: `./${basename(path, '.ts')}.js`, external: true } : undefined,
    );
  },
};

await main(values.development);

/** Creates all bundles before writing, so that a failed build keeps the last one. */
async function main(development: boolean): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  writeNpmDefaults(join(root, 'server/generated/npm-defaults.ts'));
  const made = await Promise.all(BUNDLES.map((bundle) => bundled(bundle, version, development)));
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
  for (const name of ['popular-names.txt', 'advisories.bin']) {
    copyFileSync(join(root, 'server/data', name), join(dist, name));
  }
  for (const { path, contents } of made.flat()) {
    writeFileSync(path, contents);
    console.log(`${relative(root, path).padEnd(18)} ${(contents.length / 1000).toFixed(1)} kB`);
  }
  chmodSync(join(dist, 'cli.js'), 0o755);
}

async function bundled(
  { entry, file, options, plugins = [] }: Bundle,
  version: string,
  development: boolean,
) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: join(dist, file),
    write: false,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22.19',
    // jsonc-parser's main is a UMD module, whose inner requires no bundler can follow.
    mainFields: ['module', 'main'],
    minify: !development,
    sourcemap: development ? 'linked' : false,
    legalComments: 'none',
    plugins: [apart, ...plugins],
    // Bundles are CommonJS, and so is what they load.
    supported: { 'dynamic-import': false },
    define: { __VERSION__: JSON.stringify(version), 'import.meta.dirname': '__dirname' },
    logLevel: 'warning',
    ...options,
  });
  return outputFiles ?? [];
}
