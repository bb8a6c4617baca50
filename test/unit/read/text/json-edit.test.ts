import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ParseError, parse } from 'jsonc-parser';
import { applyEdits, type TextEdit } from '../../../../server/src/core/read/text/edit.ts';
import {
  appendAllToArray,
  appendToArray,
  type JsonData,
  newJsonFile,
  removeItem,
  removeProperty,
  renameKey,
  replaceValue,
  setPropertiesAt,
  setProperty,
} from '../../../../server/src/core/read/text/json/json-edit.ts';

/** Returns the text after the edits, which must be offered. */
function edited(text: string, edits: readonly TextEdit[] | undefined): string {
  assert.ok(edits !== undefined, 'edits are offered');
  return applyEdits(text, edits);
}

function read(text: string): unknown {
  const errors: ParseError[] = [];
  const value = parse(text.replace(/^\ufeff/, ''), errors, { allowTrailingComma: true });
  assert.deepEqual(errors, [], text);
  return value;
}

const lines = (...all: string[]) => all.join('\n');

describe('setProperty', () => {
  test('adds behind the last property and its comment', () => {
    const text = lines('{', '    "a": 1, // one', '    "b": 2 // two', '    // end', '}', '');
    assert.equal(
      edited(text, setProperty(text, ['c'], 3)),
      lines('{', '    "a": 1, // one', '    "b": 2, // two', '    "c": 3', '    // end', '}', ''),
    );
  });

  test('adds in alphabetical place, with the comments staying with their lines', () => {
    const text = lines(
      '{ "dependencies": {',
      '\t\t// about a',
      '\t\t"a": "1", // a',
      '\t\t"c": "3"',
      '\t} }',
    );
    assert.equal(
      edited(text, setProperty(text, ['dependencies', 'b'], '2', { sorted: true })),
      lines(
        '{ "dependencies": {',
        '\t\t// about a',
        '\t\t"a": "1", // a',
        '\t\t"b": "2",',
        '\t\t"c": "3"',
        '\t} }',
      ),
    );
    assert.equal(
      edited(text, setProperty(text, ['dependencies', '@x/y'], '2', { sorted: true })),
      lines(
        '{ "dependencies": {',
        '\t\t"@x/y": "2",',
        '\t\t// about a',
        '\t\t"a": "1", // a',
        '\t\t"c": "3"',
        '\t} }',
      ),
    );
  });

  test('an unsorted object takes the key at its end', () => {
    const text = lines('{', '  "z": 1,', '  "a": 2', '}');
    assert.equal(
      edited(text, setProperty(text, ['b'], 3, { sorted: true })),
      lines('{', '  "z": 1,', '  "a": 2,', '  "b": 3', '}'),
    );
  });

  test('makes the objects that are missing, in the own indentation and with CRLF', () => {
    const text = '{\r\n   "name": "x"\r\n}\r\n';
    assert.equal(
      edited(text, setProperty(text, ['allowScripts', 'esbuild@0.28.2'], true)),
      '{\r\n   "name": "x",\r\n   "allowScripts": {\r\n      "esbuild@0.28.2": true\r\n   }\r\n}\r\n',
    );
  });

  test('keeps one-line objects on one line', () => {
    assert.equal(edited('{"a":1}', setProperty('{"a":1}', ['b', 'c'], 2)), '{"a":1,"b":{"c":2}}');
    assert.equal(edited('{ "a": 1 }', setProperty('{ "a": 1 }', ['b'], [2])), '{ "a": 1, "b": [2] }');
    const nested = lines('{', '  "a": { "x": 1, "y": 2 }', '}');
    assert.equal(
      edited(nested, setProperty(nested, ['a', 'z'], 3)),
      lines('{', '  "a": { "x": 1, "y": 2, "z": 3 }', '}'),
    );
    const inner = '{"a":1,"b":{}}';
    assert.equal(edited(inner, setProperty(inner, ['b', 'c'], 2)), '{"a":1,"b":{"c":2}}');
  });

  test('fills empty objects and empty texts', () => {
    assert.equal(edited('{}', setProperty('{}', ['a'], 1)), '{\n  "a": 1\n}');
    assert.equal(edited('{ // none\n}', setProperty('{ // none\n}', ['a'], 1)), '{ // none\n  "a": 1\n}');
    assert.equal(
      edited('{ /* none */ }', setProperty('{ /* none */ }', ['a'], 1)),
      '{ /* none */\n  "a": 1\n}',
    );
    assert.equal(edited('', setProperty('', ['a', 'b'], 1)), '{\n  "a": {\n    "b": 1\n  }\n}\n');
    const multi = lines('{', '  "name": "x",', '  "dependencies": {}', '}');
    assert.equal(
      edited(multi, setProperty(multi, ['dependencies', 'a'], '1')),
      lines('{', '  "name": "x",', '  "dependencies": {', '    "a": "1"', '  }', '}'),
    );
  });

  test('of duplicate keys it edits the last, which counts', () => {
    const text = '{"a": {"x": 1}, "a": {"x": 2, "x": 3}}';
    assert.equal(edited(text, setProperty(text, ['a', 'x'], 4)), '{"a": {"x": 1}, "a": {"x": 2, "x": 4}}');
  });

  test('keeps a trailing comma and a byte order mark', () => {
    const text = '\ufeff{\n  "a": 1,\n}';
    assert.equal(edited(text, setProperty(text, ['b'], 2)), '\ufeff{\n  "a": 1,\n  "b": 2,\n}');
  });

  test('replaces only the value; an equal one gives no edits', () => {
    const text = '{ "a" :\t"1" /* x */ }';
    assert.equal(edited(text, setProperty(text, ['a'], '2')), '{ "a" :\t"2" /* x */ }');
    assert.deepEqual(setProperty(text, ['a'], '1'), []);
    assert.deepEqual(setProperty('{"a":{"b":[1,null]}}', ['a'], { b: [1, null] }), []);
  });

  test('refuses what is no object, has no value, or has no end', () => {
    for (const text of ['[]', '{"a": 1', '{"a": ', '{"a": [1]}', '{"a": "x', 'null', '{"a":,}']) {
      assert.equal(setProperty(text, ['a', 'b'], 1), undefined, text);
    }
  });
});

