import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { diffLockfiles } from '../../../../server/src/core/read/graph/diff/lockfile-diff.ts';
import type { Finding } from '../../../../server/src/core/read/text/finding.ts';
import type { Uri } from '../../../../server/src/core/read/text/paths/uri.ts';
import type { DiffedLockfile } from '../../../../server/src/core/show/report/diff/diff-report.ts';
import { diffText } from '../../../../server/src/core/show/report/diff/diff-text.ts';
import {
  type PackageRisks,
  packageRisks,
} from '../../../../server/src/core/show/report/diff/package-risks.ts';
import { graphOf, npmLock } from '../../read/graph/graph-of.ts';

const HASH = `sha512-${'A'.repeat(86)}==`;

function entry(name: string, version: string, more: object = {}): object {
  const file = `${name.slice(name.indexOf('/') + 1)}-${version}.tgz`;
  const resolved = `https://registry.example.test/${name}/-/${file}`;
  return { version, resolved, integrity: HASH, ...more };
}

function textOf(before: object, after: object, version = 3, risks?: PackageRisks): string {
  return diffText([diffedOf(before, after, version, risks)], { columns: 80, colour: false });
}

function diffedOf(before: object, after: object, version = 3, risks?: PackageRisks): DiffedLockfile {
  const diff = diffLockfiles(
    graphOf('package-lock.json', npmLock({ '': { name: 'shop' }, ...before })),
    graphOf('package-lock.json', {
      ...npmLock({ '': { name: 'shop' }, ...after }),
      lockfileVersion: version,
    }),
  );
  const base = {
    name: 'HEAD',
    commit: '0123456789abcdef',
    status: 'checked',
    format: 'package-lock',
    reason: undefined,
  } as const;
  return {
    path: 'package-lock.json',
    format: 'package-lock',
    status: 'checked',
    reason: undefined,
    file: 'kept',
    replaces: undefined,
    base,
    diff,
    ...(risks === undefined ? {} : { risks }),
  };
}

