/** The files of a project by path. */
export type ProjectFiles = Readonly<Record<string, string>>;

/** Projects of any size that hold one thing over and over, as a hostile one may. */
export const SHAPES: Readonly<Record<string, (size: number) => ProjectFiles>> = {
  versions: (size) => npm(size, (at) => [`node_modules/p${at}/node_modules/a`, { version: `1.0.${at}` }]),
  copies: (size) =>
    npm(size, (at) => [`node_modules/p${at}/node_modules/a`, { version: '1.0.0', hasInstallScript: true }]),
  vulnerable: (size) =>
    npm(size, (at) => [`node_modules/p${at}/node_modules/lodash`, { version: `4.17.${at % 20}` }]),
  commands: (size) => npm(size, (at) => [`node_modules/a${at}`, { bin: { same: 'x.js' } }]),
  scripts: (size) => npm(size, (at) => [`node_modules/a${at}`, { hasInstallScript: true }]),
  hosts: (size) =>
    npm(size, (at) => [`node_modules/a${at}`, { resolved: `https://h${at}.example.test/a/-/a-1.0.0.tgz` }]),
  repositories: (size) =>
    npm(size, (at) => [
      `node_modules/a${at}`,
      { resolved: `git+ssh://git@git.example.test/o${at}/a.git#${hex(at)}` },
    ]),
  'equal hashes': (size) => npm(size, (at) => [`node_modules/a${at}`, { integrity: hash(1) }]),
  'no hashes': (size) => npm(size, (at) => [`node_modules/a${at}`, { integrity: undefined }]),
  chain: (size) =>
    npm(size, (at) => [`node_modules/a${at}`, { dependencies: { [`a${at + 1}`]: '^1.0.0' } }], {
      a0: '^1.0.0',
    }),
  star: (size) =>
    npm(
      size,
      (at) => [`node_modules/a${at}`, { dependencies: { a0: '^1.0.0', a1: '^1.0.0' } }],
      Object.fromEntries(many(size, (at) => [`a${at}`, '^1.0.0'])),
    ),
  nested: (size) =>
    npm(Math.ceil(Math.sqrt(size) * 3), (at) => [`${'node_modules/a/'.repeat(at)}node_modules/a`, {}]),
  peers: (size) => npm(size, (at) => [`node_modules/a${at}`, { peerDependencies: { a0: '^2.0.0' } }]),
  aliases: (size) => npm(size, (at) => [`node_modules/a${at}`, { name: 'lodash', version: '4.17.20' }]),
  misspelled: (size) => npm(size, (at) => [`node_modules/lodahs${at}`, {}]),
  deprecated: (size) => npm(size, (at) => [`node_modules/a${at}`, { deprecated: 'use b' }]),
  engines: (size) => npm(size, (at) => [`node_modules/a${at}`, { engines: { node: '>=99' } }]),
  declarations: (size) => ({
    'package.json': json({
      dependencies: Object.fromEntries(many(size, (at) => [`a${at}`, at % 2 === 0 ? 'latest' : '>=1'])),
    }),
  }),
  overrides: (size) => ({
    'package.json': json({
      overrides: Object.fromEntries(many(size, (at) => [`a${at}@${at}`, { b: `npm:c@${at}` }])),
    }),
  }),
  members: (size) => ({
    'package.json': json({ workspaces: ['p/*'] }),
    ...Object.fromEntries(
      many(Math.ceil(size / 10), (at) => [
        `p/m${at}/package.json`,
        json({ name: `m${at}`, version: '1.0.0', dependencies: { [`m${at + 1}`]: '*', lodash: '^4.0.0' } }),
      ]),
    ),
  }),
  'yarn.lock': (size) => ({
    'package.json': json({}),
    'yarn.lock': `# yarn lockfile v1\n\n\n${many(size, (at) => `a@${at}:\n  version "1.0.0"\n  integrity ${hash(at)}\n`).join('\n')}`,
  }),
  'pnpm-lock.yaml': (size) => ({
    'package.json': json({}),
    'pnpm-lock.yaml': `lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n\npackages:\n\n${many(size, (at) => `  a@${at}.0.0:\n    resolution: {integrity: ${hash(at)}}\n`).join('\n')}\nsnapshots:\n\n${many(size, (at) => `  a@${at}.0.0:\n    dependencies:\n      a: ${(at + 1) % size}.0.0\n`).join('\n')}`,
  }),
  '.npmrc': (size) => ({
    'package.json': json({}),
    '.npmrc': many(size, (at) => `@s${at}:registry=https://h${at}.example.test/`).join('\n'),
  }),
  workflow: (size) => ({
    'package.json': json({ dependencies: { a: '1.0.0' } }),
    '.github/workflows/ci.yml': `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${many(Math.min(size, 8000), (at) => `      - run: npx a${at}@latest && npm i b${at}\n`).join('')}`,
  }),
};

function npm(
  size: number,
  entry: (at: number) => readonly [key: string, value: object],
  dependencies: Readonly<Record<string, string>> = {},
): ProjectFiles {
  const packages = many(size, (at) => {
    const [key, value] = entry(at);
    return [key, { version: '1.0.0', integrity: hash(at), ...value }] as const;
  });
  return {
    'package.json': json({ dependencies }),
    'package-lock.json': json({
      ...{ lockfileVersion: 3, requires: true },
      packages: { '': { name: 'x', version: '1.0.0', dependencies }, ...Object.fromEntries(packages) },
    }),
  };
}

function many<T>(size: number, one: (at: number) => T): readonly T[] {
  return Array.from({ length: size }, (_, at) => one(at));
}

function json(value: object): string {
  return JSON.stringify({ name: 'x', version: '1.0.0', ...value }, undefined, 1);
}

function hash(at: number): string {
  return `sha512-${Buffer.alloc(64, `${at}`).toString('base64')}`;
}

function hex(at: number): string {
  return at.toString(16).padStart(40, '0');
}
