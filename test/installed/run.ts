import { installManager, MANAGERS } from '../attacks/managers.ts';
import { startWorld } from '../guard/world.ts';
import { checkInstalled, FILES, PACKAGES, plantChanges } from './planted.ts';

/**
 * Installs one project with each package manager and linker, and runs the built `dephygiene check --installed` on it: clean,
 * after a package was removed, and with an extra package, another version and an edited file planted.
 */
const LINKERS: readonly (readonly [
  manager: string,
  linker: string,
  files: Readonly<Record<string, string>>,
])[] = [
  ['npm 10', '', {}],
  ['npm 11', '', {}],
  ['npm 11', 'linked', { '.npmrc': 'install-strategy=linked\n' }],
  ['npm 12', '', {}],
  ['pnpm 9', '', {}],
  ['pnpm 10', '', {}],
  ['pnpm 10', 'hoisted', { '.npmrc': 'node-linker=hoisted\n' }],
  ['pnpm 11', '', {}],
  ['pnpm 12', '', {}],
  ['Yarn 1', '', {}],
  ['Yarn 3', 'node-modules', { '.yarnrc.yml': 'nodeLinker: node-modules\n' }],
  ['Yarn 4', 'node-modules', { '.yarnrc.yml': 'nodeLinker: node-modules\n' }],
  ['Yarn 4', 'pnpm', { '.yarnrc.yml': 'nodeLinker: pnpm\n' }],
  ['Yarn 4', 'pnp', { '.yarnrc.yml': 'nodeLinker: pnp\n' }],
  ['Bun 1', 'hoisted', { 'bunfig.toml': '[install]\nlinker = "hoisted"\n' }],
  ['Bun 1', 'isolated', { 'bunfig.toml': '[install]\nlinker = "isolated"\n' }],
];

const part = process.argv[2];
let wrong = 0;
for (const [id, linker, files] of LINKERS) {
  if (part !== undefined && !`${id} ${linker}`.includes(part)) continue;
  const manager = installManager(MANAGERS.find((each) => each.id === id)!);
  if (manager === undefined) continue;
  const program = manager.family.replace(/-.*/, '');
  const world = await startWorld({ packages: PACKAGES, managers: { [program]: manager.command } });
  try {
    const own = { ...FILES, ...files };
    const cwd = world.project(own);
    const env = world.environment(cwd);
    const say = (what: string, is: readonly string[], wanted: readonly string[]) => {
      const isRight = JSON.stringify(is) === JSON.stringify(wanted);
      if (!isRight) wrong++;
      console.log(`${id} ${linker} ${what}: ${isRight ? 'right' : `WRONG ${JSON.stringify(is)}`}`);
    };
    const install = await world.run([program, 'install'], cwd);
    const clean = checkInstalled(cwd, env);
    say('clean', clean.found, []);
    const hasArchives = !clean.uncompared.includes('alpha');
    console.log(`  ${manager.version}, exit ${install.code}; not compared: ${clean.uncompared.join(', ')}`);
    const remove = program === 'npm' ? 'uninstall' : 'remove';
    const at = program === 'pnpm' || manager.family === 'yarn-classic' ? ['-w'] : [];
    const flag = manager.family === 'yarn-classic' ? ['-W'] : at;
    const removed = await world.run([program, remove, ...flag, '@scope/delta'], cwd);
    if (removed.code !== 0) console.log(removed.out, removed.error);
    say('after a removal', checkInstalled(cwd, env).found, []);
    const wanted = plantChanges(cwd, hasArchives);
    say('planted', checkInstalled(cwd, env).found, wanted);
  } finally {
    await world.close();
  }
}
console.log(`${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
