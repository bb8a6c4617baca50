import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openFiles, TEST_REGISTRY } from '../../workspace.ts';

/**
 * URLs whose request differs from their appearance, in each format. The hash is that of the URL's target, which the
 * author of the line has at hand.
 */
const HASH = `sha512-${'A'.repeat(86)}==`;
const OTHER_HASH = `sha512-${'B'.repeat(86)}==`;
const SHA1 = 'c1a464e7693302e082a075cee0c057741ac4772c';

const manifest = '{ "name": "shop", "dependencies": { "alpha": "^1.0.0", "beta": "^1.0.0" } }\n';
const betaUrl = (registry: string) => `${registry}beta/-/beta-1.0.0.tgz`;

interface Format {
  readonly file: string;
  /** Returns the file with that URL for alpha; beta has the usual one. */
  text(url: string, registry: string): string;
}

const FORMATS: Readonly<Record<string, Format>> = {
  'package-lock.json': {
    file: 'package-lock.json',
    text: (url, registry) =>
      `${JSON.stringify(
        {
          name: 'shop',
          lockfileVersion: 3,
          packages: {
            '': { name: 'shop', dependencies: { alpha: '^1.0.0', beta: '^1.0.0' } },
            'node_modules/alpha': { version: '1.0.0', resolved: url, integrity: HASH },
            'node_modules/beta': { version: '1.0.0', resolved: betaUrl(registry), integrity: OTHER_HASH },
          },
        },
        undefined,
        2,
      )}\n`,
  },
  'package-lock.json of version 1': {
    file: 'package-lock.json',
    text: (url, registry) =>
      `${JSON.stringify(
        {
          name: 'shop',
          lockfileVersion: 1,
          requires: true,
          dependencies: {
            alpha: { version: '1.0.0', resolved: url, integrity: HASH },
            beta: { version: '1.0.0', resolved: betaUrl(registry), integrity: OTHER_HASH },
          },
        },
        undefined,
        2,
      )}\n`,
  },
  'yarn.lock of Yarn 1': {
    file: 'yarn.lock',
    text: (url, registry) => `# yarn lockfile v1


alpha@^1.0.0:
  version "1.0.0"
  resolved ${JSON.stringify(url)}
  integrity ${HASH}

beta@^1.0.0:
  version "1.0.0"
  resolved "${betaUrl(registry)}#${SHA1}"
  integrity ${OTHER_HASH}
`,
  },
  'yarn.lock of Yarn 4': {
    file: 'yarn.lock',
    text: (url, registry) => `__metadata:
  version: 8
  cacheKey: 10c0

"alpha@npm:^1.0.0":
  version: 1.0.0
  resolution: "alpha@npm:1.0.0::__archiveUrl=${encodeURIComponent(url)}"
  checksum: 10c0/${'a'.repeat(128)}
  languageName: node
  linkType: hard

"beta@npm:^1.0.0":
  version: 1.0.0
  resolution: "beta@npm:1.0.0::__archiveUrl=${encodeURIComponent(betaUrl(registry))}"
  checksum: 10c0/${'b'.repeat(128)}
  languageName: node
  linkType: hard

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    alpha: "npm:^1.0.0"
    beta: "npm:^1.0.0"
  languageName: unknown
  linkType: soft
`,
  },
  'pnpm-lock.yaml': {
    file: 'pnpm-lock.yaml',
    text: (url, registry) => `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

importers:

  .:
    dependencies:
      alpha:
        specifier: ^1.0.0
        version: 1.0.0
      beta:
        specifier: ^1.0.0
        version: 1.0.0

packages:

  alpha@1.0.0:
    resolution: {integrity: ${HASH}, tarball: ${JSON.stringify(url)}}

  beta@1.0.0:
    resolution: {integrity: ${OTHER_HASH}, tarball: ${betaUrl(registry)}}

snapshots:

  alpha@1.0.0: {}

  beta@1.0.0: {}
`,
  },
  'bun.lock': {
    file: 'bun.lock',
    text: (url, registry) => `{
  "lockfileVersion": 1,
  "workspaces": {
    "": { "name": "shop", "dependencies": { "alpha": "^1.0.0", "beta": "^1.0.0" } },
  },
  "packages": {
    "alpha": ["alpha@1.0.0", ${JSON.stringify(url)}, {}, "${HASH}"],

    "beta": ["beta@1.0.0", "${betaUrl(registry)}", {}, "${OTHER_HASH}"],
  }
}
`,
  },
};

