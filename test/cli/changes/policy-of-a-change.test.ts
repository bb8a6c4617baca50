import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkJson, lockfileOf, MIRROR, makeProject, runCli } from '../run-cli.ts';
import { commit, type Files, repository } from './changed-code.ts';
import { type Change, commitTogether, type Together } from './found-since.ts';

const POLICY = 'dependency-hygiene.json';
const PROJECT: Files = {
  'package.json': { name: 'shop', dependencies: { a: '1.0.0' } },
  'package-lock.json': lockfileOf({ a: '1.0.0' }),
};
const EVIL: Files = {
  'package-lock.json': JSON.stringify(lockfileOf({ a: '1.0.0' })).replace(
    'registry.example.test',
    'evil.example.test',
  ),
};
const MISSPELT: Files = {
  'package.json': { name: 'shop', dependencies: { a: '1.0.0', expresss: '1.0.0' } },
  'package-lock.json': lockfileOf({ a: '1.0.0', expresss: '1.0.0' }),
};
const IGNORE = { reason: 'our own copy of it', expires: '2027-06-30' };

interface Reported {
  /** Findings of all rules but the one below, as `rule severity`. */
  readonly others: readonly string[];
  /** Findings of protection-weakened, as `path token severity`. */
  readonly weakened: readonly string[];
}

function check(directory: string, ...args: readonly string[]): Reported {
  return reportedIn(directory, '', checkJson(directory, ...args).findings);
}

/** Returns what is reported in one folder, with paths from there. */
function reportedIn(
  directory: string,
  prefix: string,
  all: ReturnType<typeof checkJson>['findings'],
): Reported {
  const findings = all.filter(({ path }) => path.startsWith(prefix));
  const weakened = findings.filter(({ rule }) => rule === 'protection-weakened');
  return {
    others: findings
      .filter((one) => !weakened.includes(one))
      .map(({ rule, severity }) => `${rule} ${severity}`),
    weakened: weakened.map(({ path, range: { start, end }, severity }) => {
      const line = readFileSync(join(directory, path), 'utf8').split('\n')[start.line] ?? '';
      assert.equal(start.line, end.line, 'the token is on one line');
      return `${path.slice(prefix.length)} ${line.slice(start.character, end.character)} ${severity}`;
    }),
  };
}

function reviewed(
  base: Files,
  change: Files,
): Reported & { readonly diff: string; readonly directory: string } {
  const directory = repository({ ...PROJECT, ...base });
  commit(directory, change);
  const diff = runCli(['diff', directory, '--base', 'HEAD~1']).out;
  return { ...check(directory, '--base', 'HEAD~1'), diff, directory };
}

/** Returns what each of the changes reports, by index. */
function reviewedTogether(
  changes: readonly Change[],
): (index: number) => Reported & { readonly diff: string } {
  let ran: { readonly sections: readonly string[]; readonly in: (prefix: string) => Reported } | undefined;
  let together: Together | undefined;
  return (index) => {
    together ??= commitTogether(changes);
    const { directory, prefixOf } = together;
    if (ran === undefined) {
      const { findings } = checkJson(directory, '--base', 'HEAD~1');
      const sections = runCli(['diff', directory, '--base', 'HEAD~1']).out.split(/\n(?=project-)/);
      ran = { sections, in: (prefix) => reportedIn(directory, prefix, findings) };
      // Once it is part of the base, it takes effect.
      assert.deepEqual(check(directory, '--base', 'HEAD').weakened, []);
    }
    const prefix = prefixOf(index);
    const diff = ran.sections.filter((section) => section.startsWith(prefix)).join('\n');
    return { ...ran.in(prefix), diff };
  };
}

interface Loosened {
  readonly title: string;
  readonly base?: object;
  readonly after: object;
  readonly change: Files;
  /** What the rule reports nevertheless. */
  readonly rule: string;
  readonly weakened: readonly string[];
  readonly diff: RegExp;
}

