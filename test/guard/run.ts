import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type InstalledManager, installManager, MANAGERS } from '../attacks/managers.ts';
import { INSTALLS, type Install } from './installs.ts';
import { ADVISORIES, PACKAGES, PRIVATE } from './packages.ts';
import { fetchedTarballs, startWorld, type World } from './world.ts';

/**
 * Runs every install of the table with the built `dephygiene guard`, and as `npq-hero` where npq can run, with real package
 * managers and registries on loopback: `node test/guard/run.ts [part of a command line]`. A planted package must be stopped
 * before its tarball is fetched for installing. A clean install must leave what it leaves without guard. Without an argument
 * it writes the page of the table.
 */
const ROOT = resolve(import.meta.dirname, '../..');
const PAGE = join(ROOT, 'server/docs/guard-table.md');
const NPQ = join(ROOT, 'node_modules/.cache/guard-npq');
const WANTED = ['npm 11', 'pnpm 10', 'Yarn 4', 'Bun 1'];

/** What npq asks hosts outside of loopback for, which the machine of the table cannot reach. */
const NPQ_WITHOUT = {
  MARSHALL_DISABLE_SNYK: '1',
  MARSHALL_DISABLE_REPO: '1',
  MARSHALL_DISABLE_MAINTAINERS_EXPIRED_EMAILS: '1',
  MARSHALL_DISABLE_DEPRECATION: '1',
};

/** As on a terminal where nobody answers: warnings alone do not stop it for longer than 15 s. */
const NPQ_LENIENT = { NPQ_ALLOW_NON_INTERACTIVE_INSTALL: 'true' };

interface Outcome {
  readonly stopped: boolean;
  /** The subject of the finding on the planted package, or why it was not judged. */
  readonly said: string;
  /** What is wrong with this outcome; undefined if nothing is. */
  readonly miss: string | undefined;
}

const installed = WANTED.flatMap((id) => installManager(MANAGERS.find((one) => one.id === id)!) ?? []);
const npq = installNpq();
const world = await startWorld({
  ...{ packages: PACKAGES, hidden: PRIVATE, advisories: ADVISORIES },
  managers: { ...programsOf(installed), ...(npq === undefined ? {} : { 'npq-hero': npq.command }) },
});
const part = process.argv[2];
const rows: string[] = [];
const misses: string[] = [];
const counts = { guard: 0, strict: 0, lenient: 0, npq: 0 };
for (const [at, install] of INSTALLS.entries()) {
  if (part !== undefined && !install.line.includes(part)) continue;
  const guarded = await runGuarded(install, world);
  const strict = npq === undefined ? undefined : await runNpq(install, world, {});
  const lenient = strict === undefined ? undefined : await runNpq(install, world, NPQ_LENIENT);
  const isPlanted = install.planted !== undefined;
  if (guarded.miss !== undefined) misses.push(`${install.line}: ${guarded.miss}`);
  else counts.guard++;
  if (strict !== undefined) counts.npq++;
  if (strict?.stopped === isPlanted) counts.strict++;
  if (lenient?.stopped === isPlanted) counts.lenient++;
  const want = install.planted === undefined ? 'runs' : `stops at \`${install.planted}\``;
  const did = `${guarded.stopped ? 'stops' : 'runs'}${guarded.said === '' ? '' : `: ${guarded.said}`}`;
  const beside = [strict, lenient].map((each) =>
    each === undefined ? 'not run' : each.stopped ? 'stops' : 'runs',
  );
  const place = install.at === undefined ? '' : ` in \`${install.at}\``;
  rows.push(
    `| ${at + 1} | ${install.kind} | \`${install.line}\`${place} | ${want} | ${did} | ${beside.join(' | ')} |`,
  );
  console.log(rows.at(-1));
}
await world.close();
if (part === undefined) writeFileSync(PAGE, page());
for (const miss of misses) console.log(`MISSED ${miss}`);
console.log(
  `${counts.guard} of ${rows.length} right; npq ${counts.strict} or ${counts.lenient} of ${counts.npq}`,
);
process.exitCode = misses.length === 0 ? 0 : 1;

async function prepared(install: Install): Promise<string> {
  const folder = world.project(
    withRegistry({ 'package.json': { name: 'shop', version: '1.0.0', private: true }, ...install.files }),
  );
  for (const line of install.before ?? []) {
    const { code, error } = await world.run(line.split(' '), folder);
    if (code !== 0) throw new Error(`${line}: ${error}`);
  }
  for (const [path, content] of Object.entries(install.after ?? {}))
    writeFileSync(join(folder, path), `${JSON.stringify(content, undefined, 2)}\n`);
  return folder;
}

/** Replaces the word for the open registry, whose port is not known to the table. */
function withRegistry(
  files: Readonly<Record<string, string | object>>,
): Readonly<Record<string, string | object>> {
  const entries = Object.entries(files);
  return Object.fromEntries(
    entries.map(([path, text]) => [
      path,
      typeof text === 'string' ? text.replace('OPEN', world.open.url) : text,
    ]),
  );
}

