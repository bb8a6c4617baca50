import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { RULES } from '../../server/src/core/judge/rules/index.ts';

const DIST = join(import.meta.dirname, '../../dist');
const textOf = (file: string) => readFileSync(join(DIST, file), 'utf8');

/** Returns the texts of a file and of all that loads together with it, without what an `import()` in them loads. */
function startOf(file: string): string {
  const files = new Set([file]);
  for (const name of files) {
    const text = textOf(name);
    for (const { groups } of text.matchAll(
      /(?<later>\)=>[\w.]*\(?)?require\([`"']\.\/(?<name>[\w-]+\.js)[`"']\)/g,
    )) {
      if (groups!.later === undefined) files.add(groups!.name!);
    }
  }
  return [...files].map(textOf).join('\n');
}

/** What the server starts with, and what every command starts with.. */
const STARTS = { server: startOf('server-main.js'), check: startOf('cli-main.js') };
const programs = Object.entries(STARTS);
const loadsLater = (name: string) => new RegExp(`\\)=>[\\w.]*\\(?require\\([\`"']\\./${name}\\.js[\`"']\\)`);

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
  const PAGE = 'prefers-color-scheme';
  const MCP = 'notifications/initialized';
  const OBSERVED = 'uncaughtExceptionMonitor';

  test('the words tell the packages apart', () => {
    assert.ok(textOf('undici.js').includes(UNDICI));
    assert.ok(textOf('server-main.js').includes(SERVER));
    assert.ok(STARTS.server.includes('typosquat-name') && STARTS.check.includes('typosquat-name'));
    assert.ok(textOf('config-readers.js').includes(YAML));
    assert.ok(textOf('config-readers.js').includes(TOML));
    assert.ok(textOf('sigstore.js').includes(SIGSTORE));
    assert.ok(textOf('reached-programs.js').includes(FOLLOWS));
    assert.ok(textOf('started-files.js').includes(STARTED));
    assert.ok(textOf('verify.js').includes(VERIFY));
    assert.ok(textOf('yauzl.js').includes(ZIP));
    assert.ok(globSync('*.js', { cwd: DIST }).some((file) => textOf(file).includes(PAGE)));
    assert.ok(textOf('cli-serve-assistant.js').includes(MCP));
    assert.ok(textOf('monitor-observe.js').includes(OBSERVED));
  });

  for (const [program, text] of programs) {
    test(`${program} holds no parser of YAML and TOML, but finds them beside itself`, () => {
      assert.ok(!text.includes(YAML));
      assert.ok(!text.includes(TOML));
      assert.match(text, loadsLater('config-readers'));
    });
  }

  for (const [program, text] of programs) {
    test(`${program} holds nothing that follows what an install loads, but finds it beside itself`, () => {
      assert.ok(!text.includes(FOLLOWS));
      assert.match(text, loadsLater('reached-programs'));
    });
    test(`${program} holds nothing that reads the code of install scripts, but finds it beside itself`, () => {
      assert.ok(!text.includes(STARTED));
      assert.match(text, loadsLater('started-files'));
    });
  }

  for (const [program, text] of programs) {
    test(`${program} holds neither Sigstore's libraries nor the card of verify, but finds them beside itself`, () => {
      for (const words of [SIGSTORE, VERIFY]) assert.ok(!text.includes(words));
      assert.match(text, loadsLater('sigstore'));
      assert.match(program === 'server' ? text : textOf('cli-verify.js'), loadsLater('verify'));
    });
  }

  for (const [program, text] of [
    ...programs,
    ['database-worker.js', startOf('database-worker.js')] as const,
  ]) {
    test(`${program} holds no reader of zips`, () => assert.ok(!text.includes(ZIP)));
  }

  test('what builds databases is found by the thread and the command', () => {
    assert.match(STARTS.server, /database-worker\.js/);
    assert.match(textOf('database-worker.js'), loadsLater('database'));
    assert.match(textOf('cli-db.js'), loadsLater('database'));
  });

  for (const [program, text] of programs) {
    test(`${program} holds no undici, but finds it beside itself`, () => {
      assert.ok(!text.includes(UNDICI));
      assert.match(text, loadsLater('undici-http'));
      assert.match(textOf('undici-http.js'), loadsLater('undici'));
    });
  }

  test('activation loads no language client', () => {
    assert.ok(!startOf('client.js').includes(SERVER));
    assert.match(textOf('client.js'), loadsLater('vscode-languageclient'));
    assert.ok(textOf('vscode-languageclient.js').includes(SERVER));
  });

  test('the command line holds no language server', () => {
    assert.ok(!STARTS.check.includes(SERVER));
  });

  test('nothing holds the page of report but its command', () => {
    for (const text of [...programs.map(([, each]) => each), startOf('command.js')])
      assert.ok(!text.includes(PAGE));
    assert.match(STARTS.check, loadsLater('cli-report'));
  });

  test('nothing holds the Model Context Protocol but what mcp loads, which generates no code', () => {
    for (const text of [...programs.map(([, each]) => each), startOf('cli-mcp.js')])
      assert.ok(!text.includes(MCP));
    assert.match(textOf('cli-mcp.js'), loadsLater('cli-serve-assistant'));
    assert.ok(!textOf('cli-serve-assistant.js').includes('new Function'));
  });

  test('nothing holds what monitor loads into programs, which is one file', () => {
    for (const text of [...programs.map(([, each]) => each), startOf('cli-monitor.js')])
      assert.ok(!text.includes(OBSERVED));
    assert.match(STARTS.check, loadsLater('cli-monitor'));
    assert.doesNotMatch(textOf('monitor-observe.js'), /require\([`"']\.\//);
  });

  test('a check without a network loads no cryptography, compression or threads of Node.js', () => {
    const project = mkdtempSync(join(tmpdir(), 'loaded-'));
    try {
      writeFileSync(join(project, 'package.json'), '{ "dependencies": { "lodash": "^4.17.0" } }\n');
      const list = join(project, 'list.cjs');
      const loaded = 'process.moduleLoadList.filter((name) => name.startsWith("NativeModule ")).join("\\n")';
      writeFileSync(list, `process.on('exit', () => process.stderr.write(${loaded}));\n`);
      const args = ['--require', list, join(DIST, 'cli.js'), 'check', project, '--offline'];
      const env = { ...process.env, XDG_CACHE_HOME: project, LOCALAPPDATA: project, CI: '' };
      const check = () => spawnSync(process.execPath, args, { encoding: 'utf8', env });
      // The first one writes the code that the second one loads.
      check();
      const { stderr } = check();
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
    for (const [, text] of programs) {
      for (const { id, docs } of RULES) {
        assert.ok(text.includes(id), id);
        assert.ok(!text.includes(docs.summary), id);
        assert.ok(explained.includes(docs.summary), id);
      }
    }
    assert.match(textOf('cli-explain.js'), loadsLater('explained-rule'));
  });
});
