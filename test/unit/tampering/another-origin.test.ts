import { describe } from 'node:test';
import { PNPM_LOCK } from './pnpm-lock.ts';
import { type Cell, MINIMIST, ONCE, type Tampered, testTampering, WRAPPY } from './tampered.ts';

/**
 * An entry from git or a path, though all its dependents declare a registry package, and one with the hash of another
 * package. wrappy is a dependency of once, which is a dependency of the project.
 */
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const REPOSITORY = `https://evil.example.test/o/wrappy.git`;

const taken = (key: string, from: string) =>
  `The entry "${key}" takes wrappy from ${from}, but its dependents ask for a registry package. Restore the entry from git and find out who changed it.`;

/** Returns the case of a shared hash: the file does not show which of the two entries was changed. */
const sharedHash = (edit: readonly [string, string], token: string): Cell => ({
  title: 'the hash of another package',
  edits: [edit],
  finds: [
    {
      rule: 'mismatch',
      token,
      message:
        'minimist 1.2.8 has the same hash here as wrappy 1.0.2. Only one of them can be the published hash. Restore the entry from git and find out who changed it.',
    },
    {
      rule: 'mismatch',
      token,
      message:
        'wrappy 1.0.2 has the same hash here as minimist 1.2.8. Only one of them can be the published hash. Restore the entry from git and find out who changed it.',
    },
  ],
});

const manifest = '{ "name": "shop", "dependencies": { "minimist": "^1.2.8", "once": "^1.4.0" } }\n';

function packageLock(version: 1 | 3): Tampered {
  const of = ({ name, version: locked, url, sha512 }: typeof WRAPPY, edges?: object) => ({
    [version === 1 ? name : `node_modules/${name}`]: {
      version: locked,
      resolved: url,
      integrity: sha512,
      ...(edges === undefined ? {} : { [version === 1 ? 'requires' : 'dependencies']: edges }),
    },
  });
  const entries = { ...of(MINIMIST), ...of(ONCE, { wrappy: '1' }), ...of(WRAPPY) };
  const root = { name: 'shop', dependencies: { minimist: '^1.2.8', once: '^1.4.0' } };
  const body = version === 1 ? { dependencies: entries } : { packages: { '': root, ...entries } };
  const text = `${JSON.stringify({ name: 'shop', lockfileVersion: version, requires: true, ...body }, undefined, 2)}\n`;
  return { file: 'package-lock.json', text, manifest };
}

/** Returns the case of a flag without effect, as no package around the entry bundles it. */
function saidToBeBundled(source: string): readonly Cell[] {
  const flag = '\n      "inBundle": true';
  const nested = '"node_modules/once/node_modules/wrappy"';
  const moved = ['"node_modules/wrappy"', nested] as const;
  const path = '"file:vendor/wrappy.tgz"';
  return [
    {
      title: 'from a file, said to be brought along by another package',
      edits: [[source, `${path},${flag}`]],
      finds: [{ rule: 'mismatch', token: path, message: taken('node_modules/wrappy', 'a path') }],
    },
    {
      title: 'from a file, said to be brought along by the package around it',
      edits: [moved, [source, `${path},${flag}`]],
      finds: [{ rule: 'mismatch', token: path }],
    },
    {
      title: 'no hash, said to be brought along by the package around it',
      edits: [moved, [source, `"${WRAPPY.url}",${flag}`]],
      finds: [{ rule: 'hash', token: nested }],
    },
  ];
}

for (const version of [1, 3] as const) {
  const source = `"${WRAPPY.url}",\n      "integrity": "${WRAPPY.sha512}"`;
  const git = `"git+${REPOSITORY}#${COMMIT}"`;
  const key = version === 1 ? 'wrappy' : 'node_modules/wrappy';
  const shownKey = 'node_modules/wrappy';
  describe(`package-lock.json of version ${version}`, () =>
    testTampering(packageLock(version), [
      {
        title: 'from git, without a hash',
        edits: [[source, git]],
        finds: [{ rule: 'mismatch', token: git, message: taken(shownKey, 'git (evil.example.test)') }],
      },
      {
        title: 'from a file, without a hash',
        edits: [[source, '"file:vendor/wrappy.tgz"']],
        finds: [{ rule: 'mismatch', token: '"file:vendor/wrappy.tgz"', message: taken(shownKey, 'a path') }],
      },
      {
        title: 'said to be brought along by another package, at the top',
        edits: [[source, `"${WRAPPY.url}",\n      "${version === 1 ? 'bundled' : 'inBundle'}": true`]],
        finds: [{ rule: 'hash', token: `"${key}"` }],
      },
      ...(version === 1 ? [] : saidToBeBundled(source)),
      {
        title: 'a hash without a digest, which npm takes for none',
        edits: [[`"${WRAPPY.sha512}"`, '"sha512-"']],
        finds: [{ rule: 'hash', token: `"${key}"` }],
      },
      {
        title: 'another host behind a space',
        edits: [[`"${WRAPPY.url}"`, '" https://evil.example.test/wrappy/-/wrappy-1.0.2.tgz"']],
        finds: [
          // For npm it is the path of a file of the project.
          { rule: 'mismatch', token: '" https://evil.example.test/wrappy/-/wrappy-1.0.2.tgz"' },
        ],
      },
      sharedHash([WRAPPY.sha512, MINIMIST.sha512], `"${MINIMIST.sha512}"`),
    ]));
}

