import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SaxesParser } from 'saxes';
import type { DependencyGraph } from '../../../../../server/src/core/read/graph/dependency-graph.ts';
import type { Finding } from '../../../../../server/src/core/read/text/finding.ts';
import type { JudgedLockfile } from '../../../../../server/src/core/show/report/graph/graph-dot.ts';
import { layoutInLayers } from '../../../../../server/src/core/show/report/graph/picture/layered-layout.ts';
import {
  graphPictures,
  whyPictures,
} from '../../../../../server/src/core/show/report/graph/picture/pictures.ts';
import {
  type Verdicts,
  verdictsOf,
} from '../../../../../server/src/core/show/report/graph/picture/verdict.ts';
import { cpuTime } from '../../../../cpu-time.ts';
import { graphOf, nodeOf } from '../../../read/graph/graph-of.ts';

function judged(
  packages: object,
  verdicts: Verdicts = verdictsOf([], true),
): JudgedLockfile & { readonly graph: DependencyGraph } {
  const graph = graphOf('package-lock.json', { lockfileVersion: 3, packages });
  return {
    path: 'package-lock.json',
    format: 'package-lock',
    lockfileVersion: '3',
    status: 'checked',
    reason: undefined,
    graph,
    verdicts,
  };
}

/** A chain from the root through `p1` to `p${length}`. */
function chain(length: number): Record<string, object> {
  const packages: Record<string, object> = { '': { name: 'shop', dependencies: { p1: '1' } } };
  for (let at = 1; at <= length; at++) {
    const dependencies = at === length ? {} : { [`p${at + 1}`]: '1' };
    packages[`node_modules/p${at}`] = { version: '1.0.0', dependencies };
  }
  return packages;
}

const HOSTILE = '@x/"]--><script>alert(1)</script>`#end&%%{init: {}}%%';