describe('removeProperty', () => {
  const removed = (text: string, ...path: string[]) => edited(text, removeProperty(text, path));

  test('takes the line and the right comma', () => {
    const text = lines('{', '  "a": 1,', '  // about b', '  "b": 2,', '  "c": 3', '}');
    assert.equal(removed(text, 'a'), lines('{', '  // about b', '  "b": 2,', '  "c": 3', '}'));
    assert.equal(removed(text, 'b'), lines('{', '  "a": 1,', '  // about b', '  "c": 3', '}'));
    assert.equal(removed(text, 'c'), lines('{', '  "a": 1,', '  // about b', '  "b": 2', '}'));
  });

  test('keeps each comment', () => {
    const text = lines('{', '  "a": 1, // a', '  "b": 2 // b', '}');
    assert.equal(removed(text, 'a'), lines('{', '  // a', '  "b": 2 // b', '}'));
    assert.equal(removed(text, 'b'), lines('{', '  "a": 1 // a', '  // b', '}'));
    assert.equal(removed('{ "a": 1, /* b */ "b": 2 }', 'b'), '{ "a": 1 /* b */ }');
  });

  test('leaves the neighbours on one-line objects alone', () => {
    const text = '{ "a": 1, "b": { "x": 2 }, "c": 3 }';
    assert.equal(removed(text, 'a'), '{ "b": { "x": 2 }, "c": 3 }');
    assert.equal(removed(text, 'b'), '{ "a": 1, "c": 3 }');
    assert.equal(removed(text, 'c'), '{ "a": 1, "b": { "x": 2 } }');
    assert.equal(removed(text, 'b', 'x'), '{ "a": 1, "b": {}, "c": 3 }');
  });

  test('empties an object, keeps a trailing comma, and reads commas at line starts', () => {
    assert.equal(removed('{\r\n  "a": 1\r\n}', 'a'), '{}');
    assert.equal(removed('{\n  "a": 1,\n  "b": 2,\n}', 'b'), '{\n  "a": 1,\n}');
    assert.equal(removed('{ "a": 1\n, "b": 2\n, "c": 3\n}', 'b'), '{ "a": 1\n, "c": 3\n}');
    assert.equal(removed('{\n  "a": 1,\n  "b": 2 }', 'b'), '{\n  "a": 1 }');
    assert.equal(removed('{\n  "a": 1, "b": 2,\n  "c": 3\n}', 'b'), '{\n  "a": 1,\n  "c": 3\n}');
  });

  test('takes the property that a span names, here the first of two', () => {
    const text = '{\n  "d": {\n    "a": 1,\n    "a": 2\n  }\n}';
    const start = text.indexOf('"a"');
    assert.equal(
      edited(text, removeProperty(text, { start, end: start + 3 })),
      '{\n  "d": {\n    "a": 2\n  }\n}',
    );
    assert.deepEqual(removeProperty(text, ['d', 'z']), []);
    assert.deepEqual(removeProperty(text, { start: 0, end: 1 }), []);
  });
});

