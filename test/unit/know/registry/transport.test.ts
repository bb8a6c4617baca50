import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { transportFor, withoutClient } from '../../../../server/src/core/know/registry/access/transport.ts';
import { readNpmrc } from '../../../../server/src/core/read/config/npm/read-npmrc.ts';
import { resolveNpmConfig } from '../../../../server/src/core/read/config/npm/resolve-npm-config.ts';

const URL = 'https://npm.acme.example.test/npm/';
const PROJECT = 'file:///shop/.npmrc';
const USER = 'file:///home/user/.npmrc';

function transport(
  { project = '', user = '', trusted = true },
  url = URL,
  environment: Record<string, string> = {},
) {
  const config = resolveNpmConfig({
    project: readNpmrc(PROJECT, project, 'project'),
    user: readNpmrc(USER, user, 'user'),
    environment,
    trusted,
    publicRegistry: 'https://registry.public.example.test/',
    mirrors: [],
  });
  return transportFor(config, url);
}

describe('how requests to a registry travel', () => {
  test('nothing configured is nothing said', () => {
    assert.equal(
      transport({ user: `proxy=null\nstrict-ssl=true\ncafile=\nhttps-proxy=\${NONE}\n` }),
      undefined,
    );
  });

  test('proxies by the scheme of the registry', () => {
    const user =
      'proxy=http://plain.example.test/\nhttps-proxy=http://secure.example.test/\nnoproxy=a.example.test,b\n';
    assert.equal(transport({ user })?.proxy, 'http://secure.example.test/');
    assert.equal(transport({ user }, 'http://npm.acme.example.test/')?.proxy, 'http://plain.example.test/');
    assert.equal(transport({ user })?.noProxy, 'a.example.test,b');
    assert.equal(
      transport({ user: 'proxy=http://plain.example.test/' })?.proxy,
      'http://plain.example.test/',
    );
    assert.equal(transport({ user: 'https-proxy=false' })?.proxy, '');
    const environment = { npm_config_https_proxy: 'http://env.example.test/' };
    assert.equal(transport({ user }, URL, environment)?.proxy, 'http://env.example.test/');
  });

  test('authorities as texts and as a file', () => {
    const found = transport({
      user: 'ca[]="A\\nB"\nca[]="C"\ncafile=~/ca.pem\n',
      project: 'cafile=certs/ca.pem\n',
    });
    assert.equal(found?.ca, 'A\nB\n\nC');
    assert.deepEqual(found?.cafile, { path: 'certs/ca.pem', beside: PROJECT });
    assert.equal(found?.ofProject, `[["cafile","certs/ca.pem","${PROJECT}"]]`);
  });

  test('files of the same path in two projects are told apart, and texts are what they are', () => {
    const of = (uri: string, text: string) => {
      const project = readNpmrc(uri, text, 'project');
      const sources = { project, environment: {}, trusted: true, mirrors: [] };
      const config = resolveNpmConfig({
        ...sources,
        publicRegistry: 'https://registry.public.example.test/',
      });
      return transportFor(config, URL)?.ofProject;
    };
    assert.notEqual(of('file:///a/.npmrc', 'cafile=ca.pem'), of('file:///b/.npmrc', 'cafile=ca.pem'));
    assert.equal(of('file:///a/.npmrc', 'ca=PEM'), of('file:///b/.npmrc', 'ca=PEM'));
  });

  test('a project that is not trusted decides nothing', () => {
    const project = 'https-proxy=http://lure.example.test/\ncafile=lure.pem\nnoproxy=x\nstrict-ssl=false\n';
    assert.equal(transport({ project, trusted: false }), undefined);
    const found = transport({ project, user: 'cafile=/own.pem', trusted: false });
    assert.deepEqual([found?.proxy, found?.cafile?.path, found?.ofProject], [undefined, '/own.pem', '']);
  });

  test("no variable leaves through a proxy that a project's file names", () => {
    const environment = { TOKEN: 's3cret', PROXY: 'http://proxy.example.test/' };
    const proxy = `https-proxy=http://\${TOKEN}.lure.example.test/\n`;
    assert.equal(transport({ project: proxy }, URL, environment), undefined);
    const own = transport({ user: `https-proxy=\${PROXY}` }, URL, environment);
    assert.equal(own?.proxy, 'http://proxy.example.test/');
  });

  test('a client certificate for the registry that it is written for, and no other', () => {
    const user =
      '//npm.acme.example.test/:certfile=c.pem\n//npm.acme.example.test/:keyfile=/k.pem\ncertfile=x\nkeyfile=y\n';
    const found = transport({ user });
    assert.deepEqual(found?.client, {
      certfile: { path: 'c.pem', beside: USER },
      keyfile: { path: '/k.pem', beside: USER },
    });
    assert.equal(withoutClient(found)?.client, undefined);
    assert.equal(transport({ user }, 'https://other.example.test/'), undefined);
    assert.equal(transport({ user: '//npm.acme.example.test/:certfile=c.pem' }), undefined);
  });

  test('only the user may give up the check of certificates', () => {
    const of = (sources: { project?: string; user?: string }) => {
      const found = transport(sources);
      return found && [found.strictSsl, found.laxnessIgnored];
    };
    assert.deepEqual(of({ user: 'strict-ssl=false' }), [false, false]);
    assert.deepEqual(of({ project: 'strict-ssl=false' }), [true, true]);
    assert.deepEqual(of({ project: 'strict-ssl=false', user: 'strict-ssl=false' }), [false, false]);
    assert.equal(of({ project: 'strict-ssl=true', user: 'strict-ssl=false' }), undefined);
  });

  test('passwords of a proxy are in no key', () => {
    const found = transport({ project: 'https-proxy=http://user:s3cret@proxy.example.test/' });
    assert.equal(found?.proxy, 'http://user:s3cret@proxy.example.test/');
    assert.ok(!found?.ofProject.includes('s3cret') && found?.ofProject.includes('proxy.example.test'));
  });
});
