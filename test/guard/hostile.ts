import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { installManager, MANAGERS } from '../attacks/managers.ts';
import { PACKAGES } from './packages.ts';
import { startWorld, type World } from './world.ts';

/**
 * Projects whose own files make a package manager run code while it resolves, or fetch and start another version of itself:
 * `node test/guard/hostile.ts`. The plain command shows which of them do so with this version. With `dephygiene guard`, which
 * judges and does not install, none may.
 */
interface Hostile {
  readonly manager: string;
  readonly what: string;
  readonly line: string;
  /** Text of `MARK` becomes the path of the file that the code creates. */
  readonly files: Readonly<Record<string, string | object>>;
}

const MANIFEST = { name: 'shop', version: '1.0.0', private: true };
const CODE = "require('node:fs').writeFileSync('MARK', '')\n";
const SHELL = "#!/bin/sh\ntouch 'MARK'\n";
const GIT = { ...MANIFEST, dependencies: { a: 'git+https://git.example.test/a.git' } };
const LIFECYCLE = { ...MANIFEST, scripts: { preinstall: 'node code.cjs', postinstall: 'node code.cjs' } };

const pnpm = (manager: string): readonly Hostile[] => {
  const of = (what: string, files: Hostile['files']) => ({
    manager,
    what,
    files,
    line: 'pnpm add tidy-rows',
  });
  return [
    of('.pnpmfile.cjs', { '.pnpmfile.cjs': CODE }),
    of('pnpmfile in .npmrc', { '.npmrc': 'pnpmfile=code.cjs\n', 'code.cjs': CODE }),
    of('pnpmfile in pnpm-workspace.yaml', {
      'pnpm-workspace.yaml': 'pnpmfile: code.cjs\n',
      'code.cjs': CODE,
    }),
    of('lifecycle scripts', { 'package.json': LIFECYCLE, 'code.cjs': CODE }),
  ];
};
const npm = (manager: string): readonly Hostile[] => {
  const of = (what: string, files: Hostile['files']) => ({
    manager,
    what,
    files,
    line: 'npm install tidy-rows',
  });
  return [
    of('git in .npmrc', {
      'package.json': GIT,
      '.npmrc': 'git=./code.sh\nallow-git=all\n',
      'code.sh': SHELL,
    }),
    of('.npm-extension.cjs', { '.npm-extension.cjs': CODE }),
    of('lifecycle scripts', { 'package.json': LIFECYCLE, 'code.cjs': CODE }),
    of('ignore-scripts=false', {
      'package.json': LIFECYCLE,
      'code.cjs': CODE,
      '.npmrc': 'ignore-scripts=false\npackage-lock-only=false\n',
    }),
  ];
};
const yarn = (manager: string): readonly Hostile[] => {
  const of = (what: string, files: Hostile['files']) => ({
    manager,
    what,
    files,
    line: 'yarn add tidy-rows',
  });
  return [
    of('yarnPath', { '.yarnrc.yml': 'yarnPath: ./code.cjs\n', 'code.cjs': CODE }),
    of('plugins', {
      '.yarnrc.yml': 'plugins:\n  - path: ./code.cjs\n    spec: code\n',
      'code.cjs': `${CODE}module.exports = { name: 'code', factory: () => ({}) };\n`,
    }),
    of('constraints', {
      '.yarnrc.yml': 'enableConstraintsChecks: true\n',
      'yarn.config.cjs': `${CODE}module.exports = { async constraints() {} };\n`,
    }),
    of('exec:', { 'package.json': { ...MANIFEST, dependencies: { a: 'exec:./code.js' } }, 'code.js': CODE }),
    of('lifecycle scripts', {
      'package.json': LIFECYCLE,
      'code.cjs': CODE,
      '.yarnrc.yml': 'enableScripts: true\n',
    }),
  ];
};

const ALL: readonly Hostile[] = [
  ...npm('npm 11'),
  ...npm('npm 12'),
  ...pnpm('pnpm 10'),
  ...pnpm('pnpm 12'),
  ...yarn('Yarn 4'),
  {
    manager: 'Yarn 1',
    what: 'yarn-path',
    line: 'yarn add tidy-rows',
    files: { '.yarnrc': 'yarn-path "./code.js"\n', 'code.js': CODE },
  },
  {
    manager: 'Bun 1',
    what: 'lifecycle scripts',
    line: 'bun add tidy-rows',
    files: { 'package.json': LIFECYCLE, 'code.cjs': CODE },
  },
];

let [misses, proved, count] = [0, 0, 0];
for (const id of new Set(ALL.map(({ manager }) => manager))) {
  const installed = installManager(MANAGERS.find((one) => one.id === id)!);
  if (installed === undefined) continue;
  const program = ALL.find(({ manager }) => manager === id)!.line.split(' ')[0]!;
  const world = await startWorld({ packages: PACKAGES, managers: { [program]: installed.command } });
  for (const hostile of ALL.filter(({ manager }) => manager === id)) {
    const isRunPlain = await isRun(hostile, world, (words, cwd) => world.run(words, cwd));
    const isRunByGuard = await isRun(hostile, world, (words, cwd) =>
      world.guard(['--dry-run', '--', ...words], cwd),
    );
    count++;
    if (isRunPlain) proved++;
    if (isRunByGuard) misses++;
    console.log(
      `${id}, ${hostile.what}: plain ${isRunPlain ? 'runs it' : 'does not'}, guard ${isRunByGuard ? 'RUNS IT' : 'does not'}`,
    );
  }
  await world.close();
}
console.log(`${count} projects: the plain command runs code of ${proved}, guard of ${misses}`);
process.exitCode = misses === 0 && proved > 0 ? 0 : 1;

async function isRun(
  { line, files }: Hostile,
  { folder, project }: World,
  run: (words: readonly string[], cwd: string) => Promise<unknown>,
): Promise<boolean> {
  const mark = join(folder, `mark-${Math.random()}`);
  const entries: readonly (readonly [string, string | object])[] = Object.entries({
    'package.json': MANIFEST,
    ...files,
  });
  const cwd = project(
    Object.fromEntries(
      entries.map(([path, text]) => [path, typeof text === 'string' ? text.replaceAll('MARK', mark) : text]),
    ),
  );
  if (existsSync(join(cwd, 'code.sh'))) chmodSync(join(cwd, 'code.sh'), 0o755);
  await run(line.split(' '), cwd);
  return existsSync(mark);
}
