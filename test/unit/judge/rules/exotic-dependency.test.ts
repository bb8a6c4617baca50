import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuleContext } from '../../../../server/src/core/judge/check/rule.ts';
import { exoticDependency } from '../../../../server/src/core/judge/rules/exotic-dependency.ts';
import type { Manifest } from '../../../../server/src/core/read/manifest/manifest.ts';
import { readManifest } from '../../../../server/src/core/read/manifest/read-manifest.ts';
import { expectMarks, openWorkspace } from '../../../workspace.ts';

test('git, web addresses, and paths that lead elsewhere', async () => {
  const source = `-- package.json --
{
  "dependencies": {
    "a": "user/repo",
         ^^^^^^^^^^^ exotic-dependency: "a" comes from git (user/repo), where no registry signature, cooldown or advisory applies. Use a registry release if there is one.
    "b": "git+https://me:secret@example.test/b.git#main",
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ exotic-dependency: "b" comes from git (git+https://***@example.test/b.git#main), where no registry signature, cooldown or advisory applies. Use a registry release if there is one.
    "c": "https://files.example.test/c.tgz",
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ exotic-dependency
    "d": "file:/opt/d",
         ^^^^^^^^^^^^^ exotic-dependency: "d" comes from a path that exists only on this machine (file:/opt/d). Use a path inside the repository.
    "e": "~/e",
         ^^^^^ exotic-dependency
    "f": "file:C:\\\\f",
         ^^^^^^^^^^^^ exotic-dependency
    "g": "https://github.com/a/b"
         ^^^^^^^^^^^^^^^^^^^^^^^^ exotic-dependency
  }
}
-- sub/package.json --
{
  "dependencies": {
    "h": "file:../other",
         ^^^^^^^^^^^^^^^ exotic-dependency: "h" comes from outside this project (file:../other). Use a path inside it, a workspace or a registry.
    "i": "link:../../x"
         ^^^^^^^^^^^^^^ exotic-dependency
  }
}
`;
  await expectMarks(source);
  const severities = (await openWorkspace(source))
    .findings('exotic-dependency')
    .map((each) => [each.package, each.severity]);
  assert.deepEqual(
    severities.filter(([, severity]) => severity === 'error').map(([name]) => name),
    ['d', 'e', 'f'],
  );
});

test('near misses', () =>
  expectMarks(
    `-- package.json --
{
  "workspaces": ["packages/*"],
  "dependencies": { "a": "^1", "b": "file:./vendor/b", "c": "file:packages/../vendor/c.tgz", "d": "workspace:*", "e": "npm:f@1", "g": "latest", "h": "catalog:" },
  "peerDependencies": { "i": "user/repo" },
  "peerDependenciesMeta": { "i": { "optional": true } }
}
-- packages/lib/package.json --
{ "name": "lib", "dependencies": { "a": "link:../../vendor/a", "b": "patch:b@npm%3A1.0.0#./b.patch" } }
-- example/package.json --
{ "dependencies": { "shop": "file:..", "linked": "link:../" } }
`,
    { rules: ['exotic-dependency'] },
  ));

test('where the root of the repository is known, it is the bound', () => {
  const manifest = readManifest(
    'file:///repo/a/package.json',
    '{"dependencies": {"in": "file:../b", "out": "file:../../b"}}',
  );
  const project = {
    ...{ root: 'file:///repo/a', repository: 'file:///repo' },
    ...{ overrides: { entries: [] }, overridePlaces: [] },
  } as unknown as RuleContext['project'];
  const check = exoticDependency.check.manifest as (file: Manifest, context: RuleContext) => Iterable<object>;
  const found = [...check(manifest, { project } as RuleContext)] as { package: string; severity: string }[];
  assert.deepEqual(
    found.map((each) => [each.package, each.severity]),
    [['out', 'error']],
  );
});
