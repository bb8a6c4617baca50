import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tarballRequest } from '../../../server/src/core/registry/tarball-request.ts';
import { openWorkspace } from '../../workspace.ts';

const SOURCE = `-- package.json --
{ "name": "shop" }
-- .npmrc --
@acme:registry=https://npm.acme.example.test/npm/
-- dependency-hygiene.json --
{ "allowedHosts": ["files.example.test"], "mirrors": ["https://mirror.example.test/npm/"] }
`;
const USER = '//npm.acme.example.test/npm/:_authToken=secret\n';

async function ask(name: string, tarball: string | undefined) {
  const settings = { online: true, trusted: true };
  const { snapshot } = await openWorkspace(SOURCE, { settings, userNpmrc: USER });
  const { project } = snapshot.projects[0]!;
  return {
    request: tarballRequest(project, name, tarball),
    publicRegistry: project.npmConfig.publicRegistry,
  };
}

describe('where the file of a version may be fetched from', () => {
  test("its registry's own host, with the credential that was written for it", async () => {
    const url = 'https://npm.acme.example.test/npm/@acme/ui/-/ui-1.0.0.tgz';
    const { request } = await ask('@acme/ui', url);
    assert.ok(request.allowed);
    assert.deepEqual([request.url, request.credential], [url, { type: 'bearer', token: 'secret' }]);
  });

  test('a host that the configuration names, without that credential', async () => {
    const { request } = await ask('@acme/ui', 'https://files.example.test/ui-1.0.0.tgz');
    assert.ok(request.allowed);
    assert.equal(request.credential, undefined);
  });

  test('of a public package a mirror', async () => {
    assert.ok((await ask('left-pad', 'https://mirror.example.test/npm/left-pad-1.0.0.tgz')).request.allowed);
    const { publicRegistry } = await ask('left-pad', undefined);
    assert.ok((await ask('left-pad', `${publicRegistry}left-pad/-/left-pad-1.0.0.tgz`)).request.allowed);
  });

  test('a private name goes to no public host, whatever its registry says', async () => {
    const { publicRegistry } = await ask('@acme/ui', undefined);
    for (const url of [
      `${publicRegistry}@acme/ui/-/ui-1.0.0.tgz`,
      'https://mirror.example.test/npm/ui.tgz',
    ]) {
      const { request } = await ask('@acme/ui', url);
      assert.ok(!request.allowed);
      assert.equal(request.reason, 'private');
    }
  });

  test('nowhere else', async () => {
    const addresses = [
      undefined,
      '',
      'ui-1.0.0.tgz',
      'file:///etc/passwd',
      'ftp://npm.acme.example.test/ui.tgz',
      'http://npm.acme.example.test/npm/ui.tgz',
      'https://user:password@npm.acme.example.test/npm/ui.tgz',
      'https://npm.acme.example.test@evil.example.test/ui.tgz',
      'https://npm.acme.example.test.evil.example.test/ui.tgz',
      'https://npm.acme.example.test:8443/npm/ui.tgz',
      'https://127.0.0.1/ui.tgz',
      'https://[::1]/ui.tgz',
      'https://localhost:8080/ui.tgz',
      'https://169.254.169.254/latest/meta-data',
      'https:\\\\evil.example.test/ui.tgz',
    ];
    for (const address of addresses) {
      const { request } = await ask('@acme/ui', address);
      assert.equal(request.allowed, false, address);
    }
  });
});