describe('pnpm-lock.yaml', () => {
  const resolution = `{integrity: ${WRAPPY.sha512}}`;
  testTampering({ file: 'pnpm-lock.yaml', text: PNPM_LOCK, manifest }, [
    {
      title: 'from git',
      edits: [[resolution, `{type: git, repo: ${REPOSITORY}, commit: ${COMMIT}}`]],
      finds: [
        { rule: 'mismatch', token: REPOSITORY, message: taken('wrappy@1.0.2', 'git (evil.example.test)') },
      ],
    },
    {
      title: 'from a folder',
      edits: [[resolution, '{type: directory, directory: ../evil}']],
      finds: [{ rule: 'mismatch', token: '../evil', message: taken('wrappy@1.0.2', 'a path') }],
    },
    sharedHash([WRAPPY.sha512, MINIMIST.sha512], MINIMIST.sha512),
  ]);
});

describe('yarn.lock of Yarn 1', () => {
  const entry = (key: string, { version, url, sha1, sha512 }: typeof WRAPPY, more = '') =>
    `${key}:\n  version "${version}"\n  resolved "${url}#${sha1}"\n  integrity ${sha512}\n${more}`;
  const text = `# yarn lockfile v1


${entry('minimist@^1.2.8', MINIMIST)}
${entry('once@^1.4.0', ONCE, '  dependencies:\n    wrappy "1"\n')}
${entry('wrappy@1, wrappy@^1.0.1', WRAPPY)}`;
  const source = `"${WRAPPY.url}#${WRAPPY.sha1}"\n  integrity ${WRAPPY.sha512}`;
  const key = 'wrappy@1, wrappy@^1.0.1';
  const git = `"git+${REPOSITORY}#${COMMIT}"`;
  testTampering({ file: 'yarn.lock', text, manifest }, [
    {
      title: 'from git, without a hash',
      edits: [[source, git]],
      finds: [{ rule: 'mismatch', token: git, message: taken(key, 'git (evil.example.test)') }],
    },
    {
      title: 'from a file',
      edits: [[source, '"file:vendor/wrappy.tgz#0123"']],
      finds: [{ rule: 'mismatch', token: '"file:vendor/wrappy.tgz#0123"', message: taken(key, 'a path') }],
    },
    {
      title: 'a version that is not in the range of its key',
      edits: [
        ['version "1.0.2"', 'version "2.0.0"'],
        [WRAPPY.url, WRAPPY.url.replace('1.0.2', '2.0.0')],
      ],
      finds: [
        {
          rule: 'mismatch',
          token: '"2.0.0"',
          message: `The entry "${key}" installs wrappy 2.0.0, which is not in "1". Restore the entry from git and find out who changed it.`,
        },
      ],
    },
    {
      title: 'a declaration taken out of a key',
      edits: [[`${key}:`, 'wrappy@^1.0.1:']],
      finds: [
        {
          rule: 'corrupt',
          token: '"1"',
          message:
            'yarn.lock is damaged here: once 1.4.0 depends on wrappy@1, which has no entry. Restore the file, or let Yarn write it again.',
        },
      ],
    },
    sharedHash([`integrity ${WRAPPY.sha512}`, `integrity ${MINIMIST.sha512}`], MINIMIST.sha512),
  ]);
});

