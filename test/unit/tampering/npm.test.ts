import { describe } from 'node:test';
import {
  type Cell,
  type Expected,
  FOREIGN,
  FOREIGN_WRAPPY,
  type Locked,
  MINIMIST,
  ONCE,
  testTampering,
  WRAPPY,
} from './tampered.ts';

/** Returns an entry of `packages`, with the members that npm copies from the manifest of the package. */
function entryOf({ name, version, url, sha512 }: Locked, more: object = {}) {
  return { [`node_modules/${name}`]: { version, resolved: url, integrity: sha512, ...more } };
}

const PACKAGES = {
  '': { name: 'shop', dependencies: { minimist: '^1.2.8', once: '^1.4.0' } },
  ...entryOf(MINIMIST, { license: 'MIT', funding: { url: 'https://funding.example.test/minimist' } }),
  ...entryOf(ONCE, { license: 'ISC', dependencies: { wrappy: '1' } }),
  ...entryOf(WRAPPY, { license: 'ISC' }),
};

/** Returns the copy that npm 7 and 8 write for older versions. */
function nested({ name, version, url, sha512 }: Locked, more: object = {}) {
  return { [name]: { version, resolved: url, integrity: sha512, ...more } };
}

const DEPENDENCIES = {
  ...nested(MINIMIST),
  ...nested(ONCE, { requires: { wrappy: '1' } }),
  ...nested(WRAPPY),
};

