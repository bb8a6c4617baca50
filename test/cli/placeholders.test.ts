import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkJson, MIRROR, makeProject } from './run-cli.ts';

const findingsOf = (dependencies: Readonly<Record<string, string>>) =>
  checkJson(
    makeProject({
      'package.json': { name: 'template', dependencies },
      'dependency-hygiene.json': { ...MIRROR, rules: { 'lockfile-missing': 'off' } },
    }),
  ).findings.map(({ rule, package: name }) => `${rule} ${name}`);
const byIndex = (values: readonly string[]) =>
  Object.fromEntries(values.map((value, index) => [`@acme-of-template/part-${index}`, value]));

test('what a generator replaces in a template is no specifier to judge', () => {
  const values = [
    'ELECTRON_FORGE/VERSION',
    'MY_APP_VERSION/LATEST',
    '<%= version %>',
    '^<%= version %>',
    '<%- versions.react %>',
    '{{ version }}',
    '{{version}}',
    '^{{ a/b }}',
    '{{#if x}}1.0.0{{else}}2.0.0{{/if}}',
    '__VERSION__',
    '^__REACT_VERSION__',
    '$VERSION',
    '^$version',
    `$${'{VERSION}'}`,
    `~$${'{versions.react}'}`,
    '%VERSION%',
    '@@VERSION@@',
    '[[version]]',
    '#{version}',
    '<version>',
    'npm:@acme-of-template/other@__VERSION__',
  ];
  assert.deepEqual(findingsOf(byIndex(values)), []);
});

test('a repository and an address are judged, whatever is in them', () => {
  const values = [
    'OWNER/REPOSITORY',
    'NASA/OPEN_MCT',
    'github:owner/repo#{{tag}}',
    'git+https://git.example.test/x.git#$BRANCH',
    'https://files.example.test/{{version}}.tgz',
    'owner/repo#__main__',
  ];
  const found = findingsOf(byIndex(values));
  for (const index of values.keys()) {
    const name = `@acme-of-template/part-${index}`;
    assert.ok(
      found.includes(`exotic-dependency ${name}`) || found.includes(`git-dependency-unpinned ${name}`),
      values[index],
    );
  }
});

test('git with a password and a colon is git, and a part of a fragment that appears twice is invalid', () => {
  const git = findingsOf({ part: 'git+https://user:pass@github.com:owner/repo.git' });
  assert.ok(git.includes('git-dependency-unpinned part'), git.join());
  assert.ok(!git.includes('invalid-specifier part'));
  for (const value of [
    'owner/repo#1234::semver:^1.2.3',
    'owner/repo#path:a::path:b',
    'github:owner/repo#a::b',
    'git+https://github.com/owner/repo.git#semver:^1::semver:^2',
    'git+https://git.example.test/repo.git#path:a::path:b',
  ]) {
    assert.ok(findingsOf({ part: value }).includes('invalid-specifier part'), value);
  }
});
