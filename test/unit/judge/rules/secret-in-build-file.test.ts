import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const RULE = 'secret-in-build-file';
const ONLY = { rules: [RULE] };
const NPM = `-- package.json --
{ "name": "shop", "packageManager": "npm@11.19.1" }
-- package-lock.json --
{ "name": "shop", "lockfileVersion": 3, "packages": { "": { "name": "shop" } } }
`;
const docker = (text: string) => `${NPM}-- Dockerfile --\n${text}`;
const workflow = (text: string, files = NPM) => `${files}-- .github/workflows/ci.yml --\non: push\n${text}`;
const SECRET = `\${{ secrets.NPM_TOKEN }}`;

describe(RULE, () => {
  for (const [name, source] of [
    [
      'ENV',
      docker(
        'FROM node:24\nENV NODE_AUTH_TOKEN=$X\n    ^^^^^^^^^^^^^^^ secret-in-build-file: NODE_AUTH_TOKEN stays in the history of the image. Use "RUN --mount=type=secret" instead.\n',
      ),
    ],
    [
      'ARG with a copied .npmrc',
      docker(
        'FROM node:24\nARG NPM_TOKEN\n    ^^^^^^^^^ secret-in-build-file\nCOPY package.json .npmrc ./\nRUN npm ci\n',
      ),
    ],
    [
      'a stage that is left behind',
      docker(
        `FROM node:24 AS a\nARG NPM_TOKEN\n    ^^^^^^^^^ secret-in-build-file: NPM_TOKEN stays in the build cache. Use "RUN --mount=type=secret" instead.\nRUN echo \${NPM_TOKEN} \\\n  > x\nFROM scratch\nCOPY --from=a /a /\n`,
      ),
    ],
    [
      'a job',
      workflow(
        `jobs:\n  a:\n    env:\n      A: b\n      NPM_TOKEN: ${SECRET}\n      ^^^^^^^^^ secret-in-build-file: NPM_TOKEN and 1 other secret can be read by the install scripts of "npm ci". Set it only in the step that needs it.\n      C: \${{ secrets.C }}\n    steps:\n      - run: npm ci\n`,
      ),
    ],
    [
      'the workflow',
      workflow(
        `env:\n  TURBO: ${SECRET}\n  ^^^^^ secret-in-build-file\njobs:\n  a:\n    steps:\n      - run: npm install\n`,
      ),
    ],
  ] as const) {
    test(`reports ${name}`, () => expectMarks(source, ONLY));
  }

  for (const [name, source] of [
    ['a mounted secret', docker('FROM node:24\nRUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN npm ci\n')],
    ['an ARG that nothing uses', docker('FROM node:24\nARG NPM_TOKEN\nRUN npm ci\n')],
    [
      'other variables',
      docker('FROM node:24\nARG NODE_ENV\nENV NPM_CONFIG_LOGLEVEL=warn TOKENS=3\nRUN echo $NODE_ENV\n'),
    ],
    ['an empty variable', docker('FROM node:24\nENV NPM_TOKEN=""\n')],
    [
      'a step',
      workflow(`jobs:\n  a:\n    steps:\n      - run: npm ci\n        env: { NPM_TOKEN: "${SECRET}" }\n`),
    ],
    [
      'another job',
      workflow(
        `jobs:\n  a:\n    steps:\n      - run: npm ci\n  b:\n    env: { NPM_TOKEN: "${SECRET}" }\n    steps:\n      - run: echo\n`,
      ),
    ],
    [
      'an install without scripts',
      workflow(`env:\n  A: ${SECRET}\njobs:\n  a:\n    steps:\n      - run: npm ci --ignore-scripts\n`),
    ],
    [
      'a project without scripts',
      workflow(
        `env:\n  A: ${SECRET}\njobs:\n  a:\n    steps:\n      - run: npm ci\n`,
        `${NPM}-- .npmrc --\nignore-scripts=true\n`,
      ),
    ],
    [
      "the workflow's own token",
      workflow(`env:\n  A: \${{ secrets.GITHUB_TOKEN }}\njobs:\n  a:\n    steps:\n      - run: npm ci\n`),
    ],
  ] as const) {
    test(`is silent on ${name}`, () => expectMarks(source, ONLY));
  }

  test('what stays in the image is an error', async () => {
    const { findings } = await openWorkspace(
      docker('FROM node:24 AS a\nENV NPM_TOKEN=$X\nFROM a AS b\nENV NPM_TOKEN=$X\nFROM a\n'),
    );
    assert.deepEqual(
      findings(RULE).map(({ severity }) => severity),
      ['error', 'warning'],
    );
  });
});

