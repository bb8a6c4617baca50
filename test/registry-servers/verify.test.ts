import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { displayWidth } from '../../server/src/core/read/text/words/visible-text.ts';
import { SERVER_COMMANDS, type VerifyResult } from '../../server/src/lsp/messages.ts';
import { makeProject } from '../cli/run-cli.ts';
import { startBuiltServer } from './support/built-server.ts';
import { makeHome } from './support/home.ts';
import { pack, securityHolding, trustedPublisher, unpublished } from './support/package-fixture.ts';
import { startRecordedRegistry } from './support/recorded-registry.ts';
import { hearersOf } from './support/recording.ts';
import { runVerify } from './support/run-verify.ts';
import { type SigningWorld, signingWorld } from './support/signing-world.ts';
import { tarballOf } from './support/tarball.ts';

interface Json {
  readonly judgement: string;
  readonly keysFrom: string | null;
  readonly chosen: { readonly version: string; readonly because: string } | null;
  readonly checks: readonly { readonly check: string; readonly result: string; readonly reason?: string }[];
  readonly changes: { readonly from: string } | null;
  readonly tarball: { readonly hashes: Readonly<Record<string, string>> } | null;
}

const PACKAGES = [
  pack(
    '@acme/ui',
    {
      '1.0.0': { scripts: { postinstall: 'node build.js' } },
      '1.1.0': {
        provenance: 'acme/ui',
        by: trustedPublisher('github'),
        dependencies: { 'left-pad': '^1.0.0' },
        manifest: { repository: 'git+https://github.com/acme/ui.git' },
      },
      '1.2.0': { signature: 'wrong' },
      '1.3.0': { signature: 'none' },
      '1.4.0': { signature: 'unknown-key' },
      '1.5.0': { signature: 'expired-key' },
    },
    { tags: { latest: '1.1.0', next: '1.2.0' } },
  ),
  pack('left-pad', { '1.3.0': {} }),
  pack('lodahs'),
  pack(
    'odd',
    { '1.0.0': { scripts: { install: 'echo \u001b[2J\u202ecod' } } },
    {
      document: { description: 'ok\u001b]0;title\u0007\nFile  ok: downloaded\u200b' },
    },
  ),
  securityHolding('evil', { '6.6.6': '2026-09-30' }),
  unpublished('gone', { '1.0.0': '2026-03-01' }, '2026-04-01'),
];

