import { describe } from 'node:test';
import { type Cell, type Expected, testTampering } from './tampered.ts';

/** Dependencies that the manifest declares by URL, whose URL in the lockfile was changed. */
const PINNED = '0123456789abcdef0123456789abcdef01234567';
const OTHER = 'fedcba9876543210fedcba9876543210fedcba98';
const GIT = `git+https://git.example.test/o/tool.git#${PINNED}`;
const TARBALL = 'https://files.example.test/report-2.0.0.tgz';
const HASH = `sha512-${'A'.repeat(86)}==`;
const manifest = `{ "name": "shop", "dependencies": { "report": "${TARBALL}", "tool": "${GIT}" } }\n`;

const drift = (name: string, declared: string, file: string, what: string): Expected => ({
  rule: 'sync',
  file: 'package.json',
  token: JSON.stringify(declared),
  message: `"${name}" is "${declared}", but ${file} ${what}. Find out who changed it, or update the lockfile.`,
});

/** Returns the whole token after the edit. */
const evilToken = (tarball: string, from = 'files.example.test', to = 'files.evil.test'): string => {
  const evil = TARBALL.replace(from, to);
  if (tarball.startsWith('report@')) return evil;
  return tarball.startsWith('"')
    ? JSON.stringify(evil)
    : `"${evil}#6ae10c6cf7c45f84895b30f1388c36b0053a0562"`;
};

const cells = (file: string, git: string, tarball: string): readonly Cell[] => [
  {
    title: 'another commit than is pinned',
    edits: [[git, git.replace(PINNED, OTHER)]] as const,
    finds: [drift('tool', GIT, file, 'has commit fedcba987654')],
  },
  {
    title: 'another repository',
    edits: [[git, git.replace('git.example.test', 'git.evil.test')]] as const,
    finds: [drift('tool', GIT, file, 'takes it from git.evil.test')],
  },
  {
    title: 'another repository of the same host',
    edits: [[git, git.replace('/o/tool', '/evil/tool')]] as const,
    finds: [drift('tool', GIT, file, 'takes it from git.example.test/evil/tool')],
  },
  {
    title: 'a repository whose path ends like the declared one',
    edits: [[git, git.replace('/o/tool', '/evil/o/tool')]] as const,
    finds: [drift('tool', GIT, file, 'takes it from git.example.test/evil/o/tool')],
  },
  {
    title: 'another file of the same host',
    edits: [[tarball, tarball.replace('/report', '/evil/report')]] as const,
    finds: [
      drift('report', TARBALL, file, 'takes it from files.example.test/evil/report-2.0.0.tgz'),
      { rule: 'source', token: evilToken(tarball, '/report', '/evil/report') },
    ],
  },
  {
    title: 'another host of a tarball',
    edits: [[tarball, tarball.replace('files.example.test', 'files.evil.test')]] as const,
    finds: [
      drift('report', TARBALL, file, 'takes it from files.evil.test'),
      { rule: 'source', token: evilToken(tarball) },
    ],
  },
];

describe('package-lock.json', () => {
  const text = JSON.stringify(
    {
      name: 'shop',
      lockfileVersion: 3,
      packages: {
        '': { name: 'shop', dependencies: { report: TARBALL, tool: GIT } },
        'node_modules/report': { version: '2.0.0', resolved: TARBALL, integrity: HASH },
        'node_modules/tool': { version: '1.0.0', resolved: GIT },
      },
    },
    undefined,
    2,
  );
  testTampering(
    { file: 'package-lock.json', text, manifest },
    cells('package-lock.json', `"resolved": "${GIT}"`, `"resolved": "${TARBALL}"`),
  );
});

describe('yarn.lock of Yarn 1', () => {
  const text = `# yarn lockfile v1


"report@${TARBALL}":
  version "2.0.0"
  resolved "${TARBALL}#6ae10c6cf7c45f84895b30f1388c36b0053a0562"

"tool@${GIT}":
  version "1.0.0"
  resolved "${GIT}"
`;
  testTampering(
    { file: 'yarn.lock', text, manifest },
    cells('yarn.lock', `resolved "${GIT}"`, `resolved "${TARBALL}`),
  );
});

describe('bun.lock', () => {
  const text = `{
  "lockfileVersion": 1,
  "workspaces": {
    "": { "name": "shop", "dependencies": { "report": "${TARBALL}", "tool": "${GIT}" } },
  },
  "packages": {
    "report": ["report@${TARBALL}", {}, "${HASH}"],

    "tool": ["tool@${GIT}", {}, "${PINNED}"],
  }
}
`;
  testTampering({ file: 'bun.lock', text, manifest }, cells('bun.lock', `tool@${GIT}`, `report@${TARBALL}`));
});
