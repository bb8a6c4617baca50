import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace, type WorkspaceOptions } from '../../workspace.ts';
import { osv } from './osv.ts';
import { documentOf, lockOf, manifestOf } from './releases.ts';

const RULE = 'vulnerable-dependency';

const LODASH = osv('GHSA-35jh-r3h4-6jhm', 'lodash', '0 4.17.21', { severity: 'HIGH', cwe: 'CWE-94' });
const MINIMIST = [
  osv('GHSA-xvch-5gv4-984h', 'minimist', '0 0.2.4 1.0.0 1.2.6', {
    ...{ severity: 'CRITICAL', cwe: 'CWE-1321', aliases: ['CVE-2021-44906'] },
  }),
  osv('GHSA-vh95-rmgr-6w4m', 'minimist', '0 0.2.1 1.0.0 1.2.3', { severity: 'MODERATE', cwe: 'CWE-1321' }),
];

async function said(source: string, advisories: readonly object[], options: WorkspaceOptions = {}) {
  const workspace = await openWorkspace(source, { advisories, ...options });
  return workspace.findings(RULE).map(({ severity, message }) => `${severity}: ${message}`);
}

const MKDIRP = `-- package.json --
{ "name": "shop", "dependencies": { "mkdirp": "^0.5.1" } }
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "mkdirp": "^0.5.1" } },
    "node_modules/mkdirp": { "version": "0.5.1", "dependencies": { "minimist": "0.0.8" } },
    "node_modules/minimist": { "version": "0.0.8" }
  }
}
`;

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
      'package-lock.json "node_modules/minimist" minimist 0.0.8, critical: prototype pollution (GHSA-xvch-5gv4-984h), fixed in 0.2.4; mkdirp 0.5.1 → minimist 0.0.8.',
      'package-lock.json "node_modules/minimist" minimist 0.0.8, moderate: prototype pollution (GHSA-vh95-rmgr-6w4m), fixed in 0.2.4; mkdirp 0.5.1 → minimist 0.0.8.',
    ]);
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

describe('vulnerable-dependency: where nothing is locked', () => {
  test('what would be installed now, where the registry is known', async () => {
    const lodash = documentOf({ '4.17.19': { at: '2020-01-01' }, '4.17.20': { at: '2020-08-01' } });
    const later = documentOf({ '4.17.20': { at: '2020-08-01' }, '4.17.21': { at: '2021-02-01' } });
    const source = manifestOf('    "lodash": "^4.17.19"');
    assert.deepEqual(await said(source, [LODASH], { registry: { lodash } }), [
      'error: "^4.17.19" takes lodash 4.17.20 now, which has a high advisory: code injection (GHSA-35jh-r3h4-6jhm), fixed in 4.17.21; update it.',
    ]);
    assert.deepEqual(await said(source, [LODASH], { registry: { lodash: later } }), []);
  });

  test('else the version with which the range begins, as information', async () => {
    assert.deepEqual(await said(manifestOf('    "lodash": "^4.17.19"'), [LODASH]), [
      'information: "^4.17.19" may resolve to lodash 4.17.19, which has a high advisory: code injection (GHSA-35jh-r3h4-6jhm), fixed in 4.17.21; lock what is installed, or raise the range.',
    ]);
    for (const range of ['*', '4.x', '>=4', '^4.17.21', 'latest']) {
      assert.deepEqual(await said(manifestOf(`    "lodash": "${range}"`), [LODASH]), [], range);
    }
  });

  test('a registry that does not answer leaves it at that, and counts as not checked', async () => {
    const workspace = await openWorkspace(manifestOf('    "lodash": "^4.17.19"'), {
      ...{ advisories: [LODASH], registry: { lodash: 500 } },
    });
    assert.match(workspace.findings(RULE)[0]!.message, /^"\^4\.17\.19" may resolve to lodash 4\.17\.19, /);
    const { notChecked } = workspace.snapshot.diagnose(workspace.uri('package.json'));
    assert.ok(notChecked.some(({ rule, packages }) => rule === RULE && packages.includes('lodash')));
  });

  test('while a lockfile cannot be read, only exact versions are judged', async () => {
    const source = (declared: string) =>
      `${manifestOf(`    "lodash": "${declared}"`)}-- package-lock.json --\n{ nonsense\n`;
    assert.deepEqual(await said(source('^4.17.19'), [LODASH]), []);
    assert.equal((await said(source('4.17.19'), [LODASH])).length, 1);
  });
});

