import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Advisory } from '../../../../server/src/core/know/advisory/advisory.ts';
import { auditJson } from '../../../../server/src/core/show/report/audit/audit-json.ts';
import { auditText } from '../../../../server/src/core/show/report/audit/audit-text.ts';
import {
  audit,
  chain,
  GHSA,
  MINIMIST,
  type Options,
  packageLock,
  record,
  summary,
  WHOLE,
} from './audited-project.ts';

describe('auditProject', () => {
  test('a dependent is vulnerable where its range admits no other version', () => {
    assert.deepEqual(summary(audit(chain('^0.5.0', '0.0.8'))), [
      ['minimist', 'critical', false, [], ['mkdirp'], false],
      ['mkdirp', 'critical', true, ['minimist'], [], false],
    ]);
    assert.deepEqual(summary(audit(chain('^0.5.0', '>=0.0.8 <1'))), [
      ['minimist', 'critical', false, [], [], true],
    ]);
  });

  test('with the documents of the registry it is known which versions of the dependent help', () => {
    const packuments = {
      mkdirp: { '0.5.1': { minimist: '0.0.8' }, '0.5.6': { minimist: '^0.2.4' }, '1.0.4': {} },
      minimist: { '0.0.8': {}, '0.2.4': {}, '1.2.8': {} },
    };
    const inRange = summary(audit(chain('^0.5.0', '0.0.8'), { packuments }));
    assert.deepEqual(
      inRange.map(([name, , , , , fix]) => [name, fix]),
      [
        ['minimist', true],
        ['mkdirp', true],
      ],
    );
    const pinned = summary(audit(chain('0.5.1', '0.0.8'), { packuments }));
    const fix = { name: 'mkdirp', version: '0.5.6', isSemVerMajor: false };
    assert.deepEqual(
      pinned.map((each) => each.at(-1)),
      [fix, fix],
    );
    const { '0.5.6': _, ...others } = packuments.mkdirp;
    const major = summary(audit(chain('0.5.1', '0.0.8'), { packuments: { ...packuments, mkdirp: others } }));
    assert.deepEqual(major.at(-1)?.at(-1), { name: 'mkdirp', version: '1.0.4', isSemVerMajor: true });
  });

  test('a direct dependency: in its range, outside of it, or not at all', () => {
    const direct = (declared: string, records: readonly object[]) =>
      summary(
        audit(
          packageLock(
            { dependencies: { minimist: declared } },
            { 'node_modules/minimist': { version: '0.1.0' } },
          ),
          { records },
        ),
      ).map((each) => each.at(-1));
    assert.deepEqual(direct('>=0.1.0', [MINIMIST]), [true]);
    assert.deepEqual(direct('0.1.0', [MINIMIST]), [
      { name: 'minimist', version: '0.2.4', isSemVerMajor: true },
    ]);
    assert.deepEqual(direct('0.1.0', [record('minimist', GHSA, '0.1.1')]), [
      { name: 'minimist', version: '0.1.1', isSemVerMajor: false },
    ]);
    const lost = {
      ...MINIMIST,
      affected: [{ package: { ecosystem: 'npm', name: 'minimist' }, versions: ['0.1.0'] }],
    };
    assert.deepEqual(direct('^0.1.0', [lost]), [false]);
    // The second record affects the first fix.
    assert.deepEqual(
      direct('^0.1.0', [record('minimist', 'GHSA-a', '0.1.1'), record('minimist', 'GHSA-b', '0.2.0')]),
      [{ name: 'minimist', version: '0.2.0', isSemVerMajor: true }],
    );
  });

  test('the best admitted version decides how bad a dependent is', () => {
    const records = [
      record('dep', 'GHSA-low', '3.0.0', { database_specific: { severity: 'LOW' } }),
      record('dep', 'GHSA-critical', '2.0.0', { database_specific: { severity: 'CRITICAL' } }),
    ];
    const lock = packageLock(
      { dependencies: { top: '1.0.0' } },
      {
        'node_modules/top': { version: '1.0.0', dependencies: { dep: '1 || 2' } },
        'node_modules/dep': { version: '1.0.0' },
      },
    );
    assert.deepEqual(
      audit(lock, { records }).vulnerabilities.map(({ name, severity }) => [name, severity]),
      [
        ['dep', 'critical'],
        ['top', 'low'],
      ],
    );
  });

  test('cycles and aliases', () => {
    const lock = packageLock(
      { dependencies: { a: '1.0.0', other: 'npm:minimist@0.0.8' } },
      {
        'node_modules/a': { version: '1.0.0', dependencies: { b: '1.0.0' } },
        'node_modules/b': { version: '1.0.0', dependencies: { a: '1.0.0', minimist: 'latest' } },
        'node_modules/minimist': { version: '0.0.8' },
        'node_modules/other': { name: 'minimist', version: '0.0.8' },
      },
    );
    assert.deepEqual(summary(audit(lock)), [
      ['a', 'critical', true, ['b'], ['b'], false],
      ['b', 'critical', false, ['a', 'minimist'], ['a'], false],
      ['minimist', 'critical', true, [], ['b'], false],
    ]);
  });

  test('without development dependencies', () => {
    const lock = packageLock(
      { devDependencies: { minimist: '0.0.8' } },
      { 'node_modules/minimist': { version: '0.0.8', dev: true } },
    );
    assert.equal(audit(lock).vulnerabilities.length, 1);
    assert.deepEqual(audit(lock, { production: true }).vulnerabilities, []);
  });

  test('what the project accepts is left out and counted', () => {
    const report = audit(chain('^0.5.0', '0.0.8'), {
      accepts: ({ id }, name, version) => id === GHSA && name === 'minimist' && version === '0.0.8',
    });
    assert.deepEqual([report.vulnerabilities, report.accepted], [[], 1]);
    const other = audit(chain('^0.5.0', '0.0.8'), { accepts: (_, __, version) => version === '0.0.9' });
    assert.deepEqual([other.vulnerabilities.length, other.accepted], [2, 0]);
  });

  test('what the package manager leaves out is left out too, and counted apart', () => {
    const ignores = ({ id }: Advisory, name: string) => id === GHSA && name === 'minimist';
    const report = audit(chain('^0.5.0', '0.0.8'), { ignores });
    assert.deepEqual([report.vulnerabilities, report.accepted, report.ignored], [[], 0, 1]);
    assert.equal(JSON.parse(auditJson(report, { sources: [] }, WHOLE)).ignored, 1);
    assert.match(
      auditText(report, { sources: [] }, WHOLE, { columns: 200, colour: false, now: 0 }),
      / 1 advisory is skipped by the package manager's own audit settings\.\n/,
    );
    const both = audit(chain('^0.5.0', '0.0.8'), { accepts: () => true, ignores });
    assert.deepEqual([both.accepted, both.ignored], [1, 0]);
  });

  test('what no registry serves is not compared with what one has of that name', () => {
    const git = {
      version: '0.0.8',
      resolved: 'git+ssh://git@git.example.test/a/b.git#0123456789012345678901234567890123456789',
    };
    assert.deepEqual(audit(chain('^0.5.0', '0.0.8', git)).vulnerabilities, []);
  });
});

