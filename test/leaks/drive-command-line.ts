import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startAssistant } from '../cli/mcp-client.ts';
import { CLI } from '../cli/run-cli.ts';
import { HOOK } from './cast.ts';
import type { Dependency } from './packages.ts';

type Arguments = readonly string[];
type Environment = Readonly<Record<string, string>>;

export interface CommandOptions {
  readonly trust: boolean;
  readonly verified: readonly Dependency[];
  /** The user's folder for what is written and given: outside of the repository. */
  readonly own: string;
  /** Whether commands that ask nothing others do not ask are left out. */
  readonly isShort: boolean;
}

/** Returns every command that may send requests about a folder's dependencies, and those that never do. */
export function commandsFor(folder: string, options: CommandOptions): readonly Arguments[] {
  const { trust, own, isShort } = options;
  const flag = trust ? ['--trust'] : [];
  const short: readonly Arguments[] = [
    ['outdated', folder, ...flag],
    ['check', folder, ...flag, '--deep', '--installed', '--advisories', 'bundled,database,registry,osv'],
    ['diff', folder, ...flag],
    ['scripts', folder, ...flag, ...(trust ? ['--tarballs'] : [])],
    ['maintainers', folder, ...flag],
    ...typedCommands(folder, options),
  ];
  if (isShort) return short;
  return [
    ['audit', folder, ...flag],
    ['audit', 'fix', folder, ...flag, '--dry-run', '--force'],
    ...(trust ? [['audit', 'signatures', folder, ...flag]] : []),
    ['check', folder, ...flag, '--base', 'HEAD', '--policy', path.join(own, 'policy.json')],
    ['report', folder, ...flag, '--output', path.join(own, 'report.html')],
    ['baseline', 'write', folder, ...flag, '--output', path.join(own, 'baseline.json')],
    ['watch', '--once', folder, ...flag],
    ...short,
    ...(trust ? [] : silentCommands(folder, own)),
  ];
}

/** Returns all that `--offline` keeps from sending, whatever is trusted. */
export function offlineCommands(folder: string, options: CommandOptions): readonly Arguments[] {
  const all = commandsFor(folder, { ...options, trust: true, isShort: false });
  return all.map((args) => [...args, '--offline']);
}

/** Returns commands about packages that the user names. */
export function typedCommands(
  folder: string,
  { trust, verified }: Pick<CommandOptions, 'trust' | 'verified'>,
): readonly Arguments[] {
  const flag = trust ? ['--trust'] : [];
  return verified.flatMap(({ name }, place) => [
    ['verify', name, folder, ...flag],
    ...(place > 1 ? [] : [['inspect', `${name}@1.1.0`, folder, '--against', '1.0.0', ...flag]]),
  ]);
}

/** Returns commands that send nothing but `db update`, which sends no names. */
function silentCommands(folder: string, own: string): readonly Arguments[] {
  return [
    ['privacy', folder],
    ['graph', folder],
    ['graph', folder, '--format', 'svg'],
    ['sbom', folder, '--vex'],
    ['why', 'left-pad', folder],
    ['unused', folder],
    ['init', folder],
    ['policy', 'show', folder],
    ['policy', 'lint', folder],
    ['ignores', 'import', folder],
    ['explain', 'typosquat-name'],
    ['inventory', folder, '--out', path.join(own, 'inventory')],
    ['incident', 'left-pad@*', folder, '--history'],
    ['inspect', 'left-pad', folder, '--offline'],
    ['inspect', path.join(folder, 'docs')],
    ['monitor', '--', process.execPath, '-e', '0'],
    ['guard', '--offline', '--dry-run', '--', 'npm', 'install', 'left-pad'],
    ...[['names'], ['db', 'status'], ['db', 'update']],
  ];
}

/** Runs `watch` with a state and a policy in the repository until there is news, which is sent to the user's webhook. */
export async function watchTwice(
  folder: string,
  { own, cwd, env }: Pick<CommandOptions, 'own'> & RunOptions,
): Promise<readonly string[]> {
  const state = path.join(folder, 'watch-state.json');
  const notify = path.join(own, 'notify.json');
  writeFileSync(notify, JSON.stringify({ webhook: `${HOOK}/secret-of-user` }));
  const args = ['watch', '--once', folder, '--trust', '--transitive', '--state', state];
  const first = await run([...args, '--policy', path.join(own, 'policy.json')], cwd, env);
  // As a repository may plant it: with other maintainers, so that those of the registry are new.
  if (existsSync(state)) writeFileSync(state, readFileSync(state, 'utf8').replaceAll('ana', 'bob'));
  const second = await run([...args, '--json', '--notify', notify], cwd, env);
  rmSync(state, { force: true });
  return [first, second];
}

/** Asks with the tools of coding assistants, over the command `mcp`. */
export async function askAsAssistant(
  folder: string,
  flags: readonly ('--trust' | '--online')[],
  { verified, env }: Pick<CommandOptions, 'verified'> & Pick<RunOptions, 'env'>,
): Promise<readonly string[]> {
  const assistant = await startAssistant([folder, ...flags], env);
  const said: string[] = [];
  const call = async (tool: string, given: Readonly<Record<string, unknown>>) =>
    said.push((await assistant.call(tool, given)).text);
  for (const { name } of verified) await call('verify_package', { package: name, directory: folder });
  await call('check_names', { names: verified.map(({ name }) => name), directory: folder });
  await call('check_project', { directory: folder });
  await assistant.close();
  return said;
}

interface RunOptions {
  readonly cwd: string;
  readonly env: Environment;
}

/** Runs commands one after the other and returns their output. */
export async function runCommands(
  commands: readonly Arguments[],
  options: RunOptions,
): Promise<readonly string[]> {
  const said: string[] = [];
  for (const args of commands) said.push(await run(args, options.cwd, options.env));
  return said;
}

function run(args: Arguments, cwd: string, env: Environment): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], { cwd, env, stdio: 'pipe' });
    let said = `${args.join(' ')}\n`;
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stdin.end('left-pad\n');
    child.on('error', reject);
    child.on('close', () => resolve(said));
  });
}
