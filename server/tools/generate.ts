/**
 * Generates files from the rules: their pages, the settings and the schema of the configuration file; and the facts
 * from npm's own definitions, which are not committed. Moves texts of package.json into package.nls.json.
 *
 *     node server/tools/generate.ts [--check]
 *
 * With --check no committed file is written: the exit code says whether they are current.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RULES } from '../src/core/judge/rules/index.ts';
import { generatedFiles } from './generate/generated-files.ts';
import { writeNpmDefaults } from './npm-defaults.ts';

const root = join(import.meta.dirname, '../..');

if (import.meta.main) process.exitCode = generate(process.argv.includes('--check'));

/** Writes the files, or only compares them with `check`. Returns the exit code. */
export function generate(check: boolean): number {
  writeNpmDefaults(join(root, 'server/generated/npm-defaults.ts'));
  const files = generatedFiles(RULES, read('package.json') ?? '', read('package.nls.json') ?? '{}');
  const stale = files.filter(({ path, text }) => read(path) !== text);
  const left = leftOvers(new Set(files.map(({ path }) => path)));
  if (check) {
    const paths = [...stale.map(({ path }) => path), ...left];
    if (paths.length > 0) console.error(`Not current; run "npm run generate":\n  ${paths.join('\n  ')}`);
    return paths.length > 0 ? 1 : 0;
  }
  for (const { path, text } of stale) write(path, text);
  for (const path of left) rmSync(join(root, path));
  console.log(`generate: ${files.length} files, ${stale.length} written, ${left.length} removed`);
  return 0;
}

/** Returns pages of rules that no longer exist. */
function leftOvers(wanted: ReadonlySet<string>): readonly string[] {
  const directory = 'server/docs/rules';
  if (!existsSync(join(root, directory))) return [];
  return readdirSync(join(root, directory))
    .map((name) => `${directory}/${name}`)
    .filter((path) => !wanted.has(path));
}

function read(path: string): string | undefined {
  const full = join(root, path);
  return existsSync(full) ? readFileSync(full, 'utf8') : undefined;
}

function write(path: string, text: string): void {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
}
