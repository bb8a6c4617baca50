import { spawn } from 'node:child_process';
import { CLI } from '../../cli/run-cli.ts';

export interface Verified {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs the built `dephygiene verify`, asynchronously, as its registry may be in this process. */
export function runVerify(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<Verified> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, 'verify', ...args], { ...options, stdio: 'pipe' });
    let [out, error] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, error }));
  });
}
