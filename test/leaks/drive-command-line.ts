import { spawn } from 'node:child_process';
import { CLI } from '../cli/run-cli.ts';
import type { Dependency } from './packages.ts';

type Arguments = readonly string[];
type Environment = Readonly<Record<string, string>>;

/** Returns every command that may send requests about a folder's dependencies, and those that never do. */
export function commandsFor(
  folder: string,
  options: { readonly trust: boolean; readonly verified: readonly Dependency[] },
): readonly Arguments[] {
  const flag = options.trust ? ['--trust'] : [];
  return [
    ['outdated', folder, ...flag],
    ['check', folder, ...flag, '--advisories', 'bundled,database,registry,osv'],
    ['audit', folder, ...flag],
    ['watch', '--once', folder, ...flag],
    ...verifyCommands(folder, options),
    ...(options.trust ? [] : silentCommands(folder)),
  ];
}

/** Returns commands about packages that the user names. */
export function verifyCommands(
  folder: string,
  { trust, verified }: { readonly trust: boolean; readonly verified: readonly Dependency[] },
): readonly Arguments[] {
  return verified.map(({ name }) => ['verify', name, folder, ...(trust ? ['--trust'] : [])]);
}

/** Returns commands without secrets: `names` reads standard input, and `db update` sends no names. */
function silentCommands(folder: string): readonly Arguments[] {
  return [
    ...[
      ['privacy', folder],
      ['graph', folder],
      ['graph', folder, '--format', 'svg'],
      ['sbom', folder, '--vex'],
      ['why', 'left-pad', folder],
      ['diff', folder],
    ],
    ...[['names'], ['db', 'status'], ['db', 'update']],
  ];
}

/** Runs commands one after the other and returns their output. */
export async function runCommands(
  commands: readonly Arguments[],
  options: { readonly cwd: string; readonly env: Environment },
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
