import assert from 'node:assert/strict';
import { chownSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createHistory, type History } from './lockfile-histories.ts';
import { makeProject } from './run-cli.ts';
import { history, type IncidentJson, incident, lockfile } from './run-incident.ts';

const BAD = lockfile({ evil: '6.6.6' });
const CLEAN = lockfile({ evil: '6.6.5' });

/** A repository with a clean lockfile on its branch. */
function cleanHistory(): History {
  const own = history();
  own.write('package-lock.json', CLEAN);
  own.commit();
  return own;
}

/** Commits a bad lockfile on no branch, and returns the commit. */
function commitAside(own: History): string {
  own.git('checkout', '--quiet', '--detach');
  own.write('package-lock.json', BAD);
  const commit = own.commit();
  own.git('checkout', '--quiet', 'main');
  return commit;
}

const verdictsOf = ({ repositories }: IncidentJson) => repositories.map(({ verdict }) => verdict);

describe('a bad version is found', () => {
  const refer: Readonly<Record<string, (own: History, commit: string) => void>> = {
    'behind a tag': (own, commit) => own.git('tag', 'v1', commit),
    'behind an annotated tag': (own, commit) => own.git('tag', '--annotate', '-m', 'x', 'v1', commit),
    'behind a remote branch': (own, commit) => own.git('update-ref', 'refs/remotes/origin/x', commit),
    'behind a reference of a pull request': (own, commit) =>
      own.git('update-ref', 'refs/pull/1/head', commit),
    'behind notes': (own, commit) => own.git('update-ref', 'refs/notes/commits', commit),
    'behind a packed reference': (own, commit) => {
      own.git('update-ref', 'refs/heads/other', commit);
      own.git('pack-refs', '--all');
    },
  };
  for (const [name, add] of Object.entries(refer))
    test(`in a commit ${name}`, () => {
      const own = cleanHistory();
      const commit = commitAside(own);
      assert.deepEqual(verdictsOf(incident(['evil@6.6.6', own.directory, '--history'])), ['not-hit']);
      add(own, commit);
      const { code, repositories } = incident(['evil@6.6.6', own.directory, '--history']);
      assert.equal(code, 1);
      assert.equal(repositories[0]!.findings[0]!.events[0]!.commit, commit);
    });

  test('in each stash', () => {
    const own = cleanHistory();
    for (const text of [BAD, lockfile({ evil: '6.6.4' }), lockfile({ evil: '6.6.3' })]) {
      own.write('package-lock.json', text);
      own.git('stash', 'push', '--quiet');
    }
    assert.equal(incident(['evil@6.6.6', own.directory, '--history']).code, 1);
  });

  test('in the commit of another worktree that is on no branch', () => {
    const own = cleanHistory();
    const other = join(own.directory, '../other');
    const home = makeProject({});
    const look = (directory: string) =>
      verdictsOf(incident(['evil@6.6.6', directory, '--history'], { HOME: home }));
    own.git('worktree', 'add', '--quiet', '--detach', other);
    assert.deepEqual([look(own.directory), look(other)], [['not-hit'], ['not-hit']]);
    const commit = commitAside(own);
    own.git('-C', other, 'checkout', '--quiet', '--detach', commit);
    assert.deepEqual([look(own.directory), look(other)], [['was-hit'], ['hit-now']]);
  });

  for (const option of ['--ref-format=reftable', '--object-format=sha256'])
    test(`in a repository with ${option}`, (context) => {
      const directory = join(makeProject({}), 'own');
      const own = createHistory(directory);
      rmSync(join(directory, '.git'), { recursive: true });
      try {
        own.git('init', '--quiet', '--initial-branch=main', option);
      } catch {
        context.skip('this git has no such repositories');
        return;
      }
      own.write('package-lock.json', CLEAN);
      own.commit();
      own.write('package-lock.json', BAD);
      const bad = own.commit();
      own.write('package-lock.json', CLEAN);
      const left = own.commit();
      const home = makeProject({});
      const look = () => {
        const { code, repositories } = incident(['evil@6.6.6', directory, '--history'], { HOME: home });
        assert.equal(code, 1);
        assert.equal(repositories[0]!.verdict, 'was-hit');
        const [finding] = repositories[0]!.findings;
        assert.deepEqual(
          finding!.events.map(({ commit }) => commit),
          [bad, left],
        );
        assert.deepEqual(finding!.events[0]!.branches, ['main']);
        assert.deepEqual(finding!.dependencyPath, ['', 'evil']);
      };
      look();
      own.git('gc', '--quiet');
      look();
      own.write('package-lock.json', lockfile({ evil: '6.6.6', other: '1.0.0' }));
      own.commit();
      assert.deepEqual(verdictsOf(incident(['evil@6.6.6', directory, '--history'], { HOME: home })), [
        'hit-now',
      ]);
    });
});

test('a repository of another user is not read, and is never "not hit"', (context) => {
  if (process.getuid?.() !== 0) {
    context.skip('only root gives files to others');
    return;
  }
  const own = cleanHistory();
  own.write('package-lock.json', BAD);
  own.commit();
  own.write('package-lock.json', CLEAN);
  own.commit();
  for (const path of [own.directory, join(own.directory, '.git')]) chownSync(path, 1234, 1234);
  const { code, repositories } = incident(['evil@6.6.6', own.directory, '--history']);
  assert.equal(code, 2);
  assert.equal(repositories[0]!.verdict, 'unknown');
  assert.match(repositories[0]!.notRead[0]!.reason, /another user owns the repository/);
});

test('a repository whose objects are elsewhere is read, or what is not there is listed', () => {
  const own = cleanHistory();
  own.write('package-lock.json', BAD);
  own.commit();
  own.write('package-lock.json', CLEAN);
  own.commit();
  const clone = join(own.directory, '../clone');
  own.git('clone', '--quiet', '--shared', own.directory, clone);
  assert.equal(readdirSync(join(clone, '.git/objects/pack')).length, 0);
  assert.equal(incident(['evil@6.6.6', clone, '--history']).code, 1);
  rmSync(own.directory, { recursive: true });
  const { code, repositories } = incident(['evil@6.6.6', clone, '--history']);
  assert.equal(code, 2);
  assert.equal(repositories[0]!.verdict, 'unknown');
});
