import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const RULE = 'ci-unlocked-install';
const ONLY = { rules: [RULE] };
const NPM = `-- package.json --
{ "name": "shop" }
-- package-lock.json --
{ "name": "shop", "lockfileVersion": 3, "packages": { "": { "name": "shop" } } }
`;
const PNPM = `-- package.json --
{ "name": "shop", "packageManager": "pnpm@12.21.0" }
-- pnpm-lock.yaml --
lockfileVersion: '9.0'
importers:
  .: {}
`;
const CLASSIC = `-- package.json --
{ "name": "shop", "packageManager": "yarn@1.22.22" }
-- yarn.lock --
# yarn lockfile v1
`;
const BERRY = `-- package.json --
{ "name": "shop", "packageManager": "yarn@4.18.1" }
-- yarn.lock --
__metadata:
  version: 8
"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  languageName: unknown
  linkType: soft
`;
const workflow = (steps: string, job = 'test') =>
  `-- .github/workflows/ci.yml --\non: push\njobs:\n  ${job}:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;

describe(RULE, () => {
  for (const [name, source] of [
    [
      'a block, with a comment, a condition and a pipe',
      `${NPM}${workflow(`      - name: Install
        run: |
          # npm install
          if [ -f a ]; then npm install --no-audit | tee log; fi
                            ^^^^^^^^^^^^^^^^^^^^^^ ci-unlocked-install
          echo "npm install"
`)}`,
    ],
    [
      'a folded block and quoted text',
      `${NPM}${workflow(`      - run: >-
          CI=1 sudo -E npm i
                       ^^^^^ ci-unlocked-install
      - run: "echo \\"x\\" && npm in"
                            ^^^^^^ ci-unlocked-install
`)}`,
    ],
    [
      'what only seems to change declarations before: a comment, and a command that prints versions',
      `${PNPM}${workflow(`      - run: |
          # echo '{}' > package.json
          npm version
          pnpm install --no-frozen-lockfile
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ci-unlocked-install
`)}`,
    ],
    [
      'options that turn it off',
      `${PNPM}${workflow(`      - run: pnpm install --no-frozen-lockfile
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ci-unlocked-install
`)}`,
    ],
    [
      'Yarn 1 without a word',
      `${CLASSIC}${workflow(`      - run: yarn
             ^^^^ ci-unlocked-install
`)}`,
    ],
    [
      'GitLab',
      `${NPM}-- .gitlab-ci.yml --
before_script:
  - npm install
    ^^^^^^^^^^^ ci-unlocked-install
test:
  script:
    - npm test
`,
    ],
    [
      'Dockerfile with continued lines and comments',
      `${NPM}-- Dockerfile --
FROM node:24-alpine
COPY package*.json ./
RUN apk add git \\
    # for native modules
    && npm install --production
       ^^^^^^^^^^^^^^^^^^^^^^^^ ci-unlocked-install
`,
    ],
    [
      'Dockerfile with pnpm, whose CI variable nothing sets',
      `${PNPM}-- Dockerfile --
FROM node:24
COPY . .
RUN --mount=type=cache,id=pnpm,target=/pnpm/store corepack enable && pnpm i
                                                                     ^^^^^^ ci-unlocked-install
`,
    ],
    [
      'Dockerfile with an exec form and a here-document',
      `${NPM}-- web.dockerfile --
FROM node:24
COPY . .
RUN ["npm", "install"]
     ^^^^^^^^^^^^^^^^ ci-unlocked-install
RUN <<EOF
npm i
^^^^^ ci-unlocked-install
EOF
`,
    ],
    [
      'a composite action',
      `${NPM}-- .github/actions/setup/action.yml --
runs:
  using: composite
  steps:
    - shell: bash
      run: npm install
           ^^^^^^^^^^^ ci-unlocked-install
`,
    ],
    [
      'a deprecated option, as a hint',
      `${NPM}-- Dockerfile --
FROM node:24
COPY . .
RUN npm ci --only=production --ignore-scripts
           ^^^^^^^^^^^^^^^^^ ci-unlocked-install: "npm ci --only=production --ignore-scripts" uses a deprecated option. Use "npm ci --omit=dev --ignore-scripts".
`,
    ],
    [
      'CircleCI',
      `${NPM}-- .circleci/config.yml --
version: 2.1
commands:
  setup:
    steps:
      - run: npm install
             ^^^^^^^^^^^ ci-unlocked-install
jobs:
  build:
    docker: [{ image: "cimg/node:24.0" }]
    working_directory: ~/shop
    steps:
      - checkout
      - setup
      - run:
          name: Install
          command: npm i
                   ^^^^^ ci-unlocked-install
`,
    ],
    [
      'Azure Pipelines',
      `${NPM}-- azure-pipelines.yml --
stages:
  - stage: a
    jobs:
      - job: b
        steps:
          - script: npm install
                    ^^^^^^^^^^^ ci-unlocked-install
            displayName: Install
          - bash: |
              npm i
              ^^^^^ ci-unlocked-install
          - script: npm ins
            workingDirectory: web
