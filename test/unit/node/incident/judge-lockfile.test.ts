import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type BadVersions, claimOfRow } from '../../../../server/src/core/know/incident/bad-versions.ts';
import { findBadEntries } from '../../../../server/src/core/know/incident/find-bad-entries.ts';
import { createLockfileJudge, lockfileFrom } from '../../../../server/src/node/incident/judge-lockfile.ts';
import { createKnownEntries } from '../../../../server/src/node/incident/known-entries.ts';
import { prepareTextScan } from '../../../../server/src/node/incident/text-scan.ts';
import { FORMATS } from '../../../cli/lockfile-histories.ts';

const CLAIM = claimOfRow({
  ...{ name: 'evil', versions: ['6.6.6'], ids: [] },
  ...{ reported: undefined, published: undefined, removed: undefined },
});
const BAD: BadVersions = { label: '', claims: new Map([['evil', [CLAIM]]]), unread: [] };

/** Returns a judge that has read a lockfile of the format whole, so that the entries of others decide on them. */
function judgeOf(path: string, clean: string) {
  const entries = createKnownEntries();
  const judge = () => createLockfileJudge(BAD, prepareTextScan(BAD), entries);
  judge().judge(Buffer.from(clean), path);
  return (text: string) => judge().judge(Buffer.from(text), path);
}

const OTHERS = { before: '6.6.6', between: '1.0.0', devil: '6.6.6' };

describe('the verdict by the entries of a lockfile is that of parsing it', () => {
  for (const [path, format, textOf] of FORMATS)
    test(`in the layout of the package manager: ${path}, ${format}`, () => {
      const judge = judgeOf(path, textOf({ ...OTHERS, evil: '6.6.5' }));
      for (const locked of [
        { evil: '6.6.6' },
        { evil: '6.6.66' },
        { evil: '16.6.6' },
        { 'evil-twin': '6.6.6' },
      ]) {
        const text = textOf({ ...OTHERS, ...locked });
        const expected = findBadEntries(BAD, lockfileFrom(Buffer.from(text), path)!);
        assert.deepEqual(judge(text), expected, text);
        assert.equal(expected.hits.length, 'evil' in locked && locked.evil === '6.6.6' ? 1 : 0);
      }
    });

  test('in other layouts of JSON', () => {
    const clean = FORMATS[1]![2]({ ...OTHERS, evil: '6.6.5' });
    const judge = judgeOf('package-lock.json', clean);
    const hit = FORMATS[1]![2]({ ...OTHERS, evil: '6.6.6' });
    const far = `"a": ${JSON.stringify('x'.repeat(3000))},`;
    for (const text of [
      JSON.stringify(JSON.parse(hit)),
      JSON.stringify(JSON.parse(hit), undefined, '\t'),
      hit.replaceAll('\n', '\r\n'),
      hit.replaceAll(/^ +/gm, ''),
      hit.replaceAll('": ', '"\n:\n'),
      hit.replaceAll('"version": "6.6.6"', `${far} "version": "6.6.6"`),
      hit.replaceAll('"version": "6.6.6"', '"x": { "y": ["}", "\\"{"] },\n"version": "6.6.6"'),
      hit.replaceAll('"version": "6.6.6"', '"version":\n\n"6.6.6", "z": [{}]'),
      hit
        .replaceAll(/"resolved": .*\n/g, '')
        .replaceAll('"version": "6.6.6"', '"x": {\n},\n"version": "6.6.6"'),
    ])
      assert.equal(judge(text).hits.length, 1, text);
  });

  test('in YAML that no tool writes', () => {
    const [path, , textOf] = FORMATS.find(
      ([file, format]) => file === 'pnpm-lock.yaml' && format === 'version 9',
    )!;
    const judge = judgeOf(path, textOf({ evil: '6.6.5', other: '6.6.6' }));
    const head = "lockfileVersion: '9.0'\n\npackages:\n";
    const entry = (...lines: readonly string[]) => `${head}${lines.join('\n')}\n`;
    for (const text of [
      entry('', '  other@1.0.0:', '    resolution: {tarball: https://x.example.test/evil/-/evil-6.6.6.tgz}'),
      entry(
        '  some/path:',
        '    name: evil',
        '    version: 6.6.6',
        '    resolution: {tarball: https://x.example.test/a}',
      ),
      entry(
        '  some/path:',
        '    version: 6.6.6',
        "    resolution: {tarball: 'https://x.example.test/a'}",
        '    name: evil',
      ),
      entry(
        '  some/path: {',
        '    name: evil, x: {',
        ' a:',
        ' b, c:',
        '  d}, ',
        '    version: 6.6.6',
        '    }',
      ),
      entry('  some/path:', '    name: evil', '    version:', '      6.6.6'),
      entry('  some/path:', '    name: &a evil', '    version: &v 6.6.6'),
      entry('  some/path: {name: evil,', '    a: b, version: 6.6.6}'),
      entry('  {', '   evil@6.6.6', '  : {}}'),
    ]) {
      const expected = findBadEntries(BAD, lockfileFrom(Buffer.from(text), path)!);
      assert.deepEqual(judge(text), expected, text);
    }
  });
});