const PRIVATE = 'https://pkgs.example.test/acme/npm/';

/** Based on the registry, of which the first part is given. */
const DISGUISED: readonly ((registry: string) => string)[] = [
  (registry) => `${registry}@evil/./alpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry}@evil/x/../alpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry}@evil/%2e/alpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry}@evil/x/%2E%2e/alpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry}alpha/-/alpha-1.0.0.tgz `,
  (registry) => `${registry}alpha/-/alpha-1.0.1.tgz `,
  (registry) => `${registry}alp\tha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry}@evil\\alpha\\-\\alpha-1.0.0.tgz`,
  (registry) => `${registry}alpha/-/../-/alpha-1.0.0.tgz`,
  (registry) => `${registry}alpha/-/../../@evil/alpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry}alpha/-/alpha-1.0.0.tar.gz`,
  (registry) => `${registry}@evil/alpha-1.0.0.tgz`,
  (registry) => `${registry}evil.tgz`,
  (registry) => `${registry}alpha/-/evil.tgz`,
  (registry) => `${registry}alpha/-/alpha-1.0.0.tgz?x=.tgz`,
  (registry) => `${registry}evil.tgz?x=/alpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry}evil.tgz#/alpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry}alpha/-/alpha-1.0.0.tgz#x`,
  (registry) => `${registry}/alpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry}alpha//-/alpha-1.0.0.tgz`,
  (registry) => `${registry}@evil%2falpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry}@evil%252falpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry}%61lpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry}%2561lpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry}alpha%00/-/alpha-1.0.0.tgz`,
  (registry) => `${registry}@evil/download/@evil/alpha/1.0.0/${SHA1}`,
  (registry) => `${registry}evil/alpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry.replace('.test/', '.test./')}alpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry.replace('.test/', '.test:443/')}alpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry.replace('.test/', '%2Etest/')}alpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry.replace('.example', '\u3002example')}alpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry.replace('.test/', '.test@evil.example.test/')}alpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry.replace('https://', 'https:/')}alpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry.replace('https:', '')}@evil/alpha/-/alpha-1.0.0.tgz`,
  () => '//evil.example.test/alpha/-/alpha-1.0.0.tgz',
  () => './evil.tgz',
  () => '../alpha/-/alpha-1.0.0.tgz',
  () => '/abs/evil.tgz',
  () => '~/evil.tgz',
  () => 'evil.tgz',
  () => 'file:evil.tgz',
  () => 'FILE:evil.tgz',
];

/** Other tenants of one host; for the public registry these are not packages. */
const TENANTS: readonly string[] = [
  'https://pkgs.example.test/evil/npm/alpha/-/alpha-1.0.0.tgz',
  'https://pkgs.example.test/acme/npm/../../evil/npm/alpha/-/alpha-1.0.0.tgz',
  'https://pkgs.example.test/alpha/-/alpha-1.0.0.tgz',
  'https://pkgs.example.test/acme/npm/x/npm/alpha/-/alpha-1.0.0.tgz',
  'https://pkgs.example.test/acme/npm2/alpha/-/alpha-1.0.0.tgz',
  'https://pkgs.example.test/evil/alpha.tgz',
];

const HONEST: readonly ((registry: string) => string)[] = [
  (registry) => `${registry}alpha/-/alpha-1.0.0.tgz`,
  (registry) => `${registry}alpha/-/alpha-1.0.0.tgz#${SHA1}`,
];

