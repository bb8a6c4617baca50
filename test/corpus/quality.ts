/**
 * Counts the findings of the command line in the real projects of the corpus, and writes the tables of
 * server/docs/quality.md:
 *
 *     npm run quality -- --before <cli.js of another build>
 *
 * Each project is checked as it is, and, if the corpus contains it more than once, also compared with its earlier
 * state, as in a pull request. `--list` prints each error and warning that only the newer build reports. `--sample 60
 * --seed 1` prints that many errors of the newer build instead, to be judged by hand.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeBetweenMarks } from '../../server/tools/bench/page.ts';
import { randomFrom } from '../fuzz/random.ts';
import { CORPUS_MIRRORS, honestChanges, projectFiles, readCorpus } from './corpus.ts';

const PAGE = join(import.meta.dirname, '../../server/docs/quality.md');
const ADVISORY_RULES = new Set(['vulnerable-dependency', 'malicious-version']);
const ENOUGH_OUTPUT = 2 ** 28;

interface Reported {
  readonly rule: string;
  readonly severity: string;
  readonly path: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
}

const { values } = parseArgs({
  options: {
    before: { type: 'string' },
    list: { type: 'boolean', default: false },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
const now = join(import.meta.dirname, '../../dist/cli.js');
const builds = [values.before ?? now, now];

/** The errors of the newer build in the unchanged projects, one per line. */
const errors: string[] = [];
const folder = mkdtempSync(join(tmpdir(), 'quality-'));
try {
  const config = join(folder, 'config.json');
  writeFileSync(config, JSON.stringify({ mirrors: CORPUS_MIRRORS }));
  const alone = readCorpus()
    .toSorted((a, b) => (a.folder < b.folder ? -1 : 1))
    .map((row) => {
      const project = join(folder, row.folder);
      writeFiles(project, projectFiles(row));
      return rowOf(row.folder, project, config);
    });
  if (values.sample === undefined) writeTables(alone, config);
  else printSample(Number(values.sample));
} finally {
  rmSync(folder, { recursive: true });
}

function printSample(count: number): void {
  const random = randomFrom(Number(values.seed));
  for (let left = count; left > 0 && errors.length > 0; left--)
    console.log(errors.splice(random.below(errors.length), 1)[0]);
}

function writeTables(alone: readonly (readonly string[])[], config: string): void {
  const changes = honestChanges().map(([before, after]) => {
    const project = join(folder, `${before.folder}-${after.folder}`);
    writeFiles(project, projectFiles(before));
    commit(project);
    for (const name of readdirSync(project))
      if (name !== '.git') rmSync(join(project, name), { recursive: true });
    writeFiles(project, projectFiles(after));
    return rowOf(`${before.folder} → ${after.folder}`, project, config);
  });
  const text = `${tableOf('Project', alone)}\n\n${tableOf('Change', changes)}`;
  if (values.before === undefined) console.log(text);
  else writeBetweenMarks(PAGE, text, 'npm run quality');
}

function writeFiles(project: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
}

function commit(project: string): void {
  const identity = [
    '-c',
    'user.name=corpus',
    '-c',
    'user.email=corpus@example.test',
    '-c',
    'commit.gpgSign=false',
  ];
  for (const args of [
    ['init', '-q'],
    ['add', '-Af'],
    [...identity, 'commit', '-qm', 'Before'],
  ])
    execFileSync('git', args, { cwd: project });
}

/**
 * Returns errors and warnings of both builds: those about known vulnerabilities, which depend on the data,
 * and the others.
 */
function rowOf(name: string, project: string, config: string): readonly string[] {
  const [before, after] = builds.map((cli) => findingsIn(cli, project, config));
  const known = new Set(before!.map(identityOf));
  for (const finding of after!) {
    const { severity, rule, path, range, message } = finding;
    if (severity === 'error') errors.push(`${name}/${path}:${range.start.line + 1} ${rule}: ${message}`);
    if (values.list && !isOfAdvisories(finding) && !known.has(identityOf(finding)))
      console.log(`${name}: ${finding.severity} ${finding.rule} ${finding.path}: ${finding.message}`);
  }
  const cells = ['error', 'warning'].flatMap((severity) =>
    [false, true].map((ofAdvisories) =>
      [before!, after!]
        .map(
          (all) =>
            all.filter((one) => one.severity === severity && isOfAdvisories(one) === ofAdvisories).length,
        )
        .join(' → '),
    ),
  );
  return [name, ...cells, builds.map((cli) => linesOf(cli, project, config)).join(' → ')];
}

/** Returns the length of the text report as printed for people. */
function linesOf(cli: string, project: string, config: string): number {
  const args = [cli, 'check', project, '--offline', '--config', config];
  return (
    spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: ENOUGH_OUTPUT }).stdout.split('\n')
      .length - 1
  );
}

function findingsIn(cli: string, project: string, config: string): readonly Reported[] {
  const args = [cli, 'check', project, '--format', 'json', '--offline', '--config', config];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: ENOUGH_OUTPUT });
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Reported[] };
  return findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
}

function isOfAdvisories({ rule }: Reported): boolean {
  return ADVISORY_RULES.has(rule);
}

function identityOf({ rule, severity, path, range }: Reported): string {
  return JSON.stringify([rule, severity, path, range]);
}

function tableOf(first: string, rows: readonly (readonly string[])[]): string {
  const headings = [first, 'Errors', 'of advisories', 'Warnings', 'of advisories', 'Lines'];
  const lines = [headings, ['---', ...headings.slice(1).map(() => '--:')], ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
