/**
 * Compares `unused` with knip and depcheck on projects whose findings were labelled by hand, and writes the table into
 * server/docs/unused.md:
 *
 *     node server/tools/bench-unused.ts <folder of checkouts> <folder with depcheck in node_modules> [--write]
 *
 * `bench/unused-labels.json` names the projects with their commits. Each is a folder with its dependencies installed.
 * Every tool runs on its own, one after the other, on the root and the workspace members.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { machine, writeBetweenMarks } from './bench/page.ts';

interface Labelled {
  readonly repository: string;
  readonly commit: string;
  readonly manifests: readonly string[];
  /** `<manifest> unused|missing <package>`. */
  readonly true: readonly string[];
  readonly false: readonly string[];
}

interface Run {
  readonly found: ReadonlySet<string>;
  readonly seconds: number;
}

type Tool = (folder: string, manifests: readonly string[]) => Run;

const ROOT = join(import.meta.dirname, '../..');
const PAGE = join(ROOT, 'server/docs/unused.md');
const COMMAND = 'node server/tools/bench-unused.ts';
const LABELS = JSON.parse(
  readFileSync(join(import.meta.dirname, 'bench/unused-labels.json'), 'utf8'),
) as Readonly<Record<string, Labelled>>;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false } },
});
const [checkouts, tools] = positionals;
if (checkouts === undefined || tools === undefined) {
  console.error(
    'bench-unused: give the folder of the checkouts and a folder with depcheck in its node_modules.',
  );
  process.exitCode = 2;
} else {
  bench(resolve(checkouts), resolve(tools));
}

function bench(folder: string, depcheckFolder: string): void {
  const own = createRequire(import.meta.url);
  const knip = join(own.resolve('knip'), '../../bin/knip.js');
  const depcheck = join(depcheckFolder, 'node_modules/depcheck/bin/depcheck.js');
  const names: Readonly<Record<string, Tool>> = {
    'dephygiene unused': runUnused,
    knip: (project, manifests) => runKnip(knip, project, manifests),
    depcheck: (project, manifests) => runDepcheck(depcheck, project, manifests),
  };
  const lines = ['| Tool | True | False | Precision | Recall | Time |', '|---|---|---|---|---|---|'];
  for (const [name, tool] of Object.entries(names)) {
    let [right, wrong, all, seconds] = [0, 0, 0, 0];
    for (const [project, labels] of Object.entries(LABELS)) {
      const run = tool(join(folder, project), labels.manifests);
      const isTrue = new Set(labels.true);
      const unlabelled = [...run.found].filter((key) => !isTrue.has(key) && !labels.false.includes(key));
      if (unlabelled.length > 0)
        console.error(`${name}: not labelled in ${project}:\n  ${unlabelled.join('\n  ')}`);
      const found = [...run.found].filter((key) => isTrue.has(key)).length;
      right += found;
      wrong += run.found.size - found;
      all += labels.true.length;
      seconds += run.seconds;
    }
    const precision = percent(right / (right + wrong));
    lines.push(
      `| ${name} | ${right} | ${wrong} | ${precision} | ${percent(right / all)} | ${seconds.toFixed(1)} s |`,
    );
  }
  console.log(lines.join('\n'));
  if (values.write) writeBetweenMarks(PAGE, `${machine()}\n\n${lines.join('\n')}`, COMMAND);
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}

function start(program: string, args: readonly string[], cwd: string) {
  const begin = performance.now();
  const { stdout } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1_000_000_000,
  });
  return {
    json: JSON.parse(stdout.slice(Math.max(0, stdout.indexOf('{')))),
    seconds: (performance.now() - begin) / 1000,
  };
}

function runUnused(folder: string, manifests: readonly string[]): Run {
  const { json, seconds } = start(join(ROOT, 'dist/cli.js'), ['unused', folder, '--json'], folder);
  const findings = json.findings as readonly { path: string; kind: string; package: string }[];
  const found = findings
    .filter(({ path, kind }) => manifests.includes(path) && (kind === 'unused' || kind === 'missing'))
    .map(({ path, kind, package: name }) => `${path} ${kind} ${name}`);
  return { found: new Set(found), seconds };
}

function runKnip(program: string, folder: string, manifests: readonly string[]): Run {
  const args = ['--dependencies', '--reporter', 'json', '--no-progress', '--no-config-hints'];
  const { json, seconds } = start(program, args, folder);
  const found = new Set<string>();
  type Named = readonly { readonly name: string }[];
  for (const issue of json.issues as readonly ({ file: string } & Record<string, Named | undefined>)[]) {
    for (const { name } of [...(issue.dependencies ?? []), ...(issue.devDependencies ?? [])])
      found.add(`${issue.file} unused ${name}`);
    for (const { name } of issue.unlisted ?? [])
      found.add(`${nearest(issue.file, manifests)} missing ${name}`);
  }
  return { found: new Set([...found].filter((key) => manifests.includes(key.split(' ')[0]!))), seconds };
}

function nearest(file: string, manifests: readonly string[]): string {
  const folderOf = (manifest: string) => manifest.slice(0, -'package.json'.length);
  return manifests
    .filter((manifest) => file.startsWith(folderOf(manifest)))
    .reduce((a, b) => (a.length > b.length ? a : b));
}

function runDepcheck(program: string, folder: string, manifests: readonly string[]): Run {
  const found = new Set<string>();
  let total = 0;
  for (const manifest of manifests) {
    const { json, seconds } = start(program, [join(folder, manifest, '..'), '--json'], folder);
    total += seconds;
    for (const name of [...json.dependencies, ...json.devDependencies])
      found.add(`${manifest} unused ${name}`);
    for (const name of Object.keys(json.missing)) found.add(`${manifest} missing ${name}`);
  }
  return { found, seconds: total };
}
