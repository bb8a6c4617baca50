import { createTwoFilesPatch } from 'diff';

/** Returns the unified diff of two states of a file, as git prints it; `before` is undefined for a new file. */
export function unifiedDiff(path: string, before: string | undefined, after: string): string {
  const from = before === undefined ? '/dev/null' : `a/${path}`;
  // The line of signs is that of another format.
  return createTwoFilesPatch(from, `b/${path}`, before ?? '', after).replace(/^=+\n/, '');
}
