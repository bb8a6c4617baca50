import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { history, incident } from './run-incident.ts';

const URL = 'https://registry.example.test/evil/-/evil-6.6.6.tgz';
const ODD = 'https://files.example.test/download/evil/6.6.6/abcdef';

const yarnOne = (key: string, resolved: string) =>
  `# yarn lockfile v1\n\n\n"${key}":\n  version "6.6.6"\n  resolved "${resolved}"\n`;
const yarnTwo = (url: string) =>
  `__metadata:\n  version: 8\n\n"evil@${url}":\n  version: 6.6.6\n  resolution: "evil@${url}"\n  languageName: node\n  linkType: hard\n`;
const pnpm = (url: string) =>
  `lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      evil:\n        specifier: ${url}\n        version: ${url}\n\npackages:\n\n  evil@${url}:\n    resolution: {tarball: ${url}}\n    version: 6.6.6\n\nsnapshots:\n\n  evil@${url}: {}\n`;
const pnpmFive = `lockfileVersion: 5.4\n\nspecifiers:\n  evil: ${URL}\n\ndependencies:\n  evil: '@registry.example.test/evil/-/evil-6.6.6.tgz'\n\npackages:\n\n  '@registry.example.test/evil/-/evil-6.6.6.tgz':\n    resolution: {tarball: ${URL}}\n    name: evil\n    version: 6.6.6\n    dev: false\n`;
const npm = (resolved: string) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: { '': {}, 'node_modules/evil': { version: '6.6.6', resolved } },
  });

function searched(file: string, text: string) {
  const own = history();
  own.write(file, text);
  own.commit();
  const { code, repositories } = incident(['evil@6.6.6', own.directory, '--history']);
  return { code, ...repositories[0]! };
}

describe("a dependency on the URL of a registry's tarball locks that version", () => {
  for (const [name, file, text] of [
    ['npm', 'package-lock.json', npm(`${URL}?a#b`)],
    ['Yarn 1', 'yarn.lock', yarnOne(`evil@${URL}`, `${URL}#abc`)],
    ['Yarn 2 and later', 'yarn.lock', yarnTwo(URL)],
    ['pnpm', 'pnpm-lock.yaml', pnpm(URL)],
    ['pnpm 5 to 7', 'pnpm-lock.yaml', pnpmFive],
    ['Bun', 'bun.lock', `{ "lockfileVersion": 1, "packages": { "evil": ["evil@${URL}", {}] } }`],
  ] as const)
    test(name, () => {
      const { verdict, findings } = searched(file, text);
      assert.equal(verdict, 'hit-now');
      assert.equal(findings[0]!.packageVersion, '6.6.6');
    });
});

describe('a tarball from elsewhere with the name and version of a bad one is listed as not read', () => {
  for (const [name, file, text] of [
    ['a URL of a layout that is not known', 'package-lock.json', npm(ODD)],
    ['a file', 'package-lock.json', npm('file:vendor/evil-6.6.6.tgz')],
    ['a mirror of Yarn 1', 'yarn.lock', yarnOne('evil@^6.0.0', 'evil-6.6.6.tgz#abc')],
    ['pnpm', 'pnpm-lock.yaml', pnpm(ODD)],
  ] as const)
    test(name, () => {
      const { code, verdict, notRead } = searched(file, text);
      assert.deepEqual([code, verdict], [2, 'unknown']);
      assert.match(notRead[0]!.reason, /tarball of evil 6\.6\.6/);
    });

  test('but no repository of git, and no other version', () => {
    assert.equal(searched('package-lock.json', npm('git+https://git.example.test/evil.git#abc')).code, 0);
    assert.equal(searched('package-lock.json', npm(ODD).replace('"6.6.6"', '"6.6.5"')).code, 0);
  });
});
