import { systemFailure } from '../files/file-problem.ts';

const LONGEST = 200;

/** Returns the reason for the gap that an unexpected error in one repository is, as a clause. */
export function whyNotSearched(error: unknown): string {
  const said = systemFailure(error) ?? (error instanceof Error ? error.message : String(error));
  const [line = ''] = said.split('\n', 1);
  return `it was not searched, because of an error: ${line.replace(/\.$/, '').slice(0, LONGEST)}`;
}