describe('pictures', () => {
  test('name what a dependency pulls in, with the colour of its worst finding', () => {
    const findings = [
      { rule: 'x', severity: 'warning', package: 'b', version: '1.0.0' },
      { rule: 'y', severity: 'error', advisories: [{ ids: [], package: 'b', version: '1.0.0' }] },
      { rule: 'z', severity: 'hint', package: 'a', version: '1.0.0' },
    ] as unknown as Finding[];
    const packages = {
      '': { name: 'shop', dependencies: { a: '1' } },
      'node_modules/a': { version: '1.0.0', dependencies: { b: '1' } },
      'node_modules/b': { version: '1.0.0', hasInstallScript: true },
    };
    const text = graphPictures([judged(packages, verdictsOf(findings, true))], 'mermaid');
    assert.match(
      text,
      /n0_1\["a 1\.0\.0<br\/>pulls in 1 package, depth 1, 1 with an install script, 1 with findings"\]:::clear/,
    );
    assert.match(text, /n0_2\["b 1\.0\.0<br\/>install script"\]:::error/);
    assert.match(text, /n0_0 --> n0_1\n/);
    const unknown = graphPictures([judged(packages, verdictsOf([], false))], 'mermaid');
    assert.match(unknown, /n0_2\[[^\n]*\]:::unknown/);
  });

  test('draw a finding far away with its path, and count what is left out', () => {
    const packages = chain(400);
    for (let at = 1; at <= 300; at++) packages[`node_modules/wide${at}`] = { version: '1.0.0' };
    packages[''] = {
      name: 'shop',
      dependencies: Object.fromEntries([
        ['p1', '1'],
        ...Array.from({ length: 300 }, (_, at) => [`wide${at + 1}`, '1']),
      ]),
    };
    const far = { rule: 'x', severity: 'error', package: 'p100', version: '1.0.0' } as unknown as Finding;
    const text = graphPictures([judged(packages, verdictsOf([far], true))], 'mermaid');
    assert.match(text, /"p100 1\.0\.0"\]:::error/);
    assert.match(text, /"551 packages left out"/);
    assert.equal(text.split('\n').filter((line) => line.includes(']:::')).length, 150);
  });

  test('of a chain of many thousands take no longer than its length', () => {
    const started = cpuTime();
    const text = graphPictures([judged(chain(40_000))], 'svg');
    assert.match(text, /39,851 packages left out/);
    assert.ok(cpuTime() - started < 20_000);
  });

  test('cannot be broken by names', () => {
    const lockfile = judged({
      '': { name: HOSTILE, dependencies: { [HOSTILE]: '1' } },
      [`node_modules/${HOSTILE}`]: { version: '1.0.0"\u202e\u0007\ufffe]' },
    });
    const mermaid = graphPictures([lockfile], 'mermaid');
    for (const line of mermaid.split('\n').filter((each) => each.includes('script')))
      assert.match(line, /^ +n0_\d\["[^"<>[\]`{}%]+"\]:::\w+$/);
    const parser = new SaxesParser();
    const texts: string[] = [];
    const names = new Set<string>();
    parser.on('error', (error) => assert.fail(error));
    parser.on('text', (text) => texts.push(text));
    parser.on('opentag', ({ name }) => names.add(name));
    parser.write(graphPictures([lockfile], 'svg')).close();
    assert.ok(texts.some((text) => text.includes('<script>')));
    assert.deepEqual([...names].sort(), [
      'defs',
      'g',
      'marker',
      'path',
      'rect',
      'style',
      'svg',
      'text',
      'title',
    ]);
  });

  test('of dependency paths have nothing but these', () => {
    const lockfile = judged({
      ...chain(3),
      'node_modules/other': { version: '1.0.0' },
    });
    const found = [{ lockfile, nodes: [nodeOf(lockfile.graph, 'node_modules/p3')] }];
    const mermaid = whyPictures(found, 'mermaid');
    assert.ok(!mermaid.includes('other'));
    assert.equal(mermaid.split('\n').filter((line) => line.includes('-->')).length, 3);
    assert.match(whyPictures(found, 'dot'), /label="p3 1\.0\.0", style=filled, [^\n]*penwidth=3/);
    assert.match(whyPictures(found, 'svg'), /class="clear target"/);
  });

  test('of a project without dependencies have the project', () => {
    const text = graphPictures([judged({ '': { name: 'shop' } })], 'mermaid');
    assert.match(text, /n0_0\["shop \(\.\)"\]:::importer/);
    assert.doesNotMatch(text, /left out/);
  });

  test('of an unread lockfile say so', () => {
    const unread = {
      ...judged({ '': {} }),
      status: 'unreadable',
      reason: 'Line 1.',
      graph: undefined,
    } as const;
    assert.match(
      graphPictures([unread], 'mermaid'),
      /\["package-lock\.json \(unreadable: line 1\)"\]|unreadable/,
    );
    assert.match(graphPictures([unread], 'svg'), /nothing to show/);
  });
});

describe('the layout', () => {
  const size = { width: 10, height: 10 };

  test('places boxes in columns by distance, without overlaps, and survives cycles', () => {
    const edges = [
      { from: 0, to: 1 },
      { from: 0, to: 2 },
      { from: 1, to: 3 },
      { from: 2, to: 3 },
      { from: 3, to: 1 },
      { from: 4, to: 5 },
      { from: 5, to: 4 },
    ];
    const { boxes } = layoutInLayers(Array(6).fill(size), edges);
    const x = boxes.map((box) => box.x);
    assert.ok(x[0]! < x[1]! && x[1] === x[2] && x[1]! < x[3]!);
    for (const [at, a] of boxes.entries())
      for (const b of boxes.slice(at + 1)) assert.ok(a.x !== b.x || Math.abs(a.y - b.y) >= 10);
  });

  test('sorts columns so that lines need not cross', () => {
    const edges = [
      { from: 0, to: 3 },
      { from: 1, to: 2 },
    ];
    const { boxes } = layoutInLayers(Array(4).fill(size), edges);
    assert.equal(boxes[0]!.y < boxes[1]!.y, boxes[3]!.y < boxes[2]!.y);
  });
});
