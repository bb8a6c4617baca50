import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { declaredRanges } from '../../../../../server/src/core/judge/remedy/declared-range.ts';
import {
  editsOf,
  largestUpTo,
  updatesOf,
  updateTitle,
} from '../../../../../server/src/core/judge/remedy/range-updates.ts';
import { offerContext, updateOffer } from '../../../../../server/src/core/judge/remedy/update-offer.ts';
import type { UpdateLevel } from '../../../../../server/src/core/know/registry/releases/update-level.ts';
import { editedTexts, type OpenWorkspace } from '../../../../workspace.ts';
import { LEFT_PAD, NOW, openWithRegistry } from './registry-documents.ts';

/** Returns the updates of each range of a file, and the workspace's texts after all of one level. */
async function updates(workspace: OpenWorkspace, path: string) {
  const { project, files, facts } = workspace.snapshot.projectOf(workspace.uri(path))!;
  const all = declaredRanges(project, files.get(workspace.uri(path))!).map((range) => {
    const fact = facts.packument(range.target);
    assert.equal(fact.state, 'ready');
    const offer = updateOffer(range, fact.value, offerContext(project, NOW));
    return offer === undefined ? [] : updatesOf(range, offer);
  });
  return {
    titles: all.flat().map(updateTitle),
    after(level: UpdateLevel) {
      const chosen = all.map((each) => largestUpTo(each, level)).filter((update) => update !== undefined);
      const edits = editsOf(chosen, (uri) => workspace.snapshot.textOf(uri));
      return editedTexts({ title: '', applicability: 'unsafe', edits }, workspace.text);
    },
  };
}

describe('updates of ranges', () => {
  const SOURCE = `-- package.json --
{
  // kept
  "dependencies": {
      "left-pad": "^1.0.0",   "b": "npm:left-pad@~1.0.0"
  },
  "devDependencies": { "c": "npm:left-pad@1.x", "d": "npm:left-pad@^1 || ^2", "e": "npm:left-pad@latest" },
  "peerDependencies": { "left-pad": "^1.0.0" }
}
`;

  test('each level has its own, and all else in the text stays', async () => {
    const workspace = await openWithRegistry(SOURCE, { 'left-pad': LEFT_PAD });
    const { titles, after } = await updates(workspace, 'package.json');
    assert.deepEqual(titles, [
      'Update left-pad to ^1.0.1 (patch)',
      'Update left-pad to ^1.2.0 (minor)',
      'Update left-pad to ^2.0.0 (major)',
      'Update b to npm:left-pad@~1.0.1 (patch)',
      'Update b to npm:left-pad@~1.2.0 (minor)',
      'Update b to npm:left-pad@~2.0.0 (major)',
      'Update c to npm:left-pad@2.x (major)',
    ]);
    const text = workspace.text('package.json')!;
    const dependencies = (pad: string, b: string) =>
      text.replace(
        '"left-pad": "^1.0.0",   "b": "npm:left-pad@~1.0.0"',
        `"left-pad": "${pad}",   "b": "${b}"`,
      );
    assert.equal(after('patch').get('package.json'), dependencies('^1.0.1', 'npm:left-pad@~1.0.1'));
    assert.equal(after('minor').get('package.json'), dependencies('^1.2.0', 'npm:left-pad@~1.2.0'));
    assert.equal(
      after('major').get('package.json'),
      dependencies('^2.0.0', 'npm:left-pad@~2.0.0').replace('left-pad@1.x', 'left-pad@2.x'),
    );
  });

  test('what a catalog says is updated there, once, with its own quotes', async () => {
    for (const [line, expected] of [
      ["left-pad: '^1.0.0' # ours", "left-pad: '^2.0.0' # ours"],
      ['left-pad: "^1.0.0"', 'left-pad: "^2.0.0"'],
      ['left-pad: ^1.0.0', 'left-pad: ^2.0.0'],
    ] as const) {
      const workspace = await openWithRegistry(
        `-- package.json --
{ "name": "shop", "packageManager": "pnpm@10.0.0", "dependencies": { "left-pad": "catalog:" }, "devDependencies": { "left-pad": "catalog:" } }
-- pnpm-workspace.yaml --
catalog:
  ${line}
`,
        { 'left-pad': LEFT_PAD },
      );
      const { titles, after } = await updates(workspace, 'package.json');
      assert.equal(titles[0], 'Update left-pad to ^1.0.1 in pnpm-workspace.yaml (patch)');
      assert.deepEqual([...after('major')], [['pnpm-workspace.yaml', `catalog:\n  ${expected}\n`]]);
    }
  });

  test("Bun's catalogs and Yarn's", async () => {
    const bun = await openWithRegistry(
      `-- package.json --
{ "name": "shop", "packageManager": "bun@1.3.0", "catalogs": { "old": { "left-pad": "~1.0.0" } }, "dependencies": { "left-pad": "catalog:old" } }
`,
      { 'left-pad': LEFT_PAD },
    );
    const texts = (await updates(bun, 'package.json')).after('minor');
    assert.match(
      texts.get('package.json')!,
      /"old": \{ "left-pad": "~1\.2\.0" \}.*"left-pad": "catalog:old"/,
    );
    const yarn = await openWithRegistry(
      `-- package.json --
{ "name": "shop", "packageManager": "yarn@4.12.0", "dependencies": { "left-pad": "catalog:" } }
-- .yarnrc.yml --
catalog:
  left-pad: 1.0.0
`,
      { 'left-pad': LEFT_PAD },
    );
    assert.deepEqual(
      [...(await updates(yarn, 'package.json')).after('patch')],
      [['.yarnrc.yml', 'catalog:\n  left-pad: 1.0.1\n']],
    );
  });

  test('a range that is ahead of the lockfile is never moved back', async () => {
    const workspace = await openWithRegistry(
      `-- package.json --
{ "name": "shop", "dependencies": { "left-pad": "^1.1.0", "b": "npm:left-pad@^2.0.0" } }
-- package-lock.json --
{ "lockfileVersion": 3, "packages": {
  "": { "name": "shop", "dependencies": { "left-pad": "^1.0.0", "b": "npm:left-pad@^1.0.0" } },
  "node_modules/left-pad": { "version": "1.0.0" },
  "node_modules/b": { "name": "left-pad", "version": "1.0.0" } } }
`,
      { 'left-pad': LEFT_PAD },
    );
    assert.deepEqual((await updates(workspace, 'package.json')).titles, [
      'Update left-pad to ^1.2.0 (minor)',
      'Update left-pad to ^2.0.0 (major)',
    ]);
  });

  test('packages of the workspace have none', async () => {
    const workspace = await openWithRegistry(
      `-- package.json --
{ "name": "shop", "workspaces": ["left-pad"], "dependencies": { "left-pad": "^1.0.0" } }
-- left-pad/package.json --
{ "name": "left-pad", "version": "1.0.0" }
`,
      { 'left-pad': LEFT_PAD },
    );
    assert.deepEqual((await updates(workspace, 'package.json')).titles, []);
  });
});