describe('yarn.lock of Yarn 4', () => {
  const [first, second, third] = ['1', '2', '3'].map((digit) => `10c0/${digit.repeat(128)}`);
  const entry = (key: string, name: string, version: string, checksum: string, more = '') =>
    `"${key}":\n  version: ${version}\n  resolution: "${name}@npm:${version}"\n${more}  checksum: ${checksum}\n  languageName: node\n  linkType: hard\n`;
  const text = `__metadata:
  version: 8
  cacheKey: 10c0

${entry('minimist@npm:^1.2.8', 'minimist', '1.2.8', first!)}
${entry('once@npm:^1.4.0', 'once', '1.4.0', second!, '  dependencies:\n    wrappy: "npm:1"\n')}
"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    minimist: "npm:^1.2.8"
    once: "npm:^1.4.0"
  languageName: unknown
  linkType: soft

${entry('wrappy@npm:1, wrappy@npm:^1.0.1', 'wrappy', '1.0.2', third!)}`;
  const resolution = 'resolution: "wrappy@npm:1.0.2"';
  const key = 'wrappy@npm:1, wrappy@npm:^1.0.1';
  const turned = (reference: string, token: string, from: string): Cell => ({
    title: reference.slice(0, reference.indexOf(':')),
    edits: [[resolution, `resolution: "wrappy@${reference}"`]],
    finds: [{ rule: 'mismatch', token, message: taken(key, from) }],
  });
  const quoted = (reference: string) => [reference, `"wrappy@${reference}"`, 'a path'] as const;
  testTampering({ file: 'yarn.lock', text, manifest }, [
    turned(`${REPOSITORY}#commit=${COMMIT}`, `${REPOSITORY}#commit=${COMMIT}`, 'git (evil.example.test)'),
    turned(...quoted('link:../../evil::locator=shop%40workspace%3A.')),
    turned(...quoted('portal:../../evil::locator=shop%40workspace%3A.')),
    turned(...quoted('workspace:packages/evil')),
    turned(...quoted('exec:./evil.js#./evil.js::hash=abc&locator=shop%40workspace%3A.')),
    turned(...quoted('patch:wrappy@npm%3A1.0.2#~/evil.patch::version=1.0.2&hash=abc')),
    {
      title: 'a declaration taken out of a key',
      edits: [[`"${key}"`, '"wrappy@npm:^1.0.1"']],
      finds: [
        {
          rule: 'corrupt',
          token: '"npm:1"',
          message:
            'yarn.lock is damaged here: once 1.4.0 depends on wrappy@npm:1, which has no entry. Restore the file, or let Yarn write it again.',
        },
      ],
    },
    sharedHash([third!, first!], first!),
  ]);
});

describe('bun.lock', () => {
  const wrappy = `["wrappy@1.0.2", "", {}, "${WRAPPY.sha512}"]`;
  const text = `{
  "lockfileVersion": 1,
  "workspaces": {
    "": { "name": "shop", "dependencies": { "minimist": "^1.2.8", "once": "^1.4.0" } },
  },
  "packages": {
    "minimist": ["minimist@1.2.8", "", {}, "${MINIMIST.sha512}"],

    "once": ["once@1.4.0", "", { "dependencies": { "wrappy": "1" } }, "${ONCE.sha512}"],

    "wrappy": ${wrappy},
  }
}
`;
  testTampering({ file: 'bun.lock', text, manifest }, [
    {
      title: 'from git',
      edits: [[wrappy, `["wrappy@git+${REPOSITORY}#${COMMIT}", {}, "${COMMIT}"]`]],
      finds: [
        {
          rule: 'mismatch',
          token: `git+${REPOSITORY}#${COMMIT}`,
          message: taken('wrappy', 'git (evil.example.test)'),
        },
      ],
    },
    {
      title: 'from a file',
      edits: [[wrappy, '["wrappy@file:vendor/wrappy.tgz", {}]']],
      finds: [{ rule: 'mismatch', token: 'file:vendor/wrappy.tgz', message: taken('wrappy', 'a path') }],
    },
    {
      title: 'said to be brought along by another package, at the top',
      edits: [[wrappy, '["wrappy@1.0.2", "", { "bundled": true }, ""]']],
      finds: [{ rule: 'hash', token: '"wrappy"' }],
    },
    {
      title: 'a key that leads out of node_modules',
      edits: [
        ['    "wrappy": [', '    "../../once/wrappy": ["wrappy@1.0.2", "", {}, ""],\n\n    "wrappy": ['],
      ],
      finds: [
        {
          rule: 'corrupt',
          token: '"../../once/wrappy"',
          message:
            'The key "../../once/wrappy" leads out of node_modules, so an install can overwrite other files. Restore the entry from git and find out who changed it.',
        },
        { rule: 'hash', token: '"../../once/wrappy"' },
      ],
    },
    {
      title: 'a key that is written with an escape',
      edits: [['    "wrappy": [', `    "\\u005f_proto__": ["once@1.4.0", "", {}, ""],\n\n    "wrappy": [`]],
      finds: [
        { rule: 'corrupt', token: '"\\u005f_proto__"' },
        { rule: 'hash', token: '"\\u005f_proto__"' },
        { rule: 'mismatch', token: '"once@1.4.0"' },
      ],
    },
    sharedHash([WRAPPY.sha512, MINIMIST.sha512], `"${MINIMIST.sha512}"`),
  ]);
});
