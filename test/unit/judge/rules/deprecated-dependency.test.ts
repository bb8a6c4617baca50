import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace, type RegistryDocuments } from '../../../workspace.ts';
import { documentOf, lockOf, manifestOf, strippedOf } from './releases.ts';

const RULE = 'deprecated-dependency';
const request = documentOf({ '2.88.2': { at: '2020-02-11', deprecated: 'request has been deprecated' } });
const glob = documentOf({
  '7.0.0': { at: '2020-01-01', deprecated: 'no longer supported' },
  '7.2.3': { at: '2022-01-01', deprecated: 'no longer supported' },
  '7.3.0': { at: '2024-01-01' },
  '13.0.0': { at: '2026-01-01' },
  '13.1.0': { at: '2026-11-24T01:00:00.000Z' },
});

async function said(source: string, registry: RegistryDocuments) {
  const workspace = await openWorkspace(source, { registry });
  return workspace.findings(RULE).map(({ severity, message }) => `${severity}: ${message}`);
}

const lockWith = (deprecated: string) => `-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "request": "^2.88.0" } },
    "node_modules/request": { "version": "2.88.2", "deprecated": ${JSON.stringify(deprecated)}, "dependencies": { "har-validator": "5" } },
    "node_modules/har-validator": { "version": "5.1.5", "deprecated": "this library is no longer supported" }
  }
}
`;

