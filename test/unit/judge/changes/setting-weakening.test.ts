import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settingWeakening } from '../../../../server/src/core/judge/changes/setting-weakening.ts';

const DAY = 1440;

const weakens = (key: string, before: string | undefined, after: string | undefined, age = 0) =>
  settingWeakening({ key, kind: 'other', before, after, span: undefined }, age);

test('what protects less than before, or than by default', () => {
  for (const [key, before, after, age] of [
    ['ignore-scripts', 'true', undefined],
    ['enableScripts', undefined, 'true'],
    ['enableScripts', 'false', undefined],
    ['frozen-lockfile', undefined, 'false'],
    ['minimumReleaseAge', '2880', '1'],
    ['minimumReleaseAge', undefined, '60', DAY],
    ['minimumReleaseAge', '60', undefined, DAY],
    ['min-release-age', undefined, '0'],
    ['npmMinimalAgeGate', undefined, '0', DAY],
    ['minimumReleaseAgeStrict', 'true', 'false'],
    ['allow-git', undefined, 'all'],
    ['allow-git', 'none', undefined],
    ['allow-file', 'none', 'root'],
    ['cafile', undefined, './ca.pem'],
    ['ca', 'a', 'b'],
    ['networkSettings.*.example.test.httpsCaFilePath', undefined, './ca.pem'],
    ['install.security.scanner', '@acme/scanner', undefined],
    ['pnpm.onlyBuiltDependenciesFile', undefined, './list.json'],
    ['npmPreapprovedPackages', undefined, '*'],
    ['approvedGitRepositories', undefined, '**'],
    ['allowScripts.a', 'false', undefined],
    ['pnpm.neverBuiltDependencies', 'a', undefined],
    ['dependenciesMeta.@acme/a@1.0.0.built', 'false', undefined],
  ] as const)
    assert.equal(weakens(key, before, after, age)?.isOfOne, false, `${key} ${before} -> ${after}`);
});

test('what lets one package do more, or wins over the user', () => {
  for (const [key, after] of [
    ['ignore-scripts', 'false'],
    ['--install.ignore-scripts', 'false'],
    ['approvedGitRepositories', 'https://git.example.test/acme/**'],
    ['allowBuilds.a', 'true'],
    ['trustedDependencies', 'a'],
  ] as const)
    assert.equal(weakens(key, undefined, after)?.isOfOne, true, key);
});

test('what protects as much', () => {
  for (const [key, before, after] of [
    ['ignore-scripts', 'false', undefined],
    ['enableScripts', 'true', undefined],
    ['enableScripts', undefined, 'false'],
    ['frozenLockfile', 'false', undefined],
    ['minimumReleaseAge', undefined, '60'],
    ['allow-git', undefined, 'root'],
    ['cafile', './ca.pem', undefined],
    ['install.security.scanner', undefined, '@acme/scanner'],
    ['trustedDependencies', undefined, '[]'],
    ['allowScripts.a', undefined, 'false'],
    ['allowBuilds.a', 'false', undefined],
    ['ignoredBuiltDependencies', 'a', undefined],
  ] as const)
    assert.equal(weakens(key, before, after), undefined, `${key} ${before} -> ${after}`);
});
