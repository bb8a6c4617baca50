import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openWorkspace } from '../../../workspace.ts';
import {
  gitUrl,
  LOCKFILES,
  type Nested,
  nestedCopy,
  type Outer,
  REGISTRY,
  tarballUrl,
} from './nested-copies.ts';

const OUTERS: readonly Outer[] = ['git', 'file', 'link'];
const EVIL = 'https://evil.example.test/';
const SOURCE_RULES: readonly string[] = [
  'lockfile-foreign-source',
  'lockfile-source-mismatch',
  'lockfile-entry-mismatch',
];

/** Returns the findings of the rules on sources: rule, severity, and token. */
async function judged(format: string, outer: Outer, nested: Nested): Promise<readonly string[]> {
  const workspace = await openWorkspace(nestedCopy(format, outer, nested));
  return workspace
    .findings()
    .filter(({ rule }) => SOURCE_RULES.includes(rule))
    .map(({ rule, severity, uri, span }) => {
      const text = workspace.snapshot.textOf(uri)!.slice(span.start, span.end);
      return `${severity} ${rule}: ${decodeURIComponent(text)}`;
    });
}

describe('a registry copy below a dependency of a name that the project takes from elsewhere', () => {
  for (const format of Object.keys(LOCKFILES)) {
    for (const outer of OUTERS) {
      test(`${format}, ${outer}: is silent where it is the registry's`, async () => {
        const honest = { resolved: tarballUrl(REGISTRY), isGit: false };
        assert.deepEqual(await judged(format, outer, honest), []);
      });

      test(`${format}, ${outer}: is foreign where another host serves it`, async () => {
        const found = await judged(format, outer, { resolved: tarballUrl(EVIL), isGit: false });
        assert.equal(found.length, 1, found.join('\n'));
        assert.match(found[0]!, /^error lockfile-(?:foreign-source|entry-mismatch): .*evil\.example\.test/);
      });

      test(`${format}, ${outer}: is foreign where another host serves it under another path`, async () => {
        const found = await judged(format, outer, { resolved: `${EVIL}vendor/kit.tgz`, isGit: false });
        assert.notDeepEqual(found, []);
        assert.match(found[0]!, /^error /);
      });

      test(`${format}, ${outer}: is not taken from a repository that nothing names`, async () => {
        const found = await judged(format, outer, {
          resolved: gitUrl('git.example.test/evil/kit.git'),
          isGit: true,
        });
        assert.notDeepEqual(found, []);
        assert.match(found[0]!, /^error /);
      });
    }
  }
});
