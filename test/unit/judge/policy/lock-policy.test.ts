import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lockPolicy } from '../../../../server/src/core/judge/policy/review/lock-policy.ts';
import { reviewPolicy } from '../../../../server/src/core/judge/policy/review/review-policy.ts';
import { describeTerm } from '../../../../server/src/core/judge/policy/review/review-terms.ts';
import { RULES } from '../../../../server/src/core/judge/rules/index.ts';
import { resolveExtends } from '../../../../server/src/core/read/policy-file/extends/resolve-extends.ts';
import { policyAtPath } from '../../../../server/src/core/read/policy-file/override-at.ts';
import type { Policy } from '../../../../server/src/core/read/policy-file/policy.ts';
import { readPolicy } from '../../../../server/src/core/read/policy-file/read-policy.ts';

const reason = 'because';
const read = (folder: string, policy: object): Policy => {
  const read = readPolicy(`file:///${folder}/dependency-hygiene.json`, JSON.stringify(policy));
  assert.deepEqual(read.problems, []);
  return read;
};

interface Row {
  readonly of: string;
  readonly organisation: object;
  readonly project: object;
  /** The policy after the change; that of the project is its base. */
  readonly change?: object;
  /** The file for which it is asked, if overrides count. */
  readonly file?: string;
  /** What `./base.json` has beside each policy that extends it. */
  readonly bases?: Readonly<Record<'organisation' | 'project', object>>;
  /** What is in effect. */
  read(policy: Policy): unknown;
  readonly effective: unknown;
  /** What of the project has no effect. */
  readonly overruled?: readonly string[];
}

const severityOf =
  (rule: string) =>
  ({ rules }: Policy) =>
    rules.get(rule)?.severity;
const terms = ({ deny }: Policy) =>
  deny.map((term) => [describeTerm(term), ...(term.exceptions ?? []).map(describeTerm)].join(' but '));
const controls = (policy: Policy) =>
  Object.fromEntries([...policy.controls].map(([key, { value }]) => [key, value]));
const APPROVAL = { name: 'a', range: '^1.0.0', by: 'Ada', date: '2026-01-02', reason };
const IGNORE = { rule: 'insecure-url', package: 'a', reason, expires: '2027-01-02' };

