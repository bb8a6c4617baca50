import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildGraph } from '../../server/src/core/read/graph/build-graph.ts';
import type { DependencyGraph } from '../../server/src/core/read/graph/dependency-graph.ts';
import { effectiveEdges } from '../../server/src/core/read/graph/effective-edges.ts';
import { shortestPaths } from '../../server/src/core/read/graph/shortest-paths.ts';
import { lockfileKindOf, readLockfile } from '../../server/src/core/read/lockfile/detect.ts';
import { readManifest } from '../../server/src/core/read/manifest/read-manifest.ts';
import { graphJson } from '../../server/src/core/show/report/graph/graph-json.ts';
import { type CorpusRow, projectFiles, readCorpus } from './corpus.ts';

const rows = readCorpus();
if (rows.length === 0) test('there is no corpus', () => assert.equal(rows.length, 0));
else test('the corpus has 49 projects', () => assert.equal(rows.length, 49));
for (const row of rows) describe(row.folder, () => checkRow(row));

function checkRow(row: CorpusRow): void {
  const graph = graphOfRow(row);
  const { lockfile, packages, importers, edges } = graph;

  test('has as many entries as its index counts, each with its own span', () => {
    assert.equal(lockfile.status, 'checked');
    const entries = new Map(packages.map(({ entry }) => [entry.key, entry]));
    // For Bun the index counts the keys of members as well, which are those of importers here.
    const linked = row.format === 'bun' ? importers.flatMap((importer) => importer.entries) : [];
    assert.equal(new Set([...entries.keys(), ...linked]).size, row.packages);
    for (const { entry, span } of packages) {
      const text = lockfile.text.slice(span.start, span.end);
      assert.ok(text.startsWith(lockfile.text.slice(entry.keySpan.start, entry.keySpan.end)), entry.key);
    }
  });

  test('has unique ids, none of them an importer', () => {
    const ids = new Set([...packages.map(({ id }) => id), ...importers.map(({ path }) => path)]);
    assert.equal(ids.size, packages.length + importers.length);
  });

  test('has edges between nodes that there are, as the lockfile itself follows them', () => {
    assert.ok(edges.count > 0);
    const nodes = packages.length + importers.length;
    for (let edge = 0; edge < edges.count; edge++) {
      assert.ok(edges.from[edge]! < nodes && edges.to[edge]! < nodes);
    }
    if (lockfile.format === 'pnpm' || lockfile.importers.size === 0) return;
    let followed = 0;
    for (const [node, { entry, id }] of packages.entries()) {
      if (id.includes('@patch:')) continue;
      const targets = new Map<string, number>();
      for (let edge = edges.starts[node]!; edge < edges.starts[node + 1]!; edge++) {
        targets.set(edges.names[edge]!, edges.to[edge]!);
      }
      for (const edge of effectiveEdges(entry.edges)) {
        if (lockfile.format === 'yarn' && edge.section === 'peerDependencies') continue;
        const target = lockfile.follow(entry, edge);
        const mine = packages[targets.get(edge.name) ?? nodes]?.entry;
        if (target === undefined || !lockfile.entries.includes(target)) continue;
        assert.ok(mine !== undefined, `${edge.name} of ${id}`);
        assert.equal(mine.key, target.key);
        if (followed++ > MOST_FOLLOWED) return;
      }
    }
  });

  test('leads from importers to nearly all of its packages', () => {
    if (!lockfile.recordsEdges) return assert.equal(graph.gaps.length, 1);
    if (importers.every(({ dependencies }) => dependencies.length === 0)) return;
    const reached = new Uint8Array(packages.length);
    const waiting = importers.map((_, index) => packages.length + index);
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      for (let edge = edges.starts[node]!; edge < edges.starts[node + 1]!; edge++) {
        const to = edges.to[edge]!;
        if (to >= packages.length || reached[to] === 1) continue;
        reached[to] = 1;
        waiting.push(to);
      }
    }
    const unreached = packages.length - reached.reduce((sum, one) => sum + one, 0);
    assert.ok(unreached <= (UNREACHED[row.folder] ?? packages.length * 0.02), `${unreached}`);
    const last = reached.lastIndexOf(1);
    const [path] = shortestPaths(graph, last);
    assert.equal(path?.edges.length, path?.length);
    assert.equal(edges.to[path?.edges.at(-1) ?? 0], last);
  });

  test('is written as JSON that has all of it', () => {
    const graphed = {
      path: row.file,
      format: lockfile.format,
      lockfileVersion: '1',
      status: lockfile.status,
    };
    const read = JSON.parse(graphJson([{ ...graphed, reason: undefined, graph }]));
    const [written] = read.lockfiles;
    assert.deepEqual(
      [written.packages.length, written.edges.length, written.importers.length],
      [packages.length, edges.count, importers.length],
    );
    const known = new Set([
      ...written.packages.map(({ id }: { id: string }) => id),
      ...written.importers.map(({ path }: { path: string }) => path),
    ]);
    for (const { from, to } of written.edges) assert.ok(known.has(from) && known.has(to));
  });
}

/** More than a few entries that no manifest leads to, and the reason. */
const UNREACHED: Readonly<Record<string, number>> = {
  // net-keepalive has the dependencies of its own tests in its folder, which `requires` does not list.
  'balena-cli-shrinkwrap-v1': 419,
  // The corpus lacks the manifests of some members and of a newer state of the project.
  'astro-yarn-v1': 224,
  'hono-jsx-yarn-v1': 7,
};

/** Finding an entry in a list is slow; a few thousand show as much as all. */
const MOST_FOLLOWED = 2_000;

function graphOfRow(row: CorpusRow): DependencyGraph {
  const files = projectFiles(row);
  const lockfile = readLockfile(
    `file:///corpus/${row.file}`,
    files.get(row.file)!,
    lockfileKindOf(row.file)!,
  );
  const manifests = [...files]
    .filter(([path]) => /(?:^|\/)package\.json$/.test(path))
    .map(([path, text]) => [path.slice(0, -13), readManifest(`file:///corpus/${path}`, text)] as const);
  return buildGraph(lockfile, { manifests: new Map(manifests) });
}