describe('other lockfiles', () => {
  test('Yarn: copies go by their keys', () => {
    const lock = `# yarn lockfile v1


minimist@0.0.8:
  version "0.0.8"
  integrity sha512-x

mkdirp@^0.5.0:
  version "0.5.1"
  integrity sha512-x
  dependencies:
    minimist "0.0.8"
`;
    const report = audit(lock, { format: 'yarn', manifest: { dependencies: { mkdirp: '^0.5.0' } } });
    assert.deepEqual(
      summary(report).map(([name, , direct, via]) => [name, direct, via]),
      [
        ['minimist', false, []],
        ['mkdirp', true, ['minimist']],
      ],
    );
    const json = JSON.parse(auditJson(report, { sources: [] }, WHOLE));
    assert.deepEqual(json.vulnerabilities.minimist.nodes, ['minimist@0.0.8']);
  });

  test('pnpm: its lockfile does not keep what a package asks for, so nothing is said of dependents', () => {
    const lock = `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      mkdirp:
        specifier: ^0.5.0
        version: 0.5.1
packages:
  minimist@0.0.8:
    resolution: {integrity: sha512-x}
  mkdirp@0.5.1:
    resolution: {integrity: sha512-x}
snapshots:
  minimist@0.0.8: {}
  mkdirp@0.5.1:
    dependencies:
      minimist: 0.0.8
`;
    const names = (options: Options) =>
      summary(audit(lock, { format: 'pnpm', ...options })).map(([name]) => name);
    assert.deepEqual(names({}), ['minimist']);
    const packuments = { mkdirp: { '0.5.1': { minimist: '0.0.8' } } };
    assert.deepEqual(names({ packuments }), ['minimist', 'mkdirp']);
    const unknown = audit(lock, { format: 'pnpm' });
    assert.equal(unknown.vulnerabilities[0]!.fix, false);
    const options = {
      columns: 80,
      colour: false,
      now: 0,
      updateCommand: (name: string) => `pnpm update ${name}`,
    };
    assert.match(
      auditText(unknown, { sources: [] }, WHOLE, options),
      /installed: minimist 0\.0\.8\n {2}fixed in 0\.2\.4; needs an override\n/,
    );
    const inRange = audit(lock, {
      format: 'pnpm',
      packuments: { mkdirp: { '0.5.1': { minimist: '>=0.0.8' } } },
    });
    assert.equal(inRange.vulnerabilities[0]!.fix, true);
    assert.match(
      auditText(inRange, { sources: [] }, WHOLE, options),
      /fixed by 0\.2\.4, which the declared ranges admit\. Run: pnpm update minimist\n/,
    );
  });
});
