import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, test } from 'node:test';
import { planRemedies } from '../../../../server/src/core/judge/remedy/plan-remedies.ts';
import { changedBy, remedyContext } from './remedy-harness.ts';
import { laterDocuments, STALE_ADVISORIES, STALE_CASES } from './stale-project.ts';

/**
 * A project of each package manager: as locked while only bad versions existed; and as that package manager left it
 * after every plan was applied and the commands of the plans were run.
 */
const FIXTURES = join(import.meta.dirname, '../../../fixtures/remedies');

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  npm: ['npm install --package-lock-only --ignore-scripts', 'npm update deep --ignore-scripts'],
  'yarn-classic': ['yarn install --ignore-scripts'],
  'yarn-berry': ['yarn install --mode=update-lockfile', 'yarn up -R deep --mode=skip-build'],
  pnpm: [
    'pnpm install --lockfile-only --ignore-scripts',
    'pnpm install --lockfile-only --ignore-scripts --config.trustLockfile=true',
    'pnpm update -r deep --ignore-scripts',
  ],
  'pnpm-9': ['pnpm install --lockfile-only --ignore-scripts', 'pnpm update -r deep --ignore-scripts'],
  bun: ['bun install --lockfile-only --ignore-scripts', 'bun update deep --ignore-scripts'],
};

const LOCKFILE = /(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock)$/;

function filesOf(manager: string, state: 'before' | 'after'): Map<string, string> {
  const root = join(FIXTURES, manager, state);
  const files = new Map<string, string>();
  for (const item of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!item.isFile()) continue;
    const path = join(item.parentPath, item.name);
    files.set(relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8'));
  }
  return files;
}

for (const [manager, commands] of Object.entries(COMMANDS)) {
  describe(`a project of ${manager} with bad versions`, () => {
    for (const { bad, kind, locks } of STALE_CASES) {
      test(`${bad.name} ${bad.version} is mended by a plan of the kind "${kind}"`, async () => {
        const files = filesOf(manager, 'before');
        const options = { advisories: STALE_ADVISORIES, registry: laterDocuments() };
        const context = await remedyContext(files, options);
        const [id] = context.advisories.affecting(bad.name, bad.version).map((advisory) => advisory.id);
        const [remedy] = planRemedies(context, bad);
        assert.ok(remedy);
        const { clears, leaves, coolDown, isListed } = remedy;
        assert.deepEqual([remedy.kind, clears, leaves, coolDown, isListed], [kind, [id], [], 'passes', true]);
        assert.ok(
          remedy.versions.every((version) => locks.includes(version)),
          remedy.versions.join(),
        );
        assert.ok(commands.includes(remedy.command ?? ''), remedy.command);
        assert.equal(remedy.edits.length === 0, kind === 'refresh' && manager !== 'yarn-classic');
      });
    }

    test('all plans together give the files that the package manager then locked', async () => {
      let files = filesOf(manager, 'before');
      for (const { bad } of STALE_CASES) {
        const options = { advisories: STALE_ADVISORIES, registry: laterDocuments() };
        const [remedy] = planRemedies(await remedyContext(files, options), bad);
        files = new Map([...files, ...changedBy(remedy!, files)]);
      }
      const after = filesOf(manager, 'after');
      for (const [path, text] of files) if (!LOCKFILE.test(path)) assert.equal(text, after.get(path), path);
    });

    test('and then nothing bad is locked, and there is nothing left to plan', async () => {
      const context = await remedyContext(filesOf(manager, 'after'), {
        advisories: STALE_ADVISORIES,
        registry: laterDocuments(),
      });
      const locked = context.project.lockfile!.entries.map(
        ({ name, version }) => [name, version!.value] as const,
      );
      assert.ok(locked.length >= 14);
      for (const { bad, locks } of STALE_CASES) {
        const versions = locked.filter(([name]) => name === bad.name).map(([, version]) => version);
        assert.deepEqual(new Set(versions), new Set(locks), bad.name);
        for (const version of versions) {
          assert.deepEqual(context.advisories.affecting(bad.name, version), []);
          assert.deepEqual(planRemedies(context, { name: bad.name, version }), []);
        }
      }
    });
  });
}