describe('files with secrets that COPY takes along', () => {
  const ENV = { '.env': 'A=b', '.gitignore': '.env*\n.npmrc\n' };
  const found = async (dockerfile: string, files: Readonly<Record<string, string>> = ENV) => {
    const parts = Object.entries({ ...files, Dockerfile: dockerfile });
    const text = NPM + parts.map(([path, content]) => `-- ${path} --\n${content}\n`).join('');
    const workspace = await openWorkspace(text);
    const marks = workspace.findings(RULE).filter(({ uri }) => uri.endsWith('/Dockerfile'));
    return marks.map(({ message, severity }) => `${severity}: ${message}`);
  };
  const COPIED = 'warning: .env is copied into the image, and git ignores it. Add it to .dockerignore.';
  const TOKEN = '//npm.acme.example.test/:_authToken=';

  test('that git ignores and .dockerignore does not', async () => {
    for (const copy of [
      'COPY . .',
      'COPY ./ /app/',
      'COPY --chown=node:node . .',
      'ADD . /app',
      'COPY --link . .',
    ])
      assert.deepEqual(await found(`FROM node:24\n${copy}\n`), [COPIED], copy);
    assert.deepEqual(
      await found('FROM node:24\nCOPY . .\n', { ...ENV, '.dockerignore': 'node_modules\n!.env\n' }),
      [COPIED],
    );
    assert.deepEqual(
      await found('FROM node:24 AS a\nCOPY . .\nFROM a\nRUN npm ci\n', {
        ...ENV,
        '.npmrc': `${TOKEN}abcdef0123456789`,
      }),
      [COPIED, COPIED.replace('.env', '.npmrc')],
    );
  });

  test('not others', async () => {
    for (const copy of [
      'COPY package.json .',
      'COPY src .',
      'COPY --from=a . .',
      'COPY --exclude=.env . .',
      'COPY . .\nFROM scratch\nCOPY --from=0 /a /a',
    ])
      assert.deepEqual(await found(`FROM node:24\n${copy}\n`), [], copy);
    for (const ignored of ['.env', '.env*', '**/.env', '*', '.*', '/.env', '# a\n\n.env\n'])
      assert.deepEqual(
        await found('FROM node:24\nCOPY . .\n', { ...ENV, '.dockerignore': ignored }),
        [],
        ignored,
      );
    for (const files of [
      { '.env': 'A=b' },
      { '.env': 'A=b', '.gitignore': 'dist\n' },
      { '.env.example': 'A=b', '.gitignore': '.env*\n' },
      { ...ENV, 'Dockerfile.dockerignore': '.env' },
      { '.npmrc': `${TOKEN}\${NPM_TOKEN}`, '.gitignore': '.npmrc' },
    ] as Readonly<Record<string, string>>[])
      assert.deepEqual(await found('FROM node:24\nCOPY . .\n', files), [], Object.keys(files).join());
  });

  test('the fix adds it', async () => {
    const files = Object.entries({
      ...ENV,
      '.dockerignore': 'node_modules',
      Dockerfile: 'FROM node:24\nCOPY . .\n',
    });
    const after = await fixOf(
      NPM + files.map(([path, content]) => `-- ${path} --\n${content}\n`).join(''),
      RULE,
      /^Add ".env" to \.dockerignore$/,
    );
    assert.match(after, /node_modules\n\.env\n/);
  });
});
