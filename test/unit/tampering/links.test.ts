import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openFiles } from '../../workspace.ts';
import { PNPM_LOCK } from './pnpm-lock.ts';
import { type Cell, MINIMIST, ONCE, testTampering, WRAPPY } from './tampered.ts';

/** Entries that were turned into links to a folder of the repository, which package managers install and build. */
const taken = (key: string, name = key) =>
  `The entry "${key}" takes ${name} from a path, but all that leads to it asks for a package of a registry; find out who changed it.`;

const print = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`;
const MANIFEST = print({ name: 'shop', dependencies: { minimist: '^1.2.8', once: '^1.4.0' } });
const EVIL = print({ name: 'minimist', version: '1.2.8', scripts: { postinstall: 'node evil.js' } });

const npmEntry = ({ version, url, sha512 }: typeof WRAPPY, more: object = {}) => ({
  version,
  resolved: url,
  integrity: sha512,
  ...more,
});
const PACKAGES = {
  '': { name: 'shop', dependencies: { minimist: '^1.2.8', once: '^1.4.0' } },
  'node_modules/minimist': npmEntry(MINIMIST),
  'node_modules/once': npmEntry(ONCE, { dependencies: { wrappy: '1' } }),
  'node_modules/wrappy': npmEntry(WRAPPY),
};
const npmLock = (packages: object) => print({ name: 'shop', lockfileVersion: 3, packages });
const LINK = { resolved: 'evil', link: true };

const BUN_LOCK = `{
  "lockfileVersion": 1,
  "workspaces": {
    "": { "name": "shop", "dependencies": { "minimist": "^1.2.8", "once": "^1.4.0" } },
  },
  "packages": {
    "minimist": ["minimist@1.2.8", "", {}, "${MINIMIST.sha512}"],

    "once": ["once@1.4.0", "", { "dependencies": { "wrappy": "1" } }, "${ONCE.sha512}"],

    "wrappy": ["wrappy@1.0.2", "", {}, "${WRAPPY.sha512}"],
  }
}
`;

describe('package-lock.json', () => {
  const linked = ({ version, url, sha512 }: typeof WRAPPY): readonly [string, string] => [
    `"version": "${version}",\n      "resolved": "${url}",\n      "integrity": "${sha512}"`,
    '"resolved": "evil",\n      "link": true',
  ];
  const cell = (title: string, edit: readonly [string, string], key: string, name: string): Cell => ({
    title,
    edits: [edit],
    finds: [{ rule: 'mismatch', token: '"evil"', message: taken(key, name) }],
  });
  testTampering(
    {
      file: 'package-lock.json',
      text: npmLock(PACKAGES),
      manifest: MANIFEST,
      more: { 'evil/package.json': EVIL },
    },
    [
      cell('a dependency of the project', linked(MINIMIST), 'node_modules/minimist', 'minimist'),
      cell('a dependency of a package', linked(WRAPPY), 'node_modules/wrappy', 'wrappy'),
    ],
  );
});

describe('pnpm-lock.yaml', () => {
  const direct = 'specifier: ^1.2.8\n        version: 1.2.8';
  const locked = (version: string) => `specifier: ^1.2.8\n        version: ${version}`;
  testTampering({ file: 'pnpm-lock.yaml', text: PNPM_LOCK, manifest: MANIFEST }, [
    {
      title: 'a dependency of the project',
      edits: [[direct, locked('link:evil')]],
      finds: [{ rule: 'mismatch', token: 'evil', message: taken('minimist') }],
    },
    {
      title: 'a dependency of the project, as a copy of the folder',
      edits: [
        [direct, locked('file:evil')],
        [
          `minimist@1.2.8:\n    resolution: {integrity: ${MINIMIST.sha512}}`,
          'minimist@file:evil:\n    resolution: {directory: evil, type: directory}',
        ],
        ['minimist@1.2.8: {}', 'minimist@file:evil: {}'],
      ],
      finds: [{ rule: 'mismatch', token: 'file:evil', message: taken('minimist') }],
    },
    {
      title: 'a dependency of a package',
      edits: [['wrappy: 1.0.2', 'wrappy: link:evil']],
      finds: [{ rule: 'mismatch', token: 'evil', message: taken('wrappy') }],
    },
  ]);
});

describe('bun.lock', () => {
  const cell = (reference: string, token: string): Cell => ({
    title: reference,
    edits: [[`["minimist@1.2.8", "", {}, "${MINIMIST.sha512}"]`, `["${reference}", {}]`]],
    finds: [{ rule: 'mismatch', token, message: taken('minimist') }],
  });
  testTampering({ file: 'bun.lock', text: BUN_LOCK, manifest: MANIFEST }, [
    cell('minimist@link:./evil', 'link:./evil'),
    cell('minimist@workspace:evil', 'workspace:evil'),
    cell('minimist@root:', 'root:'),
    cell('@root:', 'root:'),
  ]);
});

describe('links that nothing is wrong with', () => {
  const silent = async (files: Readonly<Record<string, string>>) => {
    const workspace = await openFiles(new Map(Object.entries(files)));
    assert.equal(workspace.snapshot.projects[0]?.project.lockfile?.status, 'checked');
    const found = workspace.findings('lockfile-entry-mismatch').map(({ message }) => message);
    assert.deepEqual(found, []);
  };
  const npmLinked = npmLock({ ...PACKAGES, 'node_modules/minimist': LINK, evil: { version: '1.2.8' } });
  const pnpmLinked = PNPM_LOCK.replace('version: 1.2.8', 'version: link:evil');
  const bunLinked = BUN_LOCK.replace(/\["minimist@1.*/, '["minimist@workspace:evil"],');
  const declaring = (more: object) => print({ ...JSON.parse(MANIFEST), ...more });
  const members = { 'package.json': declaring({ workspaces: ['evil'] }), 'evil/package.json': EVIL };

  test('they lead to a member of their name', async () => {
    await silent({ ...members, 'package-lock.json': npmLinked });
    await silent({ ...members, 'bun.lock': bunLinked });
    const pnpm = { 'pnpm-workspace.yaml': 'packages:\n  - evil\n', 'evil/package.json': EVIL };
    await silent({ 'package.json': MANIFEST, ...pnpm, 'pnpm-lock.yaml': pnpmLinked });
    const peer = PNPM_LOCK.replace('wrappy: 1.0.2', 'wrappy: link:evil');
    await silent({ 'package.json': MANIFEST, ...pnpm, 'pnpm-lock.yaml': peer });
  });

  test('they lead to a folder that is a member, of which only the lockfile is there', async () => {
    await silent({ 'package.json': members['package.json'], 'package-lock.json': npmLinked });
    await silent({ 'package.json': members['package.json'], 'bun.lock': bunLinked });
  });

  test('something declares them', async () => {
    const specifiers = { minimist: 'file:evil', once: '^1.4.0' };
    const declared = { ...PACKAGES, '': { name: 'shop', dependencies: specifiers } };
    const lock = npmLock({ ...declared, 'node_modules/minimist': LINK, evil: { version: '1.2.8' } });
    await silent({ 'package.json': declaring({ dependencies: specifiers }), 'package-lock.json': lock });
    // One dependent that does is enough, be it another than the project.
    const member = { resolved: 'packages/a', link: true };
    const ofMember = npmLock({
      ...PACKAGES,
      'node_modules/minimist': LINK,
      'node_modules/a': member,
      'packages/a': { version: '1.0.0', dependencies: { minimist: 'file:../../evil' } },
      evil: { version: '1.2.8' },
    });
    await silent({
      'package.json': declaring({ workspaces: ['packages/*'] }),
      'package-lock.json': ofMember,
    });
  });

  test('an override puts them there', async () => {
    await silent({
      'package.json': declaring({ overrides: { minimist: 'file:evil' } }),
      'package-lock.json': npmLinked,
    });
    const workspace = 'overrides:\n  minimist: link:evil\n';
    await silent({
      'package.json': MANIFEST,
      'pnpm-workspace.yaml': workspace,
      'pnpm-lock.yaml': pnpmLinked.replace('\nimporters', '\noverrides:\n  minimist: link:evil\n\nimporters'),
    });
  });

  test('a .pnpmfile.cjs may, and a folder outside may be a member with a lockfile of its own', async () => {
    const hooked = pnpmLinked.replace('\nimporters', '\npnpmfileChecksum: sha256-AA==\n\nimporters');
    await silent({ 'package.json': MANIFEST, 'pnpm-lock.yaml': hooked });
    await silent({
      'package.json': MANIFEST,
      'pnpm-lock.yaml': pnpmLinked.replace('link:evil', 'link:../evil'),
    });
  });
});
