import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { claimOfRow } from '../../../../server/src/core/know/incident/bad-versions.ts';
import { changedRegions } from '../../../../server/src/node/incident/changed-regions.ts';
import { prepareTextScan } from '../../../../server/src/node/incident/text-scan.ts';
import { isWordByte } from '../../../../server/src/node/incident/word-table.ts';

function startScanFor(versions: Readonly<Record<string, string>>) {
  const facts = { ids: [], reported: undefined, published: undefined, removed: undefined };
  const claims = Object.entries(versions).map(
    ([name, version]) => [name, [claimOfRow({ name, versions: [version], ...facts })]] as const,
  );
  const scan = prepareTextScan({ label: '', claims: new Map(claims), unread: [] })();
  return (text: string | Buffer, isBinary = false) => scan.scan(Buffer.from(text), isBinary);
}

function scanFor(versions: Readonly<Record<string, string>>) {
  const scan = startScanFor(versions);
  let last = false;
  return (text: string | Buffer, isBinary = false) => {
    const result = scan(text, isBinary);
    if (result !== 'same') last = result === 'some';
    return last;
  };
}

/** A random number generator with a seed (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function wordsOf(text: Buffer): Set<string> {
  const words = new Set<string>();
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && isWordByte(text[at]!)) continue;
    if (at > from) words.add(text.toString('latin1', from, at));
    from = at + 1;
  }
  return words;
}

describe('the scan of a lockfile', () => {
  const mayLock = scanFor({ evil: '6.6.6', '@bad/core': '1.2.3', ranged: '>=2.0.0 <3.0.0' });

  test('lets texts pass that every format writes of a bad version', () => {
    for (const text of [
      '"node_modules/evil": { "version": "6.6.6" }',
      '"node_modules/alias": { "resolved": "https://registry.example.test/evil/-/evil-6.6.6.tgz" }',
      '"alias": { "version": "npm:evil@6.6.6" }',
      'evil@^6.0.0:\n  version "6.6.6"',
      '"evil@npm:^6.0.0":\n  version: 6.6.6\n  resolution: "evil@npm:6.6.6"',
      '  /evil/6.6.6:\n',
      '  /evil/6.6.6_peer@1.0.0:\n',
      '  evil@6.6.6(peer@1.0.0):\n',
      '"evil": ["evil@6.6.6", "", {}, "sha512-x"]',
      '"node_modules/@bad/core": { "version": "1.2.3" }',
      '"resolved": "https://registry.example.test/@bad%2fcore/-/core-1.2.3.tgz"',
      '"resolved": "https:\\/\\/registry.example.test\\/@bad\\/core\\/-\\/core-1.2.3.tgz"',
      '"node_modules/ranged": { "version": "2.5.0" }',
    ])
      assert.equal(mayLock(text), true, text);
  });

  test('stops texts without the name, and without its version', () => {
    for (const text of [
      '"node_modules/evil": { "version": "6.6.5" }',
      '"node_modules/evil-twin": { "version": "6.6.6" }',
      '"node_modules/@other/core": { "version": "1.2.3" }',
      '"node_modules/devil": { "version": "6.6.6" }',
      '',
    ])
      assert.equal(mayLock(text), false, text);
  });

  test('lets every text pass that may hide a name behind escapes', () => {
    for (const text of [
      String.raw`"node_modules/\u0065vil": { "version": "6.6.6" }`,
      String.raw`"\x65vil@6.6.6":`,
      '"ev\\\n  il@6.6.6":',
      '"resolved": "https://registry.example.test/%65vil/-/evil-6.6.6.tgz"',
    ])
      assert.equal(mayLock(text), true, text);
    assert.equal(mayLock(String.raw`"deprecated": "use \"good\"\n"`), false);
    assert.equal(mayLock('"a@patch:a@npm%3A1.0.0#x"'), false);
  });

  test('searches binary files for the name alone', () => {
    assert.equal(mayLock(Buffer.from('\0otherevilmore\0'), true), true);
    assert.equal(mayLock(Buffer.from('\0othermore\0'), true), false);
  });
});

describe('texts of a history', () => {
  test('have no new word outside of the regions that changed', () => {
    const random = randomFrom(7);
    const letters = 'ab-1.\n"/@ ';
    const piece = (length: number) => Array.from({ length }, () => letters[random(letters.length)]).join('');
    for (let round = 0; round < 150; round++) {
      const before = Buffer.from(piece(200 + random(20_000)));
      const edited = [before.toString()];
      for (let edit = random(4); edit >= 0; edit--) {
        const text = edited.pop()!;
        const at = random(text.length);
        edited.push(text.slice(0, at) + piece(random(30)) + text.slice(at + random(40)));
      }
      const after = Buffer.from(edited[0]!);
      const regions = changedRegions(before, after);
      if (regions === undefined) continue;
      const known = wordsOf(before);
      for (const { start, end } of regions) {
        let [from, to] = [start, end];
        while (from > 0 && isWordByte(after[from - 1]!)) from--;
        while (to < after.length && isWordByte(after[to]!)) to++;
        for (const word of wordsOf(after.subarray(from, to))) known.add(word);
      }
      for (const word of wordsOf(after)) assert.ok(known.has(word), `round ${round}: ${word}`);
    }
  });

  test('have the verdict of the last one while no change is near a bad version', () => {
    const scan = startScanFor({ evil: '6.6.6' });
    const entry = (name: string, version: string) => `"node_modules/${name}": { "version": "${version}" }`;
    const others = Array.from({ length: 200 }, (_, at) => entry(`name-${at}`, '1.0.0'));
    const look = (edit: (entries: string[]) => void) => {
      const entries = others.toSpliced(100, 0, entry('evil', '6.6.6'));
      edit(entries);
      return scan(entries.join(',\n'));
    };
    const far = (entries: string[]) => {
      entries[180] = entry('name-179', '1.0.1');
    };
    assert.equal(
      look(() => undefined),
      'some',
    );
    assert.equal(look(far), 'same');
    for (const near of [
      (entries: string[]) => entries.splice(100, 1),
      (entries: string[]) => entries.splice(100, 1, entry('evil', '6.6.7')),
      (entries: string[]) => entries.splice(100, 1, entry('good', '6.6.6')),
      (entries: string[]) => entries.splice(180, 0, entry('evil', '6.6.6')),
      (entries: string[]) => entries.splice(180, 0, '<<<<<<< HEAD'),
      (entries: string[]) => entries.splice(180, 0, String.raw`"node_modules/\u0065vil": {}`),
      (entries: string[]) => entries.splice(0, 1),
    ]) {
      look(far);
      assert.notEqual(look(near), 'same', near.toString());
      assert.notEqual(look(far), 'same', near.toString());
    }
  });

  test('are not parsed for a version of another package beside the name, and always for one of the entry', () => {
    const filler = Array.from({ length: 40 }, (_, at) => `  /name-${at}@1.0.0:\n    dev: true\n`).join('\n');
    const look = (before: string, after: string) => {
      const scan = startScanFor({ evil: '6.6.6' });
      scan(`${filler}evil 6.6.6\n${filler}${before}\n${filler}`);
      return scan(`${filler}evil 6.6.6\n${filler}${after}\n${filler}`);
    };
    for (const [before, after] of [
      ['  evil: 6.6.5\n  good: 6.6.5', '  evil: 6.6.5\n  good: 6.6.6'],
      ['  evil: 6.6.4\n  good: 6.6.6', '  evil: 6.6.5\n  good: 6.6.6'],
      ['"good": ["good@6.6.6"],\n"evil": ["evil@6.6.4"]', '"good": ["good@6.6.6"],\n"evil": ["evil@6.6.5"]'],
    ] as const)
      assert.equal(look(before, after), 'same', after);
    const padding = `    "license": "${'x'.repeat(700)}",`;
    const sorted = (version: string) =>
      `  "node_modules/evil": {\n${padding}\n    "version": "${version}"\n  }`;
    for (const [before, after] of [
      ['  evil: 6.6.5', '  evil: 6.6.6'],
      ['  version: 6.6.6', '  evil:\n  version: 6.6.6'],
      [sorted('6.6.5'), sorted('6.6.6')],
      [sorted('6.6.6'), sorted('6.6.5')],
      [sorted('6.6.6').replace('evil', 'good'), sorted('6.6.6')],
      ['"evil@^6":\n\n"6.6.5"', '"evil@^6":\n\n"6.6.6"'],
      [
        '{"node_modules/evil":{"dev":true,"version":"6.6.5"}}',
        '{"node_modules/evil":{"dev":true,"version":"6.6.6"}}',
      ],
      [
        '"evil-twin":\n  resolved "x/evil/-/evil-6.6.5.tgz"',
        '"evil-twin":\n  resolved "x/evil/-/evil-6.6.6.tgz"',
      ],
    ] as const)
      assert.notEqual(look(before, after), 'same', after);
  });

  test('are judged as each alone', () => {
    const random = randomFrom(21);
    const versions = Array.from({ length: 400 }, () => 1);
    const inTurn = scanFor({ evil: '6.6.6', 'name-7': '9.9.9' });
    let hits = 0;
    for (let commit = 0; commit < 300; commit++) {
      versions[random(versions.length)]!++;
      const entries = versions.map(
        (version, at) => `"node_modules/name-${at}": { "version": "1.${version}.0" }`,
      );
      if (random(3) === 0)
        entries.splice(random(entries.length), 0, '"node_modules/evil": { "version": "6.6.6" }');
      if (random(5) === 0) entries[7] = '"node_modules/name-7": { "version": "9.9.9" }';
      if (random(9) === 0) entries.length = random(entries.length) + 1;
      const text = entries.join(',\n');
      const expected = scanFor({ evil: '6.6.6', 'name-7': '9.9.9' })(text);
      assert.equal(inTurn(text), expected, `commit ${commit}`);
      if (expected) hits++;
    }
    assert.ok(hits > 50 && hits < 250, `${hits}`);
  });
});
