import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildGraph } from '../../server/src/core/read/graph/build-graph.ts';
import type { DependencyGraph } from '../../server/src/core/read/graph/dependency-graph.ts';
import { diffLockfiles } from '../../server/src/core/read/graph/diff/lockfile-diff.ts';
import { lockfileKindOf, readLockfile } from '../../server/src/core/read/lockfile/detect.ts';
import { recordOf } from '../../server/src/core/read/lockfile/record/lock-record.ts';
import { type CorpusRow, lockfileText, readCorpus } from './corpus.ts';

/** The smallest of each version of each format: large ones add nothing, and are slow. */
const rows = readCorpus()
  .toSorted((a, b) => a.packages - b.packages)
  .filter((row, at, all) => all.findIndex((other) => isAlike(other, row)) === at);

function isAlike(a: CorpusRow, b: CorpusRow): boolean {
  return a.format === b.format && a.version === b.version && a.file === b.file;
}

const skip =
  rows.length === 0
    ? "the corpus, 49 public projects' lockfiles kept outside this repository, is not in ../shared/corpus"
    : false;

describe('lockfiles of real projects', { skip }, () => {
  for (const row of rows) {
    test(`${row.folder} is the same as itself in another order`, () => {
      const text = lockfileText(row);
      const other = reordered(row.file, text);
      assert.notEqual(other, text);
      const graph = graphOf(row, text);
      assert.deepEqual(diffLockfiles(graph, graphOf(row, other)), {
        added: [],
        removed: [],
        changed: [],
        altered: [],
        settings: [],
        mainOrigin: undefined,
      });
      const { entries, links } = graph.lockfile;
      assert.equal(entries.length > 0, true);
      for (const entry of [...entries, ...links]) {
        const { source, hashes } = recordOf(entry);
        assert.notEqual(source.kind, 'unknown', `${entry.key}: ${source.identity}`);
        // The names of archives from outside a registry say nothing.
        if (source.kind === 'registry')
          assert.ok([undefined, entry.name].includes(source.saidName), entry.key);
        assert.ok(
          hashes.every(({ algorithm }) => algorithm !== 'unknown'),
          entry.key,
        );
      }
    });
  }
});

function graphOf({ file }: CorpusRow, text: string): DependencyGraph {
  return buildGraph(readLockfile(`file:///shop/${file}`, text, lockfileKindOf(file)!));
}

/** Returns the file as another tool might write it: entries in another order, different line ends and white space. */
function reordered(file: string, text: string): string {
  const plain = text.replaceAll('\r\n', '\n');
  switch (file) {
    case 'package-lock.json':
    case 'npm-shrinkwrap.json':
      return JSON.stringify(reversed(JSON.parse(plain.replace(/^\ufeff/, ''))), undefined, '\t').replaceAll(
        '\n',
        '\r\n',
      );
    case 'yarn.lock': {
      const blocks = plain.split(/\n\n+/).map((block) => block.trim());
      const isHead = (block: string) => /^#|^__metadata|\n__metadata/.test(block);
      const entries = blocks.filter((block) => !isHead(block)).reverse();
      return `${[...blocks.filter(isHead), ...entries].join('\r\n\r\n').replace(/\r?\n/g, '\r\n')}\r\n`;
    }
    case 'bun.lock': {
      const start = plain.indexOf('"packages": {') + '"packages": {'.length;
      const end = plain.lastIndexOf('}', plain.lastIndexOf('}') - 1);
      const lines = plain
        .slice(start, end)
        .split('\n')
        .filter((line) => line.trim() !== '');
      return `${plain.slice(0, start)}\n${lines.reverse().join('\n')}\n${plain.slice(end)}`;
    }
    default:
      return reversedBlocks(plain).replaceAll('\n', '\r\n');
  }
}

function reversed(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}

/** Reverses the entries of `packages` and `snapshots` of pnpm, which are separated by an empty line. */
function reversedBlocks(text: string): string {
  const blocks = text.split('\n\n');
  const result: string[] = [];
  let section: string[] = [];
  for (const block of blocks) {
    if (/^\s{2}\S/.test(block)) section.push(block);
    else {
      result.push(...section.reverse(), block);
      section = [];
    }
  }
  return `${[...result, ...section.reverse().map((block) => block.trimEnd())].join('\n\n').trimEnd()}\n`;
}
