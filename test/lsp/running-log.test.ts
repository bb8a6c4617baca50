import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from 'vscode-languageserver/node';
import type { HttpPort } from '../../server/src/engine/ports.ts';
import { SERVER_COMMANDS } from '../../server/src/lsp/messages.ts';
import { TEST_REGISTRY } from '../workspace.ts';
import { FOLDER, startClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const HOST = new URL(TEST_REGISTRY).host;

const http: HttpPort = {
  async get() {
    return { type: 'answer', status: 404, headers: new Map(), body: '' };
  },
};

/** Returns the messages of the log with their levels, as `3 text`. */
async function logOf(initializationOptions: object): Promise<readonly string[]> {
  const lines: string[] = [];
  const client = await startClient({
    files: { 'package.json': '{ "dependencies": { "secret-name": "^1.0.0" } }\n' },
    http,
    initializationOptions: { trusted: true, status: true, ...initializationOptions },
    sent(message: Message) {
      const { method, params } = message as { method?: string; params?: { type: number; message: string } };
      if (method === 'window/logMessage' && params !== undefined)
        lines.push(`${params.type} ${params.message}`);
    },
  });
  await client.open(MANIFEST);
  await client.pull(MANIFEST);
  await client.connection.sendRequest('workspace/executeCommand', {
    command: SERVER_COMMANDS.checkWorkspace,
    arguments: [],
  });
  await client.until(() =>
    client.statuses.some((status) => (status as { working: boolean }).working === false),
  );
  await client.close();
  return lines;
}

test('the log has the start, hosts, times and gaps, at levels, and no names or paths of requests', async () => {
  const lines = await logOf({ log: true });
  assert.ok(lines.some((line) => /^3 Started .+ on a test: 1 folder, trusted, online\.$/.test(line)));
  assert.deepEqual(
    lines.filter((line) => line === `3 Asking ${HOST}.`),
    [`3 Asking ${HOST}.`],
  );
  assert.ok(lines.some((line) => new RegExp(`^5 GET ${HOST}: 404 in \\d+ ms$`).test(line)));
  assert.ok(lines.some((line) => /^3 Loaded 1 project in \d+ ms\.$/.test(line)));
  assert.doesNotMatch(lines.filter((line) => /Asking|GET/.test(line)).join('\n'), /secret-name/);
});

test('a client that shows no log is sent none', async () => {
  assert.deepEqual(await logOf({}), []);
});
