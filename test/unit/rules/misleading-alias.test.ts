import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../workspace.ts';

const RULE = 'misleading-alias';
const manifest = (dependencies: string, rest = '') => `-- package.json --
{
  "name": "@acme/shop",${rest}
  // kept
  "dependencies": {
${dependencies}
  }
}
`;

describe(RULE, () => {
  test('says what is installed under the popular name, at the value', () =>
    expectMarks(
      manifest(`    "react": "npm:reakt-fork@^19.0.0"
             ^^^^^^^^^^^^^^^^^^^^^^^^ misleading-alias: Under the name of "react" this installs "reakt-fork", which is another package and little known; make sure that it is meant.`),
    ));

  test('popular targets, names that nobody knows, and our own packages are silent', () =>
    expectMarks(
      manifest(
        [
          '"react": "npm:preact@^10.0.0"',
          '"react-17": "npm:react@^17.0.0"',
          '"lodash": "npm:lodash-es@^4.0.0"',
          '"our-own-name": "npm:reakt-fork@1"',
          '"axios": "npm:@acme/axios@1"',
          '"express": "npm:@hidden/express@1"',
          '"debug": "npm:allowed-fork@1"',
          '"ms": "github:somebody/ms"',
        ]
          .map((line) => `    ${line}`)
          .join(',\n'),
      ) +
        '-- dependency-hygiene.json --\n{ "privateScopes": ["@hidden"], "allowNames": [{ "name": "allowed-fork", "reason": "Ours." }] }\n',
      { rules: [RULE] },
    ));

  test('what an override of the root sets is meant', () =>
    expectMarks(
      manifest('    "react": "^19.0.0"', '\n  "overrides": { "react": "npm:reakt-fork@^19.0.0" },'),
      {
        rules: [RULE],
      },
    ));

  test('what a dependency declares is its own affair, and what nothing declares is told of the lockfile', async () => {
    const found = async (specifier: string) => {
      const packages = {
        '': { name: '@acme/shop', dependencies: { kit: '^1.0.0' } },
        'node_modules/kit': { version: '1.0.0', dependencies: { react: specifier } },
        'node_modules/react': { name: 'reakt-fork', version: '19.0.0' },
      };
      const lockfile = JSON.stringify({ lockfileVersion: 3, packages });
      const workspace = await openWorkspace(
        `${manifest('    "kit": "^1.0.0"')}-- package-lock.json --\n${lockfile}\n`,
      );
      return workspace.findings().map(({ rule }) => rule);
    };
    const declared = await found('npm:reakt-fork@^19.0.0');
    assert.ok(!declared.includes(RULE) && !declared.includes('lockfile-entry-mismatch'));
    const injected = await found('^19.0.0');
    assert.ok(!injected.includes(RULE) && injected.includes('lockfile-entry-mismatch'));
  });

  test('installs the package itself, in the range of the alias', async () => {
    const source = manifest('    "react" : "npm:reakt-fork@^1.0.0", // old');
    assert.equal(
      await fixOf(source, RULE, /^Install "react" itself/),
      manifest('    "react" : "^1.0.0", // old'),
    );
    assert.equal(
      await fixOf(manifest('    "react": "npm:reakt-fork"'), RULE, /^Install "react" itself/),
      manifest('    "react": "*"'),
    );
  });

  test('allows the other package with a reason', async () => {
    const after = await fixOf(
      manifest('    "react": "npm:reakt-fork@^1.0.0"'),
      RULE,
      /^Allow the name "reakt-fork"/,
    );
    assert.match(after, /-- dependency-hygiene.json --[\s\S]*"reakt-fork"[\s\S]*"reason"/);
  });

  test('a manifest cut anywhere gives no finding outside its text', async () => {
    const whole = manifest('    "react": "npm:reakt-fork@^19"').slice('-- package.json --\n'.length);
    for (let length = 0; length < whole.length; length += 3) {
      const workspace = await openWorkspace(`-- package.json --\n${whole.slice(0, length)}`);
      const size = workspace.text('package.json')!.length;
      for (const { span } of workspace.findings(RULE)) {
        assert.ok(span.start <= span.end && span.end <= size);
      }
    }
  });
});
