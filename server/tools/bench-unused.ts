/**
 * Compares `unused` with knip and depcheck on projects whose findings were labelled by hand, and writes the table into
 * server/docs/unused.md:
 *
 *     node server/tools/bench-unused.ts <folder of checkouts> <folder with depcheck in node_modules> [--set blind] [--write]
 *
 * `bench/unused-<set>.json` names the projects with their commits. Each is a folder with its dependencies installed.
 * Every tool runs on its own, one after the other, on the root and the workspace members.
 *
 * Recall is the share of the true findings of all tools together. True labels that no tool reports are listed below the
 * table: whoever labels cannot find all of those.
 *
 * `--union <file>` writes what any of them reports, shuffled and without the name of the tool, and nothing else: labels
 * written from that list do not know who reported what.
 */
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { machine, writeBetweenMarks } from './bench/page.ts';

interface Labelled {
  readonly repository: string;
  readonly commit: string;
  readonly manifests: readonly string[];
  /** `<manifest> unused|missing <package>`, and the reason after a colon. */
  readonly true: readonly string[];
  readonly false: readonly string[];
}

interface Run {
  readonly found: ReadonlySet<string>;
  readonly seconds: number;
}

type Tool = (folder: string, manifests: readonly string[]) => Run;
type Tools = Readonly<Record<string, Tool>>;
type Projects = Readonly<Record<string, Labelled>>;

const ROOT = join(import.meta.dirname, '../..');
const PAGE = join(ROOT, 'server/docs/unused.md');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    set: { type: 'string', default: 'blind' },
    union: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const [checkouts, depcheckFolder] = positionals;
if (checkouts === undefined || depcheckFolder === undefined) {
  console.error(
    'bench-unused: give the folder of the checkouts and a folder with depcheck in its node_modules.',
  );
  process.exitCode = 2;
} else {
  const file = join(import.meta.dirname, `bench/unused-${values.set}.json`);
  const projects = JSON.parse(readFileSync(file, 'utf8')) as Projects;
  const tools = toolsOf(resolve(depcheckFolder));
  if (values.union === undefined) bench(projects, resolve(checkouts), tools);
  else writeFileSync(values.union, unionOf(projects, resolve(checkouts), tools));
}

function toolsOf(folder: string): Tools {
  const own = createRequire(import.meta.url);
  const knip = join(own.resolve('knip'), '../../bin/knip.js');
  const depcheck = join(folder, 'node_modules/depcheck/bin/depcheck.js');
  return {
    'dephygiene unused': runUnused,
    knip: (project, manifests) => runKnip(knip, project, manifests),
    depcheck: (project, manifests) => runDepcheck(depcheck, project, manifests),
  };
}

/** Shuffles within a project, and keeps projects together: whoever labels reads one project at a time. */
function unionOf(projects: Projects, folder: string, tools: Tools): string {
  return Object.entries(projects)
    .flatMap(([project, { manifests }]) => {
      const all = new Set(
        Object.values(tools).flatMap((tool) => [...tool(join(folder, project), manifests).found]),
      );
      const lines = [...all].map((key) => ({ key, place: randomInt(2 ** 40) }));
      return lines.sort((a, b) => a.place - b.place).map(({ key }) => `${project} ${key}\n`);
    })
    .join('');
}

function bench(projects: Projects, folder: string, tools: Tools): void {
  const runs = Object.entries(tools).map(([name, tool]) => ({
    name,
    ...runAll(name, tool, projects, folder),
  }));
  const labels = Object.entries(projects).flatMap(([project, each]) =>
    [...keysOf(each.true)].map((key) => `${project} ${key}`),
  );
  const reported = labels.filter((label) => runs.some(({ right }) => right.has(label)));
  const lines = ['| Tool | True | False | Precision | Recall | Time |', '|---|---|---|---|---|---|'];
  for (const { name, right, wrong, seconds } of runs) {
    const precision = percent(right.size / (right.size + wrong));
    const recall = percent(right.size / reported.length);
    lines.push(`| ${name} | ${right.size} | ${wrong} | ${precision} | ${recall} | ${seconds.toFixed(1)} s |`);
  }
  const others = labels.filter((label) => !reported.includes(label));
  lines.push('', `True findings of all tools: ${reported.length}.`);
  if (others.length > 0)
    lines[lines.length - 1] += ` Found by none: ${others.map((each) => `\`${each}\``).join(', ')}.`;
  console.log(lines.join('\n'));
  const command = `node server/tools/bench-unused.ts --set ${values.set}`;
  if (values.write) writeBetweenMarks(PAGE, `${machine()}\n\n${lines.join('\n')}`, command);
}

/** Runs one tool on all projects. Its true findings have the project before them. */
function runAll(name: string, tool: Tool, projects: Projects, folder: string) {
  const right = new Set<string>();
  let [wrong, seconds] = [0, 0];
  for (const [project, labels] of Object.entries(projects)) {
    const run = tool(join(folder, project), labels.manifests);
    const isTrue = keysOf(labels.true);
    const isFalse = keysOf(labels.false);
    const unlabelled = [...run.found].filter((key) => !isTrue.has(key) && !isFalse.has(key));
    if (unlabelled.length > 0)
      console.error(`${name}: not labelled in ${project}:\n  ${unlabelled.join('\n  ')}`);
    for (const key of run.found)
      if (isTrue.has(key)) right.add(`${project} ${key}`);
      else wrong++;
    seconds += run.seconds;
  }
  return { right, wrong, seconds };
}

function keysOf(labels: readonly string[]): ReadonlySet<string> {
  return new Set(labels.map((label) => label.split(': ', 1)[0]!));
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
