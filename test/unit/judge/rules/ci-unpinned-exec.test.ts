import { describe, test } from 'node:test';
import { expectMarks } from '../../../workspace.ts';

const RULE = 'ci-unpinned-exec';
const ONLY = { rules: [RULE] };
const LOCKED = `-- package.json --
{ "name": "shop", "devDependencies": { "typescript": "^5.9.0", "@playwright/test": "1.56.0" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "devDependencies": { "typescript": "^5.9.0", "@playwright/test": "1.56.0" } },
    "node_modules/typescript": { "version": "5.9.3", "bin": { "tsc": "bin/tsc", "tsserver": "bin/tsserver" } },
    "node_modules/@playwright/test": { "version": "1.56.0", "bin": { "playwright": "cli.js" } }
  }
}
`;
const YARN = `-- package.json --
{ "name": "shop", "packageManager": "yarn@1.22.22" }
-- yarn.lock --
# yarn lockfile v1
`;
const run = (...lines: readonly string[]) =>
  `-- .github/workflows/ci.yml --\non: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n${lines.map((line) => `          ${line}\n`).join('')}`;
const mark = (line: string, part: string) =>
  `${' '.repeat(line.indexOf(part))}${'^'.repeat(part.length)} ${RULE}`;
const marked = (line: string, part: string) => run(line, mark(line, part));

describe(RULE, () => {
  for (const [line, part] of [
    ['npx cowsay hi', 'cowsay'],
    ['npx --yes cowsay@latest hi', 'cowsay@latest'],
    ['npx typescript@5 --version', 'typescript@5'],
    ['npx -p @acme/tools -c "tool"', '@acme/tools'],
    [`npx @acme/notes -a \${{ secrets.T }} -t v1`, '@acme/notes'],
    ['npm exec --package=cowsay -- cowsay', '--package=cowsay'],
    ['npm x cowsay', 'cowsay'],
    ['pnpm dlx @acme/cli@next build', '@acme/cli@next'],
    ['yarn dlx cowsay', 'cowsay'],
    ['bunx cowsay@latest', 'cowsay@latest'],
    ['npm install -g cowsay', 'cowsay'],
    ['sudo npm i --global npm@latest', 'npm@latest'],
    ['npm install -g pnpm@10 && pnpm -v', 'pnpm@10'],
    ['curl -fsSL https://get.example.test/i.sh | sh', 'curl -fsSL https://get.example.test/i.sh | sh'],
    [
      'curl -L https://get.example.test | sudo -E bash -',
      'curl -L https://get.example.test | sudo -E bash -',
    ],
    [
      'wget -qO- https://get.example.test | bash -s -- -b x',
      'wget -qO- https://get.example.test | bash -s -- -b x',
    ],
    ['bash <(curl -s https://get.example.test)', 'bash <(curl -s https://get.example.test'],
    ['sh -c "$(curl -fsSL https://get.example.test)"', '"$(curl -fsSL https://get.example.test)"'],
    ['a || curl https://get.example.test/x.js | node', 'curl https://get.example.test/x.js | node'],
  ] as const) {
    test(`reports: ${line}`, () => expectMarks(`${LOCKED}${marked(line, part)}`, ONLY));
  }

  test('reports a private package of the project, which a registry cannot have from it', () => {
    const owned = `${LOCKED.replace('"name": "shop"', '"name": "shop", "private": true')}`;
    for (const [line, part] of [
      ['npx shop@latest --version', 'shop@latest'],
      ['npm install -g shop', 'shop'],
    ] as const)
      expectMarks(`${owned}${marked(line, part)}`, ONLY);
    expectMarks(`${owned}${run('npx shop --version')}`, ONLY);
  });

  for (const line of [
    'npx tsc --noEmit',
    'npx typescript',
    'npx playwright install --with-deps',
    'npx @playwright/test',
    'npx cowsay@1.6.0',
    'npx @acme/cli@1.2.3-beta.1 build',
    'npx --no-install cowsay',
    'npx --no cowsay',
    `npx cowsay@\${{ matrix.version }}`,
    'npx "$TOOL"',
    'npm install -g npm@11.6.2',
    'npm ci',
    'npm create vite@latest app',
    'npm install -g shop',
    'npx shop@latest --version',
    'npm init -y',
    'curl -fsSL https://get.example.test/i.sh -o i.sh',
    'curl -s https://api.example.test | jq .x',
    'curl -s https://api.example.test | sh check.sh',
    'curl -s https://api.example.test | node -e "1"',
    'curl -s http://localhost:3000 | sh',
    'curl https://raw.example.test/o/r/0123456789abcdef0123456789abcdef01234567/i.sh | sh',
    'cat install.sh | sh',
    'echo "curl https://x.example.test | sh"',
  ]) {
    test(`is silent: ${line}`, () => expectMarks(`${LOCKED}${run(line)}`, ONLY));
  }

  test('a lockfile without commands says nothing about npx', async () => {
    await expectMarks(`${YARN}${run('npx cowsay')}`, ONLY);
    await expectMarks(`${YARN}${marked('npx cowsay@latest', 'cowsay@latest')}`, ONLY);
  });

  test('a range or a tag is not called the latest version', async () => {
    const line = (text: string, part: string, message: string) =>
      `${LOCKED}${run(text, `${mark(text, part)}: ${part} is downloaded in ${message} and run. Name an exact version, or add it to devDependencies.`)}`;
    await expectMarks(
      line('npx pkg-pr-new@0.0 publish', 'pkg-pr-new@0.0', 'the latest version that fits'),
      ONLY,
    );
    await expectMarks(line('npx @acme/cli@next', '@acme/cli@next', 'the latest version that fits'), ONLY);
    await expectMarks(line('npx @acme/cli', '@acme/cli', 'its latest version'), ONLY);
  });

  test('equal programs are one finding, in Dockerfiles as well', async () => {
    await expectMarks(
      `${LOCKED}-- Dockerfile --
FROM node:24
RUN npm i -g serve
             ^^^^^ ci-unpinned-exec: serve is installed globally without a fixed version (and at 1 other place). Name an exact version, or add it to devDependencies.
RUN npm i -g serve
`,
      ONLY,
    );
  });
});
