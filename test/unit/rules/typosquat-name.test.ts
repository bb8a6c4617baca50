import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../workspace.ts';

const manifest = (dependencies: string) => `-- package.json --
{
  "name": "shop",
  // kept
  "dependencies": {
${dependencies}
  }
}
`;

describe('typosquat-name', () => {
  test('says which popular name is meant, at the key', async () => {
    await expectMarks(
      manifest(`    "lodahs": "^4.17.0"
    ^^^^^^^^ typosquat-name: "lodahs" looks like a misspelling of "lodash" (450 M downloads a month); check which one is meant.`),
    );
  });

  test('judges the target of an alias, at that part of the value', async () => {
    await expectMarks(
      manifest(`    "lodahs": "npm:lodash@^4.17.0",
    "utilities": "npm:lodahs@^4.17.0"
                      ^^^^^^ typosquat-name`),
    );
  });

  test('popular names, members and packages from elsewhere are silent', async () => {
    await expectMarks(
      manifest(
        ['react', 'preact', 'vue', 'vuex', 'lodash-es'].map((name) => `    "${name}": "^1.0.0",`).join('\n') +
          '\n    "lodahs": "file:../lodahs"',
      ),
      { rules: ['typosquat-name'] },
    );
    await expectMarks(
      '-- package.json --\n{ "workspaces": ["lib"], "dependencies": { "lodahs": "^1.0.0" } }\n-- lib/package.json --\n{ "name": "lodahs" }\n',
      { rules: ['typosquat-name'] },
    );
  });

  test('in a lockfile what packages depend on, and not again what a manifest names', async () => {
    const packages = {
      '': { dependencies: { expres: '^1.0.0' } },
      'node_modules/expres': { version: '1.0.0', dependencies: { lodahs: '^4.0.0' } },
      'node_modules/lodahs': { version: '4.0.1' },
    };
    const workspace = await openWorkspace(
      `${manifest('    "expres": "^1.0.0"')}-- package-lock.json --\n${JSON.stringify({ lockfileVersion: 3, packages })}\n`,
    );
    const found = workspace.findings('typosquat-name').map((finding) => [finding.package, finding.version]);
    assert.deepEqual(found, [
      ['lodahs', '4.0.1'],
      ['expres', undefined],
    ]);
  });

  test('without the registry it says that age was not checked', async () => {
    const workspace = await openWorkspace(manifest('    "lodahs": "^4.17.0"'), {
      settings: { trusted: true, online: false },
    });
    const { notChecked } = workspace.snapshot.diagnose(workspace.uri('package.json'));
    const own = notChecked.filter(({ rule }) => rule === 'typosquat-name');
    assert.deepEqual(own, [{ rule: 'typosquat-name', reason: 'offline', count: 1, packages: ['lodahs'] }]);
  });

  test('renames the key and keeps everything else', async () => {
    const after = await fixOf(
      manifest('      "lodahs" : "^4.17.0", // old'),
      'typosquat-name',
      /^Replace with "lodash": /,
    );
    assert.equal(after, manifest('      "lodash" : "^4.17.0", // old'));
  });

  test('removes the entry where the meant package is there already', async () => {
    const after = await fixOf(
      manifest('    "lodahs": "^4.17.0",\n    "lodash": "^4.17.0"'),
      'typosquat-name',
      /^Remove "lodahs", as "lodash" is here already$/,
    );
    assert.equal(after, manifest('    "lodash": "^4.17.0"'));
  });

  test('allows the name with a reason', async () => {
    const after = await fixOf(
      manifest('    "lodahs": "^4.17.0"'),
      'typosquat-name',
      /^Allow the name "lodahs"/,
    );
    assert.match(after, /-- dependency-hygiene.json --[\s\S]*"lodahs"[\s\S]*"reason"/);
  });

  test('is put off until a day, with a reason', async () => {
    const after = await fixOf(
      manifest('    "lodahs": "^4.17.0"'),
      'typosquat-name',
      /^Ignore until 2027-02-22/,
    );
    assert.match(after, /"expires": "2027-02-22"/);
  });

  test('a manifest cut anywhere gives no finding outside its text', async () => {
    const whole = manifest('    "lodahs": "npm:expres@^4",\n    "momnet": "1"').slice(
      '-- package.json --\n'.length,
    );
    for (let length = 0; length < whole.length; length += 3) {
      const workspace = await openWorkspace(`-- package.json --\n${whole.slice(0, length)}`);
      const size = workspace.text('package.json')!.length;
      for (const { span } of workspace.findings()) assert.ok(span.start <= span.end && span.end <= size);
    }
  });
});
