import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ConfigNode, memberOf } from '../../../../server/src/core/read/config/tree/config-tree.ts';
import { parseYamlTree } from '../../../../server/src/core/read/config/tree/parse-yaml-tree.ts';
import { expectTokens } from './config-spans.ts';

describe('YAML settings', () => {
  test('keys and values have their tokens, quotes included, counted in UTF-16', () => {
    const text = 'a: 1\n"b c": \'d\'\nlist:\n  - x😀\n  - "y"\nmap: { k: v, "q": [true, ~] }\n';
    const { root, problems } = parseYamlTree(text);
    assert.deepEqual(problems, []);
    assert.equal(expectTokens(text, root), 13);
    assert.deepEqual(plain(root), {
      a: 1,
      'b c': 'd',
      list: ['x😀', 'y'],
      map: { k: 'v', q: [true, null] },
    });
  });

  test('lines may end at a CR alone, also where the text is broken', () => {
    for (const text of ['a: 1\nlist:\n  - x\n  - "y\n    z"\nb: 2\n', 'a: 1\nb[\nlist: [x, y]\n']) {
      const read = parseYamlTree(text);
      assert.deepEqual(parseYamlTree(text.replaceAll('\n', '\r')), read);
      assert.ok(memberOf(read.root, 'list')?.value?.type === 'list');
    }
  });

  test('what is no text keeps the text that was written', () => {
    const { root } = parseYamlTree('a: 18.0\nb: 012\nc: yes\nd: TRUE\n');
    const texts = root?.members.map(({ value }) => value?.type === 'scalar' && [value.value, value.text]);
    assert.deepEqual(texts, [
      [18, '18.0'],
      [12, '012'],
      ['yes', 'yes'],
      [true, 'TRUE'],
    ]);
  });

  test('anchors and merge keys are followed', () => {
    const { root } = parseYamlTree('base: &b { x: 1, y: 2 }\nown:\n  <<: *b\n  y: 3\nsame: *b\n');
    assert.deepEqual(plain(memberOf(root, 'own')?.value), { x: 1, y: 3 });
    assert.deepEqual(plain(memberOf(root, 'same')?.value), { x: 1, y: 2 });
  });

  test('an alias of nothing, or of itself, has no value', () => {
    const { root, problems } = parseYamlTree('a: *nowhere\nb: &b\n  c: *b\nd: e\n');
    assert.deepEqual(plain(root), { a: undefined, b: { c: undefined }, d: 'e' });
    assert.deepEqual(
      problems.map(({ span }) => span.start),
      [3, 23],
    );
  });

  test('tags mean nothing', () => {
    assert.deepEqual(plain(parseYamlTree('a: !!js/function "x"\nb: !env V\n').root), { a: 'x', b: 'V' });
  });
});

describe('broken YAML', () => {
  const cases: readonly (readonly [string, string, unknown])[] = [
    ['an open quote', 'a:\n  - "x\nb: 1\n', { a: ['x'], b: 1 }],
    ['an open bracket', 'a: [x, y\nb: 1\n', { a: ['x', 'y'], b: 1 }],
    ['a key being typed, at the end', 'a: 1\nb', { a: 1, b: undefined }],
    ['a key being typed, in between', 'a: 1\nb\nc: 2\n', { a: 1, b: undefined, c: 2 }],
    ['a member being typed', 'a:\n  x: 1\n  y\nb: 2\n', { a: { x: 1, y: undefined }, b: 2 }],
    ['an alias of a part that is right', 'a: &x 1\nb: [\nc: *x\n', { a: 1, b: [], c: 1 }],
    ['a second document', 'a: 1\n---\nb: 2\n', { a: 1, b: 2 }],
    ['a tab', 'a: 1\nb:\n\tc: 2\nd: 3\n', { a: 1, b: undefined, d: 3 }],
    ['lines that are indented too little', 'a:\n    b: 1\n  c: 2\nd: 3\n', { a: { b: 1 }, d: 3 }],
  ];
  for (const [name, text, expected] of cases) {
    test(`${name} costs only what it touches`, () => {
      const { root, problems } = parseYamlTree(text);
      assert.ok(problems.length > 0);
      assert.deepEqual(plain(root), expected);
      for (const { span } of problems) assert.ok(span.start <= span.end && span.end <= text.length);
    });
  }

  test('an empty file and one of comments have no settings and no problem', () => {
    for (const text of ['', '\n', '# only a comment\n', '---\n']) {
      assert.deepEqual(parseYamlTree(text), { root: undefined, problems: [] });
    }
  });

  test('what holds no map is a problem', () => {
    assert.deepEqual(
      parseYamlTree('- a\n').problems.map(({ message }) => message),
      ['It holds no settings.'],
    );
    for (const text of ['word', '42']) assert.equal(parseYamlTree(text).problems.length, 1);
  });
});

