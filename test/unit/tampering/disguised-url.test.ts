import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openFiles, TEST_REGISTRY } from '../../workspace.ts';

/**
 * URLs that are requested otherwise than they look, in each format. The hash is that of whatever the URL leads to, as the
 * author of the line has it at hand.
 */
const HASH = `sha512-${'A'.repeat(86)}==`;
const OTHER_HASH = `sha512-${'B'.repeat(86)}==`;
const SHA1 = 'c1a464e7693302e082a075cee0c057741ac4772c';

const manifest = '{ "name": "shop", "dependencies": { "alpha": "^1.0.0", "beta": "^1.0.0" } }\n';
const betaUrl = (registry: string) => `${registry}beta/-/beta-1.0.0.tgz`;

interface Format {
  readonly file: string;
  /** The file with that URL at alpha; beta's is the usual one. */
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

/** Written below the registry, of which the first part is given. */
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

/** Other tenants of one host; of the public registry these are no packages. */
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