describe('the text of what differs', () => {
  test('has what changes the installed files first, and fits 80 columns', () => {
    const text = textOf(
      {
        'node_modules/a': entry('a', '1.0.0'),
        'node_modules/b': entry('b', '1.0.0'),
        'node_modules/c': entry('c', '1.0.0', { bin: { c: 'c.js' } }),
        'node_modules/d': entry('d', '1.0.0', { dependencies: { x: '^1' } }),
        'node_modules/e': entry('e', '1.0.0'),
        'node_modules/f': entry('f', '1.0.0'),
        'node_modules/lodash': entry('lodash', '4.17.21'),
        'node_modules/ui': entry('ui', '1.0.0'),
      },
      {
        'node_modules/a': entry('a', '1.0.0', { resolved: 'https://evil.example.test/a/-/a-1.0.0.tgz' }),
        'node_modules/b': entry('b', '1.0.0', { integrity: 'sha384-BBBB' }),
        'node_modules/c': entry('c', '1.0.0', { bin: { node: 'c.js' } }),
        'node_modules/d': entry('d', '1.0.0', { hasInstallScript: true, dependencies: { x: '^2' } }),
        'node_modules/e': entry('@evil/e', '1.1.0'),
        'node_modules/g': entry('g', '2.0.0', { resolved: 'ftp://files.example.test/g.tgz' }),
        'node_modules/h': entry('h', '2.0.0'),
        'node_modules/lodash': { name: '@evil/lodash', ...entry('@evil/lodash', '4.17.0') },
        'node_modules/ui': { resolved: 'packages/ui', link: true },
        'packages/ui': { version: '1.0.0' },
      },
      2,
    );
    assert.equal(
      text,
      `package-lock.json: 3 new, 1 changed, 3 removed, 7 altered, 2 settings since HEAD
(01234567).
  ! a 1.0.0 comes from elsewhere
      https://registry.example.test/a/-/a-1.0.0.tgz →
      https://evil.example.test/a/-/a-1.0.0.tgz
  ! lodash now installs @evil/lodash  before: lodash
  ! ui is now a link to packages/ui  before: ui
  ! b 1.0.0 has a weaker hash
      ${HASH.slice(0, 74)}
      ${HASH.slice(74)} → sha384-BBBB
  ! d 1.0.0 has an install script now
  ! c 1.0.0 declares other commands  added node: c.js; removed c: c.js
  ! d 1.0.0 declares other dependencies  added x ^2; removed x ^1
  ! g 2.0.0
      new, from ftp://files.example.test/g.tgz, source not understood (line 43)
  ! e 1.0.0 → 1.1.0  downloads @evil/e@1.1.0
  * importers.packages/ui is new  a member
  * lockfileVersion changed  3 → 2
  + @evil/lodash 4.17.0  installed as lodash
  + h 2.0.0
  - f 1.0.0
  - lodash 4.17.21
  - ui 1.0.0
`,
    );
    for (const line of text.split('\n')) assert.ok(line.length <= 80, line);
  });

  test('counts hashes of another algorithm where they are many', () => {
    const packages = (integrity: string) =>
      Object.fromEntries(
        Array.from({ length: 30 }, (_, at) => [
          `node_modules/p${at}`,
          entry(`p${at}`, '1.0.0', { integrity }),
        ]),
      );
    assert.equal(
      textOf(packages('sha1-AAAA'), packages(HASH)),
      `package-lock.json: 30 altered since HEAD (01234567).
  ! 30 packages: hash algorithm changed
      not comparable with the hashes from before; --format json lists them
`,
    );
    const one = (integrity: string) => ({ 'node_modules/a': entry('a', '1.0.0', { integrity }) });
    assert.match(
      textOf(one('sha1-AAAA'), one('sha512-AAAA')),
      /^ {2}! a 1\.0\.0: hash algorithm changed {2}sha1-AAAA → sha512-AAAA$/m,
    );
  });

  test('says nothing of what installs the same', () => {
    const packages = { 'node_modules/a': entry('a', '1.0.0') };
    assert.equal(textOf(packages, packages), 'package-lock.json: the same packages as in HEAD (01234567).\n');
    const changed = { ...diffedOf({}, packages), path: 'z/package-lock.json' };
    const same = ['a', 'b', 'c', 'd'].map((name) => ({
      ...diffedOf(packages, packages),
      path: `${name}/package-lock.json`,
    }));
    const text = diffText([...same, changed], { columns: 80, colour: false });
    assert.match(text, /^z\/package-lock\.json: 1 new since HEAD/);
    assert.equal(
      text.slice(text.indexOf('\n\n') + 2),
      '4 lockfiles: the same packages as in HEAD (01234567).\n' +
        '  a/package-lock.json, b/package-lock.json, c/package-lock.json and 1 more\n',
    );
  });

  const finding = (rule: string, severity: Finding['severity'], name: string, message: string): Finding => ({
    ...{ rule, severity, package: name, version: '1.1.0', message, uri: 'file:///package-lock.json' as Uri },
    ...{ span: { start: 0, end: 0 }, related: [], data: {}, fixes: () => [] },
  });

  const FINDINGS = [
    finding(
      'vulnerable-dependency',
      'information',
      'low',
      'low 1.1.0 (development) has a known vulnerability. Update.',
    ),
    finding(
      'vulnerable-dependency',
      'warning',
      'weak',
      'weak 1.1.0 has 2 known vulnerabilities, fixed in 1.2.0. Update.',
    ),
    finding(
      'install-script-suspicious',
      'warning',
      'script',
      'script 1.1.0 has an install script that decodes code.',
    ),
    finding('malicious-version', 'error', 'bad', 'bad 1.1.0 is malware (MAL-2026-1). Remove it.'),
    finding('outdated-dependency', 'warning', 'fine', 'fine 1.1.0 is outdated.'),
    finding('new-package', 'hint', 'fine', 'fine 1.1.0 is new.'),
  ];

  const judgedText = (isKnown: boolean) =>
    textOf(
      Object.fromEntries(['kept', 'weak'].map((name) => [`node_modules/${name}`, entry(name, '1.0.0')])),
      {
        'node_modules/kept': entry('kept', '1.0.0', { integrity: 'sha384-BBBB' }),
        'node_modules/weak': entry('weak', '1.1.0'),
        ...Object.fromEntries(
          ['bad', 'fine', 'low'].map((name) => [`node_modules/${name}`, entry(name, '1.1.0')]),
        ),
        'node_modules/script': entry('script', '1.1.0', { hasInstallScript: true }),
      },
      3,
      packageRisks(FINDINGS, isKnown),
    );

  test('has errors first, then other differences to review, and facts of findings on new versions', () => {
    assert.deepEqual(judgedText(true).split('\n').slice(1), [
      '  ! bad 1.1.0  new, is malware (MAL-2026-1)',
      '  ! kept 1.0.0 has a weaker hash',
      `      sha512-${'A'.repeat(67)}`,
      `      ${'A'.repeat(19)}== → sha384-BBBB`,
      '  ! script 1.1.0  new, has an install script that decodes code',
      '  ! weak 1.0.0 → 1.1.0  has 2 known vulnerabilities, fixed in 1.2.0',
      '  + low 1.1.0  has a known vulnerability',
      '  + fine 1.1.0',
      '',
    ]);
  });

  test('says if there is no advisory data', () => {
    assert.doesNotMatch(judgedText(true), /Not checked/);
    assert.match(judgedText(false), /\nNot checked for malware and vulnerabilities: no advisory data\.\n$/);
  });
});