`,
    ],
    [
      'a manifest that is only read before, or written afterwards',
      `${NPM}${workflow(`      - run: |
          jq -r .version package.json
          sed -n 1p package.json
          npm pkg get name
          npm install
          ^^^^^^^^^^^ ci-unlocked-install
          npm pkg set name=a
`)}`,
    ],
    [
      'a package added in another folder before',
      `${NPM}${workflow(`      - run: npm i react@next
        working-directory: docs
      - run: npm install
             ^^^^^^^^^^^ ci-unlocked-install
`)}`,
    ],
    [
      'an option outside of the matrix',
      `${PNPM}${workflow(`      - run: pnpm i --no-frozen-lockfile
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ ci-unlocked-install
        if: github.event_name == 'push'
`)}`,
    ],
  ] as const) {
    test(`reports ${name}`, () => expectMarks(source, ONLY));
  }

  for (const [name, source] of [
    ['npm ci', `${NPM}${workflow('      - run: npm ci\n')}`],
    ['a named package', `${NPM}${workflow('      - run: npm install left-pad@1.3.0\n')}`],
    ['only the lockfile', `${NPM}${workflow('      - run: npm install --package-lock-only\n')}`],
    [
      'another folder of GitLab',
      `${NPM}-- .gitlab-ci.yml --\na:\n  before_script: [cd web]\n  script: [npm install]\n`,
    ],
    [
      'another folder of all jobs',
      `${NPM}-- .gitlab-ci.yml --\nbefore_script: [cd web]\na:\n  script: [npm install]\n`,
    ],
    ['another folder', `${NPM}${workflow('      - run: cd web && npm install\n')}`],
    [
      'a working directory',
      `${NPM}${workflow('      - run: npm install\n        working-directory: web\n')}`,
    ],
    ['a prefix', `${NPM}${workflow('      - run: npm install --prefix web\n')}`],
    ['variables', `${NPM}${workflow(`      - run: npm install \${{ matrix.package }}\n`)}`],
    ['a substitution', `${NPM}${workflow('      - run: npm install $(cat packages)\n')}`],
    [
      'a step that updates',
      `${NPM}${workflow('      - name: Update the lockfile\n        run: npm install\n')}`,
    ],
    [
      'a job that commits',
      `${NPM}${workflow('      - run: npm install\n      - run: git commit -am x && git push\n')}`,
    ],
    ['another shell', `${NPM}${workflow('      - run: npm install\n        shell: python\n')}`],
    ['pnpm in CI', `${PNPM}${workflow('      - run: pnpm install\n')}`],
    ['Yarn 4 in CI', `${BERRY}${workflow('      - run: yarn install\n')}`],
    ['Yarn 1 with the option', `${CLASSIC}${workflow('      - run: yarn --frozen-lockfile\n')}`],
    ['another package manager', `${PNPM}${workflow('      - run: npm install\n')}`],
    ['no lockfile', `-- package.json --\n{}\n${workflow('      - run: npm install\n')}`],
    [
      'a text',
      `${NPM}${workflow('      - run: |\n          cat <<EOF > README\n          npm install\n          EOF\n')}`,
    ],
    [
      'a container with CI',
      `${PNPM}-- Dockerfile --\nFROM node:24\nENV CI=true\nCOPY . .\nRUN pnpm install\n`,
    ],
    [
      'a manifest from below',
      `${NPM}-- Dockerfile --\nFROM node:24\nCOPY web/package*.json ./\nRUN npm install\n`,
    ],
    ['a label', `${NPM}-- Dockerfile --\nFROM node:24\nLABEL run="npm install"\n# RUN npm install\n`],
    [
      'overrides written before',
      `${PNPM}${workflow(`      - run: |
          yq -i '.overrides.vite = "^7"' pnpm-workspace.yaml
          pnpm install --no-frozen-lockfile
`)}`,
    ],
    [
      'a manifest written before, in another step',
      `${NPM}${workflow('      - run: jq .a package.json > new && mv new package.json\n      - run: npm install\n')}`,
    ],
    [
      'a field set before',
      `${NPM}${workflow('      - run: npm pkg set engines.node=20\n      - run: npm i\n')}`,
    ],
    ['a package added before', `${NPM}${workflow('      - run: npm i react@next\n      - run: npm i\n')}`],
    [
      'a step for the other versions of a matrix',
      `${PNPM}${workflow(`      - run: ./override.sh && pnpm i --no-frozen-lockfile
        if: \${{ matrix.react }}
`)}`,
    ],
    ['an ignore file', `${NPM}-- Dockerfile.dockerignore --\nRUN npm install\n`],
  ] as const) {
    test(`is silent on ${name}`, () => expectMarks(source, ONLY));
  }

  test('Yarn 1: the option that only writes no lockfile gives way to the one that keeps it', async () => {
    const source = `${CLASSIC}${workflow('      - run: yarn install --pure-lockfile --silent\n')}`;
    assert.match(
      await fixOf(source, RULE, /^Use "yarn install --frozen-lockfile --silent"$/),
      /- run: yarn install --frozen-lockfile --silent\n/,
    );
  });

  test('the fix changes every equal command', async () => {
    const source = `${NPM}${workflow('      - run: npm install --no-audit\n      - run: echo && npm install --no-audit\n')}`;
    assert.equal(
      await fixOf(source, RULE, /^Use "npm ci --no-audit"$/),
      source.replaceAll('npm install', 'npm ci'),
    );
  });

  test('the fix of a Dockerfile needs the lockfile in the image', async () => {
    const docker = (copy: string, run: string) =>
      `${NPM}-- Dockerfile --\nFROM node:24\nCOPY ${copy}\nRUN ${run}\n`;
    assert.equal(
      await fixOf(docker('package*.json ./', 'npm install --production'), RULE, /^Use/),
      docker('package*.json ./', 'npm ci --omit=dev'),
    );
    const { findings, snapshot } = await openWorkspace(docker('package.json ./', 'npm install'));
    const [finding] = findings(RULE);
    assert.match(finding!.message, /Copy the lockfile before it\.$/);
    assert.ok(!snapshot.fixesOf(finding!).some(({ title }) => title.startsWith('Use')));
  });
});
