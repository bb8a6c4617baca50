import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';
import { openOverCommit } from './with-registry.ts';

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
             ^^^^^^^^^^^^^^^^^^^^^^^^ misleading-alias: "react" installs reakt-fork here, a different, little-known package. Confirm that this alias is intended.`),
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

  test('an override that sets it is reported at its own line', () =>
    expectMarks(`-- package.json --
{
  "name": "@acme/shop",
  "dependencies": { "react": "^19.0.0" },
  "overrides": {
    "react": "npm:reakt-fork@^19.0.0",
             ^^^^^^^^^^^^^^^^^^^^^^^^ misleading-alias
    "debug": "npm:lodash-es@^4.0.0",
    "kit": { "ms": "npm:@evil/ms@^2.0.0" }
                   ^^^^^^^^^^^^^^^^^^^^^ misleading-alias
  }
}
`));

  test('an override of a package that is not locked installs nothing', async () => {
    const overrides = '\n  "overrides": { "react": "npm:reakt-fork@^19.0.0" },';
    const lockOf = (name: string) =>
      `-- package-lock.json --\n${JSON.stringify({ lockfileVersion: 3, packages: { '': { name: '@acme/shop' }, [`node_modules/${name}`]: { version: '1.0.0' } } })}\n`;
    const found = async (name: string) =>
      (await openWorkspace(manifest('    "zod": "^3.0.0"', overrides) + lockOf(name))).findings(RULE).length;
    assert.deepEqual([await found('zod'), await found('react'), await found('reakt-fork')], [0, 1, 1]);
  });

  test('the scope with the name of the alias is its owner’s if popular packages have it', () =>
    expectMarks(
      `${manifest(`    "typescript": "npm:@typescript/typescript6@^6.0.0",
    "request": "npm:@request/request@^2.0.0"
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misleading-alias`)}`,
      { rules: [RULE] },
    ));

  test('an override of pnpm-workspace.yaml as well', () =>
    expectMarks(
      `-- package.json --
{ "name": "@acme/shop", "packageManager": "pnpm@10.0.0", "dependencies": { "react": "^19.0.0" } }
-- pnpm-workspace.yaml --
packages: []
overrides:
  react: npm:reakt-fork@^19.0.0
         ^^^^^^^^^^^^^^^^^^^^^^ misleading-alias
`,
      { rules: [RULE] },
    ));

  test('what only packages of the lockfile declare is reported there, and what nothing declares by another rule', async () => {
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
      return workspace
        .findings()
        .filter(({ rule }) => rule === RULE || rule === 'lockfile-entry-mismatch')
        .map(({ rule, span, uri, severity }) => [
          rule,
          workspace.snapshot.textOf(uri)?.slice(span.start, span.end),
          severity,
        ]);
    };
    const key = '"node_modules/react"';
    assert.deepEqual(await found('npm:reakt-fork@^19.0.0'), [[RULE, key, 'information']]);
    assert.ok((await found('^19.0.0')).some(([rule]) => rule === 'lockfile-entry-mismatch'));
  });

  test('what the project declares itself is reported in its manifest alone', async () => {
    const packages = {
      '': { name: '@acme/shop', dependencies: { react: 'npm:reakt-fork@^19.0.0' } },
      'node_modules/react': { name: 'reakt-fork', version: '19.0.0' },
    };
    const lockfile = JSON.stringify({ lockfileVersion: 3, packages });
    const workspace = await openWorkspace(
      `${manifest('    "react": "npm:reakt-fork@^19.0.0"')}-- package-lock.json --\n${lockfile}\n`,
    );
    assert.deepEqual(
      workspace.findings(RULE).map(({ uri }) => uri.slice(uri.lastIndexOf('/') + 1)),
      ['package.json'],
    );
  });

  test('a fork that keeps the name, and that the base has so, is information', async () => {
    const lockOf = (target: string, more: object = {}) =>
      JSON.stringify({
        lockfileVersion: 3,
        packages: {
          '': { name: '@acme/shop', dependencies: { react: `npm:${target}@^19.0.0` }, ...more },
          'node_modules/react': { name: target, version: '19.0.0' },
        },
      });
    const severities = async (target: string, now: string, before: string) => {
      const overrides = `\n  "overrides": { "react": "npm:${target}@^19.0.0" },`;
      for (const text of [
        manifest(`    "react": "npm:${target}@^19.0.0"`),
        manifest('    "zod": "^3.0.0"', overrides),
      ]) {
        const source = `${text}-- package-lock.json --\n${now}\n`;
        const workspace = await openOverCommit(source, {}, 'package-lock.json', `${before}\n`);
        const [finding, ...more] = workspace.findings(RULE);
        assert.deepEqual(more, []);
        found.push(finding!.severity);
      }
      return found.splice(0);
    };
    const found: string[] = [];
    const kept = lockOf('@forks/react', { license: 'MIT' });
    assert.deepEqual(await severities('@forks/react', lockOf('@forks/react'), kept), [
      'information',
      'information',
    ]);
    const other = lockOf('@others/react', { license: 'MIT' });
    assert.deepEqual(await severities('@forks/react', lockOf('@forks/react'), other), ['warning', 'warning']);
    const renamed = lockOf('reakt-fork', { license: 'MIT' });
    assert.deepEqual(await severities('reakt-fork', lockOf('reakt-fork'), renamed), ['warning', 'warning']);
  });

  test('of pnpm, where a package asks for it under another name', async () => {
    const source = `-- package.json --
{ "name": "@acme/shop", "dependencies": { "kit": "^1.0.0" } }
-- pnpm-lock.yaml --
lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      kit:
        specifier: ^1.0.0
        version: 1.0.0

packages:

  kit@1.0.0:
    resolution: {integrity: sha512-${'A'.repeat(86)}==}

  '@evil/lodash@4.17.21':
    resolution: {integrity: sha512-${'B'.repeat(86)}==}

snapshots:

  '@evil/lodash@4.17.21': {}

  kit@1.0.0:
    dependencies:
      lodash: '@evil/lodash@4.17.21'
`;
    const workspace = await openWorkspace(source);
    const [finding, ...more] = workspace.findings(RULE);
    assert.deepEqual([finding?.data, more], [{ alias: 'lodash', target: '@evil/lodash' }, []]);
    assert.equal(
      workspace.snapshot.textOf(finding!.uri)?.slice(finding!.span.start, finding!.span.end),
      '@evil/lodash@4.17.21',
    );
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