const RULES: ReadonlySet<string> = new Set(['lockfile-entry-mismatch', 'lockfile-foreign-source']);

async function findings({ file, text }: Format, url: string, registry: string) {
  const npmrc = registry === TEST_REGISTRY ? '' : `registry=${registry}\n`;
  const settings = `defaultSemverRangePrefix: ''\nnpmRegistryServer: "${registry}"\n`;
  const files = new Map([
    ['package.json', manifest],
    ['.npmrc', npmrc],
    [file, text(url, registry)],
    ...(text(url, registry).includes('__metadata') ? [['.yarnrc.yml', settings] as const] : []),
  ]);
  const workspace = await openFiles(files);
  assert.equal(workspace.snapshot.projects[0]?.project.lockfile?.status, 'checked', url);
  return workspace.findings().filter(({ rule }) => RULES.has(rule));
}

for (const [title, format] of Object.entries(FORMATS)) {
  describe(title, () => {
    for (const registry of [TEST_REGISTRY, PRIVATE]) {
      const disguised = [
        ...DISGUISED.map((write) => write(registry)),
        ...(registry === PRIVATE ? TENANTS : []),
      ];
      test(`reports each disguised URL as an error, at ${registry}`, async () => {
        const silent: string[] = [];
        for (const url of disguised) {
          const found = await findings(format, url, registry);
          const isReported = found.some(
            ({ severity, span }) => severity === 'error' && span.end > span.start,
          );
          if (!isReported) silent.push(url);
        }
        assert.deepEqual(silent, []);
      });

      test(`has nothing to say of honest ones, at ${registry}`, async () => {
        for (const write of HONEST) {
          const found = await findings(format, write(registry), registry);
          assert.deepEqual(
            found.map(({ message }) => message),
            [],
            write(registry),
          );
        }
      });
    }
  });
}

test('other names of the public registry have its layout as well', async () => {
  const alias = 'https://registry.alias.example.test/';
  const found = async (url: string) => {
    const format = FORMATS['yarn.lock of Yarn 1']!;
    const files = new Map([
      ['package.json', manifest],
      ['yarn.lock', format.text(url, alias)],
    ]);
    const workspace = await openFiles(files, { publicAliases: [alias] });
    return workspace.findings().filter(({ rule }) => RULES.has(rule)).length;
  };
  assert.equal(await found(`${alias}alpha/-/alpha-1.0.0.tgz#${SHA1}`), 0);
  assert.equal(await found(`${alias}evil/alpha/-/alpha-1.0.0.tgz`), 1);
  assert.equal(await found(`${alias}evil.tgz`), 1);
});

