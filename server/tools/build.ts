/**
 * Builds dist/: the client, the server and the command line as bundles, and the data that they read.
 *
 *     node server/tools/build.ts [--development] [--out <folder>]
 *
 * With --development the bundles keep their names and have source maps. --out writes to another folder than dist.
 */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type InputOptions, type OutputOptions, rolldown } from 'rolldown';
import { chunkName, chunksOf } from './build/chunks.ts';
import { rulesAsData } from './build/rules-as-data.ts';
import { rulesWithoutDocs } from './build/rules-without-docs.ts';
import { withoutAjv } from './build/without-ajv.ts';
import { withoutXml } from './build/without-xml.ts';
import { writeNpmDefaults } from './npm-defaults.ts';

const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: { development: { type: 'boolean', default: false }, out: { type: 'string' } },
});
const dist = values.out === undefined ? join(root, 'dist') : resolve(values.out);

const source = (path: string) => join(root, 'server/src', path);
const SERVER = source('node/main.ts');
const COMMAND_LINE = source('node/cli/main.ts');

interface Bundle {
  /** Entry modules by the name of their file in dist. */
  readonly input: Readonly<Record<string, string>>;
  readonly options?: InputOptions;
  readonly output?: OutputOptions;
}

/**
 * Each is divided into chunks on its own. The launchers come first in a process, so that they share nothing; any Node
 * parses that of the command line, which is left as it is written.
 */
const BUNDLES: readonly Bundle[] = [
  {
    input: {
      'server-main': SERVER,
      'cli-main': COMMAND_LINE,
      'database-worker': source('node/database/worker.ts'),
    },
    options: { plugins: [rulesWithoutDocs, withoutAjv, withoutXml], external: /\/explained-rule\.ts$/ },
    output: {
      codeSplitting: chunksOf(SERVER, [COMMAND_LINE, source('node/cli/check.ts')]),
      paths: (id) => (id.endsWith('explained-rule.ts') ? './explained-rule.js' : id),
    },
  },
  {
    input: { 'explained-rule': source('core/show/report/explain/explained-rule.ts') },
    options: { plugins: [rulesAsData] },
  },
  { input: { client: join(root, 'client/src/desktop.ts') }, options: { external: ['vscode'] } },
  {
    input: { 'client-web': join(root, 'client/src/web.ts') },
    options: { external: ['vscode'], platform: 'browser' },
    // The web extension host loads one file, and looks at the type of the package alone, not at that of dist.
    output: { entryFileNames: '[name].cjs', codeSplitting: false },
  },
  // A worker loads one file.
  {
    input: { 'server-web': source('web/main.ts') },
    options: { plugins: [withoutXml], platform: 'browser' },
    output: { format: 'iife', codeSplitting: false },
  },
  { input: { server: source('node/launcher.ts') } },
  { input: { 'compile-cache': source('node/compile-cache.ts') } },
  { input: { 'used-code': source('node/cli/used-code.ts') } },
  { input: { 'monitor-observe': source('node/monitor/observe.ts') } },
  {
    input: { 'monitor-preload': source('node/monitor/preload.ts') },
    options: { external: ['./monitor-observe.js'] },
    output: { minify: false },
  },
  {
    input: { cli: source('node/cli/launcher.ts') },
    options: { external: ['./compile-cache.js', './used-code.js', './cli-main.js'] },
    output: { banner: '#!/usr/bin/env node', minify: false },
  },
];

await main(values.development);

/** Creates all bundles before writing, so that a failed build keeps the last one. */
async function main(development: boolean): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  writeNpmDefaults(join(root, 'server/generated/npm-defaults.ts'));
  const made = await Promise.all(BUNDLES.map((bundle) => filesOf(bundle, version, development)));
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
  for (const name of ['popular-names.txt', 'advisories.bin']) {
    copyFileSync(join(root, 'server/data', name), join(dist, name));
  }
  for (const { name, contents } of made.flat()) {
    writeFileSync(join(dist, name), contents);
    if (!/\.c?js$/.test(name)) continue;
    const shown = relative(root, join(dist, name));
    console.log(`${shown.padEnd(26)} ${(contents.length / 1000).toFixed(1)} kB`);
  }
  chmodSync(join(dist, 'cli.js'), 0o755);
}

async function filesOf({ input, options, output }: Bundle, version: string, development: boolean) {
  const bundle = await rolldown({
    cwd: root,
    input: { ...input },
    platform: 'node',
    tsconfig: false,
    // jsonc-parser's main is a UMD module, whose inner requires no bundler can follow.
    resolve: { mainFields: ['module', 'main'] },
    transform: {
      target: 'node22.19',
      define: { __VERSION__: JSON.stringify(version), 'import.meta.dirname': '__dirname' },
    },
    ...options,
  });
  const { output: files } = await bundle.generate({
    dir: dist,
    format: 'cjs',
    minify: !development,
    sourcemap: development,
    comments: false,
    // Functions read what their module declares without checking each time whether it is there yet.
    topLevelVar: true,
    dynamicImportInCjs: false,
    entryFileNames: '[name].js',
    chunkFileNames: chunkName,
    ...output,
  });
  await bundle.close();
  return files.map((file) => ({
    name: file.fileName,
    contents:
      file.type !== 'chunk' ? file.source : file.fileName === 'core.js' ? asAscii(file.code) : file.code,
  }));
}

/** Escapes other characters than those of ASCII, with which V8 would keep two bytes for each character of the program. */
function asAscii(code: string): string {
  return code.replace(/(\\*)([^\0-\x7f])/g, (_, slashes: string, character: string) => {
    const before = slashes.length % 2 === 0 ? slashes : slashes.slice(1);
    return `${before}\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