const ROWS: readonly Row[] = [
  {
    of: 'a rule that a project turns off',
    organisation: { rules: { 'insecure-url': 'error', 'outdated-dependency': 'warning' } },
    project: { rules: { 'insecure-url': 'off', 'outdated-dependency': 'off' } },
    read: (policy) => ['insecure-url', 'outdated-dependency'].map((rule) => severityOf(rule)(policy)),
    effective: ['error', 'warning'],
    overruled: ['rules.outdated-dependency', 'rules.insecure-url'],
  },
  {
    of: 'a rule that no project sets',
    organisation: { rules: { 'outdated-dependency': 'off' }, preset: 'all' },
    project: {},
    read: (policy) => [severityOf('outdated-dependency')(policy), policy.preset],
    effective: ['off', 'all'],
  },
  {
    of: 'a rule that a project makes stricter',
    organisation: { rules: { 'outdated-dependency': 'off' } },
    project: { rules: { 'outdated-dependency': 'warning' }, preset: 'all' },
    read: (policy) => [severityOf('outdated-dependency')(policy), policy.preset],
    effective: ['warning', 'all'],
  },
  {
    of: 'a smaller preset',
    organisation: { preset: 'recommended' },
    project: { preset: 'security' },
    read: ({ preset }) => preset,
    effective: 'recommended',
    overruled: ['preset'],
  },
  {
    of: 'the option of a rule',
    organisation: { rules: { 'fresh-version': ['error', { days: 7 }] } },
    project: { rules: { 'fresh-version': ['error', { days: 1 }] } },
    read: ({ rules }) => rules.get('fresh-version')?.options,
    effective: { days: 7 },
    overruled: ['rules.fresh-version.days'],
  },
  {
    of: 'accepted findings',
    organisation: { ignores: [{ ...IGNORE, package: 'b' }] },
    project: { ignores: [IGNORE, { ...IGNORE, package: 'b' }] },
    read: ({ ignores }) => ignores.map((ignore) => ignore.package),
    effective: ['b'],
    overruled: ['ignores'],
  },
  {
    of: 'an accepted vulnerability of a pull request',
    organisation: {},
    project: {},
    change: { ignores: [{ ...IGNORE, rule: 'vulnerable-dependency' }] },
    read: ({ ignores }) => ignores.length,
    effective: 0,
    overruled: ['ignores'],
  },
  {
    of: 'denied dependencies, each with its own exceptions',
    organisation: { deny: [{ name: 'a', reason }], allow: [{ name: '@ours/*', reason }] },
    project: { deny: [{ license: '*', reason }], allow: [{ name: 'a', reason }] },
    read: terms,
    effective: ['a but @ours/*', 'license * but a'],
  },
  {
    of: 'an exception of a project from what it does not deny',
    organisation: { deny: [{ name: 'a', reason }] },
    project: { allow: [{ name: 'a', reason }] },
    read: terms,
    effective: ['a'],
    overruled: ['allow'],
  },
  {
    of: 'what a pull request no longer denies',
    organisation: { deny: [{ name: 'a', reason }] },
    project: { deny: [{ name: 'b', reason }] },
    change: { allow: [{ name: 'b', reason }] },
    read: terms,
    effective: ['a', 'b'],
  },
  {
    of: 'approvals',
    organisation: { requireApproval: { installScripts: true }, approvals: [{ ...APPROVAL, name: 'b' }] },
    project: { approvals: [APPROVAL] },
    read: ({ organisation }) => organisation?.approvals.map(({ name }) => name.join()),
    effective: ['b'],
    overruled: ['approvals'],
  },
  {
    of: 'approvals that a pull request adds, and its limit',
    organisation: {},
    project: { requireApproval: { weeklyDownloadsOver: 1000, newMaintainerDays: 90 } },
    change: { requireApproval: { weeklyDownloadsOver: 2000, newMaintainerDays: 30 }, approvals: [APPROVAL] },
    read: ({ requireApproval, approvals }) => [
      requireApproval.weeklyDownloadsOver,
      requireApproval.newMaintainerDays,
      approvals.length,
    ],
    effective: [1000, 90, 0],
  },
  {
    of: 'controls',
    organisation: { controls: { lockfile: true, cooldownDays: 5, installScripts: 'reviewed' } },
    project: { controls: { lockfile: false, cooldownDays: 3, installScripts: 'off', updateBot: true } },
    change: { controls: { cooldownDays: 1 } },
    read: controls,
    effective: { lockfile: true, cooldownDays: 5, installScripts: 'off', updateBot: true },
    overruled: ['controls.lockfile', 'controls.cooldownDays'],
  },
  {
    of: 'private names',
    organisation: {
      privateScopes: [{ scope: '@acme', registry: 'https://npm.acme.example.test/' }],
      internalNames: ['tool'],
    },
    project: { privateScopes: [{ scope: '@acme', registry: 'https://evil.example.test/' }, '@team'] },
    read: ({ privateScopes, internalNames }) => [
      ...privateScopes.map(({ scope, registry }) => `${scope} ${registry}`),
      ...internalNames,
    ],
    effective: ['@team undefined', '@acme https://npm.acme.example.test/', 'tool'],
  },
  {
    of: 'hosts, mirrors, names and fixtures',
    organisation: { allowedHosts: ['a.example.test'] },
    project: {
      allowedHosts: ['a.example.test', 'b.example.test'],
      mirrors: ['https://mirror.example.test/'],
      allowNames: ['expresss'],
      fixtures: ['src/**'],
      exclude: ['src/**'],
    },
    read: ({ allowedHosts, mirrors, allowNames, fixtures }) => [allowedHosts, mirrors, allowNames, fixtures],
    effective: [['a.example.test'], [], [], undefined],
    overruled: ['mirrors', 'allowedHosts', 'fixtures', 'exclude', 'allowNames'],
  },
  {
    of: 'what both inherit',
    bases: {
      organisation: { rules: { 'insecure-url': 'error' }, controls: { cooldownDays: 5 } },
      project: { rules: { 'insecure-url': 'off' }, controls: { cooldownDays: 3, lockfile: true } },
    },
    organisation: { extends: './base.json' },
    project: { extends: './base.json' },
    read: (policy) => [severityOf('insecure-url')(policy), controls(policy)],
    effective: ['error', { cooldownDays: 5, lockfile: true }],
    overruled: ['rules.insecure-url', 'controls.cooldownDays'],
  },
  {
    of: 'an inherited policy that a pull request takes away',
    bases: { organisation: {}, project: { deny: [{ name: 'a', reason }], controls: { lockfile: true } } },
    organisation: {},
    project: { extends: './base.json' },
    change: {},
    read: (policy) => [terms(policy), controls(policy)],
    effective: [['a'], { lockfile: true }],
  },
  {
    of: 'a rule that an override of a project turns off',
    organisation: { rules: { 'insecure-url': 'error' }, controls: { lockfile: true } },
    project: {
      overrides: [
        { paths: ['a'], rules: { 'insecure-url': 'off' }, controls: { lockfile: false } },
        { paths: ['b'], rules: { 'typosquat-name': 'off' } },
      ],
    },
    file: 'a/package.json',
    read: (policy) => [
      ...['insecure-url', 'typosquat-name'].map((rule) => severityOf(rule)(policy)),
      controls(policy),
    ],
    effective: ['error', undefined, { lockfile: true }],
    overruled: ['rules.insecure-url', 'controls.lockfile'],
  },
  {
    of: 'an override of the organisation',
    organisation: {
      rules: { 'insecure-url': 'error' },
      overrides: [{ paths: ['a/**'], rules: { 'insecure-url': 'off' }, deny: [{ name: 'b', reason }] }],
    },
    project: {},
    file: 'a/package.json',
    read: (policy) => [severityOf('insecure-url')(policy), terms(policy)],
    effective: ['off', ['b']],
  },
  {
    of: 'an override that a pull request adds',
    organisation: {},
    project: { deny: [{ name: 'a', reason }] },
    change: {
      deny: [{ name: 'a', reason }],
      overrides: [
        {
          paths: ['a'],
          rules: { 'insecure-url': 'off' },
          deny: [{ name: 'b', reason }],
          allow: [{ name: 'a', reason }],
        },
      ],
    },
    file: 'a/package.json',
    read: (policy) => [severityOf('insecure-url')(policy), terms(policy)],
    effective: [undefined, ['a', 'b']],
  },
];

