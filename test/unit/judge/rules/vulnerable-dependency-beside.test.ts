import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openWorkspace, settled } from '../../../workspace.ts';
import { entry, openLive } from '../../engine/advisories/live-harness.ts';
import { osv } from './osv.ts';
import { lockOf, manifestOf } from './releases.ts';
import { LODASH, MINIMIST, MKDIRP, RULE, said } from './vulnerable-workspaces.ts';

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
      await said(manifestOf('    "a": "1.0.0"'), [
        osv('GHSA-2222-2222-2222', 'a', '0', {
          cwe: 'CWE-22',
          title: 'access to files outside the intended folder',
        }),
      ]),
      [
        'error: a 1.0.0 has a high vulnerability: access to files outside the intended folder (GHSA-2222-2222-2222), no fix known. Replace it, or accept it with a reason.',
      ],
    );
  });

  test('the fixed version is one that no advisory affects', async () => {
    const all = [
      osv('GHSA-2222-2222-2222', 'a', '0 1.0.1'),
      osv('GHSA-3333-3333-3333', 'a', '1.0.1 1.0.2', { severity: 'LOW' }),
    ];
    assert.match(
      (await said(manifestOf('    "a": "1.0.0"'), all))[0]!,
      /, fixed in 1\.0\.1\. 1\.0\.2 has no known vulnerabilities\. Update it\.$/,
    );
  });

  test('a record of a source that decides no fixes is named as left', async () => {
    const low = {
      ...osv('RETIREJS-a-1.0', 'a', '0 2.0.0', { severity: 'LOW' }),
      database_specific: { severity: 'LOW', source: 'RetireJS jsrepository (2026-08-22)' },
    };
    const all = [osv('GHSA-2222-2222-2222', 'a', '0 1.0.3'), low];
    assert.match(
      (await said(manifestOf('    "a": "1.0.0"'), all))[0]!,
      /\. 1\.0\.3 fixes all but RETIREJS-a-1\.0\. Update it\.$/,
    );
  });

  test('of several advisories the message names what fixes all, and each has its own fixed version', async () => {
    const all = [
      osv('GHSA-2222-2222-2222', 'a', '0 1.0.3'),
      osv('GHSA-3333-3333-3333', 'a', '0 1.0.5', { severity: 'LOW' }),
    ];
    const workspace = await openWorkspace(manifestOf('    "a": "1.0.0"'), { advisories: all });
    const [finding] = workspace.findings(RULE);
    assert.match(finding!.message, /\(GHSA-2222-2222-2222\)\. 1\.0\.5 fixes all\. Update it\.$/);
    const { advisories } = finding!.data as {
      readonly advisories: readonly {
        readonly id: string;
        readonly fixedIn: string;
        readonly allFixedIn: string;
      }[];
    };
    assert.deepEqual(
      advisories.map(({ id, fixedIn, allFixedIn }) => [id, fixedIn, allFixedIn]),
      [
        ['GHSA-2222-2222-2222', '1.0.3', '1.0.5'],
        ['GHSA-3333-3333-3333', '1.0.5', '1.0.5'],
      ],
    );
  });

  test('an update within the ranges is advised with what it leaves, as its command is', async () => {
    const source = `-- package.json --
{ "name": "shop", "dependencies": { "browserify-sign": "4.2.1" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "browserify-sign": "4.2.1" } },
    "node_modules/browserify-sign": { "version": "4.2.1", "dependencies": { "elliptic": "^6.5.3" } },
    "node_modules/elliptic": { "version": "6.5.4" }
  }
}
`;
    const advisories = [
      osv('GHSA-vjh7-7g9h-fjfh', 'elliptic', '0 6.6.1'),
      osv('GHSA-848j-6mx2-7j84', 'elliptic', '0'),
    ];
    const workspace = await openWorkspace(source, { advisories });
    const [finding] = workspace.findings(RULE);
    assert.match(
      finding!.message,
      /\. No known version fixes all\. Pulled in by browserify-sign\. An update within the declared ranges fixes all but GHSA-848j-6mx2-7j84\.$/,
    );
    const [fix] = finding!.fixes();
    assert.deepEqual(
      [fix!.command, fix!.leaves],
      ['npm update elliptic --ignore-scripts', ['leaves GHSA-848j-6mx2-7j84']],
    );
  });

  const lockWith = (dependencies: object, development: object, packages: object) => `-- package.json --
${JSON.stringify({ name: 'shop', dependencies, devDependencies: development })}
-- package-lock.json --
${JSON.stringify({
  ...{ name: 'shop', lockfileVersion: 3 },
  packages: { '': { name: 'shop', dependencies, devDependencies: development }, ...packages },
})}
`;

  test('advises what the fix does where an update within the ranges would leave some', async () => {
    const source = lockWith(
      { b: '1.0.0' },
      {},
      {
        'node_modules/b': { version: '1.0.0', dependencies: { a: '^1.0.0' } },
        'node_modules/a': { version: '1.0.0' },
      },
    );
    const advisories = [
      osv('GHSA-2222-2222-2222', 'a', '0 1.0.1'),
      osv('GHSA-3333-3333-3333', 'a', '0 2.0.0'),
    ];
    const workspace = await openWorkspace(source, { advisories });
    const [finding] = workspace.findings(RULE);
    assert.match(finding!.message, /\. 2\.0\.0 fixes all\. Pulled in by b\. Update b or override a\.$/);
    assert.match(finding!.fixes()[0]!.title, /^Fix 2 vulnerabilities: override a with \^2\.0\.0 /);
  });

  test('names what pulls in the copy of production first, and stands at that copy', async () => {
    const source = lockWith(
      { server: '1.0.0' },
      { linter: '1.0.0' },
      {
        'node_modules/linter': { version: '1.0.0', dev: true, dependencies: { a: '1.0.0' } },
        'node_modules/linter/node_modules/a': { version: '1.0.0', dev: true },
        'node_modules/server': { version: '1.0.0', dependencies: { a: '1.0.0' } },
        'node_modules/server/node_modules/a': { version: '1.0.0' },
      },
    );
    const workspace = await openWorkspace(source, {
      advisories: [osv('GHSA-2222-2222-2222', 'a', '0 2.0.0')],
    });
    const [finding, ...more] = workspace.findings(RULE);
    assert.deepEqual(more, []);
    assert.match(finding!.message, /Pulled in by server and linter\./);
    const text = workspace.snapshot.textOf(finding!.uri)!;
    assert.match(text.slice(0, finding!.span.start), /node_modules\/server\/node_modules\/a":\{"version":$/);
  });

  test('advises no override where no fix is known', async () => {
    const source = lockWith(
      { b: '1.0.0' },
      {},
      {
        'node_modules/b': { version: '1.0.0', dependencies: { a: '^1.0.0' } },
        'node_modules/a': { version: '1.0.0' },
      },
    );
    assert.match(
      (await said(source, [osv('GHSA-2222-2222-2222', 'a', '0')]))[0]!,
      /, no fix known\. Pulled in by b\. Update or replace b, or accept it with a reason\.$/,
    );
  });

  test('names production dependencies before the development ones that pull in the same', async () => {
    const source = lockWith(
      { server: '1.0.0' },
      { linter: '1.0.0' },
      {
        'node_modules/linter': { version: '1.0.0', dev: true, dependencies: { a: '^1.0.0' } },
        'node_modules/server': { version: '1.0.0', dependencies: { router: '^1.0.0' } },
        'node_modules/router': { version: '1.0.0', dependencies: { a: '^1.0.0' } },
        'node_modules/a': { version: '1.0.0' },
      },
    );
    const workspace = await openWorkspace(source, {
      advisories: [osv('GHSA-2222-2222-2222', 'a', '0 1.0.1')],
    });
    const [finding] = workspace.findings(RULE);
    assert.match(finding!.message, /Pulled in by server and linter\./);
    assert.match(finding!.related![0]!.message, /^server 1\.0\.0 → router 1\.0\.0 → a 1\.0\.0 /);
  });

  test('an override whose range admits the fix needs an update only', async () => {
    const source = (override: string) => `-- package.json --
{
  "name": "shop",
  "dependencies": { "b": "1.0.0" },
  "overrides": { "a": "${override}" }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "b": "1.0.0" } },
    "node_modules/b": { "version": "1.0.0", "dependencies": { "a": "0.1.0" } },
    "node_modules/a": { "version": "1.0.0" }
  }
}
`;
    const all = [osv('GHSA-2222-2222-2222', 'a', '0 1.0.3')];
    const messageOf = async (override: string) => (await said(source(override), all))[0]!;
    assert.match(
      await messageOf('^1.0.0'),
      /fixed in 1\.0\.3\. An update within the declared ranges fixes it\.$/,
    );
    assert.match(await messageOf('1.0.0'), /fixed in 1\.0\.3\. Set that version\.$/);
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
      'warning: minimist 0.0.8 has a moderate vulnerability: prototype pollution (GHSA-vh95-rmgr-6w4m), fixed in 0.2.1. 0.2.4 has no known vulnerabilities. Pulled in by mkdirp. Update mkdirp or override minimist.',
    ]);
    assert.deepEqual(await said(MKDIRP + ignoring({ package: 'minimist', version: '0.0.8' }), MINIMIST), []);
    assert.equal(
      (await said(MKDIRP + ignoring({ package: 'minimist', version: '0.0.9' }), MINIMIST)).length,
      1,
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

  test('pnpm’s list of advisories, which hides no malware and which no other manager reads', async () => {
    const list = '-- pnpm-workspace.yaml --\naudit:\n  ignore: [GHSA-35jh-r3h4-6jhm, GHSA-fw8c-xr5c-95f9]\n';
    const project = (manager: string) =>
      `-- package.json --\n{ "dependencies": { "lodash": "4.17.20", "axios": "1.14.1" }, "packageManager": "${manager}" }\n${list}`;
    const axios = osv('GHSA-fw8c-xr5c-95f9', 'axios', '', { versions: ['1.14.1'], cwe: 'CWE-506' });
    const reported = async (manager: string) => {
      const workspace = await openWorkspace(project(manager), { advisories: [LODASH, axios] });
      const rules = [RULE, 'malicious-version'];
      return workspace.findings().flatMap(({ rule }) => (rules.includes(rule) ? [rule] : []));
    };
    assert.deepEqual(await reported('pnpm@12.21.0'), ['malicious-version']);
    assert.deepEqual(await reported('npm@11.21.0'), [RULE, 'malicious-version']);
  });

  test('Yarn’s list of numbers, which the registry knows', async () => {
    const reported = async (numbers: string) => {
      const files = {
        'package.json': '{ "dependencies": { "a": "^1.0.0" }, "packageManager": "yarn@4.18.1" }',
        'yarn.lock':
          '__metadata:\n  version: 8\n\n"a@npm:^1.0.0":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n  languageName: node\n  linkType: hard\n',
        '.yarnrc.yml': `npmAuditIgnoreAdvisories: [${numbers}]\n`,
      };
      const reply = () => ({ a: [entry('GHSA-35jh-r3h4-6jhm', '<2.0.0', { id: 1090865 })] });
      const live = await openLive(files, { reply });
      await settled(live.session);
      const { findings } = live.diagnose('package.json');
      live.session.dispose();
      return findings.filter(({ rule }) => rule === RULE).length;
    };
    assert.equal(await reported('1090866'), 1);
    assert.equal(await reported('1090865'), 0);
  });
});
