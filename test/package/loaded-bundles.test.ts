import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

const DIST = join(import.meta.dirname, '../../dist');
const textOf = (file: string) => readFileSync(join(DIST, file), 'utf8');

describe('what starts does not load what it seldom needs', () => {
  /** Words that stand in each package's own code, whatever a bundler does to it. */
  const UNDICI = 'undici:request:body';
  const SERVER = 'textDocument/publishDiagnostics';

  test('the words tell the packages apart', () => {
    assert.ok(textOf('undici-http.js').includes(UNDICI));
    assert.ok(textOf('server-main.js').includes(SERVER));
  });

  test('the server holds no undici, but finds it beside itself', () => {
    assert.ok(!textOf('server-main.js').includes(UNDICI));
    assert.match(textOf('server-main.js'), /require\(["']\.\/undici-http\.js["']\)/);
  });

  test('the command line holds neither undici nor the language server', () => {
    assert.ok(!textOf('cli-main.js').includes(UNDICI));
    assert.ok(!textOf('cli-main.js').includes(SERVER));
  });
});
