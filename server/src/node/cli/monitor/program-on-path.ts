import { findProgram } from '../../git/git-program.ts';

/** Returns what to start for a typed program. Only Windows has to be told which file of that name. */
export async function programOnPath(typed: string): Promise<string> {
  const { env: environment, platform } = process;
  if (platform !== 'win32' || /[\\/]|\.\w+$/.test(typed)) return typed;
  const names = [`${typed}.exe`, `${typed}.cmd`];
  return (await findProgram(names, { environment, platform, untrusted: [] })) ?? typed;
}
