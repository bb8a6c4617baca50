import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scanPackage } from '../../server/src/core/know/capabilities/scan-package.ts';
import { parseTyped } from '../../server/src/core/read/source/typed-source.ts';
import { addText, isWanted, newCode } from '../../server/src/engine/inspect/package-code.ts';
import { readLabelledPackages } from './labelled-packages.ts';

/** The packages whose verdict is not that of their label. */
const WRONG = { missed: [] as string[], falseAlarms: [] as string[] };

test('the verdicts on the labelled packages are those of their labels, but for the known ones', () => {
  const found: typeof WRONG = { missed: [], falseAlarms: [] };
  for (const { name, label, files } of readLabelledPackages()) {
    const code = newCode();
    for (const [path, text] of files) if (isWanted(path)) addText(code, path, text);
    const { isSuspicious, gaps } = scanPackage(code, parseTyped);
    assert.deepEqual(gaps, [], name);
    if (label === 'attack' && !isSuspicious) found.missed.push(name);
    if (label === 'honest' && isSuspicious) found.falseAlarms.push(name);
  }
  assert.deepEqual(found, WRONG);
});
