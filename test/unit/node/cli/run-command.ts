import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Command } from '../../../../server/src/node/cli/command.ts';
import { WrongUse } from '../../../../server/src/node/cli/exit-code.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

const made: string[] = [];

/** Creates a new folder for files by path, removed when the process ends. */
export function makeFolder(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dephygiene-')));
  if (made.push(folder) === 1)
    process.on('exit', () => {
      for (const each of made) rmSync(each, { recursive: true, force: true });
    });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Isolates all commands of this process from the configuration and the cache of the user who runs the tests. */
export function withoutUser(): void {
  const home = makeFolder({});
  for (const name of Object.keys(process.env)) if (/^npm_config_/i.test(name)) delete process.env[name];
  Object.assign(process.env, { HOME: home, USERPROFILE: home, XDG_CACHE_HOME: join(home, 'cache') });
}

/** Runs a command in this process, as the program would. */
export function runCommand(command: Command, ...args: readonly string[]): Promise<Ran> {
  return runWithKeys(command, undefined, ...args);
}

/** Does the same on a terminal on which these keys are pressed in turn. */
export async function runWithKeys(
  command: Command,
  keys: string | undefined,
  ...args: readonly string[]
): Promise<Ran> {
  const typed = [...(keys ?? '')];
  let out = '';
  let error = '';
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    error: (text: string) => {
      error += text;
    },
    columns: 80,
    colour: false,
    commands() {},
    progress: { report() {}, end() {} },
    ...(keys === undefined ? {} : { key: async () => typed.shift() ?? '\u0003' }),
  };
  try {
    const code = await command.run(args, terminal);
    return { code, out, error };
  } catch (failure) {
    if (!(failure instanceof WrongUse)) throw failure;
    return { code: 2, out, error: `${error}dephygiene: ${failure.message}\n` };
  }
}
