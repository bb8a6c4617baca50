import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { askingProject } from '../../../../server/src/core/know/registry/access/asking-project.ts';
import { tarballRequest } from '../../../../server/src/core/know/registry/access/tarball-request.ts';
import { openWorkspace } from '../../../workspace.ts';

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

  test('of another path of the host without the credential, however that path is spelled', async () => {
    for (const path of [
      'files/ui.tgz',
      'npm/../files/ui.tgz',
      'npm/%2e%2e/files/ui.tgz',
      'npm/.\t./files/ui.tgz',
    ]) {
      const { request } = await ask('@acme/ui', `https://npm.acme.example.test/${path}`);
      assert.ok(request.allowed);
      assert.equal(request.credential, undefined, path);
    }
  });

  test("another host gets no credential that the project's file holds for it", async () => {
    const source = SOURCE.replace('-- dep', '//files.example.test/:_authToken=of-the-project\n-- dep');
    const { snapshot } = await openWorkspace(source, { settings: { online: true, trusted: true } });
    const { project } = snapshot.projects[0]!;
    const request = tarballRequest(project, '@acme/ui', 'https://files.example.test/ui-1.0.0.tgz');
    assert.ok(request.allowed);
    assert.equal(request.credential, undefined);
  });

  test('in a folder that is not trusted its files name no host and no mirror', async () => {
    const source = SOURCE.replace(/-- \.npmrc --\n.*\n/, '');
    const { snapshot } = await openWorkspace(source, { settings: { online: true, trusted: false } });
    const { project } = snapshot.projects[0]!;
    for (const url of ['https://files.example.test/a.tgz', 'https://mirror.example.test/npm/a.tgz'])
      assert.equal(tarballRequest(project, 'left-pad', url).allowed, false, url);
    const own = `${project.npmConfig.publicRegistry}left-pad/-/left-pad-1.0.0.tgz`;
    assert.ok(tarballRequest(project, 'left-pad', own).allowed);
    // A mirror that an untrusted file names does not make a private registry public.
    const lure = SOURCE.replace('mirror.example.test', 'npm.acme.example.test');
    const opened = await openWorkspace(lure, {
      settings: { trusted: false },
      userNpmrc: '@acme:registry=https://npm.acme.example.test/npm/',
    });
    const { project: lured } = opened.snapshot.projects[0]!;
    assert.ok(lured.npmConfig.isPublic('https://npm.acme.example.test/npm/a'));
    assert.ok(!askingProject(lured).npmConfig.isPublic('https://npm.acme.example.test/npm/a'));
  });
});
