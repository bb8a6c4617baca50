import { describe, test } from 'node:test';
import { expectMarks, TEST_REGISTRY } from '../../../workspace.ts';

const RULE = 'ci-publish-hardening';
const ONLY = { rules: [RULE] };
const TOKEN = `\${{ secrets.NPM_TOKEN }}`;
const workflow = (text: string, manifest = '{ "name": "shop" }') =>
  `-- package.json --\n${manifest}\n-- .github/workflows/release.yml --\non: push\n${text}`;

describe(RULE, () => {
  for (const [name, source] of [
    [
      'a token',
      workflow(
        `permissions: {}\njobs:\n  a:\n    steps:\n      - run: npm test && npm publish --access public\n        env:\n          NODE_AUTH_TOKEN: ${TOKEN}\n          ^^^^^^^^^^^^^^^ ci-publish-hardening: NODE_AUTH_TOKEN publishes with a long-lived token. Use trusted publishing, with "id-token: write".\n`,
      ),
    ],
    [
      'a token of the workflow, twice',
      workflow(
        `permissions: {}\nenv:\n  NPM_TOKEN: ${TOKEN}\n  ^^^^^^^^^ ci-publish-hardening: NPM_TOKEN publishes with a long-lived token (and 1 other job). Use trusted publishing, with "id-token: write".\njobs:\n  a:\n    steps:\n      - run: pnpm -r publish\n  b:\n    steps:\n      - run: yarn npm publish\n`,
      ),
    ],
    [
      'no permissions',
      workflow(
        'jobs:\n  release:\n  ^^^^^^^ ci-publish-hardening: Job "release" publishes with the default rights of the repository. Add "permissions" with those it needs.\n    steps:\n      - run: npm publish\n',
      ),
    ],
    [
      'all permissions',
      workflow(
        'permissions: write-all\njobs:\n  release:\n  ^^^^^^^ ci-publish-hardening\n    steps:\n      - run: npm publish\n',
      ),
    ],
    [
      'a cache',
      workflow(
        `permissions: {}\njobs:\n  a:\n    steps:\n      - uses: actions/setup-node@v6\n        with:\n          registry-url: ${TEST_REGISTRY}\n          cache: npm\n          ^^^^^ ci-publish-hardening\n      - run: npm publish\n`,
      ),
    ],
    [
      'no provenance',
      workflow(
        'permissions: {}\njobs:\n  a:\n    steps:\n      - run: npm publish --no-provenance\n                         ^^^^^^^^^^^^^^^ ci-publish-hardening\n',
      ),
    ],
    ...[
      'npx semantic-release',
      'pnpm exec changeset publish',
      'npx changeset publish',
      'npx release-it@19.0.0 --ci',
    ].map(
      (command) =>
        [
          `a token for ${command}`,
          workflow(
            `permissions: {}\njobs:\n  a:\n    steps:\n      - run: ${command}\n        env:\n          NPM_TOKEN: "${TOKEN}"\n          ^^^^^^^^^ ci-publish-hardening\n`,
          ),
        ] as const,
    ),
    [
      'a token for an action that publishes',
      workflow(
        `permissions: {}\njobs:\n  a:\n    steps:\n      - uses: changesets/action@v1\n        with:\n          publish: pnpm release\n        env:\n          NPM_TOKEN: "${TOKEN}"\n          ^^^^^^^^^ ci-publish-hardening\n`,
      ),
    ],
  ] as const) {
    test(`reports ${name}`, () => expectMarks(source, { ...ONLY, publicRegistry: TEST_REGISTRY }));
  }

  for (const [name, source] of [
    [
      'trusted publishing',
      workflow(
        'permissions:\n  contents: read\njobs:\n  a:\n    permissions: { id-token: write }\n    steps:\n      - run: npm publish\n',
      ),
    ],
    ['a dry run', workflow('jobs:\n  a:\n    steps:\n      - run: npm publish --dry-run\n')],
    [
      'a private registry',
      workflow(
        `jobs:\n  a:\n    steps:\n      - uses: actions/setup-node@v6\n        with: { registry-url: "https://npm.acme.test" }\n      - run: npm publish\n        env: { NODE_AUTH_TOKEN: "${TOKEN}" }\n`,
      ),
    ],
    [
      'a private registry as an option',
      workflow(
        `jobs:\n  a:\n    steps:\n      - run: npm publish --registry=https://npm.acme.test\n        env: { NODE_AUTH_TOKEN: "${TOKEN}" }\n`,
      ),
    ],
    [
      'a private registry in package.json',
      workflow(
        `jobs:\n  a:\n    steps:\n      - run: npm publish\n        env: { NODE_AUTH_TOKEN: "${TOKEN}" }\n`,
        '{ "name": "shop", "publishConfig": { "registry": "https://npm.acme.test" } }',
      ),
    ],
    [
      'a job that only installs',
      workflow(
        `jobs:\n  a:\n    steps:\n      - run: npm ci\n        env: { NODE_AUTH_TOKEN: "${TOKEN}" }\n`,
      ),
    ],
    ...[
      'uses: changesets/action@v1\n        with: { version: pnpm version }',
      'uses: cycjimmy/semantic-release-action@v5\n        with: { extra_plugins: x }\n        if: false',
      'run: npx semantic-release',
      'run: npx semantic-release --dry-run',
      'run: npx changeset version',
      'run: npx release-it --no-npm',
    ].map(
      (step) =>
        [
          `${step.split('\n')[0]} without a token, or without publishing`,
          workflow(
            `permissions: {}\njobs:\n  a:\n    steps:\n      - ${step}\n        env: { NPM_TOKEN: "${/dry-run|version|no-npm/.test(step) ? TOKEN : ''}" }\n`,
          ),
        ] as const,
    ),
    ['a script of that name', workflow('jobs:\n  a:\n    steps:\n      - run: npm run publish\n')],
    [
      'a cache in another job',
      workflow(
        'permissions: {}\njobs:\n  a:\n    steps:\n      - uses: actions/setup-node@v6\n        with: { cache: npm }\n      - run: npm ci\n  b:\n    steps:\n      - run: npm publish\n',
      ),
    ],
  ] as const) {
    test(`is silent on ${name}`, () => expectMarks(source, { ...ONLY, publicRegistry: TEST_REGISTRY }));
  }
});
