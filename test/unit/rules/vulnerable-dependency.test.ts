import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, openWorkspace } from '../../workspace.ts';
import { osv } from './osv.ts';
import { lockOf, manifestOf } from './releases.ts';
import { LODASH, MINIMIST, MKDIRP, RULE, said } from './vulnerable-workspaces.ts';

describe('vulnerable-dependency: what a manifest declares', () => {
  test('the locked version is judged, not the range', async () => {
    const source = (version: string) =>
      manifestOf('    "lodash": "^4.17.0"') + lockOf('lodash', '^4.17.0', version);
    assert.deepEqual(await said(source('4.17.20'), [LODASH]), [
      'error: lodash 4.17.20 has a high advisory: code injection (GHSA-35jh-r3h4-6jhm), fixed in 4.17.21; update it.',
      'error: lodash 4.17.20 has a high advisory: code injection (GHSA-35jh-r3h4-6jhm), fixed in 4.17.21; update it.',
    ]);
    assert.deepEqual(await said(source('4.17.21'), [LODASH]), []);
  });

  test('several advisories are one finding, the worst first', async () => {
    const workspace = await openWorkspace(manifestOf('    "minimist": "0.0.8"'), { advisories: MINIMIST });
    const [finding] = workspace.findings(RULE);
    assert.equal(
      finding?.message,
      'minimist 0.0.8 has 2 advisories, the worst critical: prototype pollution (GHSA-xvch-5gv4-984h), fixed in 0.2.4; update it.',
    );
    assert.deepEqual(finding?.advisories, [
      { ids: ['GHSA-xvch-5gv4-984h', 'CVE-2021-44906'], package: 'minimist', version: '0.0.8' },
      { ids: ['GHSA-vh95-rmgr-6w4m'], package: 'minimist', version: '0.0.8' },
    ]);
  });

  test('severities are those of the advisories', async () => {
    const severities = await Promise.all(
      (['CRITICAL', 'HIGH', 'MODERATE', 'LOW'] as const).map(async (severity) => {
        const [first] = await said(manifestOf('    "a": "1.0.0"'), [
          osv('GHSA-2222-2222-2222', 'a', '0 2.0.0', { severity }),
        ]);
        return first!.split(':')[0];
      }),
    );
    assert.deepEqual(severities, ['error', 'error', 'warning', 'information']);
  });

  test('an alias is judged by its target, at the value', async () => {
    await expectMarks(
      `-- package.json --
{
  "dependencies": {
    "lodash": "npm:lodash-es@4.17.21",
    "underline": "npm:lodash@4.17.20"
                 ^^^^^^^^^^^^^^^^^^^^ vulnerable-dependency: lodash 4.17.20 has a high advisory: code injection (GHSA-35jh-r3h4-6jhm), fixed in 4.17.21; update it.
  }
}
`,
      { advisories: [LODASH] },
    );
  });

  test('development dependencies are marked, and left out where only production counts', async () => {
    const source = `-- package.json --
{ "devDependencies": { "lodash": "4.17.20" } }
`;
    assert.match(
      (await said(source, [LODASH]))[0]!,
      /^error: lodash 4\.17\.20 \(for development only\) has /,
    );
    const only =
      '-- dependency-hygiene.json --\n{ "rules": { "vulnerable-dependency": ["error", { "production": true }] } }\n';
    assert.deepEqual(await said(source + only, [LODASH]), []);
    assert.deepEqual(await said(`${source}-- .npmrc --\nomit[]=dev\n`, [LODASH]), []);
    assert.equal((await said(`${source}-- .npmrc --\nomit[]=dev\ninclude[]=dev\n`, [LODASH])).length, 1);
  });

  test('what comes from elsewhere than a registry is not judged by its name', async () => {
    const source = (declared: string) => manifestOf(`    "lodash": ${JSON.stringify(declared)}`);
    for (const declared of [
      'github:lodash/lodash#4.17.20',
      'file:./lodash',
      'link:../lodash',
      'workspace:4.17.20',
      'https://files.example.test/lodash-4.17.20.tgz',
    ]) {
      assert.deepEqual(await said(source(declared), [LODASH]), [], declared);
    }
  });

  test('a name of the project’s own is another package than the public one', async () => {
    const source = manifestOf('    "lodash": "4.17.20"') + lockOf('lodash', '4.17.20', '4.17.20');
    for (const policy of ['{ "internalNames": ["lodash"] }']) {
      assert.deepEqual(await said(`${source}-- dependency-hygiene.json --\n${policy}\n`, [LODASH]), []);
    }
    const scoped = manifestOf('    "@acme/a": "1.0.0"');
    const advisory = [osv('GHSA-2222-2222-2222', '@acme/a', '0 2.0.0')];
    assert.equal((await said(scoped, advisory)).length, 1);
    assert.deepEqual(
      await said(`${scoped}-- .npmrc --\n@acme:registry=https://npm.acme.example.test/\n`, advisory),
      [],
    );
  });

  test('half-typed text', async () => {
    for (const value of ['"4.17.20', '', '"', '4.17.20', '{']) {
      const source = `-- package.json --\n{\n  "dependencies": {\n    "lodash": ${value}\n`;
      assert.deepEqual(await said(source, [LODASH]), [], value);
    }
    const open = '-- package.json --\n{\n  "dependencies": {\n    "lodash": "4.17.20",\n    "b\n';
    assert.equal((await said(open, [LODASH])).length, 1);
  });

  test('a version that is typed in place of the locked one', async () => {
    const source = manifestOf('    "lodash": "4.17.20"') + lockOf('lodash', '4.17.21', '4.17.21');
    assert.deepEqual(await said(source, [LODASH]), [
      'error: lodash 4.17.20 has a high advisory: code injection (GHSA-35jh-r3h4-6jhm), fixed in 4.17.21; update it.',
    ]);
  });
});

