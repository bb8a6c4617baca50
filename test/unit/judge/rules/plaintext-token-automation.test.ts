import { describe, test } from 'node:test';
import { newNpmToken } from '../../../npm-token.ts';
import { expectMarks } from '../../../workspace.ts';

const RULE = 'plaintext-token';
const ONLY = { rules: [RULE] };
const TOKEN = newNpmToken();
const carets = '^'.repeat(TOKEN.length);
const files = (name: string, text: string) => `-- package.json --\n{}\n-- ${name} --\n${text}`;

describe('plaintext-token in files with commands', () => {
  for (const [name, source] of [
    [
      'a workflow',
      files(
        '.github/workflows/ci.yml',
        `on: push\nenv:\n  NPM_TOKEN: ${TOKEN}\n             ${carets} ${RULE}\n`,
      ),
    ],
    [
      'a Dockerfile',
      files('Dockerfile', `FROM node:24\nENV NPM_TOKEN=${TOKEN}\n              ${carets} ${RULE}\n`),
    ],
    [
      'a setting on a command line',
      files(
        '.gitlab-ci.yml',
        `a:\n  script:\n    - npm config set //npm.acme.test/:_authToken 5b7d1c0e-93f4-4a6e-8c21-7f0a9d35e6b2\n                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${RULE}\n`,
      ),
    ],
  ] as const) {
    test(`reports ${name}`, () => expectMarks(source, ONLY));
  }

  for (const [name, source] of [
    [
      'a secret of the repository',
      files(
        '.github/workflows/ci.yml',
        `on: push\njobs:\n  a:\n    steps:\n      - run: npm config set //npm.acme.test/:_authToken=\${{ secrets.T }}\n`,
      ),
    ],
    [
      'a secret behind a blank',
      files(
        '.github/workflows/ci.yml',
        `on: push\njobs:\n  a:\n    steps:\n      - run: npm config set //npm.acme.test/:_authToken \${{secrets.T}}\n`,
      ),
    ],
    [
      'a variable',
      files(
        'Dockerfile',
        'FROM node:24\nARG NPM_TOKEN\nRUN echo "//npm.acme.test/:_authToken=$NPM_TOKEN" > .npmrc\n',
      ),
    ],
    [
      'a database of a test',
      files(
        'compose.yml',
        'services:\n  a:\n    image: postgres:16\n    environment:\n      URL: postgres://user:p4ssw0rd-x9@db:5432/a\n',
      ),
    ],
  ] as const) {
    test(`is silent on ${name}`, () => expectMarks(source, ONLY));
  }
});
