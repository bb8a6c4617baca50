import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { RULES } from '../../server/src/core/judge/rules/index.ts';

const DIST = join(import.meta.dirname, '../../dist');
const textOf = (file: string) => readFileSync(join(DIST, file), 'utf8');

describe('what starts does not load what it seldom needs', () => {
  /** Words in each package's own code that survive bundling. */
  const UNDICI = 'undici:request:body';
  const SERVER = 'textDocument/publishDiagnostics';
  const YAML = 'BLOCK_AS_IMPLICIT_KEY';
  const TOML = 'Unterminated inline table';
  const SIGSTORE = '1.3.6.1.4.1.57264.1.12';
  const ZIP = 'End of central directory record signature not found';
  const FOLLOWS = 'targetDefaults';
  const STARTED = 'names such as _0x1a2b';
  const VERIFY = 'does not prove that the code is safe';

  test('the words tell the packages apart', () => {
    assert.ok(textOf('undici-http.js').includes(UNDICI));
    assert.ok(textOf('server-main.js').includes(SERVER));
    assert.ok(textOf('config-readers.js').includes(YAML));
    assert.ok(textOf('config-readers.js').includes(TOML));
    assert.ok(textOf('sigstore.js').includes(SIGSTORE));
    assert.ok(textOf('reached-programs.js').includes(FOLLOWS));
    assert.ok(textOf('started-files.js').includes(STARTED));
    assert.ok(textOf('verify.js').includes(VERIFY));
    assert.ok(textOf('database.js').includes(ZIP));
  });

  for (const program of ['server-main.js', 'cli-main.js']) {
    test(`${program} holds no parser of YAML and TOML, but finds them beside itself`, () => {
      assert.ok(!textOf(program).includes(YAML));
      assert.ok(!textOf(program).includes(TOML));
      assert.match(textOf(program), /require\(["']\.\/config-readers\.js["']\)/);
    });
  }

  for (const program of ['server-main.js', 'cli-main.js']) {
    test(`${program} holds nothing that follows what an install loads, but finds it beside itself`, () => {
      assert.ok(!textOf(program).includes(FOLLOWS));
      assert.match(textOf(program), /require\(["']\.\/reached-programs\.js["']\)/);
    });
    test(`${program} holds nothing that reads the code of install scripts, but finds it beside itself`, () => {
      assert.ok(!textOf(program).includes(STARTED));
      assert.match(textOf(program), /require\(["']\.\/started-files\.js["']\)/);
    });
  }

  for (const program of ['server-main.js', 'cli-main.js']) {
    test(`${program} holds neither Sigstore's libraries nor the card of verify, but finds them beside itself`, () => {
      for (const words of [SIGSTORE, VERIFY]) assert.ok(!textOf(program).includes(words));
      assert.match(textOf(program), /require\(["']\.\/sigstore\.js["']\)/);
      assert.match(textOf(program), /require\(["']\.\/verify\.js["']\)/);
    });
  }

  for (const program of ['server-main.js', 'cli-main.js', 'database-worker.js']) {
    test(`${program} holds no reader of zips, but finds what builds databases beside itself`, () => {
      assert.ok(!textOf(program).includes(ZIP));
      const besides =
        program === 'server-main.js' ? /database-worker\.js/ : /require\(["']\.\/database\.js["']\)/;
      assert.match(textOf(program), besides);
    });
  }

  test('the server holds no undici, but finds it beside itself', () => {
    assert.ok(!textOf('server-main.js').includes(UNDICI));
    assert.match(textOf('server-main.js'), /require\(["']\.\/undici-http\.js["']\)/);
  });

  test('the command line holds neither undici nor the language server', () => {
    assert.ok(!textOf('cli-main.js').includes(UNDICI));
    assert.ok(!textOf('cli-main.js').includes(SERVER));
  });

  test('a check without a network loads no cryptography, compression or threads of Node.js', () => {
    const project = mkdtempSync(join(tmpdir(), 'loaded-'));
    try {
      writeFileSync(join(project, 'package.json'), '{ "dependencies": { "lodash": "^4.17.0" } }\n');
      const list = join(project, 'list.cjs');
      const loaded = 'process.moduleLoadList.filter((name) => name.startsWith("NativeModule ")).join("\\n")';
      writeFileSync(list, `process.on('exit', () => process.stderr.write(${loaded}));\n`);
      const args = ['--require', list, join(DIST, 'cli.js'), 'check', project, '--offline'];
      const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      const modules = stderr.split('\n').map((line) => line.replace('NativeModule ', ''));
      assert.ok(modules.includes('fs/promises'), 'the list tells what is loaded');
      const seldom = ['crypto', 'zlib', 'worker_threads', 'http', 'child_process'];
      assert.deepEqual(
        seldom.filter((name) => modules.includes(name)),
        [],
      );
    } finally {
      rmSync(project, { recursive: true });
    }
  });

  test('what starts holds every rule without its documentation, which explain finds beside itself', () => {
    const explained = textOf('explained-rule.js');
    for (const program of ['server-main.js', 'cli-main.js']) {
      for (const { id, docs } of RULES) {
        assert.ok(textOf(program).includes(`"${id}"`), id);
        assert.ok(!textOf(program).includes(docs.summary), id);
        assert.ok(explained.includes(docs.summary), id);
      }
    }
    assert.match(textOf('cli-main.js'), /require\(["']\.\/explained-rule\.js["']\)/);
  });
});
