import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from '../../server/src/node/cli/check.ts';
import { type InstalledManager, installManager, runManager } from '../attacks/managers.ts';
import { runCommand, withoutUser } from '../unit/node/cli/run-command.ts';
import { DEFAULTS, type DefaultCase, type Exotic } from './default-cases.ts';
import { PACKAGES, startDefaultsRegistry } from './defaults-registry.ts';

/**
 * Proves with the real package managers what they install without settings, and that messages say so:
 * `node test/scripts/defaults.ts [prefix of a package manager]…`. Without a prefix, the page is written.
 */
const GATES: Readonly<Record<string, Files>> = {
  npm: { '.npmrc': 'min-release-age=3\n' },
  pnpm: { 'pnpm-workspace.yaml': 'minimumReleaseAge: 4320\n' },
  'yarn-berry': { '.yarnrc.yml': 'npmMinimalAgeGate: 3d\n' },
  bun: { 'bunfig.toml': '[install]\nminimumReleaseAge = 259200\n' },
};

/** Settings that let packages from elsewhere in. */
const LOOSE: Readonly<Record<string, Files>> = {
  npm: { '.npmrc': 'allow-git=all\nallow-remote=all\n' },
  pnpm: { 'pnpm-workspace.yaml': 'blockExoticSubdeps: false\n' },
  'yarn-berry': { '.yarnrc.yml': 'approvedGitRepositories: ["**"]\n' },
};

const FROZEN: Readonly<Record<string, readonly string[]>> = {
  npm: ['ci'],
  pnpm: ['install', '--frozen-lockfile'],
  'yarn-berry': ['install', '--immutable'],
};

const LOCKFILES = ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'];
const PAGE = join(import.meta.dirname, '../../server/docs/defaults-table.md');

