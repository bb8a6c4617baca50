import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJsonTree, propertyOf, stringOf } from '../../../../server/src/core/read/text/json/json-tree.ts';

/** Returns the tree in one line: the output of JSON.stringify, with `!` for missing nodes. */
function print(text: string): string {
  const write = (node: ReturnType<typeof parseJsonTree>['root']): string => {
    if (node === undefined) return '!';
    const end = (close: string) => ('closed' in node && node.closed ? close : '!');
    if (node.type === 'array')
      return `[${node.members.map((each) => write(each.value)).join(' ')}${end(']')}`;
    if (node.type === 'object') {
      return `{${node.members.map((each) => `${each.key}:${write(each.value)}`).join(' ')}${end('}')}`;
    }
    return node.type === 'string' && !node.closed ? '!' : JSON.stringify(node.value);
  };
  return write(parseJsonTree(text).root);
}

test('what is right', () => {
  assert.equal(
    print('{"a": [1, -2.5e3, true, null, "x\\n"], "b": {}, "b": ""}'),
    '{a:[1 -2500 true null "x\\n"] b:{} b:""}',
  );
  assert.deepEqual(parseJsonTree('\ufeff{"a": 1}\r\n').problems, []);
  assert.equal(parseJsonTree('{"a": 1,}', { trailingCommas: true }).problems.length, 0);
  assert.equal(parseJsonTree('{"a": 1,}').problems.length, 1);
  assert.equal(parseJsonTree('// a\n{ /* b */ }').comments.length, 2);
});

test('what is wrong costs only itself', () => {
  const cases = [
    ['{"a": "b": 1}', '{a:! b:1}'],
    ['{"a" "b": 1}', '{a:! b:1}'],
    ['{"a": foo, "b": 1}', '{a:! b:1}'],
    ['{"a": 1 "b": 2}', '{a:1 b:2}'],
    ['{"a": [1, {"b": 2], "c": 3}', '{a:[1 {b:2!] c:3}'],
    ['{"a": [1, "c": 3}', '{a:[1 "c" 3!}'],
    ['{"a": {"b": 1', '{a:{b:1!!'],
    ['{,, "a": 1}', '{a:1}'],
    ['{"a": "x\n"b": 1}', '{a:! b:1}'],
    ['{{"x": 1}, "a": 1}', '{a:1}'],
    ['[1 2]]', '[1 2]'],
    ['}', '!'],
  ] as const;
  for (const [text, expected] of cases) {
    assert.equal(print(text), expected, text);
    assert.ok(parseJsonTree(text).problems.length > 0, text);
  }
});

test('propertyOf takes the last of a name, stringOf a complete text', () => {
  const { root } = parseJsonTree('{"a": 1, "a": "2", "b": "open');
  assert.equal(stringOf(propertyOf(root, 'a')?.value), '2');
  assert.equal(stringOf(propertyOf(root, 'b')?.value), undefined);
  assert.equal(propertyOf(root, 'toString'), undefined);
});

test('spans and commas', () => {
  const text = '{ "a" : [ 1 , 2 ] , "b" : { } }';
  const { root } = parseJsonTree(text);
  assert.ok(root?.type === 'object');
  const [a, b] = root.members;
  assert.equal(text.slice(a?.span.start, a?.span.end), '"a" : [ 1 , 2 ]');
  assert.equal(text[a!.comma!], ',');
  assert.equal(text[a!.colon!], ':');
  assert.equal(text.slice(b?.value?.span.start, b?.value?.span.end), '{ }');
});

test('members that are read at once are those that are read token by token', () => {
  const blanks = ['', ' ', '\n\t', '\r\n  '];
  for (const [at, blank] of blanks.entries()) {
    const other = blanks[(at + 1) % blanks.length]!;
    const plain = `{"a"${blank}:${other}"1"${blank},${other}"b":"2"${blank}}`;
    // A comment after each key is left to the scanner, and so is everything around it.
    const slow = plain.replaceAll('"a"', '"a"/**/').replaceAll('"b"', '"b"/**/');
    const members = (text: string) => {
      const { root, problems } = parseJsonTree(text);
      assert.deepEqual(problems, []);
      assert.ok(root?.type === 'object' && root.closed);
      return root.members.map(({ key, keySpan, colon, value, span, comma }) => ({
        key,
        value: stringOf(value),
        keyText: text.slice(keySpan.start, keySpan.end),
        valueText: text.slice(value!.span.start, value!.span.end),
        text: text.slice(span.start, span.end).replace('/**/', ''),
        marks: [text[colon!], comma === undefined ? undefined : text[comma]],
      }));
    };
    assert.deepEqual(members(plain), members(slow));
    assert.equal(members(plain).length, 2);
  }
});
