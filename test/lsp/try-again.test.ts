import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HttpPort, HttpResult } from '../../server/src/engine/ports.ts';
import { SERVER_COMMANDS } from '../../server/src/lsp/messages.ts';
import { TEST_REGISTRY } from '../workspace.ts';
import { FOLDER, startClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const NAMES = ['left-pad', 'right-pad', 'top-pad', 'low-pad'];
const FILES = {
  'package.json': JSON.stringify({
    name: 'shop',
    dependencies: Object.fromEntries(NAMES.map((name) => [name, '1.0.0'])),
  }),
};

/** Returns a registry in which all versions are deprecated, or that answers with an error. */
function registry() {
  const state = { isDown: true, asked: 0 };
  const answer = (status: number, value: object): HttpResult => ({
    ...{ type: 'answer', status, headers: new Map(), body: JSON.stringify(value) },
  });
  const http: HttpPort = {
    async get({ url }) {
      state.asked++;
      const name = url.slice(TEST_REGISTRY.length);
      if (state.isDown) return answer(500, {});
      const version = { version: '1.0.0', deprecated: 'Use padStart.' };
      return answer(200, { name, 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': version } });
    },
    post: async () => answer(state.isDown ? 500 : 200, {}),
  };
  return { state, http };
}

test('"Check Workspace" asks a registry again that is left alone after failures, and says so', async () => {
  const { state, http } = registry();
  const client = await startClient({
    files: FILES,
    http,
    initializationOptions: { trusted: true, log: true },
  });
  const check = () =>
    client.connection.sendRequest('workspace/executeCommand', {
      command: SERVER_COMMANDS.checkWorkspace,
      arguments: [],
    });
  const again = () => client.logged.filter((line) => / again after earlier failures\.$/.test(line));
  const pull = async () => (await client.pull(MANIFEST)).items ?? [];
  await client.open(MANIFEST);
  await client.eventually(pull, () => state.asked >= 3);
  await client.until(() => client.refreshes > 0);
  const { asked } = state;
  await pull();
  assert.equal(state.asked, asked, 'the registry is left alone');
  assert.deepEqual(again(), []);

  state.isDown = false;
  await check();
  const isDeprecated = ({ code }: { readonly code?: unknown }) => code === 'deprecated-dependency';
  await client.eventually(pull, (items) => items.filter(isDeprecated).length === NAMES.length);
  assert.equal(again().length, 1);
  assert.match(again()[0]!, new RegExp(`Trying ${new URL(TEST_REGISTRY).host} again`));
  await check();
  assert.equal(again().length, 1);
  await client.close();
});
