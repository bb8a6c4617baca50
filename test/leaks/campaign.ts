import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { OSV_ADDRESS } from '../../server/src/node/node-ports.ts';
import { makeHome } from '../registry-servers/support/home.ts';
import { OSV } from './cast.ts';
import { commandsFor, runCommands, verifyCommands } from './drive-command-line.ts';
import { startEditor } from './drive-editor.ts';
import { makeRepository, type Repository } from './hostile-repository.ts';
import { distinctRequests, type Leak, leaksIn } from './oracle.ts';
import type { Trust } from './places-of-names.ts';
import type { Heard, World } from './world.ts';

export const SET_UPS = [
  'editor, trusted',
  'editor, repository trusted by name',
  'editor, example trusted by name',
  'editor, untrusted',
  'editor, trust taken back',
  'command line, --trust',
  'command line, --trust for the example',
  'command line, untrusted',
] as const;
export type SetUp = (typeof SET_UPS)[number];

export interface Outcome {
  readonly setUp: SetUp;
  readonly repository: string;
  /** Each origin with a requested URL, once. */
  readonly asked: ReadonlySet<string>;
  readonly leaks: readonly Leak[];
  /** Requests made when none is permitted. */
  readonly unasked: readonly Heard[];
  /** Output of a program that must not appear. */
  readonly complaints: readonly string[];
}

const ROOT_TRUSTED: Trust = { root: 'trusted', nested: 'nested', outside: 'untrusted' };
const NESTED_TRUSTED: Trust = { root: 'untrusted', nested: 'trusted', outside: 'untrusted' };
const UNTRUSTED: Trust = { root: 'untrusted', nested: 'untrusted', outside: 'untrusted' };
/** The number of names that are typed on the command line; editors request all. */
const TYPED = 3;

/** Creates the repository of a number, and uses every part of the product on it in each set-up. */
export async function tryRepository(
  world: World,
  options: {
    readonly seed: number;
    readonly number: number;
    readonly size: number;
    readonly folder: string;
    readonly setUps: readonly SetUp[];
  },
): Promise<readonly Outcome[]> {
  const folder = path.join(options.folder, `${options.number}`);
  mkdirSync(folder, { recursive: true });
  const repository = makeRepository({ world, ...options, folder });
  const outcomes: Outcome[] = [];
  for (const setUp of options.setUps) {
    world.take();
    const home = makeHome({
      npmrc: repository.npmrc,
      folder: path.join(folder, `home-${SET_UPS.indexOf(setUp)}`),
      env: { ...world.env, ...repository.env, [OSV_ADDRESS]: `${OSV}/` },
    });
    const { said, before = [], unasked, trust } = await use(repository, setUp, home.env, world);
    const requests = [...before, ...unasked, ...world.take()];
    const complaints = said.filter((text) =>
      /internal error|a fault of|TypeError|RangeError|ReferenceError/.test(text),
    );
    const leaks = leaksIn(requests, repository.secrets(trust));
    const asked = distinctRequests(requests, world.direct);
    outcomes.push({ setUp, repository: repository.label, asked, leaks, unasked, complaints });
  }
  rmSync(folder, { recursive: true, force: true });
  return outcomes;
}

interface Used {
  readonly said: readonly string[];
  /** Requests received before that. */
  readonly before?: readonly Heard[];
  /** Requests received while none is permitted. */
  readonly unasked: readonly Heard[];
  readonly trust: Trust;
}

async function use(
  repository: Repository,
  setUp: SetUp,
  env: Readonly<Record<string, string>>,
  world: World,
): Promise<Used> {
  const { folder, outside, dependencies } = repository;
  const example = path.join(folder, 'docs/example');
  const editor = async (
    trust: Trust,
    options: Omit<Parameters<typeof startEditor>[1], 'env'>,
  ): Promise<Used> => {
    const session = await startEditor(repository, { env, ...options });
    await session.look();
    const unasked = trust === UNTRUSTED ? world.take() : [];
    await session.command();
    return { said: [await session.stop()], unasked, trust };
  };
  const some = (all: Repository['dependencies']['root']) =>
    all.filter((_, place) => place % Math.ceil(all.length / TYPED) === 0);
  switch (setUp) {
    case 'editor, trusted':
      return editor(ROOT_TRUSTED, { trusted: true });
    case 'editor, repository trusted by name':
      return editor(ROOT_TRUSTED, { trusted: false, trustedFolders: [folder], folders: [folder, outside] });
    case 'editor, example trusted by name':
      return editor(NESTED_TRUSTED, { trusted: false, trustedFolders: [example] });
    case 'editor, untrusted':
      return editor(UNTRUSTED, { trusted: false, folders: [folder, outside] });
    case 'editor, trust taken back': {
      const session = await startEditor(repository, { env, trusted: true });
      await session.look();
      await session.distrust();
      const before = world.take();
      await session.look();
      const unasked = world.take();
      return { said: [await session.stop()], before, unasked, trust: ROOT_TRUSTED };
    }
    case 'command line, --trust': {
      const commands = commandsFor(folder, { trust: true, verified: some(dependencies.root) });
      return { said: await runCommands(commands, { cwd: folder, env }), unasked: [], trust: ROOT_TRUSTED };
    }
    case 'command line, --trust for the example': {
      const verified = some(dependencies.nested).slice(0, 1);
      const commands = commandsFor(example, { trust: true, verified });
      return { said: await runCommands(commands, { cwd: folder, env }), unasked: [], trust: NESTED_TRUSTED };
    }
    case 'command line, untrusted': {
      const verified = some(dependencies.root).slice(0, 2);
      const silent = commandsFor(folder, { trust: false, verified: [] });
      const quiet = await runCommands(silent, { cwd: folder, env });
      const unasked = world.take().filter(({ origin }) => !isDump(origin));
      const typed = verifyCommands(folder, { trust: false, verified });
      const said = await runCommands(typed, { cwd: folder, env });
      return { said: [...quiet, ...said], unasked, trust: UNTRUSTED };
    }
  }
}

/** Checks for requests of `db update`, which contain no names. */
function isDump(origin: string): boolean {
  return origin.includes('osv') || origin.includes('storage');
}
