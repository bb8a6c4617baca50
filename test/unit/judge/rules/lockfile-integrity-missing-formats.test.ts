import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, openWorkspace } from '../../../workspace.ts';

const RULE = 'lockfile-integrity-missing';
const HASH =
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';
const SHA256 = 'sha256-5oyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDw=';
const MANIFEST = '-- package.json --\n{ "name": "shop" }\n';
const SILENT = { rules: [RULE] };

async function only(source: string): Promise<readonly string[]> {
  const workspace = await openWorkspace(MANIFEST + source);
  return workspace
    .findings(RULE)
    .map(
      ({ uri, span, message }) =>
        `${workspace.snapshot.textOf(uri)?.slice(span.start, span.end)}: ${message}`,
    );
}

describe('pnpm', () => {
  const lock = (...entries: readonly string[]) => `-- pnpm-lock.yaml --
lockfileVersion: '9.0'

importers:

  .: {}

packages:

  good@1.0.0:
    resolution: {integrity: ${HASH}}

${entries.join('\n\n')}

snapshots:

  good@1.0.0: {}
`;
  const runtime = (second: string) => `  node@runtime:24.0.0:
    hasBin: true
    resolution:
      type: variations
      variants:
        - resolution:
            archive: tarball
            bin: bin/node
            integrity: ${SHA256}
            type: binary
            url: https://files.example.test/node-linux.tar.gz
          targets:
            - cpu: x64
              os: linux
        - resolution:
            archive: tarball
            bin: bin/node
${second}            type: binary
            url: https://files.example.test/node-darwin.tar.gz
          targets:
            - cpu: arm64
              os: darwin
    version: 24.0.0`;

  test('a package with a download for each kind of machine has its hashes there', async () => {
    assert.deepEqual(await only(lock(runtime(`            integrity: ${SHA256}\n`))), []);
    assert.deepEqual(await only(lock(runtime(''))), [
      'node@runtime:24.0.0: node 24.0.0 has no integrity hash, so its download is not verified. Restore the entry from git or, if it never had one, remove it and lock it again.',
    ]);
  });

  test('git, folders and files have none by right; a tarball from an address has to have one', async () => {
    const commit = '0123456789abcdef0123456789abcdef01234567';
    const entries = [
      `  git@https://codeload.github.com/o/git/tar.gz/${commit}:\n    resolution: {tarball: https://codeload.github.com/o/git/tar.gz/${commit}}\n    version: 1.0.0`,
      `  repo@git+https://git.example.test/o/repo.git#${commit}:\n    resolution: {commit: ${commit}, repo: https://git.example.test/o/repo.git, type: git}\n    version: 1.0.0`,
      '  folder@file:folder:\n    resolution: {directory: folder, type: directory}',
      '  file@file:file.tgz:\n    resolution: {tarball: file:file.tgz}\n    version: 1.0.0',
      '  url@https://files.example.test/url.tgz:\n    resolution: {tarball: https://files.example.test/url.tgz}\n    version: 1.0.0',
    ];
    assert.deepEqual(await only(lock(...entries)), [
      'url@https://files.example.test/url.tgz: url 1.0.0 has no integrity hash, so its download is not verified. Restore the entry from git or, if it never had one, remove it and lock it again with pnpm 11 or later.',
    ]);
  });
});

describe('Bun', () => {
  const lock = (...entries: readonly string[]) =>
    `-- bun.lock --\n{\n  "lockfileVersion": 1,\n  "workspaces": { "": { "name": "shop" }, "packages/m": { "name": "m" } },\n  "packages": {\n${entries.map((entry) => `    ${entry},\n`).join('')}  }\n}\n`;

  test('packages of the registry, of an address, and those that need none', async () => {
    const entries = [
      `"good": ["good@1.0.0", "", {}, "${HASH}"]`,
      '"empty": ["empty@1.0.0", "", {}, ""]',
      '"url": ["url@https://files.example.test/url.tgz", {}]',
      '"git": ["git@git+https://git.example.test/o/git.git#0123456789abcdef0123456789abcdef01234567", {}, "o-git-0123456"]',
      '"file": ["file@file:file.tgz", {}]',
      '"m": ["m@workspace:packages/m"]',
      '"good/inner": ["inner@1.0.0", "", { "bundled": true }, ""]',
    ];
    assert.deepEqual(
      (await only(lock(...entries))).map((line) => line.split(':', 1)[0]),
      ['"empty"', '"url"'],
    );
  });

  test('a whole file without hashes, though none of its packages has an address', async () => {
    assert.deepEqual(await only(lock('"a": ["a@1.0.0", "", {}, ""]', '"b": ["b@1.0.0", "", {}, ""]')), [
      '1: None of the 2 registry packages in this file has an integrity hash, so no download is verified. Restore the file from git or, if it never had them, remove it and run: bun install --lockfile-only --ignore-scripts',
    ]);
  });
});

