import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { scanPackage } from '../../server/src/core/know/capabilities/scan-package.ts';
import { parseTyped } from '../../server/src/core/read/source/typed-source.ts';
import { readFolder } from '../../server/src/engine/inspect/read-folder.ts';
import { createDiskFiles, uriOfPath } from '../../server/src/node/disk-files.ts';

const PACKAGES = path.join(import.meta.dirname, 'packages');

/** The packages whose verdict is not that of their label. */
const WRONG: Record<'attacks' | 'honest', readonly string[]> = { attacks: [], honest: [] };

for (const label of ['attacks', 'honest'] as const) {
  test(`the verdicts on 40 packages of ${label} are those of their label, but for the known ones`, async () => {
    const names = readdirSync(path.join(PACKAGES, label)).sort();
    assert.equal(names.length, 40);
    const wrong: string[] = [];
    for (const name of names) {
      const { isSuspicious, gaps } = await scan(path.join(PACKAGES, label, name));
      assert.deepEqual(gaps, [], name);
      if (isSuspicious !== (label === 'attacks')) wrong.push(name);
    }
    assert.deepEqual(wrong, WRONG[label]);
  });
}

async function scan(folder: string) {
  const uri = uriOfPath(folder);
  const code = await readFolder(
    createDiskFiles(() => [uri]),
    uri,
  );
  return scanPackage(code!, parseTyped);
}