describe('vulnerable-dependency: what is known', () => {
  test('without any source nothing is said', async () => {
    assert.deepEqual(await said(MKDIRP, []), []);
    const workspace = await openWorkspace(MKDIRP, { advisories: 'missing' });
    assert.deepEqual(workspace.findings(RULE), []);
  });

  test('a range that lost its end is not believed, a withdrawn record not at all', async () => {
    const lost = osv('CVE-2020-0001', 'lodash', '0', { isUnbounded: true });
    const withdrawn = { ...LODASH, withdrawn: '2026-01-01T00:00:00Z' };
    const source = manifestOf('    "lodash": "4.17.20"') + lockOf('lodash', '4.17.20', '4.17.20');
    assert.deepEqual(await said(source, [lost, withdrawn]), []);
  });

  test('an advisory without a fixed version says so', async () => {
    assert.deepEqual(
      await said(manifestOf('    "a": "1.0.0"'), [osv('GHSA-2222-2222-2222', 'a', '0', { cwe: 'CWE-22' })]),
      [
        'error: a 1.0.0 has a high advisory: access to files outside the intended folder (GHSA-2222-2222-2222), with no fixed version known; replace it, or accept it with a reason.',
      ],
    );
  });

  test('the fixed version is one that no advisory affects', async () => {
    const all = [
      osv('GHSA-2222-2222-2222', 'a', '0 1.0.1'),
      osv('GHSA-3333-3333-3333', 'a', '1.0.1 1.0.2', { severity: 'LOW' }),
    ];
    assert.match((await said(manifestOf('    "a": "1.0.0"'), all))[0]!, /, fixed in 1\.0\.2; update it\.$/);
  });

  test('the title of a source is told where the kind of weakness is not known, as one harmless line', async () => {
    const title = `Bad\u202e thing\n${'x'.repeat(250)}`;
    const [first] = await said(manifestOf('    "a": "1.0.0"'), [
      osv('GHSA-2222-2222-2222', 'a', '0 2.0.0', { title }),
    ]);
    assert.doesNotMatch(first!, /[\u202e\n]/);
    assert.ok(first!.length < 260);
  });
});

describe('vulnerable-dependency: what the project accepts or leaves out', () => {
  const ignoring = (ignore: object) =>
    `-- dependency-hygiene.json --\n${JSON.stringify({ ignores: [{ rule: RULE, reason: 'not called', expires: '2027-01-01', ...ignore }] })}\n`;

  test('an accepted advisory leaves the others, wherever they are told', async () => {
    const worst = ignoring({ id: 'CVE-2021-44906', package: 'minimist' });
    assert.deepEqual(await said(MKDIRP + worst, MINIMIST), [
      'warning: minimist 0.0.8 has a moderate advisory: prototype pollution (GHSA-vh95-rmgr-6w4m), fixed in 0.2.4; mkdirp brings it, update that or override minimist.',
      'warning: minimist 0.0.8 has a moderate advisory: prototype pollution (GHSA-vh95-rmgr-6w4m), fixed in 0.2.4; mkdirp 0.5.1 brings it, update that or override minimist.',
    ]);
    assert.deepEqual(await said(MKDIRP + ignoring({ package: 'minimist', version: '0.0.8' }), MINIMIST), []);
    assert.equal(
      (await said(MKDIRP + ignoring({ package: 'minimist', version: '0.0.9' }), MINIMIST)).length,
      2,
    );
  });

  test('npm’s audit-level makes milder ones information, pnpm’s leaves them out', async () => {
    const manifest = manifestOf('    "a": "1.0.0"');
    const mild = [osv('GHSA-2222-2222-2222', 'a', '0 2.0.0', { severity: 'MODERATE' })];
    const npm = async (level: string) =>
      (await said(`${manifest}-- .npmrc --\naudit-level=${level}\n`, mild))[0]!.split(':')[0];
    assert.deepEqual(
      [await npm('moderate'), await npm('high'), await npm('none'), await npm('nonsense')],
      ['warning', 'information', 'information', 'warning'],
    );
    const pnpm = (level: string) =>
      said(`${manifest}-- pnpm-workspace.yaml --\naudit:\n  level: ${level}\n`, mild);
    assert.equal((await pnpm('moderate')).length, 1);
    assert.deepEqual(await pnpm('high'), []);
  });

  test('Yarn’s exclusions and environment', async () => {
    const yarn = (setting: string) =>
      said(
        `-- package.json --\n{ "devDependencies": { "lodash": "4.17.20" }, "packageManager": "yarn@4.10.0" }\n-- .yarnrc.yml --\n${setting}\n`,
        [LODASH],
      );
    assert.equal((await yarn('npmAuditEnvironment: all')).length, 1);
    assert.deepEqual(await yarn('npmAuditEnvironment: production'), []);
    assert.deepEqual(await yarn('npmAuditExcludePackages: ["lod*"]'), []);
    assert.equal((await yarn('npmAuditExcludePackages: ["react"]')).length, 1);
  });
});

