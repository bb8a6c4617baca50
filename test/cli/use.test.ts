import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, test } from 'node:test';
import { RULES } from '../../server/src/core/judge/rules/index.ts';
import { CLI, makeProject, runCli, runProcess } from './run-cli.ts';

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));

/** Asserts wrong use: one line on standard error, nothing on standard output, exit code 2. */
function assertWrongUse(args: readonly string[], said: RegExp): void {
  const { code, out, error } = runCli(args);
  assert.equal(code, 2, `${args.join(' ')}: ${error}`);
  assert.equal(out, '');
  assert.match(error, said);
  assert.match(error, /^dephygiene: [^\n]+[.?]\n$/);
}

describe('help and version', () => {
  test('are on standard output, within 80 columns, and end with 0', () => {
    const words = [
      ...['check', 'baseline', 'baseline write', 'audit', 'audit fix', 'audit signatures', 'ignores'],
      ...[
        'ignores import',
        'db',
        'db status',
        'verify',
        'inspect',
        'guard',
        'monitor',
        'scripts',
        'unused',
        'sbom',
        'outdated',
        'watch',
        'why',
      ],
      ...[
        'diff',
        'incident',
        'inventory',
        'inventory query',
        'maintainers',
        'names',
        'privacy',
        'graph',
        'report',
        'init',
        'policy',
        'policy show',
        'explain',
        'mcp',
        'lsp',
      ],
    ];
    for (const args of [
      ['--help'],
      ['-h'],
      ['help'],
      ['explain', '-h'],
      ...words.map((command) => [...command.split(' '), '--help']),
    ]) {
      const { code, out, error } = runCli(args);
      assert.equal(code, 0);
      assert.equal(error, '');
      assert.match(out, /^Usage$/m);
      for (const line of out.split('\n')) assert.ok(line.length <= 80, line);
    }
    assert.deepEqual(runCli(['--version']), { code: 0, out: `${version}\n`, error: '' });
  });

  test('name every option of each command, and so does its documentation', () => {
    const docs = readFileSync(join(import.meta.dirname, '../../server/docs/command-line.md'), 'utf8');
    const usage = docs.split('```')[1]!.replaceAll(/\n +/g, ' ').split('\n');
    const folder = join(import.meta.dirname, '../../server/src/node/cli');
    let read = 0;
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    for (const name of files.filter((each) => each.endsWith('.ts'))) {
      const text = readFileSync(join(folder, name), 'utf8');
      for (const call of text.matchAll(
        /readArguments\('([a-z ]+)', [^;{]*?, (\{[^;]*?\}|FORMAT_OPTIONS)\);/g,
      )) {
        read++;
        const command = call[1]!;
        const help = runCli([...command.split(' '), '--help']).out;
        const isOther = (line: string) =>
          command === 'audit' && /^dephygiene audit (?:fix|signatures) /.test(line);
        const lines = usage.filter((line) => line.startsWith(`dephygiene ${command} `) && !isOther(line));
        const options = call[2]!.replace('FORMAT_OPTIONS', "{ format: 'string' }");
        for (const [, quoted, plain] of options.matchAll(
          /(?:'([a-z-]+)'|\b([a-z]+)): '(?:string|boolean)'/g,
        )) {
          const option = new RegExp(`--${quoted ?? plain}(?![a-z-])`);
          assert.match(help, option, `${command} --help`);
          assert.ok(
            lines.some((line) => option.test(line)),
            `command-line.md has no ${option.source} of ${command}`,
          );
        }
      }
    }
    assert.ok(read >= 24, `only ${read} commands were found`);
  });

  test('have a section and a row of exit codes for each command in the documentation', () => {
    const page = (name: string) => readFileSync(join(import.meta.dirname, '../../server/docs', name), 'utf8');
    const sections = [...page('command-line.md').matchAll(/^## (.+)$/gm)].flatMap(([, names]) =>
      names!.split(', '),
    );
    const rows = [...page('exit-codes.md').matchAll(/^\| (`.+?) \|/gm)].map(([, cell]) => cell!);
    const list = /^Commands\n([\s\S]*?)\n\n/m.exec(runCli(['--help']).out)![1]!;
    const commands = new Set([...list.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name!));
    assert.ok(commands.size > 20, [...commands].join());
    for (const name of commands) {
      assert.ok(sections.includes(name), `command-line.md has no section ${name}`);
      assert.ok(
        rows.some((row) => new RegExp(`\`${name}(?:\`| )`).test(row)),
        `exit-codes.md has no ${name}`,
      );
    }
  });

  test('of a command follow the word help as well', () => {
    for (const command of ['check', 'audit', 'audit fix']) {
      const words = command.split(' ');
      assert.deepEqual(runCli(['help', ...words]), runCli([...words, '--help']));
    }
    assertWrongUse(['help', 'chekc'], /unknown command chekc; did you mean "check"\?/);
  });

  test('of the command line name the commands of db', () => {
    const { out } = runCli(['--help']);
    for (const command of ['update', 'build', 'status'])
      assert.match(out, new RegExp(`^  db .*${command}`, 'm'));
  });
});

describe('advice', () => {
  test('names the subcommand that was meant, unless a folder has that name', () => {
    assertWrongUse(['audit', 'fxi'], /audit has no command fxi; run "dephygiene audit fix"/);
  });

  test('for a missing directory repeats the package', () => {
    assertWrongUse(['why', 'lodash', 'nowhere'], /run "dephygiene why lodash <dir>"/);
    assertWrongUse(['verify', 'lodash', 'nowhere'], /run "dephygiene verify lodash <dir>"/);
  });
});

describe('explain', () => {
  test('has a page for every rule, within 80 columns but for examples', () => {
    const { out } = runCli(['explain', '--help']);
    for (const { id } of RULES) assert.ok(out.includes(id));
    const page = runCli(['explain', 'typosquat-name']);
    assert.equal(page.code, 0);
    assert.match(page.out, /^typosquat-name \(warning by default, identity\)\n/);
    for (const line of page.out.split('\n')) assert.ok(line.length <= 80, line);
  });

  test('takes the id of one rule', () => {
    assertWrongUse(['explain'], /takes the id of one rule/);
    assertWrongUse(['explain', 'a', 'b'], /takes the id of one rule/);
    assertWrongUse(
      ['explain', 'typosquat-nam'],
      /unknown rule typosquat-nam; did you mean "typosquat-name"\?/,
    );
    assertWrongUse(['explain', 'typosquat'], /unknown rule typosquat; did you mean "typosquat-name"\?/);
    assertWrongUse(['explain', 'nonsense'], /"dephygiene explain --help" lists all rules/);
  });
});

describe('lsp', () => {
  test('runs the language server over standard input and output', async () => {
    const server = spawn(process.execPath, [CLI, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const send = (message: object) => {
      const text = JSON.stringify({ jsonrpc: '2.0', ...message });
      server.stdin.write(`Content-Length: ${text.length}\r\n\r\n${text}`);
    };
    let out = '';
    send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
    for await (const chunk of server.stdout) {
      out += chunk;
      if (out.includes('"id":2')) send({ method: 'exit' });
      else if (out.includes('"hoverProvider"')) send({ id: 2, method: 'shutdown' });
    }
    assert.match(out, /^Content-Length: \d+\r\n/);
    if (server.exitCode === null) await once(server, 'exit');
    assert.equal(server.exitCode, 0);
  });
});

describe('wrong use', () => {
  const project = makeProject({ 'package.json': {}, 'empty/readme.txt': '', 'binary.json': '\0' });

  test('of commands', () => {
    assertWrongUse([], /no command was given; run "dephygiene check"/);
    assertWrongUse(['chek'], /unknown command chek; did you mean "check"\?/);
    assertWrongUse(['--versio'], /unknown option --versio/);
    assertWrongUse(['lsp'], /run "dephygiene lsp --stdio"/);
    assertWrongUse(['toString'], /unknown command toString/);
  });

  test('of options', () => {
    assertWrongUse(['check', '--formt', 'json'], /no option --formt; did you mean --format\?/);
    assertWrongUse(['check', '-x'], /no option -x/);
    assertWrongUse(['check', '--format'], /--format needs a value/);
    assertWrongUse(['check', '--config', '--trust'], /--config needs a value/);
    assertWrongUse(['check', '--format', 'xml'], /cannot be "xml"; use one of text, json/);
    assertWrongUse(['check', '--severity', 'all'], /use one of error, warning, information, hint/);
    assertWrongUse(['check', '--fail-on', 'hint'], /use one of error, warning, information, never/);
    assertWrongUse(['check', '--offline=yes'], /--offline takes no value/);
  });

  test('of directories and files', () => {
    assertWrongUse(['check', project, project], /one directory, not 2/);
    assertWrongUse(['check', join(project, 'nowhere')], /no such directory/);
    assertWrongUse(['check', join(project, 'package.json')], /is a file; run "dephygiene check /);
    assertWrongUse(['check', join(project, 'empty')], /no package\.json was found in/);
    assertWrongUse(['check', project, '--config', join(project, 'none.json')], /does not exist/);
    assertWrongUse(
      ['check', project, '--config', project],
      / is a folder; give the path of a dependency-hygiene\.json/,
    );
    assertWrongUse(['check', project, '--config', join(project, 'binary.json')], /is not (?:UTF-8 )?text/);
  });
});

test('outdated compares nothing without a package.json, and does not pass', () => {
  const directory = makeProject({ 'package-lock.json': { lockfileVersion: 3, packages: {} } });
  const { code, out } = runCli(['outdated', directory, '--offline']);
  assert.deepEqual([code, out], [2, 'No package.json found, so nothing was compared.\n']);
});

test('outdated --offline advises --trust in its place', () => {
  const directory = makeProject({ 'package.json': { dependencies: { a: '1.0.0' } } });
  const { out, error } = runCli(['outdated', directory, '--offline']);
  assert.doesNotMatch(out + error, /not trusted|add --trust/);
  assert.match(error, /use --trust instead of --offline/);
});

test('a process says what the tests are told, and ends with the same code', () => {
  const directory = makeProject({ 'package.json': { name: 'shop', dependencies: { lodahs: '1.0.0' } } });
  const env = { FORCE_COLOR: '1', XDG_CACHE_HOME: join(directory, 'cache') };
  for (const args of [
    ['check'],
    ['check', '--format', 'json', '--fail-on', 'warning'],
    ['check', '--base', 'nowhere'],
    ['check', '--fail-on-unchecked'],
    ['why', 'lodahs', directory],
    ['names', 'lodahs'],
    ['frobnicate'],
    ['--help'],
  ]) {
    const options = { cwd: directory, env };
    assert.deepEqual(runCli(args, options), runProcess(args, options), args.join(' '));
  }
});

describe('Node', () => {
  const line = /^dephygiene: Node (\d+\.\d+\.\d+) is too old; run it with Node 22\.19 or later\.\n$/;

  test('that is too old gets one line and exit 2', () => {
    for (const [old, isOld] of [
      ['22.18.9', true],
      ['4.9.1', true],
      ['22.19.0', false],
      ['100.0.0', false],
    ] as const) {
      const preload = makeProject({
        'old.cjs': `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${old}' } });`,
      });
      const { code, out, error } = runProcess(['--version'], {
        nodeArgs: ['--require', join(preload, 'old.cjs')],
      });
      assert.equal(code, isOld ? 2 : 0, error);
      assert.equal(out, isOld ? '' : `${version}\n`);
      if (isOld) assert.equal(line.exec(error)?.[1], old);
      else assert.equal(error, '');
    }
  });

  test('of this machine, where one is too old, gets it as well', () => {
    for (const node of oldNodes()) {
      const { code, out, error } = runProcess(['check'], { node });
      assert.deepEqual([code, out], [2, '']);
      assert.match(error, line);
    }
  });

  test('of any age can parse the launcher', () => {
    const launcher = readFileSync(CLI, 'utf8');
    assert.match(launcher, /^#!\/usr\/bin\/env node\n/);
    assert.doesNotMatch(launcher, /=>|`|\b(?:const|let|class|async|await)\b|\?\.|\?\?|\.\.\.|\bimport\b/);
  });
});

function oldNodes(): readonly string[] {
  const paths = (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, 'node'));
  return paths.filter((path) => {
    if (!existsSync(path)) return false;
    const [major, minor] = execFileSync(path, ['--version'], { encoding: 'utf8' })
      .slice(1)
      .split('.')
      .map(Number);
    return major! < 22 || (major === 22 && minor! < 19);
  });
}
