import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, openWorkspace } from '../../../workspace.ts';
import { osv } from './osv.ts';
import { lockOf, manifestOf } from './releases.ts';
import { LODASH, MINIMIST, MKDIRP, RULE, said } from './vulnerable-workspaces.ts';

describe('vulnerable-dependency: what a manifest declares', () => {
  test('the locked version is judged, not the range', async () => {
    const source = (version: string) =>
      manifestOf('    "lodash": "^4.17.0"') + lockOf('lodash', '^4.17.0', version);
    assert.deepEqual(await said(source('4.17.20'), [LODASH]), [
      'error: lodash 4.17.20 has a high vulnerability: code injection (GHSA-35jh-r3h4-6jhm), fixed in 4.17.21. Update it.',
    ]);
    assert.deepEqual(await said(source('4.17.21'), [LODASH]), []);
  });

  test('several advisories are one finding, the worst first', async () => {
    const workspace = await openWorkspace(manifestOf('    "minimist": "0.0.8"'), { advisories: MINIMIST });
    const [finding] = workspace.findings(RULE);
    assert.equal(
      finding?.message,
      'minimist 0.0.8 has 2 known vulnerabilities (highest: critical): prototype pollution (GHSA-xvch-5gv4-984h). 0.2.4 fixes all. Update it.',
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
                 ^^^^^^^^^^^^^^^^^^^^ vulnerable-dependency: lodash 4.17.20 has a high vulnerability: code injection (GHSA-35jh-r3h4-6jhm), fixed in 4.17.21. Update it.
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
    const mixed = source.replace('{ ', '{ "dependencies": { "left": "1.0.0" }, ');
    assert.match((await said(mixed, [LODASH]))[0]!, /^error: lodash 4\.17\.20 \(development\) has /);
    assert.match((await said(source, [LODASH]))[0]!, /^error: lodash 4\.17\.20 has /, 'a front end ships it');
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
      'error: lodash 4.17.20 has a high vulnerability: code injection (GHSA-35jh-r3h4-6jhm), fixed in 4.17.21. Update it.',
    ]);
  });
});