type Files = Readonly<Record<string, string>>;
type Seen = Omit<DefaultCase, 'manager'> & { readonly version: string };

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'defaults-')));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
withoutUser();
const registry = await startDefaultsRegistry(folder);
const prefixes = process.argv.slice(2);
const lines: string[] = [];
let projects = 0;
let runs = 0;
let faults = 0;
for (const expected of DEFAULTS) {
  const { id } = expected.manager;
  if (prefixes.length > 0 && !prefixes.some((prefix) => id.startsWith(prefix))) continue;
  const manager = installManager(expected.manager);
  if (manager === undefined) {
    console.log(`${id}: not installed`);
    continue;
  }
  const { seen, wrong } = await prove(manager, expected);
  faults += wrong.length;
  console.log(id, JSON.stringify(seen), ...wrong);
  lines.push(lineOf(id, seen));
}
registry.close();
if (prefixes.length === 0 && faults === 0) writeFileSync(PAGE, pageOf(lines));
console.log(faults === 0 ? 'all as expected' : `${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;

async function prove(
  manager: InstalledManager,
  expected: DefaultCase,
): Promise<{ seen: Seen; wrong: string[] }> {
  const gate = expected.takesUndated === null ? undefined : GATES[manager.family];
  const young = await install(manager, PACKAGES.young);
  const url = await installExotic(manager, 'remote');
  const git = await installExotic(manager, 'git');
  const seen: Seen = {
    version: manager.version,
    takesYoung: young.lockfile.includes('1.1.0'),
    takesUndated: gate === undefined ? null : (await install(manager, PACKAGES.undated, gate)).code === 0,
    fromUrl: url.outcome,
    fromGit: git.outcome,
  };
  const wrong = (['takesYoung', 'takesUndated', 'fromUrl', 'fromGit'] as const)
    .filter((key) => seen[key] !== expected[key])
    .map((key) => `${key} is ${seen[key]}`);
  const policy = {
    'dependency-hygiene.json': '{"rules":{"release-age-gate-missing":["warning",{"days":3}]}}',
  };
  const aged = await install(manager, PACKAGES.young, policy);
  const [says = ''] = await messages(manager, aged.cwd, 'release-age-gate-missing');
  const isSaid =
    manager.family === 'yarn-classic'
      ? says === ''
      : says.includes(seen.takesYoung ? 'no cooldown' : 'a cooldown of 1 day');
  if (!isSaid) wrong.push(`the message is "${says}"`);
  for (const { outcome, says: found } of [url, git])
    if (!found.includes('bypasses the registry') || found.includes('refuses') !== (outcome === 'refused'))
      wrong.push(`the message is "${found}"`);
  return { seen, wrong };
}

/** Installs a package that pulls in one from elsewhere, then from a lockfile that has it. */
async function installExotic(
  manager: InstalledManager,
  kind: 'remote' | 'git',
): Promise<{ readonly outcome: Exotic; readonly says: string }> {
  const first = await install(manager, PACKAGES[kind]);
  let { cwd } = first;
  let outcome: Exotic = 'installed';
  if (first.code !== 0) {
    const loose = LOOSE[manager.family] ?? {};
    ({ cwd } = await install(manager, PACKAGES[kind], loose));
    rmSync(join(cwd, 'node_modules'), { recursive: true, force: true });
    write(cwd, filesOf(manager, PACKAGES[kind], {}));
    if (loose['pnpm-workspace.yaml'] !== undefined) rmSync(join(cwd, 'pnpm-workspace.yaml'));
    const locked = await runIn(manager, cwd, FROZEN[manager.family] ?? ['install']);
    outcome = locked === 0 ? 'refused if new' : 'refused';
  }
  const [says = ''] = await messages(manager, cwd, 'exotic-transitive-dependency');
  return { outcome, says };
}

async function install(manager: InstalledManager, name: string, files: Files = {}) {
  const cwd = join(folder, `project-${++projects}`);
  mkdirSync(cwd);
  write(cwd, {
    ...(manager.family === 'yarn-berry' ? { 'yarn.lock': '' } : {}),
    ...filesOf(manager, name, files),
  });
  const code = await runIn(manager, cwd, ['install']);
  const texts = LOCKFILES.map((file) => join(cwd, file)).filter(existsSync);
  return { cwd, code, lockfile: texts.map((file) => readFileSync(file, 'utf8')).join('') };
}

/** Returns the files of a project with one dependency; further ones are appended. */
function filesOf({ family }: InstalledManager, name: string, files: Files): Files {
  const manifest = { name: 'shop', version: '1.0.0', dependencies: { [name]: '^1.0.0' } };
  const all: Record<string, string> = {
    'package.json': `${JSON.stringify(manifest, undefined, 2)}\n`,
    '.npmrc': `registry=${registry.url}\n`,
  };
  if (family === 'yarn-berry')
    all['.yarnrc.yml'] = `nodeLinker: node-modules\nnpmRegistryServer: ${JSON.stringify(registry.url)}\n`;
  for (const [file, text] of Object.entries(files)) all[file] = (all[file] ?? '') + text;
  return all;
}

function write(cwd: string, files: Files): void {
  for (const [file, text] of Object.entries(files)) writeFileSync(join(cwd, file), text);
}

/** Runs a manager with a home and caches of its own, and returns its exit code. */
async function runIn(manager: InstalledManager, cwd: string, args: readonly string[]): Promise<number> {
  const { code, output } = await runManager(manager, args, { cwd, home: join(folder, `home-${++runs}`) });
  if (process.env.DEFAULTS_VERBOSE !== undefined) console.log(manager.id, args.join(' '), code, output);
  return code;
}

/** Returns the messages of a rule about the project of a package manager. */
async function messages(
  { family, version }: InstalledManager,
  cwd: string,
  rule: string,
): Promise<readonly string[]> {
  // During an install, pnpm would look for itself in the registry.
  const file = join(cwd, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as object;
  const packageManager = `${family.replace(/-.*/, '')}@${version}`;
  writeFileSync(file, JSON.stringify({ ...manifest, packageManager }));
  const { out } = await runCommand(check, cwd, '--format', 'json');
  const { findings } = JSON.parse(out) as { readonly findings: readonly { rule: string; message: string }[] };
  return findings.filter((one) => one.rule === rule).map(({ message }) => message);
}

function lineOf(id: string, { version, takesYoung, takesUndated, fromUrl, fromGit }: Seen): string {
  const undated = takesUndated === null ? '–' : takesUndated ? 'installed' : 'refused';
  const cells = [`${id} (${version})`, takesYoung ? 'installed' : 'an older one', undated, fromUrl, fromGit];
  return `| ${cells.join(' | ')} |`;
}

function pageOf(rows: readonly string[]): string {
  return `# Defaults of the real package managers

What each one installs without settings, made by \`node test/scripts/defaults.ts\`, which \`npm run test:long\` runs. It fails where a
message of \`dephygiene check\` says otherwise.

- **Young**: a version that was published an hour ago, where an older one fits.
- **Undated**: a version without a publication time, with a cooldown of 3 days. –: there is no such setting.
- **From a URL, from git**: a package that another one pulls in. *refused if new*: only an install without a lockfile fails.

| Package manager | Young | Undated | From a URL | From git |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}
