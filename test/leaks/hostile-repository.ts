import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PUBLIC_REGISTRY } from '../../server/generated/npm-defaults.ts';
import { randomFrom, seedOf } from '../fuzz/random.ts';
import { ACME, CORP, EVIL, FILES, keyOf, LURE, PUBLIC } from './cast.ts';
import {
  type Configuration,
  configurationFiles,
  MANAGERS,
  type Manager,
  type Named,
} from './configuration.ts';
import { DECLARATIONS, type Files } from './declarations.ts';
import { HOSTILE_SETTINGS, respelledAddresses } from './hostile-settings.ts';
import { lockfilesOf } from './lockfiles.ts';
import type { Place, Secret } from './oracle.ts';
import { commitBefore, filesWithNames, install } from './other-files.ts';
import { type Dependency, type Kind, makeDependencies } from './packages.ts';
import {
  mirrorsIn,
  type Part,
  type Project,
  placesOfName,
  type Trust,
  type User,
} from './places-of-names.ts';
import type { World } from './world.ts';

/** Accounts whose packages `watch` looks up; the first parts of most name a trick of the registry. */
const ACCOUNTS = [
  'ana',
  'redpub-ana',
  'redevil-ana',
  'redother-ana',
  'redhttp-ana',
  '$' + '{NPM_TOKEN}',
  '../../x',
];

/** A prepared repository, and the user of the machine that it was cloned to. */
export interface Repository {
  readonly label: string;
  readonly folder: string;
  /** The folder of the project outside. */
  readonly outside: string;
  readonly npmrc: string;
  readonly env: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<Part, readonly Dependency[]>>;
  /** Paths of all files. */
  readonly files: readonly string[];
  /** A client's answer for our section if the repository's settings apply. */
  readonly settings: object;
  /** Returns what could leak, and who may receive it at the given levels of trust. */
  secrets(trust: Trust): readonly Secret[];
}

export interface RepositoryOptions {
  readonly world: World;
  /** The run's seed; the same seed and number give the same result, except for ports. */
  readonly seed: number;
  readonly number: number;
  /** The folder to create it in. */
  readonly folder: string;
  /** A factor for the number of dependencies, which is about sixty at 1. */
  readonly size: number;
}

const MEMBER = 'packages/member/package.json';
const NESTED = 'docs/example';
const POLICY = 'dependency-hygiene.json';

/** Both Yarns read the files of every folder above. */
const READS_ABOVE: ReadonlySet<Manager> = new Set(['yarn1', 'berry']);