describe('the verdicts on the texts of histories are those of parsing each', () => {
  for (const [path, format, textOf] of FORMATS)
    test(`${path}, ${format}`, () => {
      const entries = createKnownEntries();
      const names = ['evil', 'devil', 'evil', 'zeta', 'ä'];
      const versions = ['6.6.6', '6.6.5', '6.6.6', '16.6.6'];
      let [seed, hits] = [5, 0];
      const random = (below: number) => {
        seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
        return Math.floor(seed / 65_536) % below;
      };
      for (let repository = 0; repository < 3; repository++) {
        const judge = createLockfileJudge(BAD, prepareTextScan(BAD), entries);
        const locked: Record<string, string> = {};
        for (let at = 0; at < 60; at++) locked[`other-${at}`] = '1.0.0';
        for (let commit = 0; commit < 40; commit++) {
          locked[`other-${random(60)}`] = `1.${commit}.0`;
          if (random(3) === 0) locked[names[random(names.length)]!] = versions[random(versions.length)]!;
          if (random(6) === 0) delete locked[names[random(names.length)]!];
          const sorted = Object.fromEntries(Object.entries(locked).sort(([a], [b]) => (a < b ? -1 : 1)));
          const bytes = Buffer.from(textOf(sorted));
          const expected = findBadEntries(BAD, lockfileFrom(bytes, path)!);
          assert.deepEqual(judge.judge(bytes, path, random(20) === 0), expected, `${repository} ${commit}`);
          hits += expected.hits.length;
        }
      }
      assert.ok(hits > 15 && hits < 110, `${hits}`);
    });
});

test('a version that is in a large entry again and again takes no long time', () => {
  const scan = prepareTextScan(BAD)();
  const line = '"evil": "6.6.6",';
  for (const between of ['', '\n']) {
    const text = Buffer.from(`{ "a": {${`${between}${line}`.repeat(60_000)} "b": "6.6.6" } }`);
    scan.scan(text, false, true);
    const start = process.cpuUsage().user;
    assert.equal(scan.entries(text), undefined);
    assert.ok(process.cpuUsage().user - start < 3_000_000);
  }
});

test('a lockfile that cannot be read is none without hits', () => {
  const [path, , textOf] = FORMATS[1]!;
  const judge = judgeOf(path, textOf({ evil: '6.6.5', other: '6.6.6' }));
  const text = textOf({ evil: '6.6.5', other: '6.6.6' });
  assert.deepEqual(judge(text), { hits: [], unread: undefined });
  for (const other of [
    text.replace('"lockfileVersion": 3', '"lockfileVersion": 99'),
    text.replace('"packages"', '<<<<<<< HEAD\n"packages"'),
    textOf({ other: '1.0.0', evil: '6.6.6' }).slice(0, -80),
  ])
    assert.notEqual(judge(other).unread, undefined, other);
});