const FOREIGN = 'lockfile-foreign-source error';
const LOOSENED: readonly Loosened[] = [
  {
    title: 'a rule that is switched off',
    after: { ...MIRROR, rules: { 'lockfile-foreign-source': 'off', 'protection-weakened': 'off' } },
    change: EVIL,
    rule: FOREIGN,
    weakened: [`${POLICY} "lockfile-foreign-source" warning`, `${POLICY} "protection-weakened" warning`],
    diff: /rules\.lockfile-foreign-source off/,
  },
  {
    title: 'a rule that is lowered',
    after: { ...MIRROR, rules: { 'lockfile-foreign-source': ['hint'] } },
    change: EVIL,
    rule: FOREIGN,
    weakened: [`${POLICY} "lockfile-foreign-source" warning`],
    diff: /rules\.lockfile-foreign-source hint/,
  },
  {
    title: 'a rule that is no longer raised',
    base: { ...MIRROR, rules: { 'typosquat-name': 'error' } },
    after: { ...MIRROR, rules: {} },
    change: MISSPELT,
    rule: 'typosquat-name error',
    weakened: [`${POLICY} "rules" warning`],
    diff: /rules\.typosquat-name error/,
  },
  {
    title: 'a preset with fewer rules',
    after: { ...MIRROR, preset: 'security' },
    change: { 'package-lock.json': null },
    rule: 'lockfile-missing warning',
    weakened: [`${POLICY} "security" information`],
    diff: /preset security/,
  },
  {
    title: 'an option that exempts',
    base: { ...MIRROR, rules: { 'new-package': ['error', { trustedScopes: ['@acme'] }] } },
    after: { ...MIRROR, rules: { 'new-package': ['error', { trustedScopes: ['@acme', '@evil'] }] } },
    change: EVIL,
    rule: FOREIGN,
    weakened: [`${POLICY} "trustedScopes" warning`],
    diff: /trustedScopes": \[ "@acme", "@evil" \]/,
  },
  {
    title: 'a number of days that is lower',
    base: { ...MIRROR, rules: { 'fresh-version': ['warning', { days: 7 }] } },
    after: { ...MIRROR, rules: { 'fresh-version': ['warning', { days: 0 }] } },
    change: EVIL,
    rule: FOREIGN,
    weakened: [`${POLICY} "days" warning`],
    diff: /fresh-version.* 0/,
  },
  {
    title: 'an ignored finding of the lockfile',
    after: { ...MIRROR, ignores: [{ rule: 'lockfile-foreign-source', package: 'a', ...IGNORE }] },
    change: EVIL,
    rule: FOREIGN,
    weakened: [`${POLICY} "lockfile-foreign-source" information`],
    diff: /ignores .*lockfile-foreign-source/,
  },
  {
    title: 'an ignore that counts for longer, or for more',
    base: { ...MIRROR, ignores: [{ rule: 'lockfile-foreign-source', package: 'b', ...IGNORE }] },
    after: { ...MIRROR, ignores: [{ rule: 'lockfile-foreign-source', ...IGNORE }] },
    change: EVIL,
    rule: FOREIGN,
    weakened: [`${POLICY} "lockfile-foreign-source" information`],
    diff: /ignores .*lockfile-foreign-source/,
  },
  {
    title: 'a host that is allowed',
    after: { ...MIRROR, allowedHosts: ['evil.example.test'] },
    change: EVIL,
    rule: FOREIGN,
    weakened: [`${POLICY} "evil.example.test" warning`],
    diff: /allowedHosts evil\.example\.test/,
  },
  {
    title: 'a mirror',
    after: { mirrors: [...MIRROR.mirrors, 'https://evil.example.test'] },
    change: EVIL,
    rule: FOREIGN,
    weakened: [`${POLICY} "https://evil.example.test" warning`],
    diff: /mirrors https:\/\/evil\.example\.test/,
  },
  {
    title: 'the registry of a private scope',
    after: { ...MIRROR, privateScopes: [{ scope: '@acme', registry: 'https://evil.example.test/' }] },
    change: {
      'package.json': { name: 'shop', dependencies: { '@acme/a': '1.0.0' } },
      'package-lock.json': JSON.stringify(lockfileOf({ '@acme/a': '1.0.0' })).replace(
        'registry.example.test',
        'evil.example.test',
      ),
    },
    rule: FOREIGN,
    weakened: [`${POLICY} "https://evil.example.test/" warning`],
    diff: /privateScopes [\s\S]*evil/,
  },
  {
    title: 'a name that may be like another',
    after: { ...MIRROR, allowNames: ['expresss'] },
    change: MISSPELT,
    rule: 'typosquat-name warning',
    weakened: [`${POLICY} "expresss" information`],
    diff: /allowNames expresss/,
  },
];