/** Creates the repository of a number on disk. */
export function makeRepository({ world, seed, number, folder, size }: RepositoryOptions): Repository {
  const random = randomFrom(seedOf(seed, `repository ${number}`));
  const id = `q${number.toString(36)}`;
  const manager = MANAGERS[number % MANAGERS.length]!;
  const fitting = DECLARATIONS.filter(({ managers }) => managers?.includes(manager) ?? true);
  const declaration = fitting[declarationOf(number) % fitting.length]!;
  const taken = { count: 0 };
  const many = (counts: Readonly<Partial<Record<Kind, number>>>) =>
    makeDependencies(random, id, counts, taken);
  const n = (count: number) => Math.max(1, Math.round(count * size));

  const variables: Record<string, string> = {};
  const secrets: ((trust: Trust) => Secret)[] = [];
  const variable = (name: string, part: Part | undefined, places: readonly Place[], value?: string) => {
    const text = value ?? `value-${name.toLowerCase()}-${id}z`;
    variables[`${name}_${id}`] = text;
    secrets.push((trust) => ({
      ...{ kind: 'variable', text, note: name },
      places: part !== undefined && trust[part] === 'trusted' ? places : [],
    }));
    return `${name}_${id}`;
  };
  const token = (name: string, places: readonly Place[], part?: Part) => {
    const text = `npm_${name}-${id}z`;
    secrets.push((trust) => ({
      ...{ kind: 'token', text, note: name },
      places: part === undefined || trust[part] === 'trusted' ? places : [],
    }));
    return text;
  };

  const vault = world.direct.vault;
  const user: User = {
    registry: random.pick([undefined, undefined, `${CORP}/api/npm/`]),
    mapsAcme: random.chance(0.5),
  };
  const npmrc: string[] = [
    ...(user.registry === undefined ? [] : [`registry=${user.registry}`]),
    ...(user.mapsAcme ? [`@acme:registry=${ACME}/a/`] : []),
    `${keyOf(ACME)}/a/:_authToken=${token('acme-of-user', [{ origin: ACME, below: '/a/' }])}`,
    `${keyOf(PUBLIC_REGISTRY)}:_authToken=${token('public-of-user', [{ origin: PUBLIC }])}`,
    `${keyOf(CORP)}/api/npm/:_authToken=${token('corp-of-user', [{ origin: CORP, below: '/api/npm/' }])}`,
    `${keyOf(vault)}/a/:_authToken=${token('vault-of-user', [{ origin: vault, below: '/a/' }])}`,
    `//npm.elsewhere.example.test/:_authToken=${token('elsewhere-of-user', [])}`,
  ];

  const named = (url: string, name: string, part: Part): Named => {
    const { origin, pathname } = new URL(url);
    const form =
      manager === 'berry' || manager === 'bun'
        ? 'token'
        : random.pick(['token', 'auth', 'password'] as const);
    const places = [{ origin, below: pathname }];
    const plain = `value-${name.toLowerCase()}-${id}z`;
    if (form === 'password') {
      // The decoded value is sent.
      variables[`${name}_${id}`] = Buffer.from(plain).toString('base64');
      secrets.push((trust) => ({
        ...{ kind: 'variable', text: plain, note: name },
        places: trust[part] === 'trusted' ? places : [],
      }));
      return { url, variable: `${name}_${id}`, form };
    }
    return { url, variable: variable(name, part, places), form };
  };
  const evilProject = (part: Part, name: string, host: string): Configuration => ({
    registry: random.chance(0.5) ? named(`${host}/`, `${name}_KEY`, part) : undefined,
    scopes: {
      '@acme': { url: `${EVIL}/acme/` },
      '@hidden': { url: `${LURE}/hidden/` },
      '@lure': named(`${LURE}/b/`, `${name}_SCOPE_KEY`, part),
    },
    strays: [
      named(`${world.direct.thief}/a/`, `${name}_STRAY_KEY`, part),
      // The user's own registry, with a credential of this project's.
      named(`${ACME}/b/`, `${name}_TENANT_KEY`, part),
    ],
    proxy: random.chance(0.12) ? world.thiefProxy : undefined,
    cafile: random.chance(0.1) ? 'ca.pem' : undefined,
    variableInAddress: variable(`${name}_ADDRESS_KEY`, undefined, []),
  });

  const tenantWritten = random.pick([
    '/b/',
    '/a/../b/',
    '/a/%2e%2e/b/',
    '/a/.%2E/b/',
    '/a/\t../b/',
    '/b/./',
    '/a/..\\b/',
  ]);
  const isDefaultEvil = random.chance(0.25);
  const isProxied = random.chance(0.15);
  const mapsAcme = random.chance(0.7);
  const root: Configuration = {
    registry: isDefaultEvil ? named(`${EVIL}/`, 'ROOT_KEY', 'root') : undefined,
    scopes: {
      ...(mapsAcme ? { '@acme': { url: `${ACME}/a/` } } : {}),
      '@tenant': {
        url: `${ACME}/b/`,
        written: `${ACME}${tenantWritten}`,
        token: token('tenant-of-root', [{ origin: ACME, below: '/b/', overProxies: true }], 'root'),
      },
      '@lure': named(`${LURE}/a/`, 'ROOT_SCOPE_KEY', 'root'),
      '@vault': { url: `${vault}/b/` },
      '@respelled': { url: random.pick(respelledAddresses()) },
    },
    strays: [named(`${world.direct.thief}/`, 'ROOT_STRAY_KEY', 'root')],
    proxy: isProxied ? world.thiefProxy : undefined,
    cafile: isProxied || random.chance(0.1) ? 'ca.pem' : undefined,
    variableInAddress: variable('ROOT_ADDRESS_KEY', undefined, []),
  };

  const dependencies: Record<Part, readonly Dependency[]> = {
    root: many({
      ...{ public: n(18), acme: n(10), tenant: n(5), lure: n(4), vault: n(4), respelled: n(3) },
      ...{ hidden: n(6), internal: n(3), exotic: n(3) },
    }),
    nested: many({ public: n(6), acme: n(4), lure: n(2), hidden: n(3), internal: 1, exotic: 1 }),
    outside: many({ public: n(4), acme: n(3), lure: n(2), hidden: n(2) }),
  };
  const ofMember = many({ public: n(4), acme: n(3), tenant: n(2), hidden: n(2) });
  const transitive = many({ public: n(3), acme: n(3), hidden: n(2), internal: 1 });
  const [member, rootName] = many({ member: 2 }) as [Dependency, Dependency];
  const isMirrorEvil = random.chance(0.4);
  const isEvilAllowed = random.chance(0.3);
  const policy = {
    privateScopes: ['@acme', '@respelled'],
    allowedHosts: [new URL(FILES).host, ...(isEvilAllowed ? [new URL(EVIL).host] : [])],
    mirrors: isMirrorEvil ? [`${EVIL}/`] : [],
    watch: {
      critical: dependencies.root.map(({ name }) => name),
      ownNames: [...dependencies.root, member, rootName].map(({ name }) => name),
      maintainers: [...ACCOUNTS],
    },
  };

  const files: Files = {
    'ca.pem': world.authority.certificate,
    'package.json': manifest(rootName.name, manager, [...dependencies.root, ...ofMember.slice(0, 1)], {
      workspaces: ['packages/*'],
    }),
    [MEMBER]: manifest(member.name, undefined, [...ofMember, member], { version: '1.0.0' }),
    [POLICY]: json(policy),
    '.gitignore': 'node_modules\n',
    ...filesWithNames([...dependencies.root, ...transitive]),
    ...configurationFiles(manager, root),
    ...lockfilesOf(manager, rootName.name, dependencies.root, transitive),
    ...below('packages/member', configurationFiles(manager, evilProject('root', 'MEMBER', EVIL))),
  };
  // Credentials in a member's own file are for nobody.
  for (const key of ['MEMBER_KEY', 'MEMBER_SCOPE_KEY', 'MEMBER_STRAY_KEY', 'MEMBER_TENANT_KEY'])
    secrets.push(() => ({
      kind: 'variable',
      text: `value-${key.toLowerCase()}-${id}z`,
      note: key,
      places: [],
    }));
  const nestedManager = random.pick(MANAGERS);
  const nested = evilProject('nested', 'NESTED', LURE);
  Object.assign(
    files,
    below(NESTED, {
      'package.json': manifest(`example-${id}`, nestedManager, dependencies.nested, {}),
      'ca.pem': world.authority.certificate,
      ...configurationFiles(nestedManager, nested),
      ...lockfilesOf(nestedManager, 'example', dependencies.nested),
      'dependency-hygiene.json': json({
        mirrors: [`${EVIL}/`],
        allowedHosts: [new URL(EVIL).host],
      }),
    }),
  );
  const internal = [...Object.values(dependencies).flat(), ...transitive].filter(
    ({ kind }) => kind === 'internal',
  );
  declaration.declare(files, { scope: '@hidden', names: internal.map(({ name }) => name) }, (line) =>
    npmrc.push(line),
  );
  files['.vscode/settings.json'] = json(HOSTILE_SETTINGS);

  const outsideManager = random.pick(MANAGERS);
  const outside = evilProject('outside', 'OUTSIDE', EVIL);
  const outsideFiles: Files = {
    'package.json': manifest(`outside-${id}`, outsideManager, dependencies.outside, {}),
    'dependency-hygiene.json': json({ privateScopes: ['@acme', '@hidden'], mirrors: [`${EVIL}/`] }),
    ...configurationFiles(outsideManager, outside),
    ...lockfilesOf(outsideManager, 'outside', dependencies.outside),
  };

  const repositoryFolder = path.join(folder, `repository-${id}`);
  const outsideFolder = path.join(folder, `outside-${id}`);
  writeFiles(repositoryFolder, files, path.join(folder, `linked-${id}`));
  commitBefore(repositoryFolder, files);
  install(
    repositoryFolder,
    dependencies.root.filter((_, place) => place % 12 === 0),
  );
  writeFiles(outsideFolder, outsideFiles, path.join(folder, `linked-outside-${id}`));

  const projects: Record<Part, Project> = {
    root: {
      configuration: root,
      dependencies: [...dependencies.root, ...ofMember, ...transitive, member, rootName],
      allowed: isEvilAllowed ? [FILES, EVIL] : [FILES],
      mirrors: mirrorsIn(files[POLICY]),
      label: 'root',
    },
    nested: {
      configuration: nested,
      around: manager === nestedManager && READS_ABOVE.has(manager) ? root : undefined,
      dependencies: dependencies.nested,
      allowed: [EVIL],
      mirrors: mirrorsIn(files[`${NESTED}/${POLICY}`]),
      label: 'nested',
    },
    outside: {
      configuration: outside,
      dependencies: dependencies.outside,
      allowed: [],
      mirrors: mirrorsIn(outsideFiles[POLICY]),
      label: 'outside',
    },
  };
  const label = `${number} ${manager}, ${declaration.label}`;
  return {
    label,
    folder: repositoryFolder,
    outside: outsideFolder,
    npmrc: `${npmrc.join('\n')}\n`,
    env: variables,
    dependencies,
    files: [
      ...Object.keys(files)
        .filter((file) => typeof files[file] === 'string' || Buffer.isBuffer(files[file]))
        .map((file) => path.join(repositoryFolder, file)),
      ...Object.keys(outsideFiles).map((file) => path.join(outsideFolder, file)),
    ],
    settings: HOSTILE_SETTINGS,
    secrets: (trust) => [
      ...secrets.map((each) => each(trust)),
      ...Object.entries(projects).flatMap(([part, project]) =>
        project.dependencies.map(
          (dependency): Secret => ({
            ...{ kind: 'name', text: dependency.mark, note: `${dependency.kind} of ${project.label}` },
            places: placesOfName(dependency, project, trust[part as Part], user, trust.root),
          }),
        ),
      ),
      { kind: 'path', text: folder, note: 'the folder', places: [] },
    ],
  };
}