const print = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`;
const quoted = (text: string) => JSON.stringify(text);
const indented = (depth: number, name: string, value: string) =>
  `\n${' '.repeat(depth)}${quoted(name)}: ${quoted(value)}`;

const TEXTS = {
  1: print({ name: 'shop', lockfileVersion: 1, requires: true, dependencies: DEPENDENCIES }),
  2: print({
    name: 'shop',
    lockfileVersion: 2,
    requires: true,
    packages: PACKAGES,
    dependencies: DEPENDENCIES,
  }),
  3: print({ name: 'shop', lockfileVersion: 3, requires: true, packages: PACKAGES }),
} as const;

for (const version of [1, 2, 3] as const) {
  const text = TEXTS[version];
  const key = version === 1 ? 'minimist' : 'node_modules/minimist';
  const head = `${quoted(key)}: {\n      "version": "1.2.8",`;
  const address = `${head}${indented(6, 'resolved', MINIMIST.url)},`;
  const whole = `${address}${indented(6, 'integrity', MINIMIST.sha512)}`;
  const entry = (url: string, hash: string | undefined) =>
    `${head}${indented(6, 'resolved', url)}${hash === undefined ? '' : `,${indented(6, 'integrity', hash)}`}`;

  // Version 2 contains everything twice, and its other copy was left unchanged.
  const address2 = (url: string): readonly Expected[] =>
    version === 2 ? [{ rule: 'flag', token: quoted(url) }] : [];
  const hash2 = (hash: string): readonly Expected[] =>
    version === 2 ? [{ rule: 'digest', token: quoted(hash) }] : [];

  const cells: readonly Cell[] = [
    {
      title: "another package's address and hash",
      edits: [[whole, entry(WRAPPY.url, WRAPPY.sha512)]],
      finds: [
        {
          rule: 'mismatch',
          token: quoted(WRAPPY.url),
          message: `The entry "node_modules/minimist" is for minimist 1.2.8 but downloads wrappy-1.0.2.tgz, another package. Restore the entry from git and find out who changed it.`,
        },
        ...address2(WRAPPY.url),
        ...hash2(WRAPPY.sha512),
      ],
    },
    {
      title: "another package's from another host",
      edits: [[whole, entry(FOREIGN_WRAPPY, WRAPPY.sha512)]],
      finds: [
        { rule: 'mismatch', token: quoted(FOREIGN_WRAPPY) },
        { rule: 'source', token: quoted(FOREIGN_WRAPPY) },
        ...address2(FOREIGN_WRAPPY),
        ...hash2(WRAPPY.sha512),
      ],
    },
    {
      title: 'another host',
      edits: [[whole, entry(FOREIGN, MINIMIST.sha512)]],
      finds: [
        {
          rule: 'source',
          token: quoted(FOREIGN),
          message:
            'minimist 1.2.8 is fetched from evil.example.test, but the public registry is configured to serve it. Find out who changed it, or add the host to "allowedHosts".',
        },
        ...address2(FOREIGN),
      ],
    },
    {
      title: 'another host and no hash',
      edits: [[whole, entry(FOREIGN, undefined)]],
      finds: [
        { rule: 'hash', token: quoted(key), severity: 'error' },
        { rule: 'source', token: quoted(FOREIGN) },
        ...address2(FOREIGN),
      ],
    },
    {
      title: 'no hash',
      edits: [[whole, entry(MINIMIST.url, undefined)]],
      finds: [
        {
          rule: 'hash',
          token: quoted(key),
          message:
            'minimist 1.2.8 has no integrity hash, so its download is not verified. Restore the entry from git or, if it never had one, remove it and lock it again.',
        },
      ],
    },
    {
      title: 'an empty hash',
      edits: [[whole, entry(MINIMIST.url, '')]],
      finds: [{ rule: 'hash', token: quoted(key) }],
    },
    {
      title: 'another version',
      edits: [[whole, entry(MINIMIST.url.replace('1.2.8', '0.2.4'), MINIMIST.sha512)]],
      finds: [
        { rule: 'mismatch', token: quoted(MINIMIST.url.replace('1.2.8', '0.2.4')) },
        ...address2(MINIMIST.url.replace('1.2.8', '0.2.4')),
      ],
    },
    {
      title: 'http',
      edits: [[whole, entry(FOREIGN.replace('https', 'http'), MINIMIST.sha512)]],
      finds: [
        { rule: 'source', token: quoted(FOREIGN.replace('https', 'http')) },
        ...address2(FOREIGN.replace('https', 'http')),
      ],
    },
  ];
  describe(`package-lock.json of version ${version}`, () =>
    testTampering({ file: 'package-lock.json', text }, cells));
  describe(`npm-shrinkwrap.json of version ${version}`, () =>
    testTampering({ file: 'npm-shrinkwrap.json', text }, cells.slice(0, 1)));
}

describe('a name that is another package', () => {
  const head = '"node_modules/minimist": {\n      "version": "1.2.8",';
  testTampering({ file: 'package-lock.json', text: TEXTS[3] }, [
    {
      title: 'in version 3',
      edits: [
        [
          `${head}${indented(6, 'resolved', MINIMIST.url)}`,
          `"node_modules/minimist": {\n      "name": "wrappy",\n      "version": "1.0.2",${indented(6, 'resolved', WRAPPY.url)}`,
        ],
        [MINIMIST.sha512, WRAPPY.sha512],
      ],
      finds: [
        {
          rule: 'sync',
          file: 'package.json',
          token: '"^1.2.8"',
          message:
            '"minimist" is "^1.2.8", but package-lock.json has wrappy 1.0.2, which does not fit. npm ci fails. Update the lockfile.',
        },
        {
          rule: 'mismatch',
          token: quoted(WRAPPY.url),
          message:
            'The entry "node_modules/minimist" installs wrappy 1.0.2 in place of minimist, and nothing declares that. Restore the entry from git and find out who changed it.',
        },
      ],
    },
  ]);
  testTampering({ file: 'package-lock.json', text: TEXTS[1] }, [
    {
      title: 'in version 1',
      edits: [
        ['"minimist": {\n      "version": "1.2.8"', '"minimist": {\n      "version": "npm:wrappy@1.0.2"'],
        [MINIMIST.sha512, WRAPPY.sha512],
      ],
      finds: [
        { rule: 'sync', file: 'package.json', token: '"^1.2.8"' },
        { rule: 'mismatch', token: quoted(MINIMIST.url) },
      ],
    },
  ]);
});

describe('an older version than the manifest takes', () => {
  testTampering({ file: 'package-lock.json', text: TEXTS[1] }, [
    {
      title: 'in version 1',
      edits: [['"minimist": {\n      "version": "1.2.8"', '"minimist": {\n      "version": "0.2.4"']],
      finds: [
        {
          rule: 'sync',
          file: 'package.json',
          token: '"^1.2.8"',
          message:
            '"minimist" is "^1.2.8", but package-lock.json has 0.2.4, so npm ci fails. Update the lockfile.',
        },
        { rule: 'mismatch', token: quoted(MINIMIST.url) },
      ],
    },
    {
      title: 'no entry in version 1',
      edits: [
        [`${quoted('minimist')}: {`, `${quoted('minimal')}: {`],
        [MINIMIST.url, MINIMIST.url.replaceAll('minimist', 'minimal')],
      ],
      finds: [
        {
          rule: 'sync',
          file: 'package.json',
          token: '"^1.2.8"',
          message:
            '"minimist" is "^1.2.8" and has no entry in package-lock.json, so npm ci fails. Update the lockfile.',
        },
      ],
    },
  ]);
});

describe('the flag of an install script', () => {
  const native = {
    version: '1.0.0',
    resolved: 'https://registry.public.example.test/native/-/native-1.0.0.tgz',
    integrity: `sha512-${'A'.repeat(86)}==`,
    hasInstallScript: true,
  };
  const text = print({
    name: 'shop',
    lockfileVersion: 3,
    packages: {
      ...PACKAGES,
      'node_modules/native': native,
      'node_modules/once/node_modules/native': { ...native, dev: true },
    },
  });
  const flag = ',\n      "hasInstallScript": true\n    }';
  testTampering({ file: 'package-lock.json', text }, [
    {
      title: 'taken from one of two entries of the same version',
      edits: [[flag, '\n    }']],
      finds: [{ rule: 'flag', token: '"node_modules/native"' }],
    },
  ]);
});
