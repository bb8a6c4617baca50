import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setBunScope } from '../../../../server/src/core/read/config/bun/edit-bunfig.ts';
import { readBunfig } from '../../../../server/src/core/read/config/bun/read-bunfig.ts';
import { setYarnScope } from '../../../../server/src/core/read/config/yarn/edit-yarnrc.ts';
import { readYarnrc } from '../../../../server/src/core/read/config/yarn/read-yarnrc.ts';
import { applyEdits } from '../../../../server/src/core/read/text/edit.ts';

const URL = 'https://acme.example.test/';
const LINE = `npmRegistryServer: "${URL}"`;

function yarn(text: string | undefined): string | undefined {
  const file = text === undefined ? undefined : readYarnrc('', text, 'project');
  const edits = setYarnScope(file, '@acme', URL);
  if (edits === undefined) return undefined;
  const after = applyEdits(text ?? '', edits);
  const { problems, scopes } = readYarnrc('', after, 'project');
  assert.deepEqual(problems, [], after);
  assert.equal(scopes.find(({ key }) => key?.value === 'acme')?.server?.value, URL, after);
  return after;
}

function bun(text: string | undefined): string | undefined {
  const file = text === undefined ? undefined : readBunfig('', text, 'project');
  const edits = setBunScope(file, '@acme', URL);
  if (edits === undefined) return undefined;
  const after = applyEdits(text ?? '', edits);
  const { problems, scopes } = readBunfig('', after, 'project');
  assert.deepEqual(problems, [], after);
  assert.ok(
    scopes.some(({ url }) => url?.value === URL),
    after,
  );
  return after;
}

describe('the registry of a scope in .yarnrc.yml', () => {
  const cases: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['no file', undefined, `npmScopes:\n  acme:\n    ${LINE}\n`],
    ['an empty file', '', `npmScopes:\n  acme:\n    ${LINE}\n`],
    ['other settings', 'a: 1', `a: 1\n\nnpmScopes:\n  acme:\n    ${LINE}\n`],
    ['Windows line ends', 'a: 1\r\n', `a: 1\r\n\r\nnpmScopes:\r\n  acme:\r\n    ${LINE}\r\n`],
    [
      'other scopes',
      'npmScopes: # ours\n    b:\n        npmAuthToken: x\nc: d\n',
      `npmScopes: # ours\n    acme:\n      ${LINE}\n    b:\n        npmAuthToken: x\nc: d\n`,
    ],
    [
      'the scope without a server',
      'npmScopes:\n  acme:\n    npmAuthToken: x\n',
      `npmScopes:\n  acme:\n    ${LINE}\n    npmAuthToken: x\n`,
    ],
    ['the scope with nothing', 'npmScopes:\n  acme:\n', `npmScopes:\n  acme:\n    ${LINE}\n`],
    ['no scope', 'npmScopes:\na: 1\n', `npmScopes:\n  acme:\n    ${LINE}\na: 1\n`],
    [
      'another server',
      'npmScopes:\n  acme:\n    npmRegistryServer: https://old.example.test\n',
      `npmScopes:\n  acme:\n    npmRegistryServer: "${URL}"\n`,
    ],
    [
      'a flow map with another server',
      'npmScopes: { acme: { npmRegistryServer: "https://old.example.test" } }\n',
      `npmScopes: { acme: { npmRegistryServer: "${URL}" } }\n`,
    ],
    ['a flow map', 'npmScopes: { b: { npmAuthToken: x } }\n', undefined],
  ];
  for (const [name, before, after] of cases) test(name, () => assert.equal(yarn(before), after));
});

describe('the registry of a scope in bunfig.toml', () => {
  const cases: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['no file', undefined, `[install.scopes]\nacme = "${URL}"\n`],
    ['an empty file', '', `[install.scopes]\nacme = "${URL}"\n`],
    [
      'other tables',
      '[install]\nexact = true',
      `[install]\nexact = true\n\n[install.scopes]\nacme = "${URL}"\n`,
    ],
    [
      'other scopes',
      '[install.scopes] # ours\r\nb = "https://b/"\r\n',
      `[install.scopes] # ours\r\nacme = "${URL}"\r\nb = "https://b/"\r\n`,
    ],
    [
      'another address',
      '[install.scopes]\n"@acme" = "https://old/"\n',
      `[install.scopes]\n"@acme" = "${URL}"\n`,
    ],
    [
      'a table with another address',
      '[install.scopes]\nacme = { url = "https://old/", token = "$T" }\n',
      `[install.scopes]\nacme = { url = "${URL}", token = "$T" }\n`,
    ],
    ['a table without an address', '[install.scopes]\nacme = { token = "$T" }\n', undefined],
    ['an inline table', '[install]\nscopes = { b = "https://b/" }\n', undefined],
  ];
  for (const [name, before, after] of cases) test(name, () => assert.equal(bun(before), after));
});
