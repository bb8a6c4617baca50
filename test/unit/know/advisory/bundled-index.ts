import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AdvisoryIndex } from '../../../../server/src/core/know/advisory/advisory-index.ts';
import { openIndex } from '../../../../server/src/core/know/advisory/open-index.ts';

export function bundledIndex(): AdvisoryIndex {
  const bytes = readFileSync(join(import.meta.dirname, '../../../../server/data/advisories.bin'));
  const opened = openIndex(bytes, 'bundled');
  if ('problem' in opened) throw new Error(opened.problem);
  return opened.index;
}
