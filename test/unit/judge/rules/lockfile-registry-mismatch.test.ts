import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openWorkspace } from '../../../workspace.ts';

const RULE = 'lockfile-registry-mismatch';
const SHA512 =
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';
const EVIL =
  'sha512-wmeiSMxkZCSc+PM2w2VRsOYAZC8GdipNFRTsLSfodVqI9mbejKeXEGr8SckuLnrQPGe3oJN5c3K0vpoU9q/wCQ==';
const SHA384 = 'sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC';
const SHA1 = '9f8a1b2c3d4e5f60718293a4b5c6d7e8f9012345';
const URL = 'https://registry.public.example.test/alpha/-/alpha-1.0.0.tgz';

const REGISTRY = {
  alpha: {
    versions: {
      '1.0.0': {
        dependencies: { beta: '^2.0.0' },
        optionalDependencies: { gamma: '1' },
        bin: { alpha: 'cli.js' },
        engines: { node: '>=18' },
        scripts: { postinstall: 'node x.js' },
        dist: { tarball: URL, integrity: SHA512, shasum: SHA1 },
      },
    },
  },
};

/** A lockfile of each format with one package; `swap` changes its text. */
const FORMATS = {
  'package-lock.json': (version: 1 | 3) => {
    const said = { version: '1.0.0', resolved: URL, integrity: SHA512 };
    const entry =
      version === 1
        ? { ...said, requires: { beta: '^2.0.0', gamma: '1' } }
        : {
            ...said,
            hasInstallScript: true,
            dependencies: { beta: '^2.0.0' },
            bin: { alpha: 'cli.js' },
            engines: { node: '>=18' },
            optionalDependencies: { gamma: '1' },
          };
    const body =
      version === 1
        ? { dependencies: { alpha: entry } }
        : { packages: { '': { name: 'shop' }, 'node_modules/alpha': entry } };
    return JSON.stringify({ name: 'shop', lockfileVersion: version, requires: true, ...body }, null, 2);
  },
  'yarn.lock': () => `# yarn lockfile v1


alpha@^1.0.0:
  version "1.0.0"
  resolved "${URL}#${SHA1}"
  integrity ${SHA512}
  dependencies:
    beta "^2.0.0"
  optionalDependencies:
    gamma "1"
`,
  'pnpm-lock.yaml': () => `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      alpha:
        specifier: ^1.0.0
        version: 1.0.0

packages:

  alpha@1.0.0:
    resolution: {integrity: ${SHA512}}
    engines: {node: '>=18'}
    hasBin: true

snapshots:

  alpha@1.0.0: {}
`,
  'bun.lock': () => `{
  "lockfileVersion": 1,
  "workspaces": { "": { "name": "shop", "dependencies": { "alpha": "^1.0.0" } } },
  "packages": {
    "alpha": ["alpha@1.0.0", "", { "dependencies": { "beta": "^2.0.0" }, "optionalDependencies": { "gamma": "1" }, "bin": { "alpha": "cli.js" } }, "${SHA512}"],
  }
}
`,
} as const;

type File = keyof typeof FORMATS;
const textOf = (file: File, version: 1 | 3) => FORMATS[file](version);
/** Lockfiles of the same formats without the package. */
const BASES: Readonly<Record<File, string>> = {
  'package-lock.json': '{ "name": "shop", "lockfileVersion": 3, "packages": { "": { "name": "shop" } } }',
  'yarn.lock': '# yarn lockfile v1\n\n\n',
  'pnpm-lock.yaml': "lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n",
  'bun.lock': '{ "lockfileVersion": 1, "workspaces": { "": { "name": "shop" } }, "packages": {} }',
};