test('renameKey changes the key token only', () => {
  const text = '{ "dependencies": { "lodahs" : "^4" } }';
  const to = '{ "dependencies": { "lodash" : "^4" } }';
  assert.equal(edited(text, renameKey(text, ['dependencies', 'lodahs'], 'lodash')), to);
  const start = text.indexOf('"lodahs"');
  assert.equal(edited(text, renameKey(text, { start, end: start + 8 }, 'lodash')), to);
  assert.equal(renameKey(text, ['x'], 'y'), undefined);
  assert.deepEqual(renameKey(to, ['dependencies', 'lodash'], 'lodash'), []);
});

test('replaceValue changes the value at a span', () => {
  const text = '{ "a": [ "x", "y" ] }';
  const start = text.indexOf('"y"');
  assert.equal(edited(text, replaceValue(text, { start, end: start + 3 }, 'z')), '{ "a": [ "x", "z" ] }');
  assert.equal(replaceValue(text, { start, end: start + 2 }, 'z'), undefined);
});

test('appendToArray adds once, in the layout of the array, and makes it', () => {
  const multi = lines('{', '  "mirrors": [', '    "a", // first', '    "b"', '  ]', '}');
  const more = lines('{', '  "mirrors": [', '    "a", // first', '    "b",', '    "c"', '  ]', '}');
  assert.equal(edited(multi, appendToArray(multi, ['mirrors'], 'c')), more);
  assert.deepEqual(appendToArray(more, ['mirrors'], 'c'), []);
  assert.equal(edited('{"m":["a"]}', appendToArray('{"m":["a"]}', ['m'], 'b')), '{"m":["a", "b"]}');
  assert.equal(edited('{"m":[]}', appendToArray('{"m":[]}', ['m'], 'b')), '{"m":["b"]}');
  assert.equal(
    edited('{}', appendToArray('{}', ['m'], { rule: 'x' })),
    lines('{', '  "m": [', '    {', '      "rule": "x"', '    }', '  ]', '}'),
  );
  assert.equal(appendToArray('{"m": 1}', ['m'], 'b'), undefined);
});

test('appendAllToArray adds what is not there, each item as the others stand', () => {
  const multi = lines('{', '  "ids": [', '    "a"', '  ]', '}');
  const more = lines('{', '  "ids": [', '    "a",', '    "b",', '    "c"', '  ]', '}');
  assert.equal(edited(multi, appendAllToArray(multi, ['ids'], ['b', 'a', 'c'])), more);
  assert.deepEqual(appendAllToArray(more, ['ids'], ['c', 'b']), []);
  assert.equal(
    edited('{"m":["a"]}', appendAllToArray('{"m":["a"]}', ['m'], ['b', 'c'])),
    '{"m":["a", "b", "c"]}',
  );
  assert.deepEqual(read(edited('', appendAllToArray('', ['m'], [1, 2]))), { m: [1, 2] });
});

