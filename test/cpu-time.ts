import assert from 'node:assert/strict';

/** Returns the processor time of this process in milliseconds, which a busy machine does not lengthen. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Below this, in milliseconds, most of a time is noise. */
const LITTLE_MS = 20;
const ATTEMPTS = 3;

/**
 * Asserts that eight times the size takes less than 24 times the processor time, where quadratic work takes 64 times.
 * One good attempt is enough: the compiler and the garbage collector lengthen one attempt, quadratic work all of them.
 * @param timeOf does the work at a size, and returns its time in milliseconds
 */
export async function assertLinear(few: number, timeOf: (size: number) => Promise<number>): Promise<void> {
  await timeOf(few / 2);
  const seen: string[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const [little, much] = [await timeOf(few), await timeOf(8 * few)];
    if (much < 24 * Math.max(little, LITTLE_MS)) return;
    seen.push(`${little.toFixed(0)} ms of ${few} and ${much.toFixed(0)} ms of ${8 * few}`);
  }
  assert.fail(seen.join('; '));
}
