import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { claimOfRow } from '../../server/src/core/know/incident/bad-versions.ts';
import { installedAs } from '../../server/src/core/read/lockfile/model/installed-as.ts';
import { lockfileFrom } from '../../server/src/node/incident/judge-lockfile.ts';
import { prepareTextScan } from '../../server/src/node/incident/text-scan.ts';

const CORPUS = join(import.meta.dirname, '../../../shared/corpus');
const FILES = globSync('*/{package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml,bun.lock}', {
  cwd: CORPUS,
});
/** The number of packages that are looked for in each lockfile. */
const SAMPLE = 30;

test('the bytes of real lockfiles show each of their packages', { skip: !existsSync(CORPUS) }, () => {
  let found = 0;
  let parsed = 0;
  for (const file of FILES) {
    const bytes = readFileSync(join(CORPUS, file));
    const entries = lockfileFrom(bytes, basename(file))?.entries ?? [];
    const step = Math.max(1, Math.floor(entries.length / SAMPLE));
    for (let at = 0; at < entries.length; at += step) {
      const installed = installedAs(entries[at]!);
      if (installed === undefined) continue;
      const { name, version } = installed;
      const claim = claimOfRow({
        ...{ name, versions: [version], ids: [] },
        ...{ reported: undefined, published: undefined, removed: undefined },
      });
      const scan = prepareTextScan({ label: '', claims: new Map([[name, [claim]]]), unread: [] })();
      assert.equal(scan.scan(bytes, false), 'some', `${name}@${version} in ${file}`);
      const own = scan.entries(bytes);
      assert.notEqual(own?.length, 0, `the entry of ${name}@${version} in ${file}`);
      if (own === undefined) parsed++;
      found++;
    }
  }
  assert.ok(found > 1_000, `${found}`);
  // Few are in texts that no tool writes so.
  assert.ok(parsed < found / 20, `${parsed} of ${found}`);
});