describe('dephygiene verify', () => {
  const world = signingWorld(PACKAGES, ['*', '/', '/left-pad/-/']);
  let { registry, outside, home, rootFile } = {} as SigningWorld;
  let empty: string;
  before(() => {
    ({ registry, outside, home, rootFile } = world());
    empty = makeProject({});
  });

  const verify = (args: readonly string[], cwd = empty, env: Readonly<Record<string, string>> = {}) =>
    runVerify([...args, '--trusted-root', rootFile], { cwd, env: { ...home.env, ...env } });
  const verifyJson = async (args: readonly string[], cwd = empty) => {
    const { out, code } = await verify([...args, '--format', 'json'], cwd);
    const json = JSON.parse(out) as Json;
    const results = Object.fromEntries(json.checks.map(({ check, result }) => [check, result]));
    return { ...json, code, results };
  };

  test('tells all of a package in one card of 80 columns', async () => {
    const { code, out, error } = await verify(['@acme/ui']);
    assert.equal(error, '');
    assert.equal(code, 0, out);
    assert.ok(out.split('\n').every((line) => displayWidth(line) <= 80));
    const card = out.replace(/\n {2,}/g, ' ');
    for (const expected of [
      /^@acme\/ui 1\.1\.0 \(latest\)\n/,
      /^Registry +served by 127\.0\.0\.1:\d+ \(your own \.npmrc line 1\)/m,
      /^Published +11 Jan 2026 \(\d+ \w+ ago\) by GitHub Actions/m,
      /^Maintainers +ana$/m,
      /^First release +1 Jan 2026/m,
      /^License +MIT$/m,
      /^Size +.* to download, .* unpacked, 1 file$/m,
      /^Scripts +none run on install$/m,
      /^Needs +left-pad \^1\.0\.0$/m,
      /^Signature +ok: the registry signed this name, version and hash, with its key SHA256:\S+, which it lists itself$/m,
      /^Provenance +ok: .*built from github\.com\/acme\/ui at commit 0123456789ab \(refs\/heads\/main\), which proves the origin, not safety$/m,
      /^File +ok: downloaded; its hash matches the registry's$/m,
      /^Since 1\.0\.0 +.*postinstall removed.*new dependency left-pad/m,
      /This does not prove that\sthe code is safe\./,
    ]) {
      assert.match(card, expected);
    }
    assert.doesNotMatch(card, /Not checked|WRONG/);
    assert.deepEqual(outside.requests, []);
  });

  test('asks the registry for this name and nothing else', async () => {
    const fresh = makeHome({ npmrc: `registry=${registry.url}\n`, env: outside.env });
    const { code, out } = await runVerify(['left-pad@1.3.0'], { cwd: empty, env: fresh.env });
    assert.equal(code, 0, out);
    rmSync(fresh.folder, { recursive: true });
    const names = registry.requests.map(({ path: asked }) => asked);
    assert.deepEqual(names.sort(), ['/-/npm/v1/keys', '/left-pad', '/left-pad/-/left-pad-1.3.0.tgz']);
    assert.deepEqual(outside.requests, []);
  });

  test('chooses a version, a tag or a range', async () => {
    const chosen = async (asked: string) => (await verifyJson([asked])).chosen;
    assert.deepEqual(await chosen('@acme/ui@1.0.0'), { version: '1.0.0', because: 'asked' });
    assert.deepEqual(await chosen('@acme/ui@next'), { version: '1.2.0', because: 'tag' });
    assert.deepEqual(await chosen('@acme/ui@^1.0.0'), { version: '1.1.0', because: 'range' });
    assert.deepEqual(await chosen('@acme/ui'), { version: '1.1.0', because: 'latest' });
    assert.equal((await verifyJson(['@acme/ui'])).keysFrom, 'registry');
    const none = await verifyJson(['@acme/ui@^9']);
    assert.deepEqual([none.code, none.chosen, none.results], [1, null, { registry: 'wrong' }]);
  });

  test('a signature that does not verify, is missing alone, or is by an unknown key is wrong', async () => {
    for (const version of ['1.2.0', '1.3.0', '1.4.0']) {
      const { code, judgement, results } = await verifyJson([`@acme/ui@${version}`]);
      assert.deepEqual([code, judgement, results.signature], [1, 'wrong', 'wrong'], version);
      assert.equal(results.tarball, 'right');
    }
    const expired = await verifyJson(['@acme/ui@1.5.0']);
    assert.deepEqual([expired.code, expired.results.signature], [2, 'unknown']);
  });

  test('a file that is not what the registry says is wrong; one that does not come is not checked', async () => {
    registry.fail('/left-pad/-/', { type: 'json', value: { name: 'left-pad' } });
    const changed = await verify(['left-pad']);
    assert.equal(changed.code, 1, changed.out);
    assert.match(changed.out, /File +WRONG: downloaded; its sha512 does not match the registry's/);
    for (const [fault, words] of [
      [{ type: 'status', status: 404 }, /Not checked +tarball: the registry answered with status 404/],
      [{ type: 'half' }, /Not checked +tarball: the registry/],
      [{ type: 'redirect-loop' }, /Not checked +tarball: the registry redirects too often/],
    ] as const) {
      registry.fail('/left-pad/-/', fault);
      const missing = await verify(['left-pad']);
      assert.equal(missing.code, 2, missing.out);
      assert.match(missing.out, words);
    }
  });

  test('a redirect of the file to another host is not followed, as the name is in its address', async () => {
    const elsewhere = await startRecordedRegistry({ packages: [pack('left-pad', { '1.3.0': {} })] });
    try {
      registry.fail('/left-pad/-/', { type: 'redirect', to: elsewhere.url });
      const { code, out } = await verify(['left-pad']);
      assert.equal(code, 2, out);
      assert.match(out, /Not checked +tarball: the registry redirects to another host/);
      assert.deepEqual(elsewhere.requests, []);
    } finally {
      await elsewhere.close();
    }
  });

  test("without Sigstore's keys the provenance is not checked, and they are asked for without a name", async () => {
    const options = { cwd: empty, env: home.env };
    const { code, out } = await runVerify(['@acme/ui@1.1.0'], options);
    assert.equal(code, 2, out);
    assert.match(out, /Not checked +provenance: Sigstore's keys could not be fetched/);
    assert.doesNotMatch(out, /^Provenance/m);
    assert.ok(outside.requests.length > 0);
    assert.ok(outside.requests.every(({ method }) => method === 'CONNECT'));
    assert.deepEqual(hearersOf('acme', { outside }), []);
    const bad = await runVerify(['@acme/ui', '--trusted-root', 'nowhere.json'], options);
    assert.deepEqual([bad.code, bad.out], [2, '']);
    assert.match(bad.error, /--trusted-root nowhere\.json does not exist/);
  });

  test("the environment may name the root; the project's files may not", async () => {
    const env = { ...home.env, DEPHYGIENE_TRUSTED_ROOT: rootFile };
    assert.equal((await runVerify(['@acme/ui@1.1.0'], { cwd: empty, env })).code, 0);
    const project = makeProject({
      'package.json': { name: 'shop', config: { DEPHYGIENE_TRUSTED_ROOT: rootFile } },
      '.npmrc': `DEPHYGIENE_TRUSTED_ROOT=${rootFile}\ntrusted-root=${rootFile}\n`,
      '.env': `DEPHYGIENE_TRUSTED_ROOT=${rootFile}\n`,
    });
    const { code } = await runVerify(['@acme/ui@1.1.0', '--trust'], { cwd: project, env: home.env });
    assert.equal(code, 2);
  });

  test('a name that looks like another, is not there or was taken away is told', async () => {
    const doubtful = await verify(['lodahs']);
    assert.equal(doubtful.code, 1);
    assert.match(doubtful.out, /^Name +DOUBTFUL: looks like a misspelling of lodash \(/m);
    assert.match(doubtful.out, /^Advisories +WRONG: known malware/m);
    for (const [name, words] of [
      ['nope', 'has no package of this name'],
      ['gone', 'the package was unpublished'],
      ['evil', 'the registry removed the package and holds the name'],
    ] as const) {
      const { code, out } = await verify([name]);
      assert.equal(code, 1, out);
      assert.match(out.replace(/\n {2,}/g, ' '), new RegExp(`^Package +WRONG: .*${words}`, 'm'));
    }
  });

  test('text of the registry can neither command the terminal nor pretend to be ours', async () => {
    const { out } = await verify(['odd'], empty, { FORCE_COLOR: '0' });
    assert.doesNotMatch(out, /(?!\n)[\p{Cc}\p{Cf}]/u);
    assert.match(out, /␛\[2J<U\+202E>cod/);
    assert.equal(out.match(/^File /gm)?.length, 1);
    const json = await verify(['odd', '--format', 'json'], empty);
    assert.doesNotMatch(json.out, /(?!\n)[\p{Cc}\p{Cf}]/u);
  });

  test('in a project the locked version counts, and its hash is compared with the file', async () => {
    const manifest = { name: '@acme/ui', description: 'Made for tests.', license: 'MIT' };
    const right = tarballOf({
      ...{ name: manifest.name, version: '1.0.0', description: manifest.description, license: 'MIT' },
      scripts: { postinstall: 'node build.js' },
    }).integrity;
    const project = (integrity: string) =>
      makeProject({
        'package.json': { name: 'shop', dependencies: { '@acme/ui': '^1.0.0' } },
        'package-lock.json': {
          name: 'shop',
          lockfileVersion: 3,
          packages: {
            '': { name: 'shop', dependencies: { '@acme/ui': '^1.0.0' } },
            'node_modules/@acme/ui': { version: '1.0.0', integrity, hasInstallScript: true },
          },
        },
        'packages/inner/readme.md': '',
        '.git/HEAD': 'ref: refs/heads/main\n',
      });
    const good = project(right);
    const locked = await verifyJson(['@acme/ui'], good);
    assert.deepEqual(locked.chosen, { version: '1.0.0', because: 'locked' });
    assert.deepEqual([locked.code, locked.results.lockfile], [0, 'right']);
    const inner = await verifyJson(['@acme/ui', 'packages/inner'], good);
    assert.deepEqual(inner.chosen, locked.chosen);
    const later = await verifyJson(['@acme/ui@1.1.0'], good);
    assert.deepEqual([later.changes?.from, later.results.lockfile], ['1.0.0', undefined]);
    const wrong = await verify(['@acme/ui'], project(`sha512-${'A'.repeat(86)}==`));
    assert.equal(wrong.code, 1);
    assert.match(
      wrong.out.replace(/\n {2,}/g, ' '),
      /^Lockfile +WRONG: the hash in package-lock\.json differs from the file's; restore the entry from git$/m,
    );
  });

  test("a project's .npmrc decides only with --trust, and then its registry alone hears the name", async () => {
    const token = 'npm_for-the-private-one';
    const own = await startRecordedRegistry({ packages: [pack('@hidden/core')], token });
    const project = makeProject({
      'package.json': { name: 'shop' },
      '.npmrc': `@hidden:registry=${own.url}\n`,
    });
    const withToken = makeHome({
      npmrc: `registry=${registry.url}\n${own.tokenLine}`,
      env: outside.env,
    });
    const run = (...args: string[]) =>
      runVerify(['@hidden/core', ...args], { cwd: project, env: withToken.env });
    const untrusted = await run();
    assert.equal(untrusted.code, 2, untrusted.out);
    assert.match(
      untrusted.out,
      /Not checked +registry metadata: its registry is named only in untrusted files/,
    );
    assert.deepEqual(hearersOf('hidden', { registry, own, outside }), []);
    const trusted = await run('--trust');
    assert.equal(trusted.code, 0, trusted.out);
    assert.match(trusted.out, /\.npmrc line 1/);
    assert.deepEqual(hearersOf('hidden', { registry, own, outside }), ['own']);
    assert.deepEqual(hearersOf(token, { registry, own, outside }), ['own']);
    await own.close();
    rmSync(withToken.folder, { recursive: true });
  });

  test('a private name never goes to the public registry or a mirror of it', async () => {
    const project = makeProject({
      'package.json': { name: 'shop', workspaces: ['packages/*'] },
      'packages/a/package.json': { name: 'hidden-member' },
      'dependency-hygiene.json': {
        privateScopes: [{ scope: '@hidden' }],
        internalNames: ['hidden-tool'],
        mirrors: [registry.url],
      },
    });
    for (const name of ['@hidden/core', 'hidden-tool', 'hidden-member']) {
      for (const trust of [[], ['--trust']]) {
        const { code, out } = await verify([name, ...trust], project);
        assert.equal(code, 2, out);
        assert.match(out, /Not checked/);
      }
    }
    assert.deepEqual(hearersOf('hidden', { registry, outside }), []);
  });

  test('offline nothing is sent', async () => {
    const fresh = makeHome({ npmrc: `registry=${registry.url}\n`, env: outside.env });
    const { code, out } = await runVerify(['left-pad', '--offline'], { cwd: empty, env: fresh.env });
    assert.equal(code, 2);
    assert.match(out, /Not checked +registry metadata: offline/);
    assert.deepEqual([...registry.requests, ...outside.requests], []);
    rmSync(fresh.folder, { recursive: true });
  });

  test('wrong use is one line, and nothing is sent', async () => {
    for (const args of [
      [],
      ['../x'],
      ['@'],
      ['a b'],
      ['left-pad@'],
      ['left-pad', 'no-such-dir'],
      ['x', '--nope'],
    ]) {
      const { code, out, error } = await runVerify(args, { cwd: empty, env: home.env });
      assert.deepEqual([code, out], [2, ''], args.join(' '));
      assert.match(error, /^dephygiene: .+\n$/);
    }
    assert.deepEqual([...registry.requests, ...outside.requests], []);
  });

  test('the server shows the same card, in a folder that is not trusted as well', async () => {
    const project = makeProject({
      'package.json': { name: 'shop', dependencies: { 'left-pad': '^1.0.0' } },
      '.npmrc': '@hidden:registry=https://lure.example.test/\n',
    });
    const env = { ...home.env, DEPHYGIENE_TRUSTED_ROOT: rootFile };
    const server = await startBuiltServer({ project, env, trusted: false });
    const ask = (argument: unknown) =>
      server.client.connection.sendRequest<VerifyResult | null>('workspace/executeCommand', {
        command: SERVER_COMMANDS.verify,
        arguments: [argument],
      });
    const uri = server.uri('package.json');
    const answer = await ask({ package: ' @acme/ui@1.1.0 ', uri });
    assert.ok(answer !== null && 'text' in answer, JSON.stringify(answer));
    assert.equal(answer.title, '@acme/ui 1.1.0');
    const { out } = await verify(['@acme/ui@1.1.0'], project);
    const unwrapped = (text: string) => text.replace(/\n +/g, ' ').replace(/ +/g, ' ').replace(/\s/g, ' ');
    assert.equal(unwrapped(answer.text), unwrapped(out));
    const hidden = await ask({ package: '@hidden/core', uri });
    assert.ok(hidden !== null && 'text' in hidden);
    assert.match(
      hidden.text,
      /Not checked +registry metadata: its registry is named only in untrusted files/,
    );
    assert.deepEqual(hearersOf('hidden', { registry, outside }), []);
    for (const odd of [undefined, null, 'x', {}, { package: '../x' }, { package: 7 }, { package: '' }]) {
      const refused = await ask(odd);
      assert.ok(refused !== null && 'problem' in refused, JSON.stringify(odd));
    }
    assert.equal(await server.stop(), '');
  });

  test('a partial mirror that tells less makes nothing wrong', async () => {
    const mirror = await startRecordedRegistry({ packages: PACKAGES, partialMirror: true });
    const other = makeHome({ npmrc: `registry=${mirror.url}\n`, env: outside.env });
    const { code, out } = await runVerify(['@acme/ui@1.1.0'], { cwd: empty, env: other.env });
    assert.equal(code, 0, out);
    assert.match(out, /^Signature +this registry does not sign packages$/m);
    assert.match(out, /^Provenance +none: nothing proves where it was built$/m);
    assert.match(out, /not provided by this registry/);
    await mirror.close();
    rmSync(other.folder, { recursive: true });
  });
});
