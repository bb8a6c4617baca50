import { describe } from 'node:test';
import { PNPM_LOCK } from './pnpm-lock.ts';
import { type Cell, FOREIGN, FOREIGN_WRAPPY, MINIMIST, ONCE, testTampering, WRAPPY } from './tampered.ts';

const TEXTS = {
  '5.4': `lockfileVersion: 5.4

specifiers:
  minimist: ^1.2.8
  once: ^1.4.0

dependencies:
  minimist: 1.2.8
  once: 1.4.0

packages:

  /minimist/1.2.8:
    resolution: {integrity: ${MINIMIST.sha512}}
    dev: false

  /once/1.4.0:
    resolution: {integrity: ${ONCE.sha512}}
    dependencies:
      wrappy: 1.0.2
    dev: false

  /wrappy/1.0.2:
    resolution: {integrity: ${WRAPPY.sha512}}
    dev: false
`,
  '6.0': `lockfileVersion: '6.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

dependencies:
  minimist:
    specifier: ^1.2.8
    version: 1.2.8
  once:
    specifier: ^1.4.0
    version: 1.4.0

packages:

  /minimist@1.2.8:
    resolution: {integrity: ${MINIMIST.sha512}}
    dev: false

  /once@1.4.0:
    resolution: {integrity: ${ONCE.sha512}}
    dependencies:
      wrappy: 1.0.2
    dev: false

  /wrappy@1.0.2:
    resolution: {integrity: ${WRAPPY.sha512}}
    dev: false
`,
  '9.0': PNPM_LOCK,
} as const;

const KEYS = { '5.4': '/minimist/1.2.8', '6.0': '/minimist@1.2.8', '9.0': 'minimist@1.2.8' } as const;
const WRAPPY_KEYS = { '5.4': '/wrappy/1.0.2', '6.0': '/wrappy@1.0.2', '9.0': 'wrappy@1.0.2' } as const;
const HASH = `resolution: {integrity: ${MINIMIST.sha512}}`;

for (const version of ['5.4', '6.0', '9.0'] as const) {
  const key = KEYS[version];
  const direct = version === '5.4' ? 'dependencies:\n  minimist: ' : 'specifier: ^1.2.8\n';
  const indent = version === '6.0' ? '    ' : '        ';
  const locked = version === '5.4' ? '1.2.8' : `${indent}version: 1.2.8`;
  const cells: readonly Cell[] = [
    {
      title: "another package's address and hash",
      edits: [[HASH, `resolution: {integrity: ${WRAPPY.sha512}, tarball: ${WRAPPY.url}}`]],
      finds: [
        {
          rule: 'mismatch',
          token: WRAPPY.url,
          message: `The entry "${key}" is for minimist 1.2.8 but downloads wrappy-1.0.2.tgz, another package. Restore the entry from git and find out who changed it.`,
        },
      ],
    },
    {
      title: "another package's address, relative to the registry",
      edits: [[HASH, `resolution: {integrity: ${WRAPPY.sha512}, tarball: wrappy/-/wrappy-1.0.2.tgz}`]],
      finds: [
        {
          rule: 'mismatch',
          token: 'wrappy/-/wrappy-1.0.2.tgz',
          message: `The entry "${key}" is for minimist 1.2.8 but downloads wrappy-1.0.2.tgz, another package. Restore the entry from git and find out who changed it.`,
        },
      ],
    },
    {
      title: 'its own address, relative to the registry',
      edits: [[HASH, `resolution: {integrity: ${MINIMIST.sha512}, tarball: minimist/-/minimist-1.2.8.tgz}`]],
      finds: [],
    },
    {
      title: "another package's from another host",
      edits: [[HASH, `resolution: {integrity: ${WRAPPY.sha512}, tarball: ${FOREIGN_WRAPPY}}`]],
      finds: [
        { rule: 'mismatch', token: FOREIGN_WRAPPY },
        { rule: 'source', token: FOREIGN_WRAPPY },
      ],
    },
    {
      title: 'another host',
      edits: [[HASH, `resolution: {integrity: ${MINIMIST.sha512}, tarball: ${FOREIGN}}`]],
      finds: [
        {
          rule: 'source',
          token: FOREIGN,
          message:
            'minimist 1.2.8 is fetched from evil.example.test, but the public registry is configured to serve it. Find out who changed it, or add the host to "allowedHosts".',
        },
      ],
    },
    {
      title: 'another host and no hash',
      edits: [[HASH, `resolution: {tarball: ${FOREIGN}}`]],
      finds: [
        { rule: 'hash', token: key, severity: 'error' },
        { rule: 'source', token: FOREIGN },
      ],
    },
    {
      title: 'no hash',
      edits: [[HASH, `resolution: {tarball: ${MINIMIST.url}}`]],
      finds: [
        {
          rule: 'hash',
          token: key,
          message:
            'minimist 1.2.8 has no integrity hash, so its download is not verified. Restore the entry from git or, if it never had one, remove it and lock it again.',
        },
      ],
    },
    {
      title: 'nothing in its resolution',
      edits: [[HASH, 'resolution: {}']],
      finds: [{ rule: 'hash', token: key }],
    },
    {
      title: 'a dependency that got another package',
      edits: [
        version === '5.4'
          ? [`${direct}1.2.8`, `${direct}${WRAPPY_KEYS[version]}`]
          : [`${direct}${locked}`, `${direct}${indent}version: ${WRAPPY_KEYS[version]}`],
      ],
      finds: [
        {
          rule: 'sync',
          file: 'package.json',
          token: '"^1.2.8"',
          message:
            '"minimist" is "^1.2.8", but pnpm-lock.yaml has wrappy 1.0.2, which does not fit. Find out who changed it, or update the lockfile.',
        },
        {
          rule: 'mismatch',
          token: WRAPPY_KEYS[version],
          message:
            'The entry "minimist" installs wrappy 1.0.2 in place of minimist, and nothing declares that. Restore the entry from git and find out who changed it.',
        },
      ],
    },
    {
      title: 'a dependency that is declared otherwise',
      edits: [
        version === '5.4'
          ? ['minimist: ^1.2.8', 'minimist: ^1.0.0']
          : ['specifier: ^1.2.8', 'specifier: ^1.0.0'],
      ],
      finds: [
        {
          rule: 'sync',
          file: 'package.json',
          token: '"^1.2.8"',
          message:
            '"minimist" is "^1.2.8" here but "^1.0.0" in pnpm-lock.yaml, so pnpm install --frozen-lockfile fails. Update the lockfile.',
        },
      ],
    },
  ];
  describe(`pnpm-lock.yaml of version ${version}`, () =>
    testTampering({ file: 'pnpm-lock.yaml', text: TEXTS[version] }, cells));
}
