import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from 'vscode-languageserver/node';
import type { HttpPort } from '../../server/src/engine/ports.ts';
import { SERVER_COMMANDS, type StatusParams } from '../../server/src/lsp/messages.ts';
import { osv } from '../unit/judge/rules/osv.ts';
import { indexOf, TEST_REGISTRY } from '../workspace.ts';
import { FOLDER, startClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const HOST = new URL(TEST_REGISTRY).host;

const http: HttpPort = {
  get: async () => ({ type: 'answer', status: 404, headers: new Map(), body: '' }),
  post: async () => ({ type: 'answer', status: 405, headers: new Map(), body: '' }),
};

const dependencies = { 'secret-name': '1.0.0' };
const files = {
  'package.json': JSON.stringify({ dependencies }),
  'package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: { '': { dependencies }, 'node_modules/secret-name': { version: '1.0.0' } },
  }),
};

/** Returns the messages of the log with their levels, as `3 text`. */
async function logOf(initializationOptions: object): Promise<readonly string[]> {
  const lines: string[] = [];
  const client = await startClient({
    files,
    http,
    ports: { advisories: () => indexOf([osv('GHSA-2222-3333-4444', 'weak', '0 1.2.0')]) },
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
  await client.until(() => {
    const last = client.statuses.at(-1) as StatusParams | undefined;
    return last?.working === false && last.gaps.length > 0;
  });
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
  assert.equal(lines.filter((line) => /^3 Loaded workspace in \d+ ms\.$/.test(line)).length, 1);
  assert.doesNotMatch(lines.join('\n'), /Not checked: Not checked/);
  assert.ok(
    lines.some((line) => /^3 Not checked: .*advisor/.test(line)),
    lines.join('\n'),
  );
  assert.ok(lines.some((line) => /^3 Loaded 1 project in \d+ ms\.$/.test(line)));
  assert.doesNotMatch(lines.filter((line) => /Asking|GET/.test(line)).join('\n'), /secret-name/);
});

test('a client that shows no log is sent none', async () => {
  assert.deepEqual(await logOf({}), []);
});
