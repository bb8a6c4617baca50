import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
  CompletionItem,
  CompletionList,
  Hover,
  MarkupContent,
  TextEdit,
} from 'vscode-languageserver/node';
import { osv } from '../unit/judge/rules/osv.ts';
import { indexOf } from '../workspace.ts';
import { COUNTING_BYTES, PULLING } from './capabilities.ts';
import { type ClientOptions, FOLDER, startClient } from './test-client.ts';

const POLICY = `${FOLDER}/dependency-hygiene.json`;
const dependencies = { minimist: '1.2.0' };
const FILES = {
  'package.json': JSON.stringify({ name: 'shop', dependencies }),
  'package-lock.json': JSON.stringify({
    name: 'shop',
    lockfileVersion: 3,
    packages: { '': { name: 'shop', dependencies }, 'node_modules/minimist': { version: '1.2.0' } },
  }),
};
const ADVISORIES = indexOf([
  osv('GHSA-xvch-5gv4-984h', 'minimist', '0 0.2.4 1.0.0 1.2.6', { aliases: ['CVE-2021-44906'] }),
]);

/** Returns a client with the text open, without its `|`, and the position of that. */
async function openAt(marked: string, options: Partial<ClientOptions> = {}) {
  const [before = '', after = ''] = marked.split('|');
  const client = await startClient({
    files: { ...FILES, 'dependency-hygiene.json': before + after },
    ports: { advisories: () => ADVISORIES },
    ...options,
  });
  await client.open(POLICY);
  const last = before.split('\n').at(-1)!;
  const isBytes = client.initialized.capabilities.positionEncoding === 'utf-8';
  const character = isBytes ? Buffer.byteLength(last) : last.length;
  const at = { textDocument: { uri: POLICY }, position: { line: before.split('\n').length - 1, character } };
  return { client, at };
}

async function complete(marked: string, options: Partial<ClientOptions> = {}) {
  const { client, at } = await openAt(marked, options);
  const list = await client.connection.sendRequest<CompletionList | null>('textDocument/completion', at);
  const items: CompletionItem[] = list?.items ?? [];
  const first = items[0]?.textEdit as TextEdit | undefined;
  if (first !== undefined) client.apply({ changes: { [POLICY]: [first] } });
  const after = client.textOf(POLICY);
  await client.close();
  return { labels: items.map(({ label }) => label), after };
}

async function hoverAt(marked: string, options: Partial<ClientOptions> = {}) {
  const { client, at } = await openAt(marked, options);
  const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', at);
  const token = hover?.range === undefined ? undefined : client.slice(POLICY, hover.range);
  await client.close();
  return hover === null ? undefined : { token, text: (hover.contents as MarkupContent).value };
}

/** Sent by a client that shows the schema's texts itself. */
const WITH_SCHEMA = { initializationOptions: { schema: true } };

describe('dependency-hygiene.json', () => {
  test('completes ids, also while the rest is not there yet', async () => {
    const typed = await complete('{\n  "ignores": [{ "reason": "é", "id": "GHSA|\n  }]\n}\n', {
      capabilities: COUNTING_BYTES,
    });
    assert.deepEqual(typed.labels, ['GHSA-xvch-5gv4-984h']);
    assert.equal(typed.after, '{\n  "ignores": [{ "reason": "é", "id": "GHSA-xvch-5gv4-984h"\n  }]\n}\n');
  });

  test('is asked for a list where an id or a name begins or goes on', async () => {
    const { client } = await openAt('{}|');
    const { triggerCharacters } = client.initialized.capabilities.completionProvider ?? {};
    for (const character of ['"', '-', '@', '/']) assert.ok(triggerCharacters?.includes(character));
    await client.close();
  });

  test('completes rules where the client has no schema for it', async () => {
    const marked = '{ "ignores": [{ "rule": "vuln|" }] }';
    assert.deepEqual((await complete(marked)).labels, ['vulnerable-dependency']);
    assert.deepEqual((await complete(marked, WITH_SCHEMA)).labels, []);
    const version = '{ "ignores": [{ "package": "minimist", "version": "|" }] }';
    assert.deepEqual((await complete(version, WITH_SCHEMA)).labels, ['1.2.0']);
  });

  test('tells what an entry accepts', async () => {
    const entry = (rest: string) =>
      `{ "ignores": [{ "rule": "vulnerable-dependency", ${rest}, "reason": "é", "expires": "2999-01-01" }] }`;
    const card = await hoverAt(entry('"id": "CVE-2021|-44906"'), { capabilities: PULLING });
    assert.equal(card?.token, '"CVE-2021-44906"');
    assert.match(card.text, /GHSA-xvch-5gv4-984h.* in minimist 1\.2\.0/);
    assert.equal(await hoverAt('{ "ig|nores": [] }'), undefined);
  });
});
