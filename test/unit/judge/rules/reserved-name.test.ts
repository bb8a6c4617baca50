import assert from 'node:assert/strict';
import { builtinModules } from 'node:module';
import { describe, test } from 'node:test';
import { isBuiltInModule, POLYFILLS } from '../../../../server/src/core/know/identity/built-in-modules.ts';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';
import { openWithRegistry } from './with-registry.ts';

const RULE = 'reserved-name';
const manifest = (lines: string) => `-- package.json --
{
  "name": "shop",
  "dependencies": {
${lines}
  }
}
`;
const holding = (latest: string, description: string) => ({
  description,
  'dist-tags': { latest },
  versions: { [latest]: {} },
});

describe('reserved-name', () => {
  test('modules of Node, at the key', () =>
    expectMarks(
      manifest(`    "crypto": "^1.0.1",
    ^^^^^^^^ reserved-name: "crypto" is a module of Node itself, so code that imports it never gets this package. Remove it.
    "node-crypto": "npm:crypto@1",
    ^^^^^^^^^^^^^ reserved-name
    "buffer": "^6.0.0",
    "events": "^3.3.0",
    "process": "^0.11.10",
    "sqlite": "^5.0.0",
    "test": "^3.3.0",
    "https": "npm:https-browserify@^1.0.0",
    "fs": "file:./empty"`),
    ));

  test('every module of this Node is one or the other', () => {
    const plain = builtinModules.filter((name) => !/^_|[/:]/.test(name));
    assert.deepEqual(
      plain.filter((name) => isBuiltInModule(name) === POLYFILLS.has(name)),
      [],
    );
    assert.ok(plain.length > 30);
  });

  test('names that the registry holds are errors', async () => {
    const source = manifest(`    "crossenv": "^6.1.1",
    ^^^^^^^^^^ reserved-name: "crossenv" is a name that the registry holds with a placeholder package to prevent misuse. Use "cross-env" if that is meant and find out what an earlier install ran.
    "flatmap-stream": "0.1.1",
    ^^^^^^^^^^^^^^^^ reserved-name
    "honest": "^1.0.0"`);
    const registry = {
      crossenv: holding('0.0.2-security', 'security holding package'),
      'flatmap-stream': holding('0.0.1-security', 'This package name is not currently in use.'),
      // A regular security release, and a package that only mentions the subject.
      honest: holding('2.0.0-security', 'security fixes'),
    };
    await expectMarks(source, { registry });
    const workspace = await openWorkspace(source, { registry });
    assert.deepEqual(
      workspace.findings(RULE).map(({ severity }) => severity),
      ['error', 'error'],
    );
  });

  test('is told instead of what the name looks like, with the name that is meant', async () => {
    const registry = { crossenv: holding('0.0.2-security', 'security holding package') };
    const source = manifest('    "crossenv": "^6.1.1"');
    await expectMarks(source, { rules: ['typosquat-name'], registry });
    const after = await fixOf(source, RULE, /^Replace with "cross-env"/, { registry });
    assert.equal(after, manifest('    "cross-env": "^6.1.1"'));
  });

  test('is a warning for a module of Node, whatever the registry holds, and needs no question', async () => {
    const { workspace, asked } = await openWithRegistry(
      manifest('    "fs": "^0.0.1-security"'),
      { fs: holding('0.0.1-security', '') },
      RULE,
    );
    assert.deepEqual(
      workspace.findings(RULE).map(({ severity }) => severity),
      ['warning'],
    );
    assert.deepEqual(asked, []);
  });

  test('is silent for a member of the workspace', () =>
    expectMarks(
      `-- package.json --
{ "name": "root", "workspaces": ["os"], "dependencies": { "os": "^1.0.0" } }
-- os/package.json --
{ "name": "os", "version": "1.0.0" }
`,
      { rules: [RULE] },
    ));

  test('takes the line out', async () => {
    const after = await fixOf(manifest('    "fs": "*",\n    "a": "1"'), RULE, /^Remove "fs"$/);
    assert.equal(after, manifest('    "a": "1"'));
  });
});
