import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const RULE = 'ci-reference-unpinned';
const ONLY = { rules: [RULE] };
const SHA = '0123456789abcdef0123456789abcdef01234567';
const DIGEST = `sha256:${SHA}0123456789abcdef01234567`;
const workflow = (job: string) =>
  `-- package.json --\n{}\n-- .github/workflows/ci.yml --\non: push\njobs:\n  test:\n${job}`;
const docker = (text: string) => `-- package.json --\n{}\n-- Dockerfile --\n${text}`;

describe(RULE, () => {
  test('all actions of others are one finding, and those of GitHub another', () =>
    expectMarks(
      workflow(`    steps:
      - uses: actions/checkout@v4
              ^^^^^^^^^^^^^^^^^^^ ci-reference-unpinned: actions/checkout@v4 is not pinned to a commit (and 1 other action of GitHub). Pin the commit, with the version in a comment.
      - uses: github/codeql-action/init@main
      - uses: "acme/deploy/sub@v1.2"
              ^^^^^^^^^^^^^^^^^^^^^^ ci-reference-unpinned: acme/deploy/sub@v1.2 can be moved to other code (and 1 other action). Pin the commit, with the version in a comment.
      - uses: other/x@${SHA.slice(0, 7)}
`),
      ONLY,
    ));

  for (const repository of ['"Shop-Org/shop"', '{ "url": "git+https://github.com/shop-org/shop.git" }'])
    test(`actions of the owner of ${repository} are hints of their own`, async () => {
      const source = workflow(`    steps:
      - uses: shop-org/setup@v4
              ^^^^^^^^^^^^^^^^^ ci-reference-unpinned: shop-org/setup@v4 can be moved by everyone who may push to that repository (and 1 other own action). Pin the commit, with the version in a comment.
      - uses: Shop-Org/deploy@main
      - uses: shop/x@v1
              ^^^^^^^^^ ci-reference-unpinned: shop/x@v1 can be moved to other code. Pin the commit, with the version in a comment.
`).replace('{}', `{ "repository": ${repository} }`);
      await expectMarks(source, ONLY);
      const { findings } = await openWorkspace(source);
      assert.deepEqual(
        findings(RULE).map(({ severity }) => severity),
        ['hint', 'warning'],
      );
    });

  test('an action at several places counts once among the others', () =>
    expectMarks(
      workflow(`    steps:
      - uses: acme/setup@v4
              ^^^^^^^^^^^^^ ci-reference-unpinned: acme/setup@v4 can be moved to other code (and 1 other action). Pin the commit, with the version in a comment.
      - uses: other/x@v1
      - uses: acme/setup@v4
      - uses: other/x@v1
`),
      ONLY,
    ));

  test('an action alone at several places is counted by places', () =>
    expectMarks(
      workflow(`    steps:
      - uses: acme/setup@v4
              ^^^^^^^^^^^^^ ci-reference-unpinned: acme/setup@v4 can be moved to other code (and at 2 other places). Pin the commit, with the version in a comment.
      - uses: acme/setup@v4
      - uses: acme/setup@v4
`),
      ONLY,
    ));

  for (const [name, source] of [
    [
      'a reusable workflow',
      workflow(
        '    uses: acme/ci/.github/workflows/build.yml@main\n          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ci-reference-unpinned\n',
      ),
    ],
    [
      'setup-node',
      workflow(
        `    steps:\n      - uses: actions/setup-node@${SHA}\n        with:\n          node-version: '18'\n                        ^^^^ ci-reference-unpinned: Node.js 18 has had no security fixes since 30 Apr 2025. Use a maintained release.\n`,
      ),
    ],
    [
      'setup-node with a minor version',
      workflow(
        `    steps:\n      - uses: actions/setup-node@${SHA}\n        with: { node-version: 20.19.0 }\n                              ^^^^^^^ ci-reference-unpinned\n`,
      ),
    ],
    ['a container', workflow('    container: node:16\n               ^^^^^^^ ci-reference-unpinned\n')],
    [
      'an image of a step',
      workflow(
        '    steps:\n      - uses: docker://node:latest\n              ^^^^^^^^^^^^^^^^^^^^ ci-reference-unpinned\n',
      ),
    ],
    [
      'GitLab',
      '-- package.json --\n{}\n-- .gitlab-ci.yml --\nimage: node:14-alpine\n       ^^^^^^^^^^^^^^ ci-reference-unpinned\ntest:\n  script: [npm ci]\n',
    ],
    [
      'compose',
      '-- package.json --\n{}\n-- compose.yaml --\nservices:\n  web:\n    image: node\n           ^^^^ ci-reference-unpinned\n',
    ],
    [
      'a stage',
      docker(
        'FROM --platform=$BUILDPLATFORM node:20 AS build\n                               ^^^^^^^ ci-reference-unpinned\nFROM scratch\n',
      ),
    ],
    [
      'an old Alpine',
      docker(
        `FROM node:24-alpine3.18@${DIGEST}\n     ${'^'.repeat(`node:24-alpine3.18@${DIGEST}`.length)} ci-reference-unpinned: Alpine 3.18 has had no security fixes since 9 May 2025. Use a maintained release.\nUSER a\n`,
      ),
    ],
    [
      'an old Debian',
      docker(
        'FROM node:22-buster-slim\n     ^^^^^^^^^^^^^^^^^^^ ci-reference-unpinned: Debian buster has had no security fixes since 30 Jun 2024. Use a maintained release.\n',
      ),
    ],
    [
      'a tag, once',
      docker(
        'FROM nginx:1.29\n     ^^^^^^^^^^ ci-reference-unpinned: nginx:1.29 is not pinned to a digest (and 1 other image). Add the digest behind the tag.\nFROM node:24\nUSER a\n',
      ),
    ],
    [
      'root',
      docker(
        `FROM node:24@${DIGEST}\nENTRYPOINT ["node"]\nCMD ["."]\n^^^ ci-reference-unpinned: The container runs as root. Add "USER node" before this instruction.\n`,
      ),
    ],
  ] as const) {
    test(`reports ${name}`, () => expectMarks(source, ONLY));
  }

  for (const [name, source] of [
    [
      'commits, and local actions',
      workflow(
        `    steps:\n      - uses: acme/a@${SHA}\n      - uses: ./.github/actions/a\n      - uses: ../b\n`,
      ),
    ],
    [
      'expressions',
      workflow(
        `    steps:\n      - uses: acme/a@\${{ inputs.ref }}\n    container: node:\${{ matrix.node }}\n`,
      ),
    ],
    [
      'a matrix of releases',
      workflow(
        `    strategy: { matrix: { node: [18, 20, 22] } }\n    steps:\n      - uses: actions/setup-node@${SHA}\n        with: { node-version: 18 }\n`,
      ),
    ],
    [
      'maintained releases',
      workflow(
        `    steps:\n      - uses: actions/setup-node@${SHA}\n        with: { node-version: 22.x }\n      - uses: actions/setup-node@${SHA}\n        with: { node-version: lts/* }\n`,
      ),
    ],
    [
      'a file of the version',
      workflow(
        `    steps:\n      - uses: actions/setup-node@${SHA}\n        with: { node-version-file: .nvmrc }\n`,
      ),
    ],
    [
      'other setups',
      workflow(`    steps:\n      - uses: acme/setup@${SHA}\n        with: { node-version: 18 }\n`),
    ],
    ['services', workflow('    services:\n      db:\n        image: postgres:16\n')],
    [
      'compose with a build',
      '-- package.json --\n{}\n-- docker-compose.yml --\nservices:\n  web:\n    build: .\n    image: node\n  db:\n    image: postgres:16\n',
    ],
    [
      'stages, scratch and variables',
      docker(`ARG TAG=18\nFROM node:$TAG AS a\nFROM \${BASE}\nFROM a\nFROM scratch\n`),
    ],
    ['digests', docker(`FROM node:24-alpine@${DIGEST}\nRUN npm ci\nUSER 1000\nCMD ["node"]\n`)],
    ['an image that is no start', docker(`FROM node:24@${DIGEST}\nRUN npm ci\n`)],
    ['another base', docker(`FROM nginx@${DIGEST}\nCMD ["nginx"]\n`)],
    ['other images with such a number', docker(`FROM acme/node:18@${DIGEST}\n`)],
  ] as const) {
    test(`is silent on ${name}`, () => expectMarks(source, ONLY));
  }

  test('the severities', async () => {
    const { findings } = await openWorkspace(docker('FROM node:18-alpine\nFROM node:24\nCMD a\n'));
    assert.deepEqual(
      findings(RULE).map(({ severity, message }) => `${severity} ${message.split(' ', 1)[0]}`),
      ['warning Node.js', 'hint node:24', 'hint The'],
    );
  });

  test('owners that the project trusts', () =>
    expectMarks(
      `${workflow('    steps:\n      - uses: acme/a@v1\n      - uses: other/a@v1\n              ^^^^^^^^^^ ci-reference-unpinned\n')}-- dependency-hygiene.json --\n{ "rules": { "ci-reference-unpinned": ["warning", { "trustedOwners": ["acme"] }] } }\n`,
      ONLY,
    ));

  test('the fixes', async () => {
    assert.equal(
      await fixOf(
        docker('FROM node:18.19.0-alpine AS a\nFROM node:18\nUSER a\n'),
        RULE,
        /^Replace Node.js 18/,
      ),
      docker('FROM node:24-alpine AS a\nFROM node:24\nUSER a\n'),
    );
    assert.equal(
      await fixOf(docker('FROM node:24\nENTRYPOINT ["node"]\nCMD ["."]\n'), RULE, /USER node/),
      docker('FROM node:24\nUSER node\nENTRYPOINT ["node"]\nCMD ["."]\n'),
    );
    assert.equal(
      await fixOf(
        workflow(
          `    steps:\n      - uses: actions/setup-node@${SHA}\n        with:\n          node-version: 18 # old\n`,
        ),
        RULE,
        /^Replace/,
      ),
      workflow(
        `    steps:\n      - uses: actions/setup-node@${SHA}\n        with:\n          node-version: '24' # old\n`,
      ),
    );
  });

  test('a pin is looked up by a command', async () => {
    const { findings, snapshot } = await openWorkspace(workflow('    steps:\n      - uses: acme/a/b@v1\n'));
    const commands = snapshot.fixesOf(findings(RULE)[0]!).flatMap(({ command }) => command ?? []);
    assert.deepEqual(commands, ['gh api repos/acme/a/commits/v1 --jq .sha']);
  });
});
