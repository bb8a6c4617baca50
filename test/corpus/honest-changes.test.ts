import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, test } from 'node:test';
import type { Finding } from '../../server/src/core/read/text/finding.ts';
import { openFiles, ROOT } from '../workspace.ts';
import { CORPUS_MIRRORS, honestChanges, projectFiles } from './corpus.ts';

const REMEDIES = join(import.meta.dirname, '../fixtures/remedies');
const UPDATES = join(import.meta.dirname, '../fixtures/honest-updates');

const changes = honestChanges();
const skip =
  changes.length === 0
    ? "the corpus, 49 public projects' lockfiles kept outside this repository, is not in ../shared/corpus"
    : false;

describe('what maintainers changed in real projects gives no error', { skip }, () => {
  for (const [before, now] of changes) {
    test(`${before.folder} to ${now.folder}`, async () => {
      assert.deepEqual(await errorsOfChange(projectFiles(before), projectFiles(now)), []);
    });
  }
});

describe('an update of a dependency gives no error', () => {
  for (const manager of readdirSync(REMEDIES)) {
    test(manager, async () => {
      const [before, now] = ['before', 'after'].map((state) => filesIn(join(REMEDIES, manager, state)));
      assert.deepEqual(await errorsOfChange(before!, now!), []);
    });
  }

  test('npm, with version 1 of the file', async () => {
    const files = (version: string, digest: string) =>
      new Map([
        ['package.json', JSON.stringify({ name: 'shop', dependencies: { wrappy: `^${version}` } })],
        [
          'package-lock.json',
          JSON.stringify({
            name: 'shop',
            lockfileVersion: 1,
            requires: true,
            dependencies: {
              wrappy: {
                version,
                resolved: `${CORPUS_MIRRORS[0]}wrappy/-/wrappy-${version}.tgz`,
                integrity: `sha512-${digest.repeat(86)}==`,
              },
            },
          }),
        ],
      ]);
    assert.deepEqual(await errorsOfChange(files('1.0.1', 'A'), files('1.0.2', 'B')), []);
    // No update does this.
    assert.deepEqual(await errorsOfChange(files('1.0.1', 'A'), files('1.0.1', 'B')), [
      'lockfile-integrity-mismatch wrappy',
    ]);
  });
});

/**
 * Lockfiles by real package managers, one command after the other, with a registry on loopback: installing, updating to
 * newer versions, a newer major version beside required ones, deduplicating, a peer outside its range, uninstalling.
 */
describe('what a package manager changes in its lockfile gives no error', () => {
  for (const manager of readdirSync(UPDATES)) {
    test(manager, async () => {
      const steps = readdirSync(join(UPDATES, manager)).sort();
      const states = steps.map((step) => filesIn(join(UPDATES, manager, step)));
      assert.ok(states.length > 4);
      const pairs = [...states.keys()].slice(1).map((at) => [at - 1, at] as const);
      // One after the other and back, as with a revert, and all at once.
      for (const [from, to] of [...pairs, [0, states.length - 1] as const]) {
        assert.deepEqual(
          await errorsOfChange(states[from]!, states[to]!),
          [],
          `${steps[from]} to ${steps[to]}`,
        );
        assert.deepEqual(
          await errorsOfChange(states[to]!, states[from]!),
          [],
          `${steps[to]} to ${steps[from]}`,
        );
      }
    });
  }
});

/** Returns the errors that are there only because of the previous state. */
async function errorsOfChange(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const policy = ['dependency-hygiene.json', JSON.stringify({ mirrors: CORPUS_MIRRORS })] as const;
  const files = new Map([...now, policy]);
  const earlier = new Map([...before, policy]);
  const alone = await openFiles(files);
  const compared = await openFiles(files, {
    settings: { comparesCommits: true, base: 'HEAD' },
    git: {
      async textAt(uri, revision) {
        const text = earlier.get(uri.slice(ROOT.length + 1));
        return text === undefined
          ? { type: 'absent', commit: revision }
          : { type: 'text', commit: revision, text };
      },
    },
  });
  const known = new Set(alone.findings().map(identityOf));
  return compared
    .findings()
    .filter((finding) => finding.severity === 'error' && !known.has(identityOf(finding)))
    .map(({ rule, package: name }) => `${rule} ${name}`);
}

function identityOf({ rule, uri, span, severity }: Finding): string {
  return `${rule} ${severity} ${uri} ${span.start}`;
}

function filesIn(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((item) => item.isFile());
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [relative(folder, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')];
    }),
  );
}
