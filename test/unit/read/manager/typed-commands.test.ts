import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MANAGERS, managerOfProgram } from '../../../../server/src/core/read/manager/managers.ts';
import type { TypedCommand } from '../../../../server/src/core/read/manager/model/typed-commands.ts';
import { initializerOf } from '../../../../server/src/core/read/manager/model/typed-forms.ts';

function read(line: string): TypedCommand {
  const [program = '', ...args] = line.split(' ');
  return managerOfProgram(program)!.typed.read(program, args);
}

/** Formats `place specs | resolve`, or the type with its reason. */
function shown(line: string): string {
  const found = read(line);
  if (found.type === 'other') return 'other';
  if (found.type === 'refused') return `refused: ${found.reason}`;
  const specs = found.specs.length === 0 ? '' : ` ${found.specs.join(' ')}`;
  return `${found.place}${specs} | ${found.isFrozen ? 'frozen' : found.resolve.join(' ')}`;
}

const NPM = '--package-lock-only --package-lock --ignore-scripts --no-audit --no-fund';
const PNPM = '--lockfile-only --ignore-scripts --ignore-pnpmfile';
const YARN = '--mode=update-lockfile';
const BUN = '--lockfile-only --ignore-scripts';

const READ: readonly (readonly [line: string, shown: string])[] = [
  ['npm install', `project | install ${NPM}`],
  ['npm i a b@1 -D', `project a b@1 | install a b@1 -D ${NPM}`],
  ['npm --silent isntall a -w app', `project a | install --silent a -w app ${NPM}`],
  ['npm add @a/b@^1 --omit dev', `project @a/b@^1 | install @a/b@^1 --omit dev ${NPM}`],
  ['npm install a --ignore-scripts=false', `project a | install a --ignore-scripts=false ${NPM}`],
  ['npm install -- a', `project a | install ${NPM} -- a`],
  ['npm it a', `project a | install a ${NPM}`],
  ['npm up', `project | update ${NPM}`],
  ['npm uninstall a', `project | uninstall a ${NPM}`],
  ['npm audit fix', `project | audit fix ${NPM}`],
  ['npm ci --omit=dev', 'project | frozen'],
  ['npm install -g a@2', `global a@2 | install a@2 ${NPM}`],
  ['npm install a --location=global', `global a | install a ${NPM}`],
  ['npm exec -- a --b c', `once a | install a ${NPM}`],
  ['npm exec a --package=b', `once b | install b ${NPM}`],
  ['npx a --package=b', `once a | install a ${NPM}`],
  ['npx -y a@1 install b', `once a@1 | install a@1 ${NPM}`],
  ['npx --package=a -p b c', `once a b | install a b ${NPM}`],
  [
    'npm create vite@latest my-app -- --template x',
    `once create-vite@latest | install create-vite@latest ${NPM}`,
  ],
  ['npm run install', 'other'],
  ['npm', 'other'],
  ['npm --version', 'other'],
  ['npm audit', 'other'],
  ['npx -c env', 'other'],
  ['npx --no a', 'other'],
  ['pnpm i', `project | install ${PNPM}`],
  ['pnpm install a', `project a | add a ${PNPM}`],
  ['pnpm --filter app add a -D', `project a | --filter app add a -D ${PNPM}`],
  ['pnpm -w add a', `project a | -w add a ${PNPM}`],
  ['pnpm i --frozen-lockfile', 'project | frozen'],
  ['pnpm up -rL', `project | update -rL ${PNPM}`],
  ['pnpm remove a', `project | install ${PNPM}`],
  ['pnpm add -g a', `global a | add a ${PNPM}`],
  ['pnpm dlx a b', `once a | add a ${PNPM}`],
  ['pnpm --package=a dlx b', `once a | add a ${PNPM}`],
  ['pnpm create @a/b', `once @a/create-b | add @a/create-b ${PNPM}`],
  ['pnpm test', 'other'],
  ['yarn', `project | install ${YARN}`],
  ['yarn install --immutable', 'project | frozen'],
  ['yarn add a -D', `project a | add a -D ${YARN}`],
  ['yarn up a -i', 'refused: an interactive update chooses packages later'],
  ['yarn workspace app add a', `project a | workspace app add a ${YARN}`],
  ['yarn workspaces focus app', `project | install ${YARN}`],
  ['yarn dlx -p a b', `once a | add a ${YARN}`],
  ['yarn build', 'other'],
  ['yarn set version stable', 'refused: set version installs programs'],
  ['yarn global add a', 'refused: Yarn 1 has no command that only writes the lockfile'],
  ['bun install', `project | install ${BUN}`],
  ['bun i a', `project a | i a ${BUN}`],
  ['bun a a -d', `project a | a a -d ${BUN}`],
  ['bun install --frozen-lockfile', 'project | frozen'],
  ['bun remove a', `project | install ${BUN}`],
  ['bun add -g a', `global a | add a ${BUN}`],
  ['bunx -p a b', `once a | add a ${BUN}`],
  ['bun x a --help', `once a | add a ${BUN}`],
  ['bun run dev', 'other'],
  ['bun index.ts', 'other'],
];

describe('typed command lines', () => {
  for (const [line, expected] of READ) test(line, () => assert.equal(shown(line), expected));

  test('what cannot be judged is refused, with a reason', () => {
    const refused = [
      ['npm install ./a', './a is a folder or file of this machine'],
      ['npm install ..', '.. is a folder or file of this machine'],
      ['npm install a@file:../b', 'a@file:../b is a folder or file of this machine'],
      ['npm install a-1.0.0.tgz', 'a-1.0.0.tgz is a folder or file of this machine'],
      ['npm install https://a.test/a.tgz', 'https://a.test/a.tgz is an archive from a URL'],
      ['npx ./a', './a is a folder or file of this machine'],
      ['npm link', 'link installs folders of this machine'],
      ['npm --prefix x install a', '--prefix leads to another folder, registry or configuration'],
      [
        'npm install a --registry=https://r.example.test/',
        '--registry leads to another folder, registry or configuration',
      ],
      ['npm --new-option x install a', 'the word after --new-option may be its value or a package'],
      ['npm install -g', 'it names no package'],
      ['yarn --cwd x workspace app add a', '--cwd leads to another folder, registry or configuration'],
      ['pnpm -C x add a', '-C leads to another folder, registry or configuration'],
      ['pnpm self-update', 'self-update installs programs'],
      ['bun --cwd x add a', '--cwd leads to another folder, registry or configuration'],
      ['bun upgrade', 'upgrade installs Bun itself'],
    ];
    for (const [line, reason] of refused) assert.equal(shown(line!), `refused: ${reason}`, line);
  });

  test('every word that installs is among those that shell functions pass on', () => {
    for (const { typed } of MANAGERS)
      for (const word of typed.installWords) {
        const found = typed.read(typed.programs[0]!, [word, 'a']);
        const isJudged =
          found.type !== 'other' || /^(?:audit|workspaces?|set|plugin|global|patch)$/.test(word);
        assert.ok(isJudged, `${typed.programs[0]} ${word}`);
      }
  });

  test('create runs a package of another name', () => {
    assert.deepEqual(['a', 'a@1', '@a', '@a@1', '@a/b', '@a/b@^2'].map(initializerOf), [
      'create-a',
      'create-a@1',
      '@a/create',
      '@a/create@1',
      '@a/create-b',
      '@a/create-b@^2',
    ]);
  });
});
