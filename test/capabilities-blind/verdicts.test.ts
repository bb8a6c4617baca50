import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { scanPackage } from '../../server/src/core/know/capabilities/scan-package.ts';
import { parseTyped } from '../../server/src/core/read/source/typed-source.ts';
import { readFolder } from '../../server/src/engine/inspect/read-folder.ts';
import { createDiskFiles, uriOfPath } from '../../server/src/node/disk-files.ts';

/** Sets written apart from the detector, and the packages whose verdict is not that of their label. */
const SETS = {
  'capabilities-blind': { size: 40, attacks: [] as string[], honest: [] as string[] },
  'capabilities-third': { size: 30, attacks: [] as string[], honest: [] as string[] },
  'capabilities-fourth': { size: 40, attacks: [] as string[], honest: [] as string[] },
  'capabilities-fifth': { size: 40, attacks: [] as string[], honest: [] as string[] },
  'capabilities-sixth': { size: 40, attacks: [] as string[], honest: [] as string[] },
  'capabilities-seventh': { size: 40, attacks: [] as string[], honest: [] as string[] },
};

for (const [set, known] of Object.entries(SETS)) {
  for (const label of ['attacks', 'honest'] as const) {
    test(`the verdicts on ${label} of ${set} are those of their label, but for the known ones`, async () => {
      const folder = path.join(import.meta.dirname, '..', set, 'packages', label);
      const names = readdirSync(folder).sort();
      assert.equal(names.length, known.size);
      const wrong: string[] = [];
      for (const name of names) {
        const { isSuspicious, gaps } = await scan(path.join(folder, name));
        assert.deepEqual(gaps, [], name);
        if (isSuspicious !== (label === 'attacks')) wrong.push(name);
      }
      assert.deepEqual(wrong, known[label]);
    });
  }
}

async function scan(folder: string) {
  const uri = uriOfPath(folder);
  const code = await readFolder(
    createDiskFiles(() => [uri]),
    uri,
  );
  return scanPackage(code!, parseTyped);
}
