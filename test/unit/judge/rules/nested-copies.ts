/** How the project itself obtains the package of which a dependency has another copy from a registry. */
export type Outer = 'git' | 'file' | 'link';

/** The source of the dependency's copy. */
export interface Nested {
  /** A tarball's URL, or a git URL with its commit. */
  readonly resolved: string;
  readonly isGit: boolean;
}

const NAME = 'kit';
export const REGISTRY = 'https://registry.public.example.test/';
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const REPOSITORY = 'git.example.test/acme/kit.git';
/** Each file has a hash of its own. */
const hashOfFile = (name: string): string => `sha512-${Buffer.alloc(64, name).toString('base64')}`;
const HASH = hashOfFile('nested kit');
const CARRIER_HASH = hashOfFile('carrier');
const OUTER_HASH = hashOfFile('vendored kit');

export const tarballUrl = (base: string, name = NAME): string => `${base}${name}/-/${name}-1.0.0.tgz`;
export const gitUrl = (repository: string): string => `git+https://${repository}#${COMMIT}`;

const DECLARED: Readonly<Record<Outer, string>> = {
  git: `git+https://${REPOSITORY}#v1.0.0`,
  file: 'file:vendor/kit.tgz',
  link: 'file:vendor/kit',
};

type Writer = (outer: Outer, nested: Nested) => string;

/** The same project with the lockfile of each format, as a workspace-in-a-string. */
export const LOCKFILES: Readonly<Record<string, Writer>> = {
  'npm v1': (outer, nested) => npmFile(outer, { version: 1, nested }),
  'npm v2': (outer, nested) => npmFile(outer, { version: 2, nested }),
  'npm v3': (outer, nested) => npmFile(outer, { version: 3, nested }),
  'pnpm v6': (outer, nested) => pnpmFile(outer, nested, '6.0'),
  'pnpm v9': (outer, nested) => pnpmFile(outer, nested, '9.0'),
  'Yarn 1': classicFile,
  'Yarn Berry': berryFile,
  Bun: bunFile,
};

/**
 * Returns the project with a manifest that depends on `kit` from elsewhere, and on `carrier`, which depends on
 * `kit@^1.0.0`.
 */
export function nestedCopy(format: string, outer: Outer, nested: Nested): string {
  const declared = format === 'Yarn 1' && outer === 'link' ? 'link:vendor/kit' : DECLARED[outer];
  const manifest = { name: 'shop', version: '1.0.0', dependencies: { [NAME]: declared, carrier: '^1.0.0' } };
  const vendored =
    outer === 'link' ? file('vendor/kit/package.json', json({ name: NAME, version: '1.0.0' })) : '';
  return `${file('package.json', json(manifest))}${vendored}${LOCKFILES[format]!(outer, nested)}`;
}

