import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readGitIgnore } from '../../../../server/src/core/read/text/paths/git-ignore-patterns.ts';
import { randomSource } from './random-source.ts';

/** A .gitignore with the paths beside it; directories end with a slash. */
interface Case {
  readonly text: string;
  readonly paths: readonly string[];
}

const git = (cwd: string, args: readonly string[], input = '') =>
  spawnSync('git', args, { cwd, input, encoding: 'latin1', env: { PATH: process.env.PATH } });
const withoutGit = git('.', ['--version']).status === 0 ? false : 'git is not on the PATH';

/** Returns git's result for each path, in one run: each case has a folder of its own. */
function saidByGit(cases: readonly Case[], ignoreCase: boolean): readonly ReadonlySet<string>[] {
  const root = mkdtempSync(join(tmpdir(), 'git-ignore-'));
  try {
    git(root, ['init', '--quiet']);
    git(root, ['config', 'core.ignorecase', String(ignoreCase)]);
    const asked: string[] = [];
    cases.forEach(({ text, paths }, at) => {
      mkdirSync(join(root, `c${at}`));
      writeFileSync(join(root, `c${at}`, '.gitignore'), text);
      for (const path of paths) {
        // A missing path counts as a file.
        if (path.endsWith('/')) mkdirSync(join(root, `c${at}`, path), { recursive: true });
        asked.push(`c${at}/${path.replace(/\/$/, '')}`);
      }
    });
    const args = ['check-ignore', '--no-index', '--stdin', '-z'];
    const run = git(root, args, Buffer.from(asked.map((path) => `${path}\0`).join('')).toString('latin1'));
    assert.ok(run.status === 0 || run.status === 1, run.stderr);
    const ignored = new Set(Buffer.from(run.stdout, 'latin1').toString('utf8').split('\0'));
    return cases.map(
      ({ paths }, at) => new Set(paths.filter((path) => ignored.has(`c${at}/${path.replace(/\/$/, '')}`))),
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Returns the paths that are ignored, by themselves or with a folder around them. */
function saidByUs({ text, paths }: Case, ignoreCase: boolean): ReadonlySet<string> {
  const patterns = readGitIgnore(text, ignoreCase);
  return new Set(
    paths.filter((path) => {
      const names = path.replace(/\/$/, '').split('/');
      return names.some((_, at) => {
        const isLast = at === names.length - 1;
        return patterns.judge(names.slice(0, at + 1).join('/'), !isLast || path.endsWith('/')) === 'out';
      });
    }),
  );
}

function assertSame(cases: readonly Case[], ignoreCase: boolean): void {
  const expected = saidByGit(cases, ignoreCase);
  cases.forEach((each, at) => {
    const said = [...saidByUs(each, ignoreCase)].sort();
    assert.deepEqual(said, [...expected[at]!].sort(), `${JSON.stringify(each)} ignoreCase ${ignoreCase}`);
  });
}

const WRITTEN: readonly Case[] = [
  { text: 'API/\n', paths: ['api/', 'API/', 'api/package.json'] },
  { text: 'api\n!api/keep\n', paths: ['api/', 'api/keep', 'b/api'] },
  { text: 'a/*\n!a/b/\n', paths: ['a/b/', 'a/b/c', 'a/d/', 'a/d/e'] },
  { text: '*\n!*/\n!*.json\n', paths: ['a/', 'a/b.json', 'c.txt'] },
  { text: 'dir/\n', paths: ['dir/', 'x/dir'] },
  {
    text: 'one \ntwo\\ \nthree\t\nfour \\\n',
    paths: ['one', 'one ', 'two ', 'two', 'three', 'three\t', 'four '],
  },
  { text: '\\#a\n#b\n\\!c\n!d\n', paths: ['#a', '#b', '!c', 'd'] },
  {
    text: 'a/**/b\n**/c\nd/**\ne**/f\n',
    paths: ['a/b', 'a/x/y/b', 'c', 'x/c', 'd/', 'd/x', 'ex/f', 'ex/y/f', 'e/f'],
  },
  {
    text: '[a-c]x\n[!d]y\n[]]z\n[[:digit:]]q\n[\\]]w\n',
    paths: ['ax', 'dx', 'dy', 'ay', ']z', '1q', 'aq', ']w'],
  },
  { text: '\uFEFFbom\r\ncr\r\n', paths: ['bom', 'cr', 'cr\r'] },
  { text: '?.txt\n*\u00e9\n', paths: ['a.txt', '\u00e9.txt', 'caf\u00e9'] },
  { text: '/top\nlow/er\n/*\n', paths: ['x/top', 'x/low/er', 'low/er'] },
  { text: '/\n//\n!\n\\\n[\n**\n', paths: ['a/', 'a/b'] },
];

test('a .gitignore means what git says it means', { skip: withoutGit }, () => {
  assertSame(WRITTEN, false);
  assertSame(WRITTEN, true);
});

test('thousands of made-up patterns mean what git says they mean', { skip: withoutGit }, () => {
  const random = randomSource(2);
  const { pick } = random;
  const PIECES = [
    'a',
    'b',
    'A',
    'ab',
    '*',
    '*',
    '**',
    '?',
    '/',
    '/',
    '**/',
    '/**',
    '[ab]',
    '[!a]',
    '[A-C]',
    '[',
    ']',
    '\\',
    ' ',
    '.',
    '-',
    '[[:upper:]]',
    '[^B-]',
    '!',
    '\u00e9',
  ];
  const NAMES = [
    'a',
    'b',
    'ab',
    'aB',
    'A',
    'aab',
    'ba',
    'a.b',
    '-',
    '[',
    'b ',
    'B',
    '\u00e9',
    'a\u00e9',
    'bab',
  ];
  const many = (most: number) => 1 + random.below(most);
  const pattern = () => {
    const body = Array.from({ length: many(5) }, () => pick(PIECES)).join('');
    return `${pick(['', '', '', '', '!', '/', '!/'])}${body}${pick(['', '', '/'])}${pick(['', '', '', ' ', '\r'])}`;
  };
  const tree = () => {
    const files = new Set<string>();
    const folders = new Set<string>();
    for (let count = 0; count < 12; count++) {
      const names = Array.from({ length: many(4) }, () => pick(NAMES));
      const around = names.slice(0, -1).map((_, at) => names.slice(0, at + 1).join('/'));
      const path = names.join('/');
      if (folders.has(path) || files.has(path) || around.some((folder) => files.has(folder))) continue;
      for (const folder of around) folders.add(folder);
      if (random.below(3) === 0) folders.add(path);
      else files.add(path);
    }
    return [...files, ...[...folders].map((folder) => `${folder}/`)];
  };
  for (const ignoreCase of [false, true]) {
    const cases = Array.from({ length: 150 }, () => ({
      text: Array.from({ length: many(4) }, pattern).join('\n'),
      paths: tree(),
    }));
    assertSame(cases, ignoreCase);
  }
});
