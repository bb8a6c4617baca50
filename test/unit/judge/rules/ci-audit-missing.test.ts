import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf } from '../../../workspace.ts';

const RULE = 'ci-audit-missing';
const ONLY = { rules: [RULE] };
const NPM = `-- package.json --
{ "name": "shop" }
-- package-lock.json --
{ "name": "shop", "lockfileVersion": 3, "packages": { "": { "name": "shop" } } }
`;
const file = (steps: string, name = 'ci') =>
  `-- .github/workflows/${name}.yml --\non: push\njobs:\n  a:\n    steps:\n${steps}`;

describe(RULE, () => {
  test('one finding for all workflows', () =>
    expectMarks(
      `${NPM}${file('      - run: echo\n', 'a')}${file('      - run: npm ci\n             ^^^ ci-audit-missing: No job checks the packages for known vulnerabilities. Add a step with "npm audit".\n', 'b')}${file('      - run: npm ci\n', 'c')}`,
      ONLY,
    ));

  for (const [name, source] of [
    [
      'another workflow that audits',
      `${file('      - run: npm ci\n')}${file('      - run: npm audit --audit-level high\n', 'z')}`,
    ],
    ['another auditor', file('      - run: npm ci\n      - run: npx audit-ci --high\n')],
    ['an action', file('      - run: npm ci\n      - uses: actions/dependency-review-action@v4\n')],
    ['a script', file('      - run: npm ci && npm run audit:prod\n')],
    ['no install', file('      - run: npm test\n')],
    ['another folder', file('      - run: cd web && npm ci\n')],
  ] as const) {
    test(`is silent on ${name}`, () => expectMarks(`${NPM}${source}`, ONLY));
  }

  test('is silent without a lockfile, and with Yarn 1, which cannot audit', async () => {
    await expectMarks(`-- package.json --\n{}\n${file('      - run: npm ci\n')}`, ONLY);
    await expectMarks(
      `-- package.json --\n{ "packageManager": "yarn@1.22.22" }\n-- yarn.lock --\n# yarn lockfile v1\n${file('      - run: yarn\n')}`,
      ONLY,
    );
  });

  test('an audit that never fails', async () => {
    await expectMarks(
      `${NPM}${file('      - run: npm audit || true\n                          ^^^^ ci-audit-missing\n')}`,
      ONLY,
    );
    await expectMarks(
      `${NPM}${file('      - run: npm audit --json > audit.json || true\n      - run: npm audit || exit 1\n')}`,
      ONLY,
    );
    await expectMarks(
      `${NPM}${file('      - run: npm audit\n        continue-on-error: true\n        ^^^^^^^^^^^^^^^^^ ci-audit-missing: The audit never fails because of "continue-on-error: true". Remove it, and choose a level with "--audit-level".\n')}`,
      ONLY,
    );
    const source = (end: string) => `${NPM}${file(`      - run: npm audit --omit=dev${end} && echo\n`)}`;
    assert.equal(await fixOf(source(' || true'), RULE, /^Remove/), source(''));
  });

  test('an audit that runs after install scripts', async () => {
    await expectMarks(
      `${NPM}${file('      - run: npm ci\n             ^^^ ci-audit-missing: Install scripts run before the audit of this job. Move the audit before the install, as it needs only the lockfile.\n      - run: npm audit\n')}`,
      ONLY,
    );
    for (const steps of [
      '      - run: npm ci --ignore-scripts\n      - run: npm audit\n',
      '      - run: npm audit\n      - run: npm ci\n',
    ])
      await expectMarks(`${NPM}${file(steps)}`, ONLY);
    await expectMarks(
      `${NPM}-- .npmrc --\nignore-scripts=true\n${file('      - run: npm ci\n      - run: npm audit\n')}`,
      ONLY,
    );
  });

  test('several audits that never fail are one finding with one fix', async () => {
    const source = (end: string) =>
      `${NPM}${file(`      - run: npm audit${end}\n      - run: npm audit --omit=dev${end}\n`)}`;
    assert.equal(await fixOf(source(' || true'), RULE, /^Remove/), source(''));
  });

  test('the fix inserts a step', async () => {
    const steps = '      - name: Install\n        run: npm ci\n';
    assert.equal(
      await fixOf(`${NPM}${file(`      - run: echo\n${steps}`)}`, RULE, /^Insert/),
      `${NPM}${file(`      - run: echo\n      - run: npm audit\n${steps}`)}`,
    );
  });
});
