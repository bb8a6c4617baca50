import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { importsOf, ROOT } from './imports.ts';

const CORE = 'server/src/core/';

/** The folders of core in the order of architecture.md: each imports only those before it. */
const ORDER: readonly string[] = readFileSync(path.join(ROOT, 'server/docs/architecture.md'), 'utf8')
  .split('\n')
  .flatMap((line) => /^\| `((?:read|know|judge|show)\/[\w.-]+)` \|/.exec(line)?.[1] ?? []);

type Edges = ReadonlyMap<string, readonly string[]>;

function edgesOf(files: readonly string[]): Edges {
  return new Map(
    files.map((file) => {
      const folder = path.posix.dirname(file);
      const targets = importsOf(file)
        .filter(({ specifier }) => specifier.startsWith('.'))
        .map(({ specifier }) => path.posix.join(folder, specifier));
      return [file, targets];
    }),
  );
}

function roomOf(file: string): string | undefined {
  const place = file.slice(CORE.length);
  return ORDER.find((room) => place === room || place.startsWith(`${room}/`));
}

/** Returns imports from a folder to a later one. */
function upward(edges: Edges): readonly string[] {
  return [...edges].flatMap(([file, targets]) =>
    targets
      .filter((target) => target.startsWith(CORE))
      .filter((target) => ORDER.indexOf(roomOf(target) ?? '') > ORDER.indexOf(roomOf(file) ?? ''))
      .map((target) => `${file} imports ${target}`),
  );
}

/** Returns the files of each import cycle. */
function circles(edges: Edges): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (file: string) => {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    open.push(file);
    for (const target of edges.get(file) ?? []) {
      if (!order.has(target)) visit(target);
      if (open.includes(target)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(target)!));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1 || edges.get(file)?.includes(file)) found.push(circle);
  };
  for (const file of edges.keys()) if (!order.has(file)) visit(file);
  return found;
}

describe('the order of core', () => {
  const files = globSync('server/src/**/*.ts', { cwd: ROOT }).map((file) => file.replaceAll('\\', '/'));
  const edges = edgesOf(files);

  test('every file of core lies in a folder that architecture.md lists', () => {
    assert.ok(ORDER.length > 20);
    assert.deepEqual(
      files.filter((file) => file.startsWith(CORE) && roomOf(file) === undefined),
      [],
    );
  });

  test('no folder imports one behind it', () => {
    assert.deepEqual(upward(new Map([...edges].filter(([file]) => file.startsWith(CORE)))), []);
  });

  test('no imports of the server go in a circle, types included', () => {
    assert.deepEqual(circles(edges), []);
  });

  test('an import to a later folder and a circle are seen', () => {
    const [low, high] = [`${CORE}read/text/a.ts`, `${CORE}judge/rules/b.ts`];
    assert.deepEqual(upward(new Map([[low, [high]]])), [`${low} imports ${high}`]);
    assert.deepEqual(upward(new Map([[high, [low]]])), []);
    assert.equal(
      circles(
        new Map([
          [low, [high]],
          [high, [low]],
        ]),
      ).length,
      1,
    );
  });
});