describe('vulnerable-dependency: what is brought', () => {
  test('at the dependency that brings it and at its entry, each with the way', async () => {
    const workspace = await openWorkspace(MKDIRP, { advisories: MINIMIST });
    const [entry, dependency] = workspace.findings(RULE);
    assert.equal(
      entry?.message,
      'minimist 0.0.8 has 2 advisories, the worst critical: prototype pollution (GHSA-xvch-5gv4-984h), fixed in 0.2.4; mkdirp brings it, update that or override minimist.',
    );
    assert.equal(
      dependency?.message,
      'minimist 0.0.8 has 2 advisories, the worst critical: prototype pollution (GHSA-xvch-5gv4-984h), fixed in 0.2.4; mkdirp 0.5.1 brings it, update that or override minimist.',
    );
    const shown = dependency!.related.map(({ uri, span, message }) => {
      const text = workspace.snapshot.textOf(uri)!.slice(span.start, span.end);
      return `${uri.split('/').at(-1)} ${text} ${message}`;
    });
    assert.deepEqual(shown, [
      'package-lock.json "node_modules/minimist" minimist 0.0.8, critical: prototype pollution (GHSA-xvch-5gv4-984h), moderate: prototype pollution (GHSA-vh95-rmgr-6w4m), fixed in 0.2.4; mkdirp 0.5.1 → minimist 0.0.8.',
    ]);
  });

  test('of a single advisory the message says all but the way', async () => {
    const workspace = await openWorkspace(MKDIRP, { advisories: MINIMIST.slice(0, 1) });
    const [entry, dependency] = workspace.findings(RULE);
    const id = /GHSA-[\w-]+/.exec(dependency!.message)![0];
    assert.deepEqual(
      dependency!.related.map(({ message }) => message),
      [`mkdirp 0.5.1 → minimist 0.0.8 (${id}).`],
    );
    assert.deepEqual(
      entry!.related.map(({ message }) => message),
      [`mkdirp 0.5.1 → minimist 0.0.8 (${id}).`, 'mkdirp 0.5.1 brings it.'],
    );
  });

  test('very many packages share one line', async () => {
    const names = Array.from({ length: 70 }, (_, at) => `bad-${String(at).padStart(2, '0')}`);
    const dependencies = Object.fromEntries(names.map((name) => [name, '1.0.0']));
    const packages = {
      '': { dependencies: { parent: '1.0.0' } },
      'node_modules/parent': { version: '1.0.0', dependencies },
      ...Object.fromEntries(names.map((name) => [`node_modules/${name}`, { version: '1.0.0' }])),
    };
    const source = `${manifestOf('    "parent": "1.0.0"')}-- package-lock.json --
${JSON.stringify({ lockfileVersion: 3, packages })}
`;
    const advisories = names.map((name, at) => osv(`GHSA-2222-2222-22${at + 10}`, name, '0 2.0.0'));
    const workspace = await openWorkspace(source, { advisories });
    const found = workspace.findings(RULE).find(({ package: name }) => name === 'parent');
    const lines = found!.related.map(({ message }) => message);
    assert.equal(lines.length, 6);
    assert.match(
      lines[0]!,
      /^bad-00 1\.0\.0, high \(GHSA-2222-2222-2210\), fixed in 2\.0\.0; parent 1\.0\.0 → /,
    );
    assert.match(lines[5]!, /^And bad-05 1\.0\.0 \(GHSA-2222-2222-2215\), .* and 15 more packages\.$/);
    assert.equal(found!.advisories?.length, 70);
  });

  test('an entry leads to the entry of what brings it', async () => {
    const workspace = await openWorkspace(MKDIRP, { advisories: MINIMIST });
    const [entry] = workspace.findings(RULE);
    const { span, message } = entry!.related.at(-1)!;
    assert.equal(workspace.text('package-lock.json')!.slice(span.start, span.end), '"node_modules/mkdirp"');
    assert.equal(message, 'mkdirp 0.5.1 brings it.');
  });

  test('a copy that Yarn patches is the package that is patched, and brings the same', async () => {
    const source = `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "mkdirp": "patch:mkdirp@npm%3A0.5.1#./mkdirp.patch"
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vulnerable-dependency: mkdirp 0.5.1 has a high advisory (GHSA-2222-2222-2222), fixed in 0.5.2, and brings a package with 2 advisories, the worst critical: prototype pollution in minimist 0.0.8 (GHSA-xvch-5gv4-984h), fixed in 0.2.4; update it.
  }
}
-- yarn.lock --
__metadata:
  version: 8
  cacheKey: 10

"minimist@npm:0.0.8":
  version: 0.0.8
           ^^^^^ vulnerable-dependency
  resolution: "minimist@npm:0.0.8"
  checksum: 10/aa
  languageName: node
  linkType: hard

"mkdirp@npm:0.5.1":
  version: 0.5.1
           ^^^^^ vulnerable-dependency
  resolution: "mkdirp@npm:0.5.1"
  dependencies:
    minimist: "npm:0.0.8"
  checksum: 10/bb
  languageName: node
  linkType: hard

"mkdirp@patch:mkdirp@npm%3A0.5.1#./mkdirp.patch::locator=shop%40workspace%3A.":
  version: 0.5.1
  resolution: "mkdirp@patch:mkdirp@npm%3A0.5.1#./mkdirp.patch::version=0.5.1&hash=abc&locator=shop%40workspace%3A."
  dependencies:
    minimist: "npm:0.0.8"
  checksum: 10/cc
  languageName: node
  linkType: hard

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    mkdirp: "patch:mkdirp@npm%3A0.5.1#./mkdirp.patch"
  languageName: unknown
  linkType: soft
`;
    const mkdirp = osv('GHSA-2222-2222-2222', 'mkdirp', '0 0.5.2');
    await expectMarks(source, { advisories: [...MINIMIST, mkdirp] });
  });

  test('several packages are one finding, with how many there are', async () => {
    const source = `-- package.json --
{
  "dependencies": {
    "old": "^1.0.0",
           ^^^^^^^^ vulnerable-dependency: old 1.0.0 has a high advisory: access to files outside the intended folder (GHSA-2222-2222-2222), fixed in 2.0.0, and brings 2 packages with 3 advisories, the worst critical: prototype pollution in minimist 0.0.8 (GHSA-xvch-5gv4-984h), fixed in 0.2.4; update it.
    "tool": "^1.0.0"
            ^^^^^^^^ vulnerable-dependency: tool 1.0.0 brings 2 packages with 3 advisories, the worst critical: prototype pollution in minimist 0.0.8 (GHSA-xvch-5gv4-984h), fixed in 0.2.4; update tool, or override them.
  }
}
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "old": "^1.0.0", "tool": "^1.0.0" } },
    "node_modules/old": {
      "version": "1.0.0",
                 ^^^^^^^ vulnerable-dependency: old 1.0.0 has a high advisory: access to files outside the intended folder (GHSA-2222-2222-2222), fixed in 2.0.0; update it.
      "dependencies": { "tool": "^1.0.0" }
    },
    "node_modules/tool": { "version": "1.0.0", "dependencies": { "minimist": "0.0.8", "lodash": "^4.0.0" } },
    "node_modules/lodash": {
      "version": "4.17.20"
                 ^^^^^^^^^ vulnerable-dependency: lodash 4.17.20 has a high advisory: code injection (GHSA-35jh-r3h4-6jhm), fixed in 4.17.21; tool and old bring it, update those or override lodash.
    },
    "node_modules/minimist": {
      "version": "0.0.8"
                 ^^^^^^^ vulnerable-dependency: minimist 0.0.8 has 2 advisories, the worst critical: prototype pollution (GHSA-xvch-5gv4-984h), fixed in 0.2.4; tool and old bring it, update those or override minimist.
    }
  }
}
`;
    const old = osv('GHSA-2222-2222-2222', 'old', '0 2.0.0', { cwe: 'CWE-22' });
    await expectMarks(source, { advisories: [...MINIMIST, LODASH, old] });
  });

  test('a peer that something else provides is not brought', async () => {
    const source = `-- package.json --
{
  "dependencies": {
    "eslint": "^1.0.0",
              ^^^^^^^^ vulnerable-dependency
    "plugin": "^1.0.0"
  }
}
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "eslint": "^1.0.0", "plugin": "^1.0.0" } },
    "node_modules/eslint": { "version": "1.0.0", "dependencies": { "lodash": "^4.0.0" } },
    "node_modules/plugin": { "version": "1.0.0", "peerDependencies": { "eslint": "*" } },
    "node_modules/lodash": {
      "version": "4.17.20"
                 ^^^^^^^^^ vulnerable-dependency: lodash 4.17.20 has a high advisory: code injection (GHSA-35jh-r3h4-6jhm), fixed in 4.17.21; eslint brings it, update that or override lodash.
    }
  }
}
`;
    await expectMarks(source, { advisories: [LODASH] });
  });

  test('names as a hostile lockfile writes them stay harmless and short', async () => {
    const long = `${'x'.repeat(400)}\u001b[31m\u202e`;
    const packages: Readonly<Record<string, object>> = {
      '': { dependencies: { constructor: '1.0.0', [long]: '1.0.0' } },
      'node_modules/constructor': { version: '1.0.0', dependencies: { minimist: '0.0.8' } },
      'node_modules/minimist': { version: '0.0.8' },
      [`node_modules/${long}`]: { version: '1.0.0', dependencies: { __proto__x: '1', minimist: '0.0.8' } },
    };
    const source = `-- package.json --
{}
-- package-lock.json --
${JSON.stringify({ lockfileVersion: 3, packages })}
`;
    const workspace = await openWorkspace(source, { advisories: MINIMIST });
    const [finding] = workspace.findings(RULE);
    const texts = [finding!.message, ...finding!.related.map(({ message }) => message)];
    assert.match(finding!.message, /; constructor and x+… bring it, /);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
    for (const text of texts) assert.doesNotMatch(text, /[\x00-\x1f\u202e]|x{300}/);
  });

  test('a git dependency is not judged, but for what it brings', async () => {
    const source = `-- package.json --
{
  "dependencies": {
    "mkdirp": "github:o/mkdirp"
              ^^^^^^^^^^^^^^^^^ vulnerable-dependency
  }
}
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "mkdirp": "github:o/mkdirp" } },
    "node_modules/mkdirp": {
      "version": "0.5.1",
      "resolved": "git+ssh://git@github.com/o/mkdirp.git#0123456789012345678901234567890123456789",
      "dependencies": { "minimist": "0.0.8" }
    },
    "node_modules/minimist": {
      "version": "0.0.8"
                 ^^^^^^^ vulnerable-dependency
    }
  }
}
`;
    await expectMarks(source, { advisories: [...MINIMIST, osv('GHSA-2222-2222-2222', 'mkdirp', '0')] });
  });
});
