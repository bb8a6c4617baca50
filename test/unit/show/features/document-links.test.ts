import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readLockfile } from '../../../../server/src/core/read/lockfile/detect.ts';
import type { Lockfile } from '../../../../server/src/core/read/lockfile/model/lockfile.ts';
import {
  browserUrl,
  documentLinks,
  documentLinkTarget,
  MOST_LINKS,
} from '../../../../server/src/core/show/features/document-links.ts';
import { openFixture } from './manager-fixtures.ts';

const read = (packages: object): Lockfile =>
  readLockfile('file:///lock', JSON.stringify({ lockfileVersion: 3, packages }), 'package-lock');

describe('links of lockfile entries', () => {
  test('lead to the address as it is written', async () => {
    for (const manager of ['npm', 'yarn-classic', 'yarn-berry', 'pnpm', 'bun'] as const) {
      const { file, lockfile } = await openFixture(manager);
      const model = file(lockfile) as Lockfile;
      const links = documentLinks(model);
      const foreign = links.find(({ tooltip }) => tooltip.includes('evil'));
      assert.equal(foreign?.tooltip, 'tslib-2.6.3.tgz from downloads.evil.example.test', manager);
      assert.match(model.text.slice(foreign.span.start, foreign.span.end), /downloads\.evil\.example\.test/);
      assert.equal(
        documentLinkTarget(model, foreign.span.start),
        'https://downloads.evil.example.test/tslib/-/tslib-2.6.3.tgz',
      );
    }
  });

  test('a place without a link has no target', () => {
    const lockfile = read({
      'node_modules/a': { version: '1.0.0', resolved: 'https://a.example.test/a.tgz' },
    });
    const [link] = documentLinks(lockfile);
    assert.equal(documentLinkTarget(lockfile, link!.span.start), 'https://a.example.test/a.tgz');
    assert.equal(documentLinkTarget(lockfile, link!.span.start + 1), undefined);
    assert.equal(documentLinkTarget(lockfile, 1e9), undefined);
  });

  test('there is an end to them', () => {
    const packages = Object.fromEntries(
      Array.from({ length: MOST_LINKS + 5 }, (_, at) => [
        `node_modules/p${at}`,
        { version: '1.0.0', resolved: 'https://a.example.test/a.tgz' },
      ]),
    );
    assert.equal(documentLinks(read(packages)).length, MOST_LINKS);
  });

  for (const [written, address] of [
    ['https://a.example.test/a/-/a-1.0.0.tgz', 'https://a.example.test/a/-/a-1.0.0.tgz'],
    ['http://a.example.test:8080/a.tgz?x=1', 'http://a.example.test:8080/a.tgz?x=1'],
    ['https://a.example.test/a.tgz#0123456789', 'https://a.example.test/a.tgz'],
    ['git+https://a.example.test/o/r.git#0123456', 'https://a.example.test/o/r.git'],
    ['git+ssh://git@a.example.test/o/r.git#0123456', undefined],
    ['git+file:///home/a', undefined],
    ['file:../a.tgz', undefined],
    ['javascript:alert(1)', undefined],
    ['command:workbench.action.quit', undefined],
    ['vscode://a/b', undefined],
    ['https://user:secret@a.example.test/a.tgz', undefined],
    ['https://a.example.test@b.example.test/a.tgz', undefined],
    ['https:\\\\a.example.test\\a.tgz', undefined],
    ['https://a.example.test/a b', undefined],
    ['https://a.example.test/a\u202e', undefined],
    ['https:///a.example.test/a', undefined],
    ['../packages/a', undefined],
    ['', undefined],
  ] as const) {
    test(`${JSON.stringify(written)} ${address === undefined ? 'is no link' : 'is one'}`, () => {
      assert.equal(browserUrl(written), address);
    });
  }
});