/** Registries whose tarballs are not below their own URL, or in a layout of their own. */
const LAYOUTS: readonly (readonly [registry: string, url: string])[] = [
  ['https://npm.example.test/acme/', `https://npm.example.test/download/@acme/ui/1.0.0/${SHA1}`],
  ['https://npm.example.test/', `https://npm.example.test/download/@acme/ui/1.0.0/${SHA1}`],
  [
    'https://git.example.test/api/v4/packages/npm/',
    'https://git.example.test/api/v4/projects/42/packages/npm/@acme/ui/-/@acme/ui-1.0.0.tgz',
  ],
  [
    'https://git.example.test/x/api/v4/groups/7/-/packages/npm/',
    'https://git.example.test/x/api/v4/projects/42/packages/npm/@acme/ui/-/@acme/ui-1.0.0.tgz',
  ],
  [
    'https://pkgs.example.test/acme/_packaging/feed/npm/registry/',
    'https://pkgs.example.test/acme/_packaging/5f1c9a52-0f6e-4c38-9a7b-6d2f0f3b9c11/npm/registry/@acme/ui/-/ui-1.0.0.tgz',
  ],
  [
    'https://pkgs.example.test/acme/shop/_packaging/feed/npm/registry/',
    'https://pkgs.example.test/acme/0f6e9a52-0f6e-4c38-9a7b-6d2f0f3b9c11/_packaging/5f1c9a52-0f6e-4c38-9a7b-6d2f0f3b9c11@3b9c9a52-0f6e-4c38-9a7b-6d2f0f3b9c11/npm/registry/@acme/ui/-/ui-1.0.0.tgz',
  ],
  [
    'https://files.example.test/artifactory/api/npm/npm-virtual/',
    'https://files.example.test/artifactory/api/npm/npm-virtual/@acme/ui/-/@acme/ui-1.0.0.tgz',
  ],
  [
    'https://files.example.test/repository/npm-group/',
    'https://files.example.test/repository/npm-group/@acme%2fui/-/ui-1.0.0.tgz',
  ],
  [
    'https://d-1.example.test:8443/npm/store/',
    'https://d-1.example.test:8443/npm/store/@acme/ui/-/ui-1.0.0.tgz',
  ],
  [
    'https://d-1.example.test:443/npm/store/',
    'https://d-1.example.test:443/npm/store/@acme/ui/-/ui-1.0.0.tgz',
  ],
  [
    'https://git.example.test/api/packages/acme/npm/',
    'https://git.example.test/api/packages/acme/npm/@acme%2Fui/-/1.0.0/ui-1.0.0.tgz',
  ],
  [
    'https://cnpm.example.test/',
    'https://cnpm.example.test/@acme/ui/download/@acme/ui-1.0.0.tgz?cache=0&sync_timestamp=1',
  ],
  ['http://localhost:4873/', 'http://localhost:4873/@acme%2fui/-/ui-1.0.0.tgz'],
];

for (const [registry, url] of LAYOUTS) {
  const lock = (address: string) =>
    JSON.stringify({
      name: 'shop',
      lockfileVersion: 3,
      packages: {
        '': { name: 'shop', dependencies: { '@acme/ui': '^1.0.0' } },
        'node_modules/@acme/ui': { version: '1.0.0', resolved: address, integrity: HASH },
      },
    });
  const found = async (address: string) => {
    const workspace = await openFiles(
      new Map([
        ['package.json', '{ "name": "shop", "dependencies": { "@acme/ui": "^1.0.0" } }'],
        ['.npmrc', `@acme:registry=${registry}\n`],
        ['package-lock.json', lock(address)],
      ]),
    );
    return workspace
      .findings()
      .filter(({ rule }) => RULES.has(rule))
      .map(({ message }) => message);
  };
  test(`${registry} may have ${url}, and that of another version is reported`, async () => {
    assert.deepEqual(await found(url), []);
    const other = url.replaceAll('1.0.0', '1.0.1');
    assert.equal((await found(other)).length, 1, other);
    assert.equal((await found(url.replaceAll('/ui', '/evil'))).length, 1);
  });
}

test('ids of another owner, and another project that is named, are other registries', async () => {
  const cases: readonly (readonly [string, string])[] = [
    [
      'https://pkgs.example.test/acme/_packaging/feed/npm/registry/',
      'https://pkgs.example.test/evil/_packaging/5f1c9a52-0f6e-4c38-9a7b-6d2f0f3b9c11/npm/registry/alpha/-/alpha-1.0.0.tgz',
    ],
    [
      'https://git.example.test/api/v4/projects/42/packages/npm/',
      'https://git.example.test/api/v4/projects/43/packages/npm/alpha/-/alpha-1.0.0.tgz',
    ],
  ];
  for (const [registry, url] of cases) {
    const found = await findings(FORMATS['package-lock.json']!, url, registry);
    assert.deepEqual(
      found.map(({ severity, rule }) => [rule, severity]),
      [['lockfile-foreign-source', 'error']],
    );
    assert.ok(found[0]!.message.includes(new URL(url).pathname.split('/alpha/')[0]!), found[0]!.message);
  }
});
