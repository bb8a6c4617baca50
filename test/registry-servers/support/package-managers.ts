import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { NpmEnded } from './npm.ts';

/** Package managers from this folder's packages, in addition to the machine's npm. */
export type Client = 'npm' | 'pnpm' | 'yarn-classic' | 'yarn-berry';

const MODULES = join(import.meta.dirname, '../node_modules');

const PROGRAMS: Readonly<Record<Client, readonly string[]>> = {
  npm: ['npm'],
  pnpm: [process.execPath, join(MODULES, 'pnpm/bin/pnpm.cjs')],
  'yarn-classic': [process.execPath, join(MODULES, 'yarn/bin/yarn.js')],
  'yarn-berry': [process.execPath, join(MODULES, '@yarnpkg/cli-dist/bin/yarn.js')],
};

/** Runs a command line such as `pnpm update min` with the real client to its end, in the environment of a `Home`. */
export function runClient(
  client: Client,
  command: string,
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<NpmEnded> {
  const [program = '', ...first] = PROGRAMS[client];
  const args = [...first, ...command.split(' ').slice(1)];
  return new Promise((resolve) => {
    const shell = process.platform === 'win32' && client === 'npm';
    const child = spawn(program, args, { cwd, env, shell });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Returns environment variables and files that make each client use this registry and no other. */
export function askingOnly(registryUrl: string): {
  readonly env: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
} {
  return {
    env: {
      CI: '',
      COREPACK_ENABLE_AUTO_PIN: '0',
      YARN_REGISTRY: registryUrl,
      YARN_NPM_REGISTRY_SERVER: registryUrl,
      YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
      YARN_ENABLE_TELEMETRY: '0',
      YARN_ENABLE_GLOBAL_CACHE: 'false',
    },
    files: { '.npmrc': `registry=${registryUrl}\n` },
  };
}
