import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { editedLockfile } from '../../../../server/src/core/read/lockfile/faults/edited-lockfile.ts';
import type { Lockfile } from '../../../../server/src/core/read/lockfile/model/lockfile.ts';
import { changeOf } from '../../../../server/src/core/read/text/text-change.ts';
import { printLock, readLock } from './npm-lock.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const EDITS = 40;

/** Reads everything in entries that rules read and that is cut out of the text. */
function ask({ entries, status }: Lockfile, expected: Lockfile['status']): void {
  assert.equal(status, expected);
  for (const { key, name, version, resolved, integrity, source } of entries) {
    assert.ok(key && name && version?.value && resolved?.value && integrity?.value && source);
  }
}

/** Returns the memory growth of a lockfile of one megabyte after 40 edits, each at another place, in MB. */
async function grownBy(
  word: string,
  added: (edit: number) => string,
  status: Lockfile['status'],
): Promise<number> {
  const packages: Record<string, object> = { '': { name: 'shop' } };
  for (let number = 0; number < 4000; number++) {
    packages[`node_modules/a-package-with-a-name-${number}`] = {
      version: `${number}.0.0-a-long-version`,
      resolved: `https://registry.example.test/a-package-with-a-name-${number}/-/a-${number}.tgz`,
      integrity: `sha512-${String(number).padStart(86, 'A')}==`,
    };
  }
  let lockfile = readLock(printLock(packages));
  ask(lockfile, 'checked');
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let edit = 0; edit < EDITS; edit++) {
    const { text } = lockfile;
    const at = text.indexOf(word, Math.floor((text.length * edit) / (EDITS + 1)));
    const next = [text.slice(0, at), added(edit), text.slice(at)].join('');
    const edited = editedLockfile(lockfile, next, changeOf({ start: at, end: at }, added(edit)));
    assert.ok(edited);
    ask(edited, status);
    lockfile = edited;
    // The target of a weak reference stays alive until the end of the turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  collect();
  assert.ok(lockfile.text.length > 900_000);
  return (process.memoryUsage().heapUsed - before) / 2 ** 20;
}

test('a lockfile that is edited at many places keeps none of the texts that it had in between', async () => {
  const grown = await grownBy('registry.example', () => 'x.', 'checked');
  assert.ok(grown < 8, `${grown.toFixed(1)} MiB more, of ${EDITS} texts of a megabyte`);
});

test('nor does what is said of packages that are missing since', async () => {
  const added = (edit: number) => `"dependencies": { "a-package-that-is-missing-${edit}": "1" }, `;
  const grown = await grownBy('"resolved"', added, 'partial');
  assert.ok(grown < 8, `${grown.toFixed(1)} MiB more, of ${EDITS} texts of a megabyte`);
});