async function found(file: File, text: string, base: string, registry: object = REGISTRY) {
  const manifest = '{ "name": "shop", "dependencies": { "alpha": "^1.0.0" } }';
  const workspace = await openWorkspace(`-- package.json --\n${manifest}\n-- ${file} --\n${text}\n`, {
    registry: registry as typeof REGISTRY,
    base,
    // A hash that differs from the base is one finding of both, by the other rule.
    settings: { severities: new Map([['lockfile-integrity-mismatch', 'off']]) },
  });
  return workspace.findings(RULE).map(({ span, message, severity }) => [
    workspace
      .text(file)!
      .slice(span.start, span.end)
      .replace(/^["']|["']$/g, '')
      .replace(/#.*$/, ''),
    message.replace(/\. Restore .*$/, ''),
    severity,
  ]);
}

interface Case {
  readonly what: string;
  readonly files: readonly File[];
  readonly version?: 1 | 3;
  readonly swap: readonly [string, string];
  readonly token: string;
  readonly says: RegExp;
  readonly severity?: 'warning';
}

const ALL: readonly File[] = ['package-lock.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock'];
const NPM: readonly File[] = ['package-lock.json'];

const CASES: readonly Case[] = [
  { what: 'another hash', files: ALL, swap: [SHA512, EVIL], token: EVIL, says: /another sha512 hash than/ },
  {
    what: 'a second hash of the same algorithm',
    files: NPM,
    swap: [SHA512, `${SHA512} ${EVIL}`],
    token: `${SHA512} ${EVIL}`,
    says: /another sha512 hash than/,
  },
  {
    what: 'only a hash of another algorithm',
    files: ['package-lock.json', 'pnpm-lock.yaml', 'bun.lock'],
    swap: [SHA512, SHA384],
    token: SHA384,
    says: /only a sha384 hash, which its registry does not give/,
  },
  {
    what: 'the file of another package',
    files: ['package-lock.json', 'yarn.lock'],
    swap: ['alpha/-/alpha-1.0.0', '@evil/./alpha/-/alpha-1.0.0'],
    token: 'https://registry.public.example.test/@evil/./alpha/-/alpha-1.0.0.tgz',
    says: /is fetched from https:\/\/registry\.public\.example\.test\/@evil\/alpha/,
  },
  {
    what: 'a dependency more',
    files: NPM,
    swap: ['"beta": "^2.0.0"', '"beta": "^2.0.0", "evil": "^1.0.0"'],
    token: 'evil',
    says: /depends on evil here, not at its registry/,
  },
  {
    what: 'another range of a dependency',
    files: ['package-lock.json', 'bun.lock'],
    swap: ['"beta": "^2.0.0"', '"beta": "npm:evil@^1.0.0"'],
    token: 'npm:evil@^1.0.0',
    says: /depends on another range of beta here/,
  },
  {
    what: 'another range of a dependency, in npm up to 6',
    files: NPM,
    version: 1,
    swap: ['"beta": "^2.0.0"', '"beta": "^3.0.0"'],
    token: '^3.0.0',
    says: /depends on another range of beta here/,
  },
  {
    what: 'a dependency less',
    files: NPM,
    swap: ['"beta": "^2.0.0"', ''],
    token: 'node_modules/alpha',
    says: /lacks its dependency beta here/,
    severity: 'warning',
  },
  {
    what: 'a command that is not its own',
    files: ['package-lock.json', 'bun.lock'],
    swap: ['"alpha": "cli.js"', '"alpha": "cli.js", "node": "i.js"'],
    token: 'bin',
    says: /installs the command "node" here/,
  },
  {
    what: 'no install script where it has one',
    files: NPM,
    swap: ['"hasInstallScript": true,', ''],
    token: 'node_modules/alpha',
    says: /has an install script at its registry and none here/,
  },
  {
    what: 'other engines',
    files: ['package-lock.json', 'pnpm-lock.yaml'],
    swap: ['>=18', '>=0'],
    token: 'engines',
    says: /another range of node in "engines"/,
    severity: 'warning',
  },
];

describe('a changed entry is compared with its registry', () => {
  for (const { what, files, version = 3, swap, token, says, severity = 'error' } of CASES) {
    for (const file of files) {
      test(`${what}: ${file}`, async () => {
        const honest = textOf(file, version);
        const evil = honest.replace(...swap);
        assert.notEqual(evil, honest);
        const findings = await found(file, evil, honest);
        assert.equal(findings.length, 1, JSON.stringify(findings));
        const [[at, message, rated]] = findings as [[string, string, string]];
        assert.deepEqual([at, rated], [token, severity]);
        assert.match(message, says);
        assert.ok(message.length < 240);
      });
    }
  }

  for (const version of [1, 3] as const) {
    for (const file of version === 1 ? NPM : ALL) {
      test(`what the registry says itself is silent, new in the file or not: ${file}, ${version}`, async () => {
        const honest = textOf(file, version);
        assert.deepEqual(await found(file, honest, BASES[file]), []);
        assert.deepEqual(await found(file, `${honest}\n`, honest), []);
      });
    }
  }

  test('what did not change since the base is not asked for', async () => {
    const evil = textOf('package-lock.json', 3).replace(SHA512, EVIL);
    assert.deepEqual(await found('package-lock.json', `${evil}\n`, evil), []);
  });

  test('what a mirror leaves out is not compared', async () => {
    const bare = {
      alpha: { versions: { '1.0.0': { dependencies: { beta: '^2.0.0', gamma: '1' }, bin: 'cli.js' } } },
    };
    assert.deepEqual(
      await found('package-lock.json', textOf('package-lock.json', 3), BASES['package-lock.json'], bare),
      [],
    );
  });

  test('a registry that answers nothing is no finding', async () => {
    const text = textOf('package-lock.json', 3);
    assert.deepEqual(await found('package-lock.json', text, BASES['package-lock.json'], { alpha: 500 }), []);
  });
});

describe('a hash that differs from both the base and the registry', () => {
  const base = textOf('package-lock.json', 3);
  const altered = base.replace(SHA512, EVIL);
  const open = (rules: object) =>
    openWorkspace(
      `-- package.json --\n{ "name": "shop", "dependencies": { "alpha": "^1.0.0" } }\n-- dependency-hygiene.json --\n${JSON.stringify({ rules })}\n-- package-lock.json --\n${altered}\n`,
      { registry: REGISTRY, base },
    );
  const errorsOf = async (rules: object) =>
    (await open(rules))
      .findings()
      .filter(({ cause }) => cause === 'hash')
      .map(({ rule, message, related }) => [rule, message, related.map((each) => each.message)]);

  test('is one finding that relates to the registry', async () =>
    assert.deepEqual(await errorsOf({}), [
      [
        'lockfile-integrity-mismatch',
        'alpha 1.0.0 has a different sha512 hash here than in the last commit for the same version. Restore the entry from git and find out who changed it.',
        [
          'alpha 1.0.0 has another sha512 hash than its registry gives. Restore the entry from git and find out who changed it.',
        ],
      ],
    ]));

  test('is reported by one rule where the other is off', async () => {
    for (const [off, on] of [
      ['lockfile-integrity-mismatch', RULE],
      [RULE, 'lockfile-integrity-mismatch'],
    ]) {
      assert.deepEqual(
        (await errorsOf({ [off!]: 'off' })).map(([rule, , related]) => [rule, related]),
        [[on, []]],
      );
    }
  });
});
