import assert from 'node:assert/strict';
import { test } from 'node:test';
import semver from 'semver';
import { isOpen } from '../../../../server/src/core/judge/rules/unbounded-range.ts';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const LOCK = `-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "lodash": "*", "beta": "next", "vue-2": "npm:vue@latest" } },
    "node_modules/lodash": { "version": "4.17.21", "resolved": "https://registry.public.example.test/lodash/-/lodash-4.17.21.tgz", "integrity": "sha512-AA==" },
    "node_modules/beta": { "version": "2.0.0-rc.1", "resolved": "https://registry.public.example.test/beta/-/beta-2.0.0-rc.1.tgz", "integrity": "sha512-AA==" },
    "node_modules/vue-2": { "name": "vue", "version": "2.7.16", "resolved": "https://registry.public.example.test/vue/-/vue-2.7.16.tgz", "integrity": "sha512-AA==" }
  }
}
`;

test('everything without an upper end', () =>
  expectMarks(`-- package.json --
{
  "dependencies": {
    "a": "*",
         ^^^ unbounded-range: "*" of "a" accepts any future major version. Use a bounded range.
    "b": "",
         ^^ unbounded-range
    "c": "x",
         ^^^ unbounded-range
    "d": ">=1.2.3",
         ^^^^^^^^^ unbounded-range
    "e": "> 1",
         ^^^^^ unbounded-range
    "f": "1 || >=2",
         ^^^^^^^^^^ unbounded-range
    "g": "latest",
         ^^^^^^^^ unbounded-range: "latest" of "g" follows a dist-tag, which can move to any major version. Use a bounded range.
    "h": "npm:h2@*"
         ^^^^^^^^^^ unbounded-range
  },
  "devDependencies": {
    "i": "next"
         ^^^^^^ unbounded-range
  },
  "optionalDependencies": {
    "j": ">=1 || <1"
         ^^^^^^^^^^^ unbounded-range
  }
}
`));

test('near misses', () =>
  expectMarks(
    `-- package.json --
{
  "name": "root",
  "private": true,
  "workspaces": ["packages/*"],
  "engines": { "node": ">=22" },
  "dependencies": {
    "a": "^1.2.3",
    "b": "~0.1",
    "c": "0.x",
    "d": ">=1 <3",
    "e": "1 || 2",
    "f": "1.2.3",
    "g": "workspace:*",
    "h": "catalog:",
    "i": "file:./packages/lib",
    "j": "github:a/b",
    "k": "https://files.example.test/k.tgz",
    "@acme/lib": "*",
    "@acme/other": "*",
    "//": "*",
    "l": 1,
    "m": "<= 2",
    "n": "1.x.3.4",
    "o": "*",
    "o": "^1.0.0"
  },
  "peerDependencies": { "react": "*" }
}
-- packages/lib/package.json --
{ "name": "@acme/lib", "version": "1.0.0" }
`,
    { rules: ['unbounded-range'] },
  ));

test('with exactVersions, ranges of packages that cannot be published', () =>
  expectMarks(`-- dependency-hygiene.json --
{ "rules": { "unbounded-range": ["warning", { "exactVersions": true }] } }
-- package.json --
{
  "private": true,
  "workspaces": ["lib"],
  "dependencies": {
    "a": "^1.2.0",
         ^^^^^^^^ unbounded-range: "^1.2.0" of "a" is not exact. Write one version.
    "b": "1.2.0"
  }
}
-- lib/package.json --
{ "name": "lib", "version": "1.0.0", "dependencies": { "a": "^1.2.0" } }
`));

test('fixes bind to what is locked, prereleases and aliases included, and keep the rest of the text', async () => {
  const source = `-- package.json crlf --
{
\t"name": "shop", // the shop
\t"dependencies": { "lodash" :  "*", /* why */
\t\t"beta": "next", "vue-2": "npm:vue@latest" }
}
${LOCK}`;
  const lodash = await fixOf(source, 'unbounded-range', /^Replace with "lodash": "\^4\.17\.21"$/);
  assert.ok(lodash.startsWith(source.split('"*"')[0]!));
  assert.ok(lodash.includes('"dependencies": { "lodash" :  "^4.17.21", /* why */\n\t\t"beta": "next"'));
  assert.ok(
    (await fixOf(source, 'unbounded-range', /"lodash": "4\.17\.21"$/)).includes('"lodash" :  "4.17.21", /*'),
  );
  assert.ok((await fixOf(source, 'unbounded-range', /"beta": "\^2/)).includes('"beta": "^2.0.0-rc.1",'));
  assert.ok(
    (await fixOf(source, 'unbounded-range', /"vue-2": "npm:vue@\^2/)).includes('"vue-2": "npm:vue@^2.7.16"'),
  );
  const workspace = await openWorkspace(source);
  const fixes = workspace.findings('unbounded-range').map((finding) =>
    workspace.snapshot
      .fixesOf(finding)
      .filter((fix) => fix.title.startsWith('Replace'))
      .map((fix) => fix.applicability),
  );
  assert.deepEqual(fixes, [
    ['safe', 'unsafe'],
    ['safe', 'unsafe'],
    ['safe', 'unsafe'],
  ]);
  assert.equal(workspace.findings('unbounded-range')[0]?.version, '4.17.21');
});

test('without a lockfile there is no version to bind to', async () => {
  const workspace = await openWorkspace('-- package.json --\n{ "dependencies": { "a": "*" } }\n');
  const [finding] = workspace.findings('unbounded-range');
  assert.deepEqual(
    workspace.snapshot.fixesOf(finding!).filter((fix) => fix.title.startsWith('Replace')),
    [],
  );
});

test('whether a range has an end is judged from how semver writes it', () => {
  const operators = ['', '^', '~', '>', '>=', '<', '<=', '='];
  const versions = ['*', '1', '1.2.x', '1.2.3', '0.0.0', '1.2.3-rc.1'];
  const simple = operators.flatMap((operator) => versions.map((version) => operator + version));
  for (const left of simple) {
    for (const right of simple) {
      for (const text of [left, `${left} ${right}`, `${left} || ${right}`]) {
        const range = semver.validRange(text, true);
        if (range !== null) assert.equal(isOpen(range), isOpenToSemver(range), `${text} as ${range}`);
      }
    }
  }
});

function isOpenToSemver(range: string): boolean {
  return new semver.Range(range, true).set.some((comparators) =>
    comparators.every(
      ({ operator, semver: version }) =>
        !(version instanceof semver.SemVer) || operator === '>' || operator === '>=',
    ),
  );
}

test('"*" for locked type declarations is a hint only', async () => {
  const severities = async (lock: string) => {
    const workspace = await openWorkspace(`-- package.json --
{ "name": "shop", "dependencies": { "@types/node": "*", "lodash": "*" } }
${lock}`);
    return workspace.findings('unbounded-range').map(({ package: name, severity }) => `${name} ${severity}`);
  };
  const locked = (name: string) =>
    `"node_modules/${name}": { "version": "4.17.21", "resolved": "https://registry.public.example.test/${name}/-/${name.split('/').at(-1)}-4.17.21.tgz", "integrity": "sha512-AA==" }`;
  const lock = `-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "@types/node": "*", "lodash": "*" } },
    ${locked('@types/node')},
    ${locked('lodash')}
  }
}
`;
  assert.deepEqual(await severities(lock), ['@types/node hint', 'lodash warning']);
  assert.deepEqual(await severities(''), ['@types/node warning', 'lodash warning']);
});