async function runGuarded(install: Install, { open, hidden, guard, run }: World): Promise<Outcome> {
  const { planted, line, at = '' } = install;
  const words = line.split(' ');
  const folder = await prepared(install);
  const before = stateOf(folder);
  open.forget();
  hidden.forget();
  const { code, out, error } = await guard(['--format', 'json', '--', ...words], join(folder, at));
  const report = JSON.parse(out) as {
    readonly verdict: string;
    readonly runs: boolean;
    readonly reason: string | null;
    readonly notJudged: readonly object[];
    readonly findings: readonly {
      readonly package: string;
      readonly subject: string;
      readonly stops: boolean;
    }[];
  };
  const fetched = [...fetchedTarballs(open), ...fetchedTarballs(hidden)];
  const stopped = !report.runs;
  if (planted === undefined) {
    const plain = await prepared(install);
    const ended = await run(words, join(plain, at));
    const isSame = stateOf(folder) === stateOf(plain) && ended.code === code;
    const miss = stopped
      ? `stopped: ${out}${error}`
      : isSame
        ? undefined
        : 'leaves something else than without guard';
    return { stopped, said: '', miss };
  }
  const name = planted.replace(/(?<=.)@.*$/, '');
  const found = report.findings.filter((finding) => finding.stops && finding.package === name);
  const said =
    found.length > 0 ? [...new Set(found.map(({ subject }) => subject))].join(', ') : report.verdict;
  // Yarn hashes archives for its lockfile, in the copy.
  const isFetched = words[0] !== 'yarn' && fetched.includes(planted);
  const isTouched = stateOf(folder) !== before;
  const isNamed = found.length > 0 || `${report.reason} ${JSON.stringify(report.notJudged)}`.includes(name);
  const miss =
    !stopped || code === 0
      ? 'ran'
      : isFetched
        ? 'fetched the tarball'
        : isTouched
          ? 'changed the project'
          : isNamed
            ? undefined
            : `stopped for another reason: ${out}`;
  return { stopped, said, miss };
}

/** Runs it as npq-hero does, which passes the command on once it is judged; undefined if npq does not know the program. */
async function runNpq(
  install: Install,
  { run }: World,
  more: Readonly<Record<string, string>>,
): Promise<Outcome | undefined> {
  const [program = '', ...args] = install.line.split(' ');
  if (program === 'npx' || program === 'bun') return undefined;
  const folder = await prepared(install);
  const before = stateOf(folder);
  const env = { ...NPQ_WITHOUT, ...more, NPQ_PKG_MGR: program };
  const { code } = await run(['npq-hero', ...args], join(folder, install.at ?? ''), env);
  return { stopped: code !== 0 && stateOf(folder) === before, said: '', miss: undefined };
}

/** Returns a hash of all files in the project and its user's global folders, without times and caches. */
function stateOf(folder: string): string {
  const hash = createHash('sha256');
  const home = join(folder, '../home');
  const places = [folder, join(home, 'global'), join(home, 'pnpm'), join(home, 'bun')];
  for (const place of places) {
    const files = existsSync(place) ? globSync('**', { cwd: place, withFileTypes: false }) : [];
    for (const file of files.sort()) {
      const path = join(place, file);
      const isState =
        /(?:^|[/\\])(?:\.yarn-state\.yml|\.modules\.yaml|\.pnpm-workspace-state[^/]*|lock\.yaml|install-state\.gz)$/.test(
          file,
        );
      if (isState || file.startsWith('store') || !existsSync(path) || !statSync(path).isFile()) continue;
      hash.update(`${file}\n`).update(readFileSync(path).toString().replaceAll(folder, ''));
    }
  }
  return hash.digest('hex');
}

function installNpq(): { readonly version: string; readonly command: readonly string[] } | undefined {
  const home = join(NPQ, 'node_modules/npq');
  if (!existsSync(join(home, 'package.json'))) {
    mkdirSync(NPQ, { recursive: true });
    writeFileSync(join(NPQ, 'package.json'), '{ "private": true }\n');
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', 'npq@3'];
    spawnSync('npm', args, { cwd: NPQ, stdio: 'ignore', shell: process.platform === 'win32' });
  }
  if (!existsSync(join(home, 'package.json'))) return undefined;
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  return { version, command: [process.execPath, join(home, 'bin/npq-hero.js')] };
}

/** Returns the programs of installed managers, for `startWorld`. */
function programsOf(installed: readonly InstalledManager[]): Readonly<Record<string, readonly string[]>> {
  const programs: Record<string, readonly string[]> = {};
  for (const { family, command } of installed) {
    const [program, script] = command;
    if (family === 'npm') {
      programs.npm = command;
      programs.npx = [program, script!.replace('npm-cli.js', 'npx-cli.js')];
    } else if (family === 'pnpm') programs.pnpm = command;
    else if (family === 'bun') {
      programs.bun = command;
      programs.bunx = [...command, 'x'];
    } else programs.yarn = command;
  }
  return programs;
}

function page(): string {
  const versions = installed.map(({ id, version }) => `${id.split(' ')[0]} ${version}`).join(', ');
  return `# Forty installs

Written by \`test/guard/run.ts\` with ${versions} and ${npq === undefined ? 'no npq' : `npq ${npq.version}`}.
One registry on loopback stands for the public one, another is private and needs a token. Nobody answers, so a tool that would ask
refuses.

**guard** is right in ${counts.guard} of ${rows.length}. A planted package counts as stopped if

- the finding or the reason names it,
- nothing in the project and the user's global folders changed, and
- the registry's log has no request for its tarball. Yarn fetches archives to hash them, in the copy.

A clean install counts if it leaves the same files and exit code as without guard.

**npq** runs as \`npq-hero\`, without its checks that ask hosts beyond the registry: known vulnerabilities, repositories,
maintainers' domains, deprecations. The first column is without a terminal, where it refuses at any warning: right in
${counts.strict} of the ${counts.npq} that it can run. The second lets warnings pass, as on a terminal after 15 s: right in ${counts.lenient}. It judges
the packages that are named, and not their dependencies. It warns of every clean package here, as none has an attestation.

| | Kind | Command | Expected | guard | npq | npq, warnings pass |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}
