import { spawn } from 'node:child_process';
import path from 'node:path';
import { CLI } from '../cli/run-cli.ts';
import type { Repository } from './hostile-repository.ts';
import type { Dependency } from './packages.ts';

type Environment = Readonly<Record<string, string>>;

/** Every command that may ask somebody. `names` reads from its standard input, and `db update` has nothing to give away. */
export async function runCommands(
  repository: Repository,
  folder: string,
  options: { readonly env: Environment; readonly trust: boolean; readonly verified: readonly Dependency[] },
): Promise<readonly string[]> {
  const { env, trust, verified } = options;
  const flag = trust ? ['--trust'] : [];
  const commands: (readonly string[])[] = [
    ['outdated', folder, ...flag],
    ['check', folder, ...flag, '--advisories', 'bundled,database,registry,osv'],
    ['audit', folder, ...flag],
    ['watch', '--once', folder, ...flag],
    ...verified.map(({ name }) => ['verify', name, folder, ...flag]),
  ];
  const quiet: (readonly string[])[] = [
    ['privacy', folder],
    ['graph', folder],
    ['why', verified[0]?.name ?? 'left-pad', folder],
    ['diff', folder],
    ['names'],
    ['db', 'status'],
    ['db', 'update'],
  ];
  const said: string[] = [];
  for (const args of [...commands, ...(trust ? [] : quiet)])
    said.push(await run(args, path.join(repository.folder), env));
  return said;
}

function run(args: readonly string[], cwd: string, env: Environment): Promise<string> {
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
