/**
 * Builds dist/: the client, the server and the command line as bundles, and the data that they read.
 *
 *     node server/tools/build.ts [--development]
 *
 * With --development the bundles keep their names and have source maps.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { writeNpmDefaults } from './npm-defaults.ts';

const root = join(import.meta.dirname, '../..');
const dist = join(root, 'dist');

/** The bundles in order of writing; the launcher is parsed by any Node, so it is bundled for the oldest language. */
const BUNDLES: readonly { entry: string; file: string; options?: BuildOptions }[] = [
  { entry: 'client/src/extension.ts', file: 'client.js', options: { external: ['vscode'] } },
  { entry: 'server/src/node/main.ts', file: 'server.js' },
  { entry: 'server/src/node/cli/main.ts', file: 'cli-main.js', options: { external: ['./server.js'] } },
  {
    entry: 'server/src/node/cli/launcher.ts',
    file: 'cli.js',
    options: { target: 'es5', banner: { js: '#!/usr/bin/env node' }, external: ['./cli-main.js'] },
  },
];

await main(process.argv.includes('--development'));

async function main(development: boolean): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  writeNpmDefaults(join(root, 'server/generated/npm-defaults.ts'));
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
  copyFileSync(join(root, 'server/data/popular-names.txt'), join(dist, 'popular-names.txt'));
  const bundles = BUNDLES.filter(({ entry }) => existsSync(join(root, entry)));
  await Promise.all(bundles.map((bundle) => write(bundle, version, development)));
  for (const { file } of bundles) {
    console.log(`dist/${file.padEnd(12)} ${(statSync(join(dist, file)).size / 1000).toFixed(1)} kB`);
  }
}

async function write(
  { entry, file, options }: (typeof BUNDLES)[number],
  version: string,
  development: boolean,
) {
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: join(dist, file),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22.19',
    // jsonc-parser's main is a UMD module, whose inner requires no bundler can follow.
    mainFields: ['module', 'main'],
    minify: !development,
    sourcemap: development ? 'linked' : false,
    legalComments: 'none',
    define: { __VERSION__: JSON.stringify(version), 'import.meta.dirname': '__dirname' },
    logLevel: 'warning',
    ...options,
  });
}