test('setPropertiesAt sets properties of the object at a span', () => {
  const text = lines('{ "m": [', '  { "a": 1 }, // one', '  {', '    "b": 2 // two', '  }', '] }');
  const start = text.indexOf('{ "a"');
  const second = text.indexOf('{\n    "b"');
  const set = (values: Record<string, JsonData>, from: number, end: number) =>
    edited(text, setPropertiesAt(text, { start: from, end }, values));
  assert.match(set({ c: 'x', d: 4 }, start, start + 10), /\{ "a": 1, "c": "x", "d": 4 \}, \/\/ one/);
  assert.match(set({ a: 3 }, start, start + 10), /\{ "a": 3 \}, \/\/ one/);
  assert.equal(
    set({ b: 3, c: 'x', d: 4 }, second, text.length - 4),
    lines(
      '{ "m": [',
      '  { "a": 1 }, // one',
      '  {',
      '    "b": 3, // two',
      '    "c": "x",',
      '    "d": 4',
      '  }',
      '] }',
    ),
  );
  assert.equal(set({ a: 1 }, start, start + 10), text);
  assert.equal(set({ a: 1 }, 3, 4), text);
  assert.equal(setPropertiesAt('[{ "a": 1', { start: 1, end: 9 }, { b: 2 }), undefined);
  assert.equal(setPropertiesAt('[{ "a": }]', { start: 1, end: 9 }, { a: 2 }), undefined);
});

test('removeItem takes an item away, with its comma and its line', () => {
  const text = lines('{', '  "m": [', '    "a", // first', '    { "b": 1 },', '    "c"', '  ]', '}');
  const without = (item: string) => {
    const start = text.indexOf(item);
    return edited(text, removeItem(text, { start, end: start + item.length }));
  };
  assert.equal(without('{ "b": 1 }'), lines('{', '  "m": [', '    "a", // first', '    "c"', '  ]', '}'));
  assert.deepEqual(read(without('"c"')), { m: ['a', { b: 1 }] });
  assert.deepEqual(read(without('"a"')), { m: [{ b: 1 }, 'c'] });
  assert.deepEqual(removeItem(text, { start: 0, end: 1 }), []);
  assert.equal(removeItem('{ "m": ["a"', { start: 8, end: 11 }), undefined);
  assert.equal(edited('["a"]', removeItem('["a"]', { start: 1, end: 4 })), '[]');
});

test('newJsonFile ends with a newline', () => {
  assert.equal(newJsonFile({ a: [1] }), '{\n  "a": [\n    1\n  ]\n}\n');
});

/** Returns pseudorandom numbers that are the same in every run (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

interface Sample {
  readonly text: string;
  readonly value: Record<string, JsonData>;
  readonly comments: readonly string[];
}

/** Returns an object of objects in untidy style: mixed layouts, comments everywhere. */
function sampleOf(random: (below: number) => number): Sample {
  const newline = random(3) === 0 ? '\r\n' : '\n';
  const unit = ['  ', '\t', '    ', ' '][random(4)]!;
  const comments: string[] = [];
  const comment = (mayEndLine: boolean) => {
    if (random(4) !== 0) return '';
    const text = `comment ${comments.length}.`;
    comments.push(text);
    return mayEndLine && random(2) === 0
      ? `// ${text}${newline}`
      : random(5) === 0
        ? `/* ${text}${newline} */`
        : `/* ${text} */`;
  };
  const blank = (indent: string) =>
    [newline + indent, ' ', '', newline + indent, newline + indent][random(5)]!;
  const write = (value: JsonData, indent: string): string => {
    if (value === null || typeof value !== 'object') return JSON.stringify(value);
    const inner = indent + unit;
    const members = Object.entries(value).map(
      ([key, each]) =>
        `${JSON.stringify(key)}${comment(false)}:${['', ' ', ' '][random(3)]}${write(each, inner)}${comment(true)}`,
    );
    let text = `{${comment(true)}`;
    for (const [at, member] of members.entries()) {
      text +=
        blank(inner) +
        comment(true) +
        member +
        (at < members.length - 1 ? `,${comment(true)}` : random(9) === 0 ? ',' : '');
    }
    return `${text}${blank(indent)}${comment(true)}}`;
  };
  const object = (depth: number): Record<string, JsonData> => {
    const result: Record<string, JsonData> = {};
    const count = random(4);
    for (let at = 0; at < count; at++) {
      const value =
        depth > 0 && random(2) === 0 ? object(depth - 1) : [true, null, 7, 'x', 'a "b" // c'][random(5)]!;
      result[['a', 'b', 'c', 'd', 'e f'][random(5)]!] = value;
    }
    return result;
  };
  const value = object(2);
  return { text: write(value, '') + (random(2) === 0 ? newline : ''), value, comments };
}

