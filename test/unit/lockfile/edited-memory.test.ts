import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { editedLockfile } from '../../../server/src/core/lockfile/edited-lockfile.ts';
import type { Lockfile } from '../../../server/src/core/lockfile/lockfile.ts';
import { changeOf } from '../../../server/src/core/text/text-change.ts';
import { printLock, readLock } from './npm-lock.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const EDITS = 40;

/** All that rules ask of entries, which is cut out of the text. */
function ask({ entries, status }: Lockfile): void {
  assert.equal(status, 'checked');
  for (const { key, name, version, resolved, integrity, source } of entries) {
    assert.ok(key && name && version?.value && resolved?.value && integrity?.value && source);
  }
}

test('a lockfile that is edited at many places keeps none of the texts that it had in between', async () => {
  const packages: Record<string, object> = { '': { name: 'shop' } };
  for (let number = 0; number < 4000; number++) {
    packages[`node_modules/a-package-with-a-name-${number}`] = {
      version: `${number}.0.0-a-long-version`,
      resolved: `https://registry.example.test/a-package-with-a-name-${number}/-/a-${number}.tgz`,
      integrity: `sha512-${String(number).padStart(86, 'A')}==`,
    };
  }
  let lockfile = readLock(printLock(packages));
  ask(lockfile);
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let edit = 0; edit < EDITS; edit++) {
    const { text } = lockfile;
    const at = text.indexOf('registry.example', Math.floor((text.length * edit) / (EDITS + 1)));
    const next = `${text.slice(0, at)}x.${text.slice(at)}`;
    const edited = editedLockfile(lockfile, next, changeOf({ start: at, end: at }, 'x.'));
    assert.ok(edited);
    ask(edited);
    lockfile = edited;
    // What a weak reference was made to lives until the end of the turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  collect();
  const grown = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  assert.ok(lockfile.text.length > 900_000);
  assert.ok(grown < 8, `${grown.toFixed(1)} MiB more, of ${EDITS} texts of a megabyte`);
});