describe('what a change takes out of its own configuration file does not count, and is reported', () => {
  const reviewOf = reviewedTogether(
    LOOSENED.map(({ base = MIRROR, after, change }) => ({
      base: { ...PROJECT, [POLICY]: base },
      change: { ...change, [POLICY]: after },
    })),
  );
  for (const [index, { title, rule, weakened, diff }] of LOOSENED.entries())
    test(title, () => {
      const found = reviewOf(index);
      assert.ok(found.others.includes(rule), found.others.join('\n'));
      assert.deepEqual(found.weakened, weakened);
      assert.match(found.diff, diff);
    });

  test('where the file is new', () => {
    const { others, weakened } = reviewed(
      {},
      { ...EVIL, [POLICY]: { rules: { 'lockfile-foreign-source': 'off' } } },
    );
    assert.ok(others.includes(FOREIGN));
    assert.deepEqual(weakened, [`${POLICY} "lockfile-foreign-source" warning`]);
  });

  test('where the file is gone, at the manifest', () => {
    const base = { ...MIRROR, rules: { 'typosquat-name': 'error' } };
    const { others, weakened } = reviewed({ [POLICY]: base }, { ...MISSPELT, [POLICY]: null });
    assert.ok(others.includes('typosquat-name error'), others.join('\n'));
    assert.deepEqual(weakened, ['package.json { warning']);
  });

  test('where a nested file takes the place of that above', () => {
    const base: Files = {
      [POLICY]: { ...MIRROR, rules: { 'typosquat-name': 'error' } },
      'api/package.json': { name: 'api' },
      'api/package-lock.json': lockfileOf({}),
    };
    const change: Files = {
      'api/package.json': { name: 'api', dependencies: { expresss: '1.0.0' } },
      'api/package-lock.json': lockfileOf({ expresss: '1.0.0' }),
      [`api/${POLICY}`]: MIRROR,
    };
    const { others, weakened } = reviewed(base, change);
    assert.ok(others.includes('typosquat-name error'), others.join('\n'));
    assert.deepEqual(weakened, [`api/${POLICY} { warning`]);
  });
});