describe('Yarn 1', () => {
  const lock = (entry: string) => `-- yarn.lock --
# yarn lockfile v1


${entry}

good@^1.0.0:
  version "1.0.0"
  resolved "https://registry.public.example.test/good/-/good-1.0.0.tgz#c1a464e7693302e082a075cee0c057741ac4772c"
  integrity ${HASH}
`;

  test('of what comes from git, from files, and from a folder of tarballs nothing is due', async () => {
    for (const entry of [
      '"git@git+https://git.example.test/o/git.git":\n  version "1.0.0"\n  resolved "git+https://git.example.test/o/git.git#0123456789abcdef0123456789abcdef01234567"',
      '"file@file:file.tgz":\n  version "1.0.0"\n  resolved "file:file.tgz"',
      'offline@^1.0.0:\n  version "1.0.0"\n  resolved offline-1.0.0.tgz#c1a464e7693302e082a075cee0c057741ac4772c',
    ]) {
      await expectMarks(MANIFEST + lock(entry), SILENT);
    }
  });

  test('a registry package without an address', async () => {
    assert.deepEqual(await only(lock('bare@^1.0.0:\n  version "1.0.0"')), [
      'bare@^1.0.0: bare 1.0.0 has no integrity hash, so its download is not verified. Restore the entry from git or, if it never had one, remove it and lock it again.',
    ]);
  });
});

describe('Yarn 2 and later', () => {
  const entry = (name: string, resolution: string, more = '') =>
    `"${name}@npm:^1.0.0":\n  version: 1.0.0\n  resolution: "${name}@${resolution}"\n${more}  languageName: node\n  linkType: hard\n`;
  const lock = (...entries: readonly string[]) =>
    `-- yarn.lock --\n__metadata:\n  version: 8\n  cacheKey: 10c0\n\n${[
      ...entries,
      '"shop@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "shop@workspace:."\n  languageName: unknown\n  linkType: soft\n',
    ].join('\n')}`;

  test('a whole file without checksums', async () => {
    assert.deepEqual(await only(lock(entry('a', 'npm:1.0.0'), entry('b', 'npm:1.0.0'))), [
      '8: None of the 2 registry packages in this file has a checksum, so no download is verified. Restore the file from git or, if it never had them, remove it and run: yarn install --mode=update-lockfile',
    ]);
  });

  test('git and workspaces have none by right', async () => {
    const good = entry('good', 'npm:1.0.0', '  checksum: 10c0/00\n');
    const git = `"git@https://git.example.test/o/git.git":\n  version: 1.0.0\n  resolution: "git@https://git.example.test/o/git.git#commit=0123456789abcdef0123456789abcdef01234567"\n  languageName: node\n  linkType: hard\n`;
    await expectMarks(MANIFEST + lock(git, good), SILENT);
  });
});

test('npm up to 6: one finding of the file, and none of what was bundled', async () => {
  const entry = { version: '1.0.0', resolved: 'https://registry.example.test/a/-/a-1.0.0.tgz' };
  const source = (dependencies: object) =>
    `-- package-lock.json --\n${JSON.stringify({ lockfileVersion: 1, dependencies }, undefined, 2)}\n`;
  assert.equal((await only(source({ a: entry, b: entry }))).length, 1);
  const inner = { a: { ...entry, bundled: true } };
  assert.deepEqual(await only(source({ b: { ...entry, integrity: HASH, dependencies: inner } })), []);
});