function file(name: string, text: string): string {
  return `-- ${name} --\n${text}`;
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Returns the hash, which git dependencies do not have. */
function hashOf({ isGit }: Nested): { readonly integrity?: string } {
  return isGit ? {} : { integrity: HASH };
}

function npmFile(outer: Outer, { version, nested }: { version: 1 | 2 | 3; nested: Nested }): string {
  const declared = DECLARED[outer];
  const carrier = { version: '1.0.0', resolved: tarballUrl(REGISTRY, 'carrier'), integrity: CARRIER_HASH };
  const outerEntries: Readonly<Record<Outer, Record<string, object>>> = {
    git: { 'node_modules/kit': { version: '1.0.0', resolved: gitUrl(REPOSITORY).replace('https', 'ssh') } },
    file: { 'node_modules/kit': { version: '1.0.0', resolved: declared, integrity: OUTER_HASH } },
    link: {
      'vendor/kit': { version: '1.0.0' },
      'node_modules/kit': { resolved: 'vendor/kit', link: true },
    },
  };
  const packages = {
    '': { name: 'shop', version: '1.0.0', dependencies: { [NAME]: declared, carrier: '^1.0.0' } },
    ...outerEntries[outer],
    'node_modules/carrier': { ...carrier, dependencies: { [NAME]: '^1.0.0' } },
    'node_modules/carrier/node_modules/kit': {
      version: '1.0.0',
      resolved: nested.resolved,
      ...hashOf(nested),
    },
  };
  const copy = nested.isGit
    ? { version: nested.resolved, from: `${NAME}@^1.0.0` }
    : { version: '1.0.0', resolved: nested.resolved, integrity: HASH };
  const dependencies = {
    [NAME]: {
      version: outer === 'git' ? gitUrl(REPOSITORY) : declared,
      ...(outer === 'git' ? { from: declared } : {}),
      ...(outer === 'file' ? { integrity: OUTER_HASH } : {}),
    },
    carrier: { ...carrier, requires: { [NAME]: '^1.0.0' }, dependencies: { [NAME]: copy } },
  };
  return file(
    'package-lock.json',
    json({
      ...{ name: 'shop', version: '1.0.0', lockfileVersion: version, requires: true },
      ...(version === 1 ? {} : { packages }),
      ...(version === 3 ? {} : { dependencies }),
    }),
  );
}

/** Returns pnpm's lockfile, which only contains unusual URLs. */
function pnpmFile(outer: Outer, nested: Nested, version: '6.0' | '9.0'): string {
  const isNew = version === '9.0';
  const slash = isNew ? '' : '/';
  const locked = {
    git: `https://codeload.example.test/acme/kit/tar.gz/${COMMIT}`,
    file: DECLARED.file,
    link: 'link:vendor/kit',
  };
  const outerKey = isNew ? `${NAME}@${locked[outer]}` : locked[outer].replace('https://', '@');
  const isUsual = nested.resolved === tarballUrl(REGISTRY);
  const resolution = nested.isGit
    ? `{commit: ${COMMIT}, repo: ${nested.resolved.replace(/^git\+|#.*$/g, '')}, type: git}`
    : `{integrity: ${HASH}${isUsual ? '' : `, tarball: ${nested.resolved}`}}`;
  const outerPackage =
    outer === 'link'
      ? ''
      : `
  '${outerKey}':
    resolution: {${outer === 'git' ? '' : `integrity: ${OUTER_HASH}, `}tarball: ${locked[outer]}}
${isNew ? '' : `    name: ${NAME}\n`}    version: 1.0.0
`;
  const dependencies = `    dependencies:\n      ${NAME}: 1.0.0\n`;
  const snapshots = `
snapshots:

  carrier@1.0.0:
${dependencies}${outer === 'link' ? '' : `\n  '${outerKey}': {}\n`}
  ${NAME}@1.0.0: {}
`;
  const [open, close] = isNew
    ? ['importers:\n\n  .:\n    dependencies:\n', '      ']
    : ['dependencies:\n', '  '];
  const importer = `${open}${close}carrier:
${close}  specifier: ^1.0.0
${close}  version: 1.0.0
${close}${NAME}:
${close}  specifier: ${DECLARED[outer]}
${close}  version: ${isNew ? locked[outer] : locked[outer].replace(/^https:\/\/(.*)$/, "'@$1'")}
`;
  const text = `lockfileVersion: '${version}'

${importer}
packages:

  ${slash}carrier@1.0.0:
    resolution: {integrity: ${CARRIER_HASH}}
${isNew ? '' : dependencies}${outerPackage}
  ${slash}${NAME}@1.0.0:
    resolution: ${resolution}
${isNew ? snapshots : ''}`;
  return file('pnpm-lock.yaml', text);
}

function classicFile(outer: Outer, nested: Nested): string {
  const outerEntries: Readonly<Record<Outer, string>> = {
    git: `"${NAME}@${DECLARED.git}":\n  version "1.0.0"\n  resolved "${gitUrl(REPOSITORY)}"\n`,
    file: `"${NAME}@${DECLARED.file}":\n  version "1.0.0"\n  resolved "${DECLARED.file}#c1a464e7693302e082a075cee0c057741ac4772c"\n`,
    link: `"${NAME}@link:vendor/kit":\n  version "0.0.0"\n  uid ""\n`,
  };
  const entry = (key: string, resolved: string, more: string) =>
    `${key}:\n  version "1.0.0"\n  resolved "${resolved}"\n${more}`;
  return file(
    'yarn.lock',
    [
      '# yarn lockfile v1\n\n',
      entry(
        'carrier@^1.0.0',
        tarballUrl(REGISTRY, 'carrier'),
        `  integrity ${CARRIER_HASH}\n  dependencies:\n    ${NAME} "^1.0.0"\n`,
      ),
      entry(`${NAME}@^1.0.0`, nested.resolved, nested.isGit ? '' : `  integrity ${HASH}\n`),
      outerEntries[outer],
    ].join('\n'),
  );
}

function berryFile(outer: Outer, nested: Nested): string {
  const bound = `${NAME}@npm:1.0.0::__archiveUrl=${encodeURIComponent(nested.resolved)}`;
  const commit = (url: string) => `${NAME}@${url.replace('git+', '').replace('#', '#commit=')}`;
  const isUsual = nested.resolved === tarballUrl(REGISTRY);
  const resolution = nested.isGit ? commit(nested.resolved) : isUsual ? `${NAME}@npm:1.0.0` : bound;
  const locator = 'locator=shop%40workspace%3A.';
  const outers: Readonly<Record<Outer, readonly [key: string, resolution: string]>> = {
    git: [`${NAME}@${DECLARED.git}`, commit(gitUrl(REPOSITORY))],
    file: [
      `${NAME}@${DECLARED.file}::${locator}`,
      `${NAME}@file:vendor/kit.tgz#vendor/kit.tgz::hash=0123ab&${locator}`,
    ],
    link: [
      `${NAME}@${DECLARED.link}::${locator}`,
      `${NAME}@file:vendor/kit#vendor/kit::hash=0123ab&${locator}`,
    ],
  };
  const entry = (key: string, to: string, more = '') => `"${key}":
  version: 1.0.0
  resolution: "${to}"
${more}  checksum: 10c0/00
  languageName: node
  linkType: hard
`;
  return file(
    'yarn.lock',
    [
      '__metadata:\n  version: 8\n  cacheKey: 10c0\n',
      entry('carrier@npm:^1.0.0', 'carrier@npm:1.0.0', `  dependencies:\n    ${NAME}: "npm:^1.0.0"\n`),
      entry(...outers[outer]),
      entry(`${NAME}@npm:^1.0.0`, resolution),
      `"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    carrier: "npm:^1.0.0"
    ${NAME}: "${DECLARED[outer]}"
  languageName: unknown
  linkType: soft
`,
    ].join('\n'),
  );
}

function bunFile(outer: Outer, nested: Nested): string {
  const outers: Readonly<Record<Outer, readonly unknown[]>> = {
    git: [`${NAME}@${gitUrl(REPOSITORY)}`, {}, COMMIT.slice(0, 7)],
    file: [`${NAME}@vendor/kit.tgz`, {}, OUTER_HASH],
    link: [`${NAME}@file:vendor/kit`, {}],
  };
  const copy = nested.isGit
    ? [`${NAME}@${nested.resolved}`, {}, COMMIT.slice(0, 7)]
    : [`${NAME}@1.0.0`, nested.resolved === tarballUrl(REGISTRY) ? '' : nested.resolved, {}, HASH];
  return file(
    'bun.lock',
    json({
      lockfileVersion: 1,
      workspaces: { '': { name: 'shop', dependencies: { [NAME]: DECLARED[outer], carrier: '^1.0.0' } } },
      packages: {
        carrier: ['carrier@1.0.0', '', { dependencies: { [NAME]: '^1.0.0' } }, CARRIER_HASH],
        [NAME]: outers[outer],
        [`carrier/${NAME}`]: copy,
      },
    }),
  );
}
