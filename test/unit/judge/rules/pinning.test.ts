import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reviewRules } from '../../../../server/src/core/judge/policy/review/review-rules.ts';
import { RULES } from '../../../../server/src/core/judge/rules/index.ts';
import { readPolicy } from '../../../../server/src/core/read/policy-file/read-policy.ts';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const RULE = 'unbounded-range';
const policy = (pinning: string) => `{ "rules": { "${RULE}": ["warning", { "pinning": "${pinning}" }] } }`;
const withPolicy = (pinning: string) => `-- dependency-hygiene.json --\n${policy(pinning)}\n`;
const RANGES = {
  exact: '1.2.3',
  tilde: '~1.2.3',
  minor: '1.2.x',
  caret: '^1.2.3',
  major: '1.x',
  two: '1 || 2',
  bounded: '>=1.2.3 <3',
  alias: 'npm:other@^1.2.3',
  open: '>=1',
};

/** Returns the names whose range is reported. */
async function reported(pinning: string, manifest: object = { private: true }): Promise<readonly string[]> {
  const text = JSON.stringify({ name: 'shop', version: '1.0.0', ...manifest, dependencies: RANGES });
  const { findings } = await openWorkspace(`-- package.json --\n${text}\n${withPolicy(pinning)}`);
  return findings(RULE).map((finding) => finding.package!);
}

describe('pinning', () => {
  test('the widest range of each policy', async () => {
    assert.deepEqual(await reported('none'), ['open']);
    assert.deepEqual(await reported('caret'), ['two', 'bounded', 'open']);
    assert.deepEqual(await reported('tilde'), ['caret', 'major', 'two', 'bounded', 'alias', 'open']);
    assert.deepEqual(await reported('exact'), Object.keys(RANGES).slice(1));
  });

  test('a package that can be published is exempt', async () => {
    assert.deepEqual(await reported('exact', {}), ['open']);
  });

  test('an unknown policy is reported, and has no effect', async () => {
    assert.deepEqual(await reported('minor'), ['open']);
    await expectMarks(`-- package.json --
{}
-- dependency-hygiene.json --
{ "rules": { "unbounded-range": ["warning", { "pinning": "minor" }] } }
                                                         ^^^^^^^ policy-file-invalid: The option "pinning" of unbounded-range must be one of "none", "caret", "tilde", "exact".
`);
  });

  test('fixes write the range of the policy, and the setting for new ones', async () => {
    // The locked version stays, and so does what the lockfile says of the manifest.
    const lock =
      '{ "lockfileVersion": 3, "packages": { "": {}, "node_modules/lodash": { "version": "4.17.21" } } }';
    const source = (range: string, pinning: string) => `-- package.json --
{ "private": true, "packageManager": "npm@12.2.0", "dependencies": { "lodash": "${range}" } }
-- package-lock.json --
${lock}
${withPolicy(pinning)}`;
    const tilde = source('^4.17.0', 'tilde');
    const { findings } = await openWorkspace(tilde);
    assert.equal(
      findings(RULE)[0]?.message,
      '"^4.17.0" of "lodash" (now 4.17.21) is wider than a tilde range. Write "~4.17.21".',
    );
    assert.equal(
      await fixOf(tilde, RULE, /^Replace with "lodash": "~4\.17\.21"$/),
      source('~4.17.21', 'tilde'),
    );
    assert.equal(
      await fixOf(tilde, RULE, /and save new ones in this way \(save-prefix=~ in \.npmrc\)$/),
      `${source('~4.17.21', 'tilde')}-- .npmrc --\n# New dependencies get a range of patches.\nsave-prefix=~\n`,
    );
    const exact = source('^4.17.0', 'exact');
    assert.equal(
      await fixOf(exact, RULE, /^Replace with "lodash": "4\.17\.21"$/),
      source('4.17.21', 'exact'),
    );
    const saved = await fixOf(exact, RULE, /\(save-exact=true in \.npmrc\)$/);
    assert.match(saved, /-- \.npmrc --\n# .*\nsave-exact=true\n$/);
    const decided = `${exact}-- .npmrc --\nsave-prefix=~\n`;
    const { findings: again, snapshot } = await openWorkspace(decided);
    assert.ok(snapshot.fixesOf(again(RULE)[0]!).every(({ title }) => !title.includes('save new ones')));
    const caret = source('3 || 4', 'caret');
    assert.equal(
      await fixOf(caret, RULE, /^Replace with "lodash": "\^4\.17\.21"$/),
      source('^4.17.21', 'caret'),
    );
  });

  test('the setting of each package manager', async () => {
    const cases = [
      ['npm@11.19.1', '', 'save-exact=true in .npmrc'],
      ['pnpm@9.15.9', '', 'save-exact=true in .npmrc'],
      ['pnpm@12.21.0', '', "savePrefix: '' in pnpm-workspace.yaml"],
      ['yarn@4.18.1', '', 'defaultSemverRangePrefix: "" in .yarnrc.yml'],
      ['yarn@1.22.22', '', 'save-prefix "" in .yarnrc'],
      ['bun@1.4.5', '', 'install.exact = true in bunfig.toml'],
    ] as const;
    for (const [manager, , shown] of cases) {
      const { findings, snapshot } = await openWorkspace(
        `-- package.json --\n{ "private": true, "packageManager": "${manager}", "dependencies": { "a": "^1.0.0" } }\n${withPolicy('exact')}`,
        { registry: { a: { 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': {} } } } },
      );
      const titles = snapshot.fixesOf(findings(RULE)[0]!).map(({ title }) => title);
      assert.ok(
        titles.some((title) => title.endsWith(`(${shown})`)),
        `${manager}: ${titles.join('; ')}`,
      );
    }
  });

  test('a change that allows wider ranges is looser, for rules that guard an install', () => {
    const rule = { ...RULES.find(({ id }) => id === RULE)!, category: 'registry' } as const;
    const read = (pinning: string) => readPolicy('file:///dependency-hygiene.json', policy(pinning));
    const loosened = (before: string, after: string) =>
      reviewRules(read(before), read(after), [rule]).loosenings.map(({ value }) => value);
    assert.deepEqual(loosened('exact', 'caret'), ['caret']);
    assert.deepEqual(loosened('caret', 'unheard-of'), ['unheard-of']);
    assert.deepEqual(loosened('caret', 'exact'), []);
    assert.deepEqual(loosened('tilde', 'tilde'), []);
  });
});
