import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace, type RegistryDocuments } from '../../../workspace.ts';

const RULE = 'typosquat-name';

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
    ^^^^^^^^ typosquat-name: "lodahs" looks like a misspelling of "lodash" (450 M downloads a month): it swaps 's' and 'h'. Did you mean "lodash"?`),
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
      'node_modules/expres': {
        version: '1.0.0',
        dependencies: { lodahs: '^4.0.0', 'arm-advisor': '^1.0.0' },
      },
      'node_modules/lodahs': { version: '4.0.1' },
      // A warning only where somebody chose it: the names of a scope do not show what others may be called.
      'node_modules/arm-advisor': { version: '1.0.0' },
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

  test('the replacement keeps a range of which the meant package has a version, and else takes its latest', async () => {
    const registry = { lodahs: OLD, lodash: { ...OLD, ...versions('4.17.20', '4.17.21') } };
    const fixed = (range: string) =>
      fixOf(manifest(`    "lodahs": "${range}" // here`), RULE, /^Replace with "lodash": /, { registry });
    assert.equal(await fixed('^4.17.0'), manifest('    "lodash": "^4.17.0" // here'));
    assert.equal(await fixed('^1.0.0'), manifest('    "lodash": "^4.17.21" // here'));
    assert.equal(await fixed('latest'), manifest('    "lodash": "latest" // here'));
  });

  test('says of other ways than slips that the name could be mistaken', async () => {
    await expectMarks(
      manifest(`    "express-js": "^4.0.0",
    ^^^^^^^^^^^^ typosquat-name: "express-js" could be mistaken for "express" (300 M downloads a month): it appends '-js' to 'express'. Did you mean "express"?
    "arm-advisor": "^1.0.0"
    ^^^^^^^^^^^^^ typosquat-name: "arm-advisor" could be mistaken for "@azure/arm-advisor": it begins like '@azure/arm-resources' and others of @azure, but is outside of that scope. Did you mean "@azure/arm-advisor"?`),
    );
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

describe('typosquat-name where the registry answers', () => {
  const severities = async (name: string, registry: RegistryDocuments) => {
    const workspace = await openWorkspace(manifest(`    "${name}": "^1.0.0"`), { registry });
    return workspace.findings(RULE).map(({ severity }) => severity);
  };
  const reason = async (registry: RegistryDocuments) => {
    const workspace = await openWorkspace(manifest('    "lodahs": "^1.0.0"'), { registry });
    return workspace.findings(RULE).map(({ message }) => message);
  };

  test('a young package is an error, and on a weak sign a warning', async () => {
    assert.deepEqual(await severities('lodahs', { lodahs: YOUNG }), ['error']);
    assert.deepEqual(await severities('node-lodash', { 'node-lodash': YOUNG }), ['warning']);
    assert.deepEqual(await reason({ lodahs: YOUNG }), [
      `"lodahs" looks like a misspelling of "lodash" (450 M downloads a month): it swaps 's' and 'h', and was first published on 2026-11-21. Did you mean "lodash"?`,
    ]);
  });

  test('an install script of a package that few use is an error', async () => {
    const scripted = { ...MIDDLE, versions: { '1.0.0': { hasInstallScript: true } } };
    assert.deepEqual(await severities('lodahs', { lodahs: scripted }), ['warning'], 'nobody says how many');
    assert.deepEqual(await severities('lodahs', { lodahs: scripted, ...downloads('lodahs', 12) }), ['error']);
    assert.deepEqual(await severities('lodahs', { lodahs: MIDDLE, ...downloads('lodahs', 12) }), ['warning']);
    assert.match(
      String(await reason({ lodahs: scripted, ...downloads('lodahs', 12) })),
      /, and runs a script on install and has 12 downloads a week\./,
    );
  });

  test('the repository of the other without its maintainers is an error, with one of them nothing', async () => {
    const repository = 'git+https://github.example.test/lodash/lodash.git';
    const lodash = { ...OLD, ...by('jdalton'), repository };
    const copy = { ...MIDDLE, ...by('mallory'), repository: 'https://github.example.test/lodash/lodash' };
    assert.deepEqual(await severities('lodahs', { lodahs: copy, lodash }), ['error']);
    assert.match(
      String(await reason({ lodahs: copy, lodash })),
      /, and names the repository of "lodash", with none of its maintainers\./,
    );
    assert.deepEqual(await severities('lodahs', { lodahs: { ...copy, ...by('jdalton') }, lodash }), []);
    assert.deepEqual(await severities('lodahs', { lodahs: { ...copy, repository: undefined }, lodash }), [
      'warning',
    ]);
    const { maintainers: _, ...unknown } = lodash;
    assert.deepEqual(await severities('lodahs', { lodahs: copy, lodash: unknown }), ['warning']);
  });

  test('a package that many use, or some for long, is its own', async () => {
    assert.deepEqual(await severities('lodahs', { lodahs: MIDDLE, ...downloads('lodahs', 15_000) }), []);
    assert.deepEqual(await severities('lodahs', { lodahs: YOUNG, ...downloads('lodahs', 15_000) }), []);
    assert.deepEqual(await severities('lodahs', { lodahs: OLD, ...downloads('lodahs', 1_000) }), []);
    assert.deepEqual(await severities('lodahs', { lodahs: MIDDLE, ...downloads('lodahs', 1_000) }), [
      'warning',
    ]);
  });

  test('one that says which one is meant deceives nobody', async () => {
    const says = (deprecated: string) => ({ ...OLD, versions: { '1.0.0': { deprecated } } });
    const lodash = OLD;
    assert.deepEqual(await severities('lodahs', { lodahs: says('Use lodash instead.'), lodash }), []);
    assert.deepEqual(await severities('lodahs', { lodahs: says('Use lodash-es instead.'), lodash }), [
      'warning',
    ]);
  });

  test('one that has stood for years is a hint, and on a weak sign nothing', async () => {
    const stood = { ...OLD, ...versions('1.0.0', '1.0.1', '1.0.2', '1.1.0', '2.0.0') };
    assert.deepEqual(await severities('lodahs', { lodahs: stood }), ['hint']);
    assert.deepEqual(await severities('node-lodash', { 'node-lodash': stood }), []);
  });

  test('so is one that has been locked for a year', async () => {
    const lockfile = {
      lockfileVersion: 3,
      packages: { '': { dependencies: { lodahs: '^1.0.0' } }, 'node_modules/lodahs': { version: '1.0.0' } },
    };
    const source = `${manifest('    "lodahs": "^1.0.0"')}-- package-lock.json --\n${JSON.stringify(lockfile)}\n`;
    const found = async (lodahs: object) => {
      const workspace = await openWorkspace(source, { registry: { lodahs } });
      return workspace.findings(RULE).map(({ severity }) => severity);
    };
    assert.deepEqual(await found(OLD), ['hint']);
    assert.deepEqual(await found(MIDDLE), ['warning']);
  });

  test('a member of a scope that does not exist is imitated by nobody', async () => {
    assert.deepEqual(await severities('arm-advisor', { 'arm-advisor': MIDDLE }), []);
    const advisor = { 'arm-advisor': MIDDLE, '@azure/arm-advisor': OLD };
    assert.deepEqual(await severities('arm-advisor', advisor), ['warning']);
    assert.deepEqual(await severities('lodahs', { lodahs: MIDDLE }), ['warning'], 'a mirror may lack lodash');
  });
});

/** The clock of the tests is at noon of 2026-11-24. */
const at = (time: string) => ({
  'dist-tags': { latest: '1.0.0' },
  time: { created: `${time}T09:00:00Z`, '1.0.0': `${time}T09:00:01Z` },
  versions: { '1.0.0': {} },
});
const [YOUNG, MIDDLE, OLD] = [at('2026-11-21'), at('2026-01-21'), at('2016-11-21')];

function versions(...all: readonly string[]): object {
  return {
    'dist-tags': { latest: all.at(-1) },
    versions: Object.fromEntries(all.map((version) => [version, {}])),
  };
}

function by(name: string) {
  return { maintainers: [{ name, email: `${name}@mail.example.test` }] };
}

function downloads(name: string, count: number): RegistryDocuments {
  const answer = { downloads: count, start: '2026-11-16', end: '2026-11-22', package: name };
  return { [`downloads/point/last-week/${name}`]: answer };
}

test('no version of another name is offered where it is not known to exist', async () => {
  const fixed = await fixOf(
    manifest('    "lodahs": "9.9.9"'),
    RULE,
    /^Replace with "lodash", whose versions are not known here$/,
  );
  assert.match(fixed, /"lodash": "9\.9\.9"/);
});
