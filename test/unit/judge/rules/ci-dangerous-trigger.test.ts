import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const RULE = 'ci-dangerous-trigger';
const ONLY = { rules: [RULE] };
const HEAD = `\${{ github.event.pull_request.head.sha }}`;
const workflow = (on: string, job: string) =>
  `-- package.json --\n{}\n-- .github/workflows/ci.yml --\n${on}\njobs:\n  test:\n    runs-on: ubuntu-latest\n${job}`;
const checkout = `      - uses: actions/checkout@v5\n        with: { ref: "${HEAD}" }\n`;

describe(RULE, () => {
  for (const [name, source] of [
    [
      'an install',
      workflow(
        'on: pull_request_target\n    ^^^^^^^^^^^^^^^^^^^ ci-dangerous-trigger',
        `    steps:\n${checkout}      - run: npm ci\n`,
      ),
    ],
    [
      'a script of the repository',
      workflow(
        'on:\n  pull_request_target:\n  ^^^^^^^^^^^^^^^^^^^ ci-dangerous-trigger: pull_request_target runs code of a pull request with secrets: "./build.sh". Use pull_request, or run nothing of it.\n    types: [opened]',
        `    steps:\n${checkout}      - run: ./build.sh --all\n`,
      ),
    ],
    [
      'a local action',
      workflow(
        'on: [push, pull_request_target]\n           ^^^^^^^^^^^^^^^^^^^ ci-dangerous-trigger',
        `    steps:\n${checkout}      - uses: ./.github/actions/x\n`,
      ),
    ],
    [
      'a comment with a checkout by gh',
      workflow(
        'on: issue_comment\n    ^^^^^^^^^^^^^ ci-dangerous-trigger',
        '    steps:\n      - uses: actions/checkout@v5\n      - run: gh pr checkout 1 && yarn install\n',
      ),
    ],
    [
      'a workflow run',
      workflow(
        'on:\n  workflow_run:\n  ^^^^^^^^^^^^ ci-dangerous-trigger\n    workflows: [CI]',
        `    steps:\n      - uses: actions/checkout@v5\n        with:\n          ref: \${{ github.event.workflow_run.head_sha }}\n      - run: pnpm test\n`,
      ),
    ],
    [
      'a title',
      workflow(
        'on: issues',
        `    steps:\n      - run: |\n          echo "\${{ github.event.issue.title }}" | wc\n                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ci-dangerous-trigger\n`,
      ),
    ],
    [
      'a comment in github-script',
      workflow(
        'on: issue_comment',
        `    steps:\n      - uses: actions/github-script@v8\n        with:\n          script: |\n            const a = '\${{github.event.comment.body}}';\n                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ci-dangerous-trigger\n`,
      ),
    ],
    [
      'a branch name, several times',
      workflow(
        'on: pull_request',
        `    steps:\n      - run: git checkout \${{ github.head_ref }}\n                          ^^^^^^^^^^^^^^^^^^^^^^ ci-dangerous-trigger: github.head_ref is pasted into a script (and at 1 other place), and anybody can write it. Pass it in an environment variable.\n      - run: echo \${{ github.head_ref }}\n`,
      ),
    ],
  ] as const) {
    test(`reports ${name}`, () => expectMarks(source, ONLY));
  }

  for (const [name, source] of [
    [
      'the base',
      workflow(
        'on: pull_request_target',
        '    steps:\n      - uses: actions/checkout@v5\n      - run: npm ci\n',
      ),
    ],
    [
      'a checkout of which nothing runs',
      workflow('on: pull_request_target', `    steps:\n${checkout}      - run: cat README.md\n`),
    ],
    ['no checkout', workflow('on: pull_request_target', '    steps:\n      - uses: actions/labeler@v6\n')],
    ['a pull request', workflow('on: pull_request', `    steps:\n${checkout}      - run: npm ci\n`)],
    [
      'an install before the checkout',
      workflow('on: pull_request_target', `    steps:\n      - run: npm ci\n${checkout}`),
    ],
    [
      'a run after a push',
      workflow(
        'on:\n  workflow_run:\n    workflows: [CI]',
        `    if: github.event.workflow_run.event == 'push'\n    steps:\n      - uses: actions/checkout@v5\n        with:\n          ref: \${{ github.event.workflow_run.head_sha }}\n      - run: npm ci\n`,
      ),
    ],
    [
      'a variable',
      workflow(
        'on: issues',
        `    steps:\n      - run: echo "$TITLE"\n        env:\n          TITLE: \${{ github.event.issue.title }}\n`,
      ),
    ],
    [
      'a comparison',
      workflow(
        'on: issues',
        `    steps:\n      - run: echo \${{ contains(github.event.issue.title, 'x') }}\n`,
      ),
    ],
    [
      'a number',
      workflow(
        'on: pull_request_target',
        `    steps:\n      - run: echo \${{ github.event.pull_request.number }} \${{ github.event.pull_request.head.sha }}\n`,
      ),
    ],
    ['a push', workflow('on: push', `    steps:\n      - run: echo \${{ github.head_ref }}\n`)],
    [
      'a condition',
      workflow(
        'on: issue_comment',
        `    if: contains(github.event.comment.body, '/run')\n    steps:\n      - run: echo\n`,
      ),
    ],
  ] as const) {
    test(`is silent on ${name}`, () => expectMarks(source, ONLY));
  }

  test('what a maintainer approves, and what has no secrets, is a warning', async () => {
    for (const [on, job, expected] of [
      ['on: pull_request_target', `    steps:\n${checkout}      - run: npm ci\n`, 'error'],
      [
        'on: pull_request_target',
        `    environment: preview\n    steps:\n${checkout}      - run: npm ci\n`,
        'warning',
      ],
      [
        'on: pull_request_target',
        `    if: github.event.comment.author_association == 'OWNER'\n    steps:\n${checkout}      - run: npm ci\n`,
        'warning',
      ],
      ['on: pull_request_target\npermissions: {}', `    steps:\n${checkout}      - run: npm ci\n`, 'warning'],
      [
        'on: pull_request_target\npermissions:\n  contents: write',
        `    steps:\n${checkout}      - run: npm ci\n`,
        'error',
      ],
      [
        'on: pull_request_target\npermissions: {}',
        `    steps:\n${checkout}      - run: npm ci\n        env: { T: "\${{ secrets.T }}" }\n`,
        'error',
      ],
      ['on: pull_request', `    steps:\n      - run: echo \${{ github.head_ref }}\n`, 'warning'],
    ] as const) {
      const { findings } = await openWorkspace(workflow(on, job));
      assert.deepEqual(
        findings(RULE).map(({ severity }) => severity),
        [expected],
        `${on} ${job}`,
      );
    }
  });

  test('the fix replaces the trigger', async () => {
    const source = (on: string) =>
      workflow(`on:\n  ${on}:\n    branches: [main]`, `    steps:\n${checkout}      - run: npm ci\n`);
    assert.equal(await fixOf(source('pull_request_target'), RULE, /^Replace/), source('pull_request'));
  });
});
