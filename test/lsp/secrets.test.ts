import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeAction, DocumentLink } from 'vscode-languageserver/node';
import { SERVER_COMMANDS } from '../../server/src/lsp/messages.ts';
import { leakedIn, plantSecrets } from '../planted-secrets.ts';
import { type Capabilities, PULLING, PUSHED } from './capabilities.ts';
import { FOLDER, startClient } from './test-client.ts';

const PLANTED = plantSecrets();

/** Uses every feature of the server in every file with a secret, and returns the messages that hold one. */
async function leaksOf(capabilities: Capabilities): Promise<{ leaks: readonly string[]; found: number }> {
  const leaks = new Set<string>();
  let found = 0;
  const client = await startClient({
    files: PLANTED.files,
    capabilities,
    impatient: true,
    initializationOptions: {
      ...{ trusted: true, status: true, log: true },
      commands: ['openRulePage', 'copyCommand', 'ignoreFinding', 'setScopeRegistry'].map(
        (name) => `dependencyHygiene.${name}`,
      ),
    },
    sent(message) {
      const text = JSON.stringify(message);
      found += text.split('"plaintext-token"').length - 1;
      for (const leak of leakedIn(text, PLANTED)) leaks.add(leak);
    },
  });
  const { connection } = client;
  const ask = <T>(method: string, params: object) => connection.sendRequest<T | null>(method, params);
  await ask('workspace/executeCommand', { command: SERVER_COMMANDS.checkWorkspace, arguments: [] });
  await ask('workspace/executeCommand', { command: SERVER_COMMANDS.privacy, arguments: [] });
  await ask('workspace/executeCommand', { command: SERVER_COMMANDS.listDependencies, arguments: [] });
  for (const [path, text] of Object.entries(PLANTED.files)) {
    const uri = `${FOLDER}/${path}`;
    const textDocument = { uri };
    await client.open(uri);
    const lines = text.split('\n');
    const range = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
    if (capabilities !== PUSHED) await client.pull(uri);
    const context = { diagnostics: [], triggerKind: 1 };
    const actions =
      (await ask<CodeAction[]>('textDocument/codeAction', { textDocument, range, context })) ?? [];
    for (const action of actions.slice(0, 5))
      if (action.data !== undefined) await ask('codeAction/resolve', action);
    await ask('textDocument/documentSymbol', { textDocument });
    await ask('textDocument/inlayHint', { textDocument, range });
    await ask('textDocument/codeLens', { textDocument });
    const links = (await ask<DocumentLink[]>('textDocument/documentLink', { textDocument })) ?? [];
    for (const link of links) await ask('documentLink/resolve', link);
    for (const [line, content] of lines.entries())
      for (const part of PLANTED.secrets.filter((secret) => content.includes(secret))) {
        const at = { textDocument, position: { line, character: content.indexOf(part) + 2 } };
        const key = { textDocument, position: { line, character: content.search(/\S/) + 2 } };
        for (const place of [at, key]) {
          await ask('textDocument/hover', place);
          await ask('textDocument/completion', place);
          await ask('textDocument/definition', place);
          await ask('textDocument/references', { ...place, context: { includeDeclaration: true } });
        }
        const here = { start: at.position, end: at.position };
        await ask('textDocument/codeAction', { textDocument, range: here, context });
      }
    await connection.sendNotification('textDocument/didClose', { textDocument });
  }
  await client.close();
  return { leaks: [...leaks], found };
}

for (const [name, capabilities] of [
  ['pulled diagnostics', PULLING],
  ['pushed diagnostics', PUSHED],
] as const)
  test(`no message of the server holds a secret, with ${name}`, async () => {
    const { leaks, found } = await leaksOf(capabilities);
    assert.ok(found > 20, 'the secrets are reported');
    assert.deepEqual(leaks, []);
  });