describe('vulnerable-dependency: where the value lives', () => {
  test('a catalog', async () => {
    await expectMarks(
      `-- package.json --
{ "name": "shop", "dependencies": { "lodash": "catalog:" } }
-- pnpm-workspace.yaml --
catalog:
  lodash: 4.17.20
          ^^^^^^^ vulnerable-dependency: lodash 4.17.20 has a high advisory: code injection (GHSA-35jh-r3h4-6jhm), fixed in 4.17.21; update it.
`,
      { advisories: [LODASH] },
    );
  });

  test('an override, and not the dependency that it decides for', async () => {
    await expectMarks(
      `-- package.json --
{
  "name": "shop",
  "dependencies": { "lodash": "^4.17.0", "a": "1.0.0" },
  "resolutions": {
    "lodash": "4.17.20"
              ^^^^^^^^^ vulnerable-dependency: lodash 4.17.20, which this override sets, has a high advisory: code injection (GHSA-35jh-r3h4-6jhm), fixed in 4.17.21; set that.
  }
}
-- yarn.lock --
# yarn lockfile v1


a@1.0.0:
  version "1.0.0"

lodash@^4.17.0, lodash@4.17.20:
  version "4.17.20"
          ^^^^^^^^^ vulnerable-dependency
`,
      { advisories: [LODASH] },
    );
  });
});

describe('vulnerable-dependency: fixes', () => {
  test('a declared version is moved to the fixed one, with what stands around it', async () => {
    const options = { advisories: [LODASH] };
    const source = (value: string) => `-- package.json crlf --
{
\t"name": "shop",
\t// kept
\t"dependencies": { "a": "1.0.0",   "lodash": "${value}" } /* kept */
}
`;
    const title = /^Update lodash to 4\.17\.21/;
    assert.equal(await fixOf(source('4.17.20'), RULE, title, options), source('4.17.21'));
    const locked = manifestOf('    "lodash": "^4.17.20"') + lockOf('lodash', '^4.17.20', '4.17.20');
    const titles = (await openWorkspace(locked, options))
      .findings(RULE)
      .flatMap((finding) => finding.fixes().map((fix) => fix.title));
    assert.ok(titles.length > 0, 'ways out are offered');
  });

  test('a catalog and an override are changed where they stand', async () => {
    const catalog = `-- package.json --
{ "name": "shop", "dependencies": { "lodash": "catalog:" } }
-- pnpm-workspace.yaml --
catalog:
  lodash: '4.17.20' # kept
`;
    assert.match(
      await fixOf(catalog, RULE, /4\.17\.21/, { advisories: [LODASH] }),
      /\n {2}lodash: '4\.17\.21' # kept\n/,
    );
  });
});
