/** Reports write years with four digits. */
const FIRST = Date.parse('0001-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:59Z');

/** Returns the time of a commit in milliseconds. Who makes a commit can state any time, also one that no date has. */
export function timeOfGit(seconds: number): number {
  return Math.min(Math.max(seconds * 1000, FIRST), LAST);
}
