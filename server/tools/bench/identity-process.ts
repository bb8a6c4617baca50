/**
 * Judges one name in a new process and prints the processor time for parsing the list and for the verdict in
 * milliseconds: on a busy machine the clock says nothing.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeName } from '../../src/core/know/identity/confusable-with.ts';
import { parsePopularNames } from '../../src/core/know/identity/popular-names.ts';

const text = readFileSync(join(import.meta.dirname, '../../data/popular-names.txt'), 'utf8');
const start = spent();
const popular = parsePopularNames(text);
const read = spent();
judgeName('a-name-that-nobody-has', popular);
console.log(JSON.stringify({ read: read - start, first: spent() - read }));

function spent(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
