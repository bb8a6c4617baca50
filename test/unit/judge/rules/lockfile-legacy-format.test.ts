import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorkspace } from '../../../workspace.ts';

const RULE = 'lockfile-legacy-format';
const rooted = (manager: string, ...files: readonly string[]) =>
  `-- package.json --\n{ "name": "shop"${manager === '' ? '' : `, "packageManager": "${manager}"`} }\n${files.join('')}`;
const file = (name: string, text: string) => `-- ${name} --\n${text}\n`;
const V1 = '{\n  "lockfileVersion": 1,\n  "dependencies": { "a": { "version": "1.0.0" } }\n}';
const V3 = '{\n  "lockfileVersion": 3,\n  "packages": { "": { "name": "shop" } }\n}';
const OLD = '{\n  "name": "shop",\n  "dependencies": { "a": { "version": "1.0.0" } }\n}';
const pnpm = (version: string) => `lockfileVersion: ${version}\n\nspecifiers: {}\n`;
const berry = (version: number) =>
  `__metadata:\n  version: ${version}\n\n"shop@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "shop@workspace:."\n  languageName: unknown\n  linkType: soft`;

/** Returns the marked tokens with severity, message and the command to copy. */
async function found(workspace: string): Promise<readonly (readonly unknown[])[]> {
  const opened = await openWorkspace(workspace);
  return opened.findings(RULE).map((finding) => {
    const marked = opened.text(finding.uri.slice(18))?.slice(finding.span.start, finding.span.end);
    return [marked, finding.severity, finding.message, finding.fixes()[0]?.command];
  });
}

test('npm up to 6', async () => {
  const command = 'npm install --package-lock-only --ignore-scripts --lockfile-version=3';
  for (const name of ['package-lock.json', 'npm-shrinkwrap.json']) {
    assert.deepEqual(await found(rooted('', file(name, V1))), [
      [
        '1',
        'warning',
        `${name} is in the format of npm 5 and 6, which does not record install scripts or peer dependencies. Rewrite it with npm 7 or later.`,
        command,
      ],
    ]);
    assert.deepEqual(await found(rooted('', file(name, OLD))), [
      [
        '{',
        'warning',
        `${name} has no lockfileVersion, as npm up to 4 wrote it, and does not record install scripts or peer dependencies. Rewrite it with npm 7 or later.`,
        command,
      ],
    ]);
  }
});

test('npm-shrinkwrap.json with npm 12', async () => {
  const shrinkwrap = file('npm-shrinkwrap.json', V3);
  assert.deepEqual(await found(rooted('npm@12.2.0', shrinkwrap)), [
    [
      '{',
      'warning',
      'npm 12 does not read npm-shrinkwrap.json, so it locks nothing. Rename it to package-lock.json.',
      'git mv npm-shrinkwrap.json package-lock.json',
    ],
  ]);
  assert.deepEqual(await found(rooted('npm@12.2.0', shrinkwrap, file('package-lock.json', V3))), []);
  for (const manager of ['', 'npm@11.21.0']) assert.deepEqual(await found(rooted(manager, shrinkwrap)), []);
});

test('bun.lockb', async () => {
  const binary = file('bun.lockb', '#!/usr/bin/env bun');
  const [finding, ...more] = await found(rooted('', binary));
  assert.deepEqual(finding?.slice(1), [
    'warning',
    'bun.lockb is binary and cannot be reviewed or checked. Let Bun write bun.lock instead.',
    'bun install --save-text-lockfile --frozen-lockfile --lockfile-only',
  ]);
  assert.deepEqual(more, []);
  const text = file('bun.lock', '{ "lockfileVersion": 1, "workspaces": { "": {} }, "packages": {} }');
  assert.deepEqual(await found(rooted('', binary, text)), []);
});

test('pnpm up to 7', async () => {
  for (const version of ['5', '5.1', '5.4', '5.4-inlineSpecifiers', '4']) {
    const [finding] = await found(rooted('', file('pnpm-lock.yaml', pnpm(version))));
    assert.deepEqual(finding, [
      version,
      'information',
      `pnpm-lock.yaml is in format ${version}, which pnpm up to 7 wrote. Later versions rewrite it at the next install.`,
      'pnpm install --lockfile-only --ignore-scripts',
    ]);
  }
  for (const version of ["'6.0'", "'9.0'"])
    assert.deepEqual(await found(rooted('', file('pnpm-lock.yaml', pnpm(version)))), []);
});

test('formats before 8 with Yarn 4, where that is known to be used', async () => {
  for (const version of [4, 5, 6]) {
    const lock = file('yarn.lock', berry(version));
    assert.deepEqual(await found(rooted('yarn@4.18.1', lock)), [
      [
        `${version}`,
        'information',
        `yarn.lock is in format ${version}, and Yarn 4 rewrites it at the next install. Do that in a separate commit and review what it adds to .yarnrc.yml.`,
        'yarn install --mode=update-lockfile',
      ],
    ]);
    for (const manager of ['', 'yarn@3.8.7']) assert.deepEqual(await found(rooted(manager, lock)), []);
  }
  for (const version of [8, 9, 10])
    assert.deepEqual(await found(rooted('yarn@4.18.1', file('yarn.lock', berry(version)))), []);
  const classic = file('yarn.lock', '# yarn lockfile v1\n\n');
  assert.deepEqual(await found(rooted('yarn@1.22.22', classic)), []);
});

test('versions that are not understood', async () => {
  const of = async (name: string, text: string) =>
    (await found(rooted('', file(name, text))))[0]?.slice(0, 3);
  const said = (name: string, format: string) =>
    `${name} is in format ${format}, which is not supported, so nothing in it is checked.`;
  assert.deepEqual(await of('package-lock.json', V3.replace('3', '99')), [
    '99',
    'information',
    said('package-lock.json', '99'),
  ]);
  assert.deepEqual(await of('pnpm-lock.yaml', pnpm("'13.0'")), [
    "'13.0'",
    'information',
    said('pnpm-lock.yaml', '13.0'),
  ]);
  assert.deepEqual(await of('yarn.lock', berry(99)), ['99', 'information', said('yarn.lock', '99')]);
  assert.deepEqual(await of('bun.lock', '{ "lockfileVersion": 99, "workspaces": {}, "packages": {} }'), [
    '99',
    'information',
    said('bun.lock', '99'),
  ]);
});

test('silent for what is written today, and for files that are not read', async () => {
  for (const name of ['package-lock.json', 'npm-shrinkwrap.json']) {
    assert.deepEqual(await found(rooted('', file(name, V3))), []);
    assert.deepEqual(await found(rooted('', file(name, V3.replace('3', '2')))), []);
    assert.deepEqual(await found(rooted('pnpm@12.21.0', file(name, V1))), []);
  }
  assert.deepEqual(
    await found(rooted('', file('package-lock.json', V1), file('npm-shrinkwrap.json', V3))),
    [],
  );
});

test('silent for a file of which too little is there to tell', async () => {
  for (const text of ['', '{', '{ "lockfileVersion"', '{ "lockfileVersion": ', '{}', '[]'])
    assert.deepEqual(await found(rooted('', file('package-lock.json', text))), [], text);
  for (const name of ['yarn.lock', 'pnpm-lock.yaml', 'bun.lock'])
    assert.deepEqual(await found(rooted('', file(name, ''))), []);
});