describe('silent, and in force, is', () => {
  const silent: readonly (readonly [title: string, base: object, after: object])[] = [
    [
      'a stricter rule',
      MIRROR,
      { ...MIRROR, rules: { 'typosquat-name': 'error', 'fresh-version': ['error', { days: 30 }] } },
    ],
    ['a larger preset', { ...MIRROR, preset: 'security' }, { ...MIRROR, preset: 'all' }],
    [
      'the same in other words',
      { ...MIRROR, rules: { 'new-package': 'warning' } },
      { ...MIRROR, rules: { 'new-package': ['warning', {}] } },
    ],
    [
      'a rule of taste',
      MIRROR,
      { ...MIRROR, rules: { 'unbounded-range': 'off', 'outdated-dependency': 'off' } },
    ],
    [
      'an ignored finding of such a rule',
      MIRROR,
      { ...MIRROR, ignores: [{ rule: 'deprecated-dependency', package: 'a', ...IGNORE }] },
    ],
    [
      'an ignore that ends earlier',
      { ...MIRROR, ignores: [{ rule: 'new-package', ...IGNORE }] },
      { ...MIRROR, ignores: [{ rule: 'new-package', package: 'a', ...IGNORE, expires: '2027-01-31' }] },
    ],
    [
      'a host that is no longer allowed',
      { ...MIRROR, allowedHosts: ['a.example.test'] },
      { ...MIRROR, allowedHosts: [] },
    ],
    ['a further private scope', MIRROR, { ...MIRROR, privateScopes: ['@acme'], internalNames: ['acme-x'] }],
  ];
  const reviewOf = reviewedTogether(
    silent.map(([, base, after]) => ({
      base: { ...PROJECT, [POLICY]: base },
      change: { [POLICY]: after },
    })),
  );
  for (const [index, [title]] of silent.entries())
    test(title, () => assert.deepEqual(reviewOf(index).weakened, []));

  test('a rule that is stricter', () => {
    const { others } = reviewed(
      { [POLICY]: MIRROR },
      { ...MISSPELT, [POLICY]: { ...MIRROR, rules: { 'typosquat-name': 'error' } } },
    );
    assert.ok(others.includes('typosquat-name error'), others.join('\n'));
  });

  test('an advisory that is accepted with a reason, as information', () => {
    const dependencies = { lodash: '4.17.4' };
    const base: Files = {
      'package.json': { name: 'shop', dependencies },
      'package-lock.json': lockfileOf(dependencies),
      [POLICY]: MIRROR,
    };
    const directory = repository(base);
    const of = (rule: string) =>
      checkJson(directory, '--base', 'HEAD').findings.filter((one) => one.rule === rule);
    assert.ok(of('vulnerable-dependency').length > 0);
    const ignores = [{ rule: 'vulnerable-dependency', package: 'lodash', ...IGNORE }];
    commit(directory, { [POLICY]: { ...MIRROR, ignores } });
    const { others, weakened } = check(directory, '--base', 'HEAD~1');
    assert.deepEqual(
      others.filter((one) => one.startsWith('vulnerable-dependency')),
      [],
    );
    assert.deepEqual(weakened, [`${POLICY} "vulnerable-dependency" information`]);
    // An entry that names neither a package nor an advisory has no effect.
    commit(directory, { [POLICY]: { ...MIRROR, ignores: [{ rule: 'vulnerable-dependency', ...IGNORE }] } });
    assert.ok(
      check(directory, '--base', 'HEAD~2').others.some((one) => one.startsWith('vulnerable-dependency')),
    );
  });

  test('what the working tree has, without --base, as somebody is tuning it', () => {
    const directory = repository({ ...PROJECT, ...EVIL, [POLICY]: MIRROR });
    assert.ok(check(directory).others.includes(FOREIGN));
    writeFileSync(
      join(directory, POLICY),
      JSON.stringify({ ...MIRROR, rules: { 'lockfile-foreign-source': 'off' } }),
    );
    const { others, weakened } = check(directory);
    assert.deepEqual([others.includes(FOREIGN), weakened], [false, []]);
    assert.match(runCli(['diff', directory]).out, /rules\.lockfile-foreign-source off/);
  });

  test('what --config names, whatever the change says', () => {
    const directory = repository({ ...PROJECT, [POLICY]: MIRROR });
    commit(directory, { ...EVIL, [POLICY]: { ...MIRROR, rules: { 'lockfile-foreign-source': 'off' } } });
    const given = makeProject({
      'given.json': { ...MIRROR, rules: { 'lockfile-foreign-source': 'warning' } },
    });
    const { others } = check(directory, '--base', 'HEAD~1', '--config', join(given, 'given.json'));
    assert.ok(others.includes('lockfile-foreign-source warning'), others.join('\n'));
  });
});
