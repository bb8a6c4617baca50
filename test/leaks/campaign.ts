import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { networkVariables } from '../../client/src/network-variables.ts';
import { OSV_ADDRESS } from '../../server/src/node/node-ports.ts';
import { makeHome } from '../registry-servers/support/home.ts';
import { OSV } from './cast.ts';
import { startBrowser } from './drive-browser.ts';
import {
  askAsAssistant,
  commandsFor,
  offlineCommands,
  runCommands,
  typedCommands,
  watchTwice,
} from './drive-command-line.ts';
import { editorSession, IMAGE, type OpenServer, startEditor } from './drive-editor.ts';
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
  'browser, trusted',
  'browser, untrusted',
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

const ORGANISATION_POLICY = `${JSON.stringify({ privateScopes: ['@acme'], watch: { critical: ['left-pad'] } })}\n`;

/** Creates the repository of a number, and uses every part of the product on it in each set-up. */
export async function tryRepository(
  world: World,
  options: {
    readonly seed: number;
    readonly number: number;
    readonly size: number;
    readonly folder: string;
    readonly setUps: readonly SetUp[];
    /** Whether the command line leaves out what asks nothing that other commands do not ask. */
    readonly isShort: boolean;
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
    const own = path.join(folder, `own-${SET_UPS.indexOf(setUp)}`);
    mkdirSync(own);
    writeFileSync(path.join(own, 'policy.json'), ORGANISATION_POLICY);
    const context = { env: home.env, world, own, isShort: options.isShort };
    const { said, before = [], unasked, trust } = await use(repository, setUp, context);
    const requests = [...before, ...unasked, ...world.take()];
    const complaints = said.filter(
      (text) =>
        /internal error|a fault of|has no option|TypeError|RangeError|ReferenceError/.test(text) ||
        text.includes(IMAGE),
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

interface UseContext {
  readonly env: Readonly<Record<string, string>>;
  readonly world: World;
  /** The user's folder for reports and the policy of the organisation. */
  readonly own: string;
  readonly isShort: boolean;
}

async function use(
  repository: Repository,
  setUp: SetUp,
  { env, world, own, isShort }: UseContext,
): Promise<Used> {
  const { folder, outside, dependencies } = repository;
  const example = path.join(folder, 'docs/example');
  const editor = async (
    trust: Trust,
    options: Omit<Parameters<typeof startEditor>[1], 'env'> & { readonly env?: UseContext['env'] },
  ): Promise<Used> => tryEditor(trust, await startEditor(repository, { env, ...options }));
  const tryEditor = async (trust: Trust, server: OpenServer): Promise<Used> => {
    const session = editorSession(repository, server);
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
      return editor(ROOT_TRUSTED, {
        ...{ trusted: false, trustedFolders: [folder], folders: [folder, outside] },
        env: withProxyOfEditor(env),
      });
    case 'editor, example trusted by name':
      return editor(NESTED_TRUSTED, { trusted: false, trustedFolders: [example] });
    case 'editor, untrusted':
      return editor(UNTRUSTED, { trusted: false, folders: [folder, outside] });
    case 'editor, trust taken back': {
      const session = editorSession(repository, await startEditor(repository, { env, trusted: true }));
      await session.look();
      await session.distrust();
      const before = world.take();
      await session.look();
      const unasked = world.take();
      return { said: [await session.stop()], before, unasked, trust: ROOT_TRUSTED };
    }
    case 'browser, trusted':
      return tryEditor(ROOT_TRUSTED, await startBrowser(repository, { world, trusted: true }));
    case 'browser, untrusted':
      return tryEditor(UNTRUSTED, await startBrowser(repository, { world, trusted: false }));
    case 'command line, --trust': {
      const options = { trust: true, verified: some(dependencies.root), own, isShort, cwd: folder, env };
      const said = [
        ...(await runCommands(commandsFor(folder, options), options)),
        ...(await watchTwice(folder, options)),
        ...(isShort ? [] : await askAsAssistant(folder, ['--trust'], options)),
      ];
      return { said, unasked: [], trust: ROOT_TRUSTED };
    }
    case 'command line, --trust for the example': {
      const verified = some(dependencies.nested).slice(0, 1);
      const options = { trust: true, verified, own, isShort, cwd: folder, env };
      const said = [
        ...(await runCommands(commandsFor(example, options), options)),
        ...(await watchTwice(example, options)),
      ];
      return { said, unasked: [], trust: NESTED_TRUSTED };
    }
    case 'command line, untrusted': {
      const options = { trust: false, verified: [], own, isShort, cwd: folder, env };
      const quiet = [...(await runCommands(commandsFor(folder, options), options))];
      if (!isShort) {
        const named = { ...options, verified: some(dependencies.root) };
        quiet.push(...(await askAsAssistant(folder, [], named)));
        quiet.push(...(await runCommands(offlineCommands(folder, named), options)));
      }
      const unasked = world.take().filter(({ origin }) => !isDump(origin));
      const verified = some(dependencies.root).slice(0, 2);
      const said = [
        ...(await runCommands(typedCommands(folder, { trust: false, verified }), options)),
        ...(isShort ? [] : await askAsAssistant(folder, ['--online'], { verified, env })),
      ];
      return { said: [...quiet, ...said], unasked, trust: UNTRUSTED };
    }
  }
}

/** Returns the environment that VS Code's settings of a proxy make, in place of the variables for it. */
function withProxyOfEditor(env: UseContext['env']): UseContext['env'] {
  const { HTTP_PROXY, HTTPS_PROXY: _https, NO_PROXY, ...others } = env;
  const settings: Readonly<Record<string, unknown>> = {
    'http.proxy': HTTP_PROXY,
    'http.noProxy': NO_PROXY?.split(','),
    'http.proxyStrictSSL': false,
    'http.systemCertificates': false,
  };
  return { ...others, ...networkVariables((name) => settings[name]) };
}

/** Checks for requests of `db update`, which contain no names. */
function isDump(origin: string): boolean {
  return origin.includes('osv') || origin.includes('storage');
}
