import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hover, MarkupContent } from 'vscode-languageserver/node';
import type { StatusParams } from '../../server/src/lsp/messages.ts';
import { osv } from '../unit/judge/rules/osv.ts';
import { indexOf } from '../workspace.ts';
import { FOLDER, startClient } from './test-client.ts';

const MANIFEST = `${FOLDER}/package.json`;
const DEPENDENCIES = { weak: '1.0.0', lodahs: '1.0.0' };
const entry = { version: '1.0.0', integrity: `sha512-${'A'.repeat(86)}==` };
const files = {
  'package.json': `${JSON.stringify({ private: true, dependencies: DEPENDENCIES }, undefined, 2)}\n`,
  'package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { dependencies: DEPENDENCIES },
      'node_modules/weak': entry,
      'node_modules/lodahs': entry,
    },
  }),
};

/** Returns the card of a dependency in a project with these ignores. */
async function cardOf(part: string, ignores: readonly object[]): Promise<string> {
  const client = await startClient({
    files: { ...files, 'dependency-hygiene.json': JSON.stringify({ ignores }) },
    initializationOptions: { status: true },
    ports: {
      advisories: () =>
        indexOf([
          osv('GHSA-2222-3333-4444', 'weak', '0 1.2.0'),
          osv('GHSA-3333-4444-5555', 'weak', '0 1.2.0'),
        ]),
    },
  });
  await client.open(MANIFEST);
  await client.pull(MANIFEST);
  await client.until(() => (client.statuses.at(-1) as StatusParams | undefined)?.working === false);
  const hover = await client.connection.sendRequest<Hover>('textDocument/hover', {
    textDocument: { uri: MANIFEST },
    position: client.rangeOf(MANIFEST, part).start,
  });
  await client.close();
  return (hover.contents as MarkupContent).value.replaceAll('\\', '');
}

const IGNORE = {
  rule: 'vulnerable-dependency',
  package: 'weak',
  reason: 'build only',
  expires: '2099-03-01',
};

test('the card of an ignored finding says until when, and why', async () => {
  const card = await cardOf('"weak"', [IGNORE]);
  assert.match(card, /2 known vulnerabilities[*]*, ignored until 1 Mar 2099, fixed in 1\.2\.0/);
  assert.match(card, /Ignored.*vulnerable-dependency until 1 Mar 2099: build only/);
  const misspelled = { ...IGNORE, rule: 'typosquat-name', package: 'lodahs' };
  assert.match(await cardOf('"lodahs"', [misspelled]), /typosquat-name until 1 Mar 2099: build only/);
});

test('one of two advisories that is ignored does not hide the other', async () => {
  const card = await cardOf('"weak"', [{ ...IGNORE, id: 'GHSA-2222-3333-4444' }]);
  assert.match(card, /2 known vulnerabilities[*]*, fixed in 1\.2\.0/);
  assert.match(card, /GHSA-2222-3333-4444 until 1 Mar 2099/);
});

test('what does not accept anything here is not on the card', async () => {
  const card = await cardOf('"weak"', [
    { ...IGNORE, expires: '2020-01-01' },
    { ...IGNORE, package: 'other' },
    { ...IGNORE, path: 'docs/**' },
    { ...IGNORE, version: '1.0.1' },
  ]);
  assert.doesNotMatch(card, /gnored|build only/);
});
