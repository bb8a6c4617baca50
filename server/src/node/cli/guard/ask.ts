import { createInterface } from 'node:readline/promises';
import type { Terminal } from '../terminal.ts';

/** Checks for somebody who can answer. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Asks a question that only "y" or "yes" confirms. The end of the input does not. */
export async function confirms(question: string, { error }: Pick<Terminal, 'error'>): Promise<boolean> {
  error(`${question} [y/N] `);
  const lines = createInterface({ input: process.stdin });
  try {
    const answer = await new Promise<string>((resolve) => {
      lines.once('line', resolve);
      lines.once('close', () => resolve(''));
    });
    return /^\s*y(?:es)?\s*$/i.test(answer);
  } finally {
    lines.close();
  }
}