/** Returns the objects of the sample, by path. */
function objectsIn(value: JsonData, path: readonly string[] = []): readonly (readonly string[])[] {
  if (value === null || typeof value !== 'object') return [];
  return [path, ...Object.entries(value).flatMap(([key, each]) => objectsIn(each, [...path, key]))];
}

function at(value: JsonData, path: readonly string[]): Record<string, JsonData> {
  let node = value as Record<string, JsonData>;
  for (const key of path) node = node[key] as Record<string, JsonData>;
  return node;
}

test('on many random objects: the value is as asked, nothing else changes, a second time changes nothing', () => {
  const random = randomFrom(20261124);
  let sets = 0;
  let removals = 0;
  for (let round = 0; round < 1500; round++) {
    const { text, value, comments } = sampleOf(random);
    assert.deepEqual(read(text), value);
    for (const path of objectsIn(value)) {
      for (const key of ['a', 'bb', 'z']) {
        const changed: JsonData = random(3) === 0 ? { k: [1] } : 'new';
        const sorted = random(2) === 0;
        const before = structuredClone(value) as JsonData;
        const exists = key in at(before, path);
        at(before, path)[key] = changed;
        const edits = setProperty(text, [...path, key], changed, { sorted });
        const result = edited(text, edits);
        assert.deepEqual(read(result), before, `${text}\n---\n${result}`);
        assert.deepEqual(setProperty(result, [...path, key], changed, { sorted }), [], result);
        if (!exists) {
          for (const { span } of edits!) assert.equal(text.slice(span.start, span.end).trim(), '', text);
          for (const each of comments) assert.ok(result.includes(each), `${text}\n---\n${result}`);
        } else assert.ok(edits!.length <= 1);
        sets++;
      }
      for (const key of Object.keys(at(value, path))) {
        const before = structuredClone(value) as JsonData;
        const gone = JSON.stringify(at(before, path)[key]);
        delete at(before, path)[key];
        const edits = removeProperty(text, [...path, key])!;
        const result = edited(text, edits);
        assert.deepEqual(read(result), before, `${text}\n---\n${result}`);
        assert.deepEqual(removeProperty(result, [...path, key]), []);
        if (!gone.startsWith('{')) {
          const outside = (each: string) => each.replace(/[\s,]/g, '');
          const taken = edits.map(({ span }) => text.slice(span.start, span.end)).join('');
          const bare = outside(taken.replace(/\/\*[^*]*\*\/|\/\/ comment \d+\.\s/g, ''));
          assert.equal(bare, outside(`${JSON.stringify(key)}:${gone}`), `${text}\n---\n${result}`);
        }
        removals++;
      }
    }
  }
  assert.ok(sets > 3000 && removals > 2000, `${sets} sets, ${removals} removals`);
});

test('appendAllToArray writes objects on one line, where the last one stands on one', () => {
  const flat = lines('{', '  "all": [', '    { "a": 1 }', '  ]', '}');
  const more = lines('{', '  "all": [', '    { "a": 1 },', '    { "a": 2 },', '    { "a": 3 }', '  ]', '}');
  assert.equal(edited(flat, appendAllToArray(flat, ['all'], [{ a: 2 }, { a: 3 }])), more);
});
