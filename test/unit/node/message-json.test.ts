import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMessageJson } from '../../../server/src/node/message-json.ts';

const LIST = Array.from({ length: 100 }, (_, at) => ({
  range: { start: { line: at, character: 0 }, end: { line: at, character: 4 } },
  message: `"diagnostics":[] mkdirp → minimist \u{1f4e6} ${at}`,
}));

function messages(items: readonly object[]): readonly object[] {
  const uri = 'file:///a/"diagnostics":[]/"items":[]/package.json';
  return [
    {
      jsonrpc: '2.0',
      method: 'textDocument/publishDiagnostics',
      params: { uri, diagnostics: items, version: 3 },
    },
    { jsonrpc: '2.0', method: 'textDocument/publishDiagnostics', params: { diagnostics: items, uri } },
    { jsonrpc: '2.0', id: 7, result: { kind: 'full', resultId: 'a-"items":[]', items } },
    { jsonrpc: '2.0', id: 8, result: { items: items.map((item) => ({ uri, items: [item] })) } },
    { jsonrpc: '2.0', id: 9, result: items },
    { jsonrpc: '2.0', id: 10, result: null },
    { jsonrpc: '2.0', method: 'window/logMessage', params: { type: 3, message: uri } },
  ];
}

test('every message is what JSON.stringify makes of it, however often its diagnostics were sent before', () => {
  const json = createMessageJson();
  const lists = [
    LIST,
    LIST,
    LIST.map((item, at) => (at === 50 ? { ...item, message: 'ändert sich' } : item)),
    [...LIST, LIST[0]!],
    LIST.slice(1),
    LIST.map((item) => ({ ...item })),
    [],
    LIST.slice(0, 3),
    LIST.toReversed(),
    [...LIST.slice(5), { range: LIST[0]!.range, message: '' }],
  ];
  for (const list of [...lists, ...lists]) {
    for (const message of messages(list)) {
      const bytes = Buffer.concat(json({ jsonrpc: '2.0', ...message }));
      assert.equal(bytes.toString('utf8'), JSON.stringify({ jsonrpc: '2.0', ...message }));
    }
  }
});

test('what cannot be written in JSON is an error', () => {
  const loop: { jsonrpc: string; self?: object } = { jsonrpc: '2.0' };
  loop.self = loop;
  assert.throws(() => createMessageJson()(loop), TypeError);
});
