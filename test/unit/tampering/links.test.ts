import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openFiles } from '../../workspace.ts';
import { openOverCommit } from '../judge/rules/with-registry.ts';
import { PNPM_LOCK } from './pnpm-lock.ts';
import { type Cell, MINIMIST, ONCE, testTampering, WRAPPY } from './tampered.ts';

/** Entries that were turned into links to a folder of the repository, which package managers install and build. */
const taken = (key: string, name = key) =>
  `The entry "${key}" takes ${name} from a path, but its dependents ask for a registry package. Restore the entry from git and find out who changed it.`;

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
    const named = { ...pnpm, 'evil/package.json': EVIL.replace('minimist', 'wrappy') };
    await silent({ 'package.json': MANIFEST, ...named, 'pnpm-lock.yaml': peer });
  });

  test('they lead to what a member publishes of itself', async () => {
    const workspace = { 'pnpm-workspace.yaml': 'packages:\n  - evil\n', 'evil/package.json': EVIL };
    const published = PNPM_LOCK.replace('version: 1.2.8', 'version: link:evil/dist');
    await silent({ 'package.json': MANIFEST, ...workspace, 'pnpm-lock.yaml': published });
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
    // One dependent that does is enough, even if it is not the project.
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

  test('a folder outside may be a member with a lockfile of its own', async () => {
    await silent({
      'package.json': MANIFEST,
      'pnpm-lock.yaml': pnpmLinked.replace('link:evil', 'link:../evil'),
    });
  });
});

describe('pnpm-lock.yaml', () => {
  const found = async (files: Readonly<Record<string, string>>, committed?: string) => {
    const all = { 'package.json': MANIFEST, ...files };
    const source = Object.entries(all).map(([path, text]) => `-- ${path} --\n${text}`);
    const workspace =
      committed === undefined
        ? await openFiles(new Map(Object.entries(all)))
        : await openOverCommit(source.join(''), {}, 'pnpm-lock.yaml', committed);
    const uri = workspace.uri('pnpm-lock.yaml');
    return workspace.findings('lockfile-entry-mismatch').map(({ severity, span }) => {
      const text = workspace.snapshot.textOf(uri)!;
      return `${severity} ${text.slice(span.start, span.end)}`;
    });
  };
  const linked = (to: string) => PNPM_LOCK.replace('version: 1.2.8', `version: ${to}`);
  const hooked = (text: string) =>
    text.replace('\nimporters', '\npnpmfileChecksum: sha256-AA==\n\nimporters');

  test('a link that a .pnpmfile.cjs may make is a warning, and an error where it is new', async () => {
    const text = hooked(linked('link:evil'));
    assert.deepEqual(await found({ 'pnpm-lock.yaml': text }), ['warning evil']);
    assert.deepEqual(await found({ 'pnpm-lock.yaml': text }, hooked(PNPM_LOCK)), ['error evil']);
    assert.deepEqual(await found({ 'pnpm-lock.yaml': text }, `${text}\n`), ['warning evil']);
  });

  test('a link out of the folder is an error where it is new', async () => {
    const text = linked('link:../evil');
    assert.deepEqual(await found({ 'pnpm-lock.yaml': text }, PNPM_LOCK), ['error ../evil']);
  });

  test('a link under the name of a member, or to a member of another name', async () => {
    const workspace = {
      'pnpm-workspace.yaml': 'packages:\n  - member\n  - other\n',
      'member/package.json': '{ "name": "minimist", "version": "1.2.8" }',
      'other/package.json': '{ "name": "other", "version": "1.2.8" }',
    };
    for (const to of ['evil', 'other', 'member2']) {
      const text = linked(`link:${to}`);
      assert.deepEqual(await found({ ...workspace, 'pnpm-lock.yaml': text }), [`error ${to}`]);
    }
    assert.deepEqual(await found({ ...workspace, 'pnpm-lock.yaml': linked('link:member') }), []);
  });

  test('a version that leads to a web address, a file or git', async () => {
    const places = {
      'https://files.example.test/a.tgz': '{tarball: https://files.example.test/a.tgz}',
      'file:a.tgz': '{integrity: sha512-AA==, tarball: file:a.tgz}',
      'git+https://git.example.test/o/a.git#0123456789abcdef0123456789abcdef01234567':
        '{commit: 0123456789abcdef0123456789abcdef01234567, repo: https://git.example.test/o/a.git, type: git}',
    };
    for (const [place, resolution] of Object.entries(places)) {
      const key = `minimist@${place}`;
      const text = linked(place)
        .replace(/ {2}minimist@1.2.8:\n.*/, `  ${key}:\n    resolution: ${resolution}\n    version: 1.2.8`)
        .replace('  minimist@1.2.8: {}', `  ${key}: {}`);
      const errors = (await found({ 'pnpm-lock.yaml': text })).filter((each) => each.startsWith('error '));
      assert.deepEqual(errors, [`error ${place}`], text);
    }
  });

  test('a package with archives for kinds of machines', async () => {
    const binary =
      '{type: binary, archive: tarball, url: https://files.example.test/a.tgz, integrity: sha512-AA==, bin: a}';
    const variations =
      '{type: variations, variants: [{resolution: {type: binary, url: https://files.example.test/a.tgz, integrity: sha512-AA==}, targets: [{os: linux, cpu: x64}]}]}';
    for (const resolution of [binary, variations]) {
      const text = PNPM_LOCK.replace(/resolution: \{integrity: .*\}/, `resolution: ${resolution}`);
      assert.equal(
        (await found({ 'pnpm-lock.yaml': text })).filter((each) => each.startsWith('error ')).length,
        1,
        resolution,
      );
    }
  });
});
