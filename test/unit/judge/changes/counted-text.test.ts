import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countedText } from '../../../../server/src/core/judge/changes/counted-text.ts';
import { dataLoads } from '../../../../server/src/core/judge/changes/reach/data-loads.ts';
import { REACH_TOOLS } from '../../../../server/src/core/judge/changes/reach/reach-tools.ts';
import { toolCalls } from '../../../../server/src/core/judge/changes/reach/tool-calls.ts';
import { cpuTime } from '../../../cpu-time.ts';

test('of a Prisma schema the generators count, whatever they say', () => {
  const schema = (provider: string, type: string) =>
    `generator a {\n  output = "}"\n  // model A {\n  provider = "${provider}"\n}\nmodel B {\n  b ${type}\n}\n`;
  const counted = (text: string) => countedText('prisma/a.prisma', text);
  assert.equal(counted(schema('a', 'Int')), counted(schema('a', 'String')));
  assert.notEqual(counted(schema('a', 'Int')), counted(schema('b', 'Int')));
});

test('of other files all counts, and of one that cannot be read', () => {
  assert.equal(countedText('a.json', '{"version":"1"}'), '{"version":"1"}');
  assert.equal(countedText('lerna.json', '["1"'), '["1"');
  assert.equal(countedText('lerna.json', '{"version":"1"}'), '{"version":}');
});

test('hostile text takes no long time', () => {
  const began = cpuTime();
  for (const part of [
    'generator a {',
    'generator ',
    '\t',
    'model a',
    './',
    './a.',
    '<!(',
    '<!@(node ',
    'a.b/',
    '"../',
  ])
    for (const end of ['', '\n']) {
      const text = (part + end).repeat(Math.ceil(200_000 / (part.length + 1)));
      countedText('a.prisma', text);
      countedText('tsconfig.json', text);
      for (const path of ['binding.gyp', '.babelrc', 'tsconfig.json', 'deno.json'])
        dataLoads(path, text, REACH_TOOLS);
      toolCalls(text);
    }
  assert.ok(cpuTime() - began < 40_000, `${cpuTime() - began} ms`);
});
