import { spawn } from 'node:child_process';

export interface NpmEnded {
  readonly code: number;
  /** Both streams, for messages. */
  readonly output: string;
}

/** Runs this machine's npm to its end, in the environment of a `Home`. */
export function npm(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<NpmEnded> {
  return new Promise((resolve) => {
    const child = spawn('npm', args, { cwd, env, shell: process.platform === 'win32' });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