describe('deprecated-dependency', () => {
  test('at the key, a warning for what the project depends on itself and a hint for others', async () => {
    await expectMarks(
      `${manifestOf(`    "request": "^2.88.0"
    ^^^^^^^^^ deprecated-dependency: request 2.88.2 is deprecated ("request has been deprecated"). Replace it.`)}-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "request": "^2.88.0" } },
    "node_modules/request": { "version": "2.88.2", "dependencies": { "har-validator": "5" } },
    "node_modules/har-validator": { "version": "5.1.5", "deprecated": "this library is no longer supported" }
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ deprecated-dependency: har-validator 5.1.5 is deprecated ("this library is no longer supported"). Update its dependents.
  }
}
`,
      { registry: { request } },
    );
    const all = await said(manifestOf('    "request": "^2.88.0"') + lockWith(''), { request });
    const severities = all.map((text) => text.split(' ').slice(0, 2).join(' '));
    assert.deepEqual(severities.sort(), ['hint: har-validator', 'warning: request']);
  });

  test('the copy in the lockfile counts where the registry cannot be asked, and what the registry says now where it can', async () => {
    const source = manifestOf('    "request": "^2.88.0"') + lockWith('gone');
    const offline = await openWorkspace(source, { settings: { trusted: true } });
    const messages = offline.findings(RULE).map(({ severity, message }) => `${severity}: ${message}`);
    assert.deepEqual(messages.sort(), [
      'hint: har-validator 5.1.5 is deprecated ("this library is no longer supported"). Update its dependents.',
      'warning: request 2.88.2 is deprecated ("gone"). Replace it.',
    ]);
    const { notChecked } = offline.snapshot.diagnose(offline.uri('package.json'));
    assert.ok(notChecked.some(({ rule, reason }) => rule === RULE && reason === 'offline'));
    const undone = documentOf({ '2.88.2': { at: '2020-02-11', deprecated: '' } });
    const now = (await said(source, { request: undone })).filter((text) => text.includes('request'));
    assert.deepEqual(now, []);
  });

  test('advises an update where the publisher deprecates versions, and not the package', async () => {
    const adviceFor = async (reason: string) => {
      const source = manifestOf('    "request": "^2.88.0"') + lockWith(reason);
      const { findings } = await openWorkspace(source, { settings: { trusted: true } });
      return findings(RULE).find(({ message }) => message.startsWith('request '))?.message;
    };
    for (const reason of [
      '< 22.5.0 is no longer supported',
      'This version is no longer supported. Please see the list of versions.',
      'Glob versions prior to v9 are no longer supported',
    ])
      assert.match((await adviceFor(reason)) ?? '', /\. Update it\.$/, reason);
    assert.match((await adviceFor('16.1.1')) ?? '', /\. Update to 16\.1\.1\.$/);
    assert.match((await adviceFor('1.0.0')) ?? '', /\. Replace it\.$/);
    for (const reason of [
      'This is a stub types definition. chalk provides its own type definitions, so you do not need this installed.',
      "This is a stub types definition for Chalk. Chalk provides its own type definitions, so you don't need @types/chalk installed!",
    ])
      assert.match((await adviceFor(reason)) ?? '', /\. Remove it\.$/, reason);
    for (const reason of ['This package is no longer supported.', 'Use another instead'])
      assert.match((await adviceFor(reason)) ?? '', /\. Replace it\.$/, reason);
  });

  test('names a later version that the lockfile has beside it, where no registry is asked', async () => {
    const later = (more: object) => `-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "glob": "^7.0.0", "tool": "1.0.0" } },
    "node_modules/glob": { "version": "7.2.3", "deprecated": "no longer supported" },
    "node_modules/tool": { "version": "1.0.0", "dependencies": { "glob": "13" } },
    "node_modules/tool/node_modules/glob": ${JSON.stringify({ version: '13.0.0', ...more })}
  }
}
`;
    const adviceBeside = async (more: object) => {
      const source = manifestOf('    "glob": "^7.0.0",\n    "tool": "1.0.0"') + later(more);
      const { findings } = await openWorkspace(source, { settings: { trusted: true } });
      return findings(RULE).find(({ message }) => message.startsWith('glob 7'))?.message ?? '';
    };
    assert.match(await adviceBeside({}), /\. Update to 13\.0\.0\.$/);
    assert.match(await adviceBeside({ deprecated: 'gone as well' }), /\. Replace it\.$/);
  });

  test('the lockfile says it of a member whose manifest is not there, and of each version once', async () => {
    const entry = (version: string) => `{ "version": "${version}", "deprecated": "gone" }`;
    const lock = `-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "request": "^2.88.0" } },
    "elsewhere": { "dependencies": { "glob": "7" } },
    "node_modules/request": ${entry('2.88.2')},
    "node_modules/glob": ${entry('7.2.3')},
    "node_modules/a": { "version": "1.0.0", "dependencies": { "glob": "6", "request": "2" } },
    "node_modules/a/node_modules/glob": ${entry('6.0.0')},
    "node_modules/a/node_modules/request": ${entry('2.88.2')},
    "node_modules/b": { "version": "1.0.0", "dependencies": { "glob": "6" } },
    "node_modules/b/node_modules/glob": ${entry('6.0.0')}
  }
}
`;
    assert.deepEqual(await said(manifestOf('    "request": "^2.88.0"') + lock, {}), [
      'warning: glob 7.2.3 is deprecated ("gone"). Replace it.',
      'hint: glob 6.0.0 is deprecated ("gone"). Update its dependents.',
      'warning: request 2.88.2 is deprecated ("gone"). Replace it.',
    ]);
  });

  test('a newer version in the range makes it a hint', async () => {
    assert.deepEqual(
      await said(manifestOf('    "glob": "^7.0.0"') + lockOf('glob', '^7.0.0', '7.2.3'), { glob }),
      ['hint: glob 7.2.3 is deprecated ("no longer supported"). Update to 7.3.0, which is in the range.'],
    );
  });

  test('in a catalog, where its line is the one to change', async () => {
    await expectMarks(
      `-- package.json --
{ "packageManager": "pnpm@11.2.0", "dependencies": { "glob": "catalog:" } }
-- pnpm-workspace.yaml --
catalog:
  glob: 7.2.3
  ^^^^ deprecated-dependency: glob 7.2.3 is deprecated ("no longer supported"). Update to 13.0.0.
`,
      { registry: { glob } },
    );
  });

  test("what is not deprecated any more, what pnpm's settings allow, and other sources are silent", async () => {
    const undone = documentOf({
      '1.0.0': { at: '2020-01-01', deprecated: false },
      '1.0.1': { at: '2020-02-01', deprecated: '' },
    });
    assert.deepEqual(
      await said(manifestOf('    "a": "npm:request@1.0.0",\n    "request": "1.0.1"'), { request: undone }),
      [],
    );
    assert.deepEqual(await said(manifestOf('    "request": "file:../request"'), { request }), []);
    const allowed = `-- package.json --
{ "packageManager": "pnpm@11.2.0", "dependencies": { "request": "2.88.2" } }
-- pnpm-workspace.yaml --
allowedDeprecatedVersions:
  request: "2"
`;
    assert.deepEqual(await said(allowed, { request }), []);
    assert.equal((await said(allowed.replace('"2"\n', '"1"\n'), { request })).length, 1);
  });

  test('the message of the publisher is shown as text of one line', async () => {
    const rude = documentOf({
      '1.0.0': { at: '2020-01-01', deprecated: `see\n[here](command:x)\u202e ${'a'.repeat(500)}` },
    });
    const [text] = await said(manifestOf('    "request": "1.0.0"'), { request: rude });
    assert.match(
      text ?? '',
      /^warning: request 1\.0\.0 is deprecated \("see\ufffd\[here\]\(command:x\)\ufffd a+…"\). Replace it\.$/,
    );
  });

  test('moves to the newest version that is old enough and keeps the operator', async () => {
    const options = { registry: { glob } };
    const exact = await fixOf(
      manifestOf('    "glob": "~7.2.0", // old'),
      RULE,
      /^Replace with "glob": "~13\.0\.0"$/,
      options,
    );
    assert.equal(exact, manifestOf('    "glob": "~13.0.0", // old'));
    const lock = lockOf('g', 'npm:glob@^7.0.0', '7.2.3').replace(
      '"version"',
      '"name": "glob",\n      "version"',
    );
    const inRange = await fixOf(
      manifestOf('    "g": "npm:glob@^7.0.0"') + lock,
      RULE,
      /^Replace with "g": "npm:glob@\^7\.3\.0"$/,
      options,
    );
    assert.ok(inRange.startsWith(manifestOf('    "g": "npm:glob@^7.3.0"')));
  });

  test('what is deprecated itself is no way out', async () => {
    const document = documentOf({
      '7.0.0': { at: '2020-01-01', deprecated: 'x' },
      '7.3.0': { at: '2024-01-01', deprecated: 'y' },
    });
    const texts = await said(manifestOf('    "glob": "7.0.0"'), { glob: document });
    assert.deepEqual(texts, ['warning: glob 7.0.0 is deprecated ("x"). Replace it.']);
  });

  test('replaces it with a widely used package that the publisher names, if the registry has it', async () => {
    const uuid = documentOf({ '10.0.0': { at: '2024-01-01' }, '11.0.0': { at: '2025-01-01' } });
    const document = documentOf({ '3.0.0': { at: '2014-01-01', deprecated: 'Please use uuid instead.' } });
    const source = manifestOf('    "node-uuid" : "3.0.0" // ids');
    const after = await fixOf(source, RULE, /^Replace with "uuid": "\^11\.0\.0"$/, {
      registry: { 'node-uuid': document, uuid },
    });
    assert.equal(after, manifestOf('    "uuid" : "^11.0.0" // ids'));
    const unknown = await said(manifestOf('    "request": "1.0.0"'), {
      request: documentOf({
        '1.0.0': { at: '2014-01-01', deprecated: 'use a-package-nobody-knows instead' },
      }),
      'a-package-nobody-knows': uuid,
    });
    assert.match(unknown[0] ?? '', /. Replace it\.$/);
  });

  test('without times nothing is offered, but it is still said', async () => {
    const texts = await said(manifestOf('    "glob": "7.0.0"'), { glob: strippedOf(glob, ['time']) });
    assert.deepEqual(texts, ['warning: glob 7.0.0 is deprecated ("no longer supported"). Replace it.']);
  });
});