/** Chooses a declaration, so that few numbers cover all package managers and all declarations. */
function declarationOf(number: number): number {
  return Math.floor(number / MANAGERS.length) + 4 * (number % MANAGERS.length);
}

function manifest(
  name: string,
  manager: Manager | undefined,
  all: readonly Dependency[],
  more: object,
): string {
  const names: Readonly<Record<Manager, string>> = {
    npm: 'npm@11.6.0',
    pnpm: 'pnpm@10.20.0',
    yarn1: 'yarn@1.22.22',
    berry: 'yarn@4.10.0',
    bun: 'bun@1.3.0',
  };
  const half = Math.ceil(all.length / 2);
  const table = (some: readonly Dependency[]) =>
    Object.fromEntries(some.map(({ key, range }) => [key, range]));
  return json({
    ...{ name, private: true, ...more },
    ...(manager === undefined ? {} : { packageManager: names[manager] }),
    dependencies: table(all.slice(0, half)),
    devDependencies: table(all.slice(half)),
  });
}

function below(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([file, content]) => [`${folder}/${file}`, content]));
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function writeFiles(folder: string, files: Files, linked: string): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    if (typeof content === 'string' || Buffer.isBuffer(content)) writeFileSync(file, content);
    else if (content.type === 'folder') mkdirSync(file);
    else {
      mkdirSync(linked, { recursive: true });
      writeFileSync(path.join(linked, path.basename(name)), content.text);
      symlinkSync(path.join(linked, path.basename(name)), file);
    }
  }
}