describe('hostile YAML', () => {
  test('is never too deep', () => {
    for (const unit of ['[', '{', '- ', '? ', 'a: ', '{a: ', '!x ', '&a ', "'", '|\n']) {
      const { problems } = parseYamlTree(unit.repeat(20_000));
      assert.ok(problems.length <= 100, unit);
    }
    const deep = parseYamlTree(`a: ${'['.repeat(500)}x${']'.repeat(500)}\nb: 1\n`).root;
    assert.deepEqual(plain(memberOf(deep, 'b')?.value), 1);
  });

  test('is never too long', () => {
    const { root, problems } = parseYamlTree(`a: ${'x'.repeat(1_000_000)}`);
    assert.equal(root, undefined);
    assert.deepEqual(problems, [{ message: 'It is too long to be read.', span: { start: 0, end: 0 } }]);
  });

  test('many lines that are nothing are as many problems as anybody reads', () => {
    assert.ok(parseYamlTree('a\n'.repeat(100_000)).problems.length <= 100);
  });

  test('aliases that double again and again stay as few as they are', () => {
    const lines = Array.from({ length: 60 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`);
    const { root } = parseYamlTree(`a0: &a0 [x]\n${lines.join('\n')}\n`);
    assert.equal(root?.members.length, 61);
  });

  test('aliases that expand to more than the longest text are problems', () => {
    const lines = Array.from({ length: 60 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`);
    const bomb = parseYamlTree(`a0: &a0 [x]\n${lines.join('\n')}\n`);
    const long = parseYamlTree(`a: &a ${'x'.repeat(10_000)}\nb: [${'*a, '.repeat(100)}]\n`);
    for (const { root, problems } of [bomb, long]) {
      assert.match(problems[0]?.message ?? '', /expand to more than is read/);
      assert.ok(JSON.stringify(plain(root)).length < 1_200_000);
    }
  });

  test('aliases are never too deep', () => {
    const lines = Array.from({ length: 900 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}]`);
    const { problems } = parseYamlTree(`a0: &a0 [x]\n${lines.join('\n')}\n`);
    assert.equal(problems[0]?.message, 'It is nested too deeply.');
  });

  test('what is left out as it is too deep is a problem', () => {
    for (const text of [`a: ${'['.repeat(60)}x${']'.repeat(60)}\nb: 1\n`, '['.repeat(200_000)]) {
      const started = process.cpuUsage().user;
      assert.match(JSON.stringify(parseYamlTree(text).problems), /nested too deeply/);
      assert.ok(process.cpuUsage().user - started < 2_000_000);
    }
  });

  test('merge keys of merge keys are bounded', () => {
    const wide = Array.from({ length: 500 }, (_, at) => `  k${at}: 1`).join('\n');
    const merged = Array.from({ length: 200 }, (_, at) => `m${at}:\n  <<: *w\n  own: 1`).join('\n');
    const { root, problems } = parseYamlTree(`w: &w\n${wide}\n${merged}\n`);
    const sizes = root?.members.map(({ value }) => (value?.type === 'map' ? value.members.length : 0)) ?? [];
    assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 20_000);
    assert.equal(sizes[1], 501);
    assert.match(problems[0]?.message ?? '', /expand to more than is read/);
  });
});

function plain(node: ConfigNode | undefined): unknown {
  switch (node?.type) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plain);
    case 'map':
      return Object.fromEntries(node.members.map(({ key, value }) => [key, plain(value)]));
    default:
      return undefined;
  }
}