describe('organisation × project × pull request: nothing loosens', () => {
  for (const { of, organisation, project, change, file, bases, effective, overruled, ...row } of ROWS)
    test(of, () => {
      const inherited = (folder: 'organisation' | 'project', own: object) => {
        const look = () => read(`${folder}/base`, bases?.[folder] ?? {});
        const { policy, problems } = resolveExtends(read(folder, own), `file:///${folder}`, look);
        assert.deepEqual(problems, []);
        return policyAtPath(policy, file);
      };
      const base = inherited('project', project);
      const own =
        change === undefined ? base : reviewPolicy(base, inherited('project', change), RULES).policy;
      const locked = lockPolicy(inherited('organisation', organisation), own, RULES, true);
      assert.deepEqual(row.read(locked.policy), effective);
      assert.deepEqual(
        locked.overruled.map(({ key }) => key),
        overruled ?? [],
      );
      // Each comes with its place in the project's file, if it is written there.
      for (const { key, span } of locked.overruled)
        assert.ok(span !== undefined || change !== undefined || key === 'preset', key);
    });
});

test('globs that are relative to another folder are not used', () => {
  const organisation = read('o', { fixtures: ['a/**'], ignores: [{ ...IGNORE, path: 'a/**' }] });
  const { policy } = lockPolicy(organisation, read('p', {}), RULES, false);
  assert.deepEqual([policy.fixtures, policy.ignores], [[], []]);
});
