import { describe } from 'node:test';
import { testEveryFix } from '../../../every-fix.ts';
import { openFiles, TEST_REGISTRY } from '../../../workspace.ts';

const SHA = '0123456789abcdef0123456789abcdef01234567';
const tarball = (name: string) => `${TEST_REGISTRY}${name}/-/${name}-1.2.3.tgz`;
const HASH =
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';

const DEPENDENCIES = {
  native: '*',
  'left-pad': 'latest',
  expres: '>=1',
  git: 'git+http://git.example.test/o/git.git#main',
  short: 'github:o/short',
  dup: '^1.0.0',
  bad: '1.2.x.3',
  '@acme/ui': '^1.0.0',
  alias: 'npm:lodahs@*',
};

/** A lockfile with each dependency at version 1.2.3, some of them invalid. */
const LOCK = {
  name: 'shop',
  lockfileVersion: 3,
  packages: {
    '': { name: 'shop', dependencies: DEPENDENCIES, devDependencies: { dup: '^1.0.0' } },
    ...Object.fromEntries(
      ['native', 'left-pad', 'expres', 'dup', 'bad', '@acme/ui'].map((name) => [
        `node_modules/${name}`,
        { version: '1.2.3', resolved: tarball(name), integrity: HASH },
      ]),
    ),
    'node_modules/native': {
      version: '1.2.3',
      resolved: tarball('native'),
      integrity: HASH,
      hasInstallScript: true,
    },
    'node_modules/unproven': { version: '1.2.3', integrity: HASH, hasInstallScript: true },
    'node_modules/alias': { name: 'lodahs', version: '1.2.3', resolved: tarball('lodahs'), integrity: HASH },
    'node_modules/git': { version: '1.2.3', resolved: `git+http://git.example.test/o/git.git#${SHA}` },
    'node_modules/short': { version: '1.2.3', resolved: `git+ssh://git@github.com/o/short.git#${SHA}` },
    'node_modules/plain': {
      version: '1.2.3',
      resolved: 'http://files.example.test/plain/-/plain-1.2.3.tgz',
      integrity: HASH,
    },
    'node_modules/foreign': {
      version: '1.2.3',
      resolved: 'https://evil.example.test/foreign/-/foreign-1.2.3.tgz',
      integrity: HASH,
    },
    'node_modules/keyed': {
      version: '1.2.3',
      resolved: tarball('keyed').replace('://', '://me:secret@'),
      integrity: HASH,
    },
  },
};

const NPMRC = 'registry=http://registry.example.test/\npackage-lock=false\n';
const POLICY = '{ "privateScopes": [{ "scope": "@acme", "registry": "https://npm.acme.example.test/" }] }\n';

/** The manifest's members, each as a line of the text, in order. */
const LINES = Object.entries(DEPENDENCIES).map(
  ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
);

const MANIFESTS: Readonly<Record<string, string>> = {
  'with two blanks': `{
  "name": "shop",
  "dependencies": {
    ${LINES.join(',\n    ')}
  },
  "devDependencies": {
    "dup": "^1.0.0"
  }
}
`,
  'with tabs, CRLF, comments and trailing commas': `{
\t// of the shop
\t"name" : "shop", // kept
\t"dependencies" : {
\t\t// first
\t\t${LINES.join(', // why\n\t\t')}, /* last */
\t},
\t/* for development */
\t"devDependencies" : {
\t\t"dup" : "^1.0.0", // twice
\t},
}
`.replaceAll('\n', '\r\n'),
  'on one line': `{ "name": "shop", "dependencies": { ${LINES.join(', ')} }, "devDependencies": { "dup": "^1.0.0" } }`,
  'without blanks, with a byte order mark': `\uFEFF{"name":"shop","dependencies":{${LINES.join(',')}},"devDependencies":{"dup":"^1.0.0"}}\n`,
  'with commas at the start of lines': `{
    "name": "shop"
  , "dependencies": {
        ${LINES.join('\n      , ')}
    }
  , "devDependencies": { "dup": "^1.0.0" }
}
`,
  'with keys that stand twice': `{
  "name": "shop",
  "dependencies": {
    "twice": "^0.9.0",
    "twice": "^1.0.0",
    ${LINES.join(',\n    ')}, "twice": "^1.0.0"
  },
  "optionalDependencies": { "left-pad": "^1.0.0" },
  "devDependencies": {
    "dup": "^1.0.0" },
  "allowScripts": {}
}
`,
};

for (const [form, manifest] of Object.entries(MANIFESTS)) {
  const files = new Map([
    ['package.json', manifest],
    ['package-lock.json', `${JSON.stringify(LOCK, undefined, 2)}\n`],
    ['.npmrc', NPMRC],
    ['dependency-hygiene.json', POLICY],
  ]);
  const workspace = await openFiles(files);
  describe(`every fix of a manifest ${form}`, () => testEveryFix(files, workspace));
}
