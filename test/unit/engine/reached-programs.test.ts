import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { REACH_TOOLS } from '../../../server/src/core/judge/changes/reach/reach-tools.ts';
import { readManifest } from '../../../server/src/core/read/manifest/read-manifest.ts';
import { joinUri, type Uri } from '../../../server/src/core/read/text/paths/uri.ts';
import { reachedPrograms } from '../../../server/src/engine/base/reached-programs.ts';
import type { ReadResult } from '../../../server/src/engine/ports.ts';

const ROOT = 'file:///shop';

async function reached(postinstall: string, read: (path: string) => string | undefined) {
  const uri = joinUri(ROOT, 'package.json');
  const manifest = readManifest(uri, JSON.stringify({ scripts: { postinstall } }));
  const asked: Uri[] = [];
  const found = await reachedPrograms({
    projects: [{ root: ROOT, manifests: [manifest], configuration: [], runner: undefined }],
    folders: new Set([ROOT]),
    tools: REACH_TOOLS,
    list: async () => undefined,
    async read(of): Promise<ReadResult> {
      asked.push(of);
      const text = read(of.slice(ROOT.length + 1));
      return text === undefined ? { type: 'missing' } : { type: 'text', text };
    },
  });
  return { found, asked };
}

describe('what is followed is bounded', () => {
  test('in the number of files, and says so', async () => {
    const next = (path: string) => `require('./${Number(/\d+/.exec(path)?.[0] ?? 0) + 1}.js')`;
    const { found, asked } = await reached('node 0.js', next);
    assert.ok(asked.length < 12_000);
    assert.ok(found.has(joinUri(ROOT, '9000.js')));
    assert.equal(found.cutAt, joinUri(ROOT, 'package.json'));
  });

  test('in their size', async () => {
    const text = `require('./a.js');require('./b.js');//${' '.repeat(25_000_000)}`;
    const { found } = await reached('node 0.js', (path) => (path.endsWith('.js') ? text : undefined));
    assert.ok(!found.has(joinUri(ROOT, 'b.js')));
    assert.notEqual(found.cutAt, undefined);
  });

  test('in the paths that are tried', async () => {
    const text = Array.from({ length: 2000 }, (_, at) => `require('./lib/${at}')`).join('\n');
    const { asked } = await reached('node 0.js', (path) =>
      /^\d+\.js$/.test(path) ? `${text};require('./${Number(path.split('.')[0]) + 1}.js')` : undefined,
    );
    assert.ok(asked.length <= 60_000);
  });

  test('to the folder that is checked', async () => {
    const { found, asked } = await reached('node 0.js && node ../out.js', () => "require('../../etc/x.js')");
    assert.ok(
      asked.every((uri) => uri.startsWith(`${ROOT}/`)),
      asked.join(', '),
    );
    assert.equal(found.cutAt, undefined);
  });
});