describe('vulnerable-dependency: what is pulled in', () => {
  test('at its entry alone, with the path to it', async () => {
    const workspace = await openWorkspace(MKDIRP, { advisories: MINIMIST });
    const [entry, ...others] = workspace.findings(RULE);
    assert.deepEqual(others, []);
    assert.equal(
      entry?.message,
      'minimist 0.0.8 has 2 known vulnerabilities (highest: critical): prototype pollution (GHSA-xvch-5gv4-984h). 0.2.4 fixes all. Pulled in by mkdirp. Update mkdirp or override minimist.',
    );
    const shown = entry!.related.map(({ uri, span, message }) => {
      const text = workspace.snapshot.textOf(uri)!.slice(span.start, span.end);
      return `${uri.split('/').at(-1)} ${text} ${message}`;
    });
    assert.deepEqual(shown, [
      'package-lock.json "node_modules/minimist" minimist 0.0.8, critical: prototype pollution (GHSA-xvch-5gv4-984h), moderate: prototype pollution (GHSA-vh95-rmgr-6w4m). 0.2.4 fixes all; mkdirp 0.5.1 → minimist 0.0.8.',
      'package-lock.json "node_modules/mkdirp" mkdirp 0.5.1 pulls it in.',
    ]);
  });

  test('of a single advisory the message says all but the path', async () => {
    const workspace = await openWorkspace(MKDIRP, { advisories: MINIMIST.slice(0, 1) });
    const [entry] = workspace.findings(RULE);
    const id = /GHSA-[\w-]+/.exec(entry!.message)![0];
    assert.deepEqual(
      entry!.related.map(({ message }) => message),
      [`mkdirp 0.5.1 → minimist 0.0.8 (${id}).`, 'mkdirp 0.5.1 pulls it in.'],
    );
  });

  test('copies of a version are one finding, with the others beside it', async () => {
    const packages = {
      '': { dependencies: { a: '1.0.0', b: '1.0.0' } },
      'node_modules/a': { version: '1.0.0', dependencies: { minimist: '0.0.8' } },
      'node_modules/a/node_modules/minimist': { version: '0.0.8' },
      'node_modules/b': { version: '1.0.0', dependencies: { minimist: '0.0.8' } },
      'node_modules/b/node_modules/minimist': { version: '0.0.8' },
    };
    const source = `-- package.json --
{ "dependencies": { "a": "1.0.0", "b": "1.0.0" } }
-- package-lock.json --
${JSON.stringify({ lockfileVersion: 3, packages })}
`;
    const workspace = await openWorkspace(source, { advisories: MINIMIST });
    const [finding, ...others] = workspace.findings(RULE);
    assert.deepEqual(others, []);
    assert.match(finding!.message, /\. Pulled in by a and b\. Update those or override minimist\.$/);
    assert.equal(finding!.related[0]!.message, 'Another copy.');
  });

  test('an entry leads to the entry of what brings it', async () => {
    const workspace = await openWorkspace(MKDIRP, { advisories: MINIMIST });
    const [entry] = workspace.findings(RULE);
    const { span, message } = entry!.related.at(-1)!;
    assert.equal(workspace.text('package-lock.json')!.slice(span.start, span.end), '"node_modules/mkdirp"');
    assert.equal(message, 'mkdirp 0.5.1 pulls it in.');
  });

  test('a copy that Yarn patches is the package that is patched, and brings the same', async () => {
    const source = `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "mkdirp": "patch:mkdirp@npm%3A0.5.1#./mkdirp.patch"
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ vulnerable-dependency: mkdirp 0.5.1 has a high vulnerability (GHSA-2222-2222-2222), fixed in 0.5.2. Update it.
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

  test('each version of a package is a finding of its own', async () => {
    const source = `-- package.json --
{
  "dependencies": {
    "old": "^1.0.0",
           ^^^^^^^^ vulnerable-dependency: old 1.0.0 has a high vulnerability: access to files outside the intended folder (GHSA-2222-2222-2222), fixed in 2.0.0. Update it.
    "tool": "^1.0.0"
  }
}
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "old": "^1.0.0", "tool": "^1.0.0" } },
    "node_modules/old": {
      "version": "1.0.0",
      "dependencies": { "tool": "^1.0.0" }
    },
    "node_modules/tool": { "version": "1.0.0", "dependencies": { "minimist": "0.0.8", "lodash": "^4.0.0" } },
    "node_modules/lodash": {
      "version": "4.17.20"
                 ^^^^^^^^^ vulnerable-dependency: lodash 4.17.20 has a high vulnerability: code injection (GHSA-35jh-r3h4-6jhm), fixed in 4.17.21. Pulled in by tool and old. An update within the declared ranges fixes it.
    },
    "node_modules/minimist": {
      "version": "0.0.8"
                 ^^^^^^^ vulnerable-dependency: minimist 0.0.8 has 2 known vulnerabilities (highest: critical): prototype pollution (GHSA-xvch-5gv4-984h). 0.2.4 fixes all. Pulled in by tool and old. Update those or override minimist.
    }
  }
}
`;
    const old = osv('GHSA-2222-2222-2222', 'old', '0 2.0.0', {
      cwe: 'CWE-22',
      title: 'access to files outside the intended folder',
    });
    await expectMarks(source, { advisories: [...MINIMIST, LODASH, old] });
  });

  test('a peer that something else provides is not brought', async () => {
    const source = `-- package.json --
{
  "dependencies": {
    "eslint": "^1.0.0",
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
                 ^^^^^^^^^ vulnerable-dependency: lodash 4.17.20 (development) has a high vulnerability: code injection (GHSA-35jh-r3h4-6jhm), fixed in 4.17.21. Pulled in by eslint. An update within the declared ranges fixes it.
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
    assert.match(finding!.message, /\. Pulled in by constructor and x+…\. /);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
    for (const text of texts) assert.doesNotMatch(text, /[\x00-\x1f\u202e]|x{300}/);
  });

  test('a git dependency is not judged, but what it pulls in is', async () => {
    const source = `-- package.json --
{
  "dependencies": {
    "mkdirp": "github:o/mkdirp"
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
