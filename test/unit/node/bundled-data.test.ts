import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openIndex } from '../../../server/src/core/know/advisory/open-index.ts';
import { parsePopularNames } from '../../../server/src/core/know/identity/popular-names.ts';
import { createNodePorts } from '../../../server/src/node/node-ports.ts';

test('the data that comes with the program is found beside the sources', () => {
  const ports = createNodePorts({ roots: () => [], version: undefined });
  assert.ok(parsePopularNames(ports.popularNames()).size > 10_000);
  const opened = openIndex(ports.advisories!()!, 'bundled');
  assert.ok('index' in opened && opened.index.affecting('event-stream', '3.3.6').length > 0);
});
