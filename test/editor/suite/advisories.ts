import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findings, open } from './documents.ts';
import { test } from './registry.ts';

test('advisories are underlined where a dependency is declared, else where it is locked', async () => {
  const manifest = await open('advisories/package.json');
  const declared = await findings(manifest, 'vulnerable-dependency');
  assert.deepEqual(
    declared.map(({ range }) => manifest.getText(range)),
    ['"4.17.15"', '"3.1.30"'],
  );

  const lockfile = await open('advisories/package-lock.json');
  const locked = await findings(lockfile, 'vulnerable-dependency');
  assert.deepEqual(
    locked.map(({ range }) => lockfile.getText(range)),
    ['"0.0.8"'],
  );
  const [pulledIn] = locked;
  assert.equal(pulledIn?.severity, vscode.DiagnosticSeverity.Error);
  assert.match(
    pulledIn?.message ?? '',
    /^minimist 0\.0\.8 has 2 known vulnerabilities .* Pulled in by mkdirp\./,
  );
  assert.match(pulledIn?.relatedInformation?.[0]?.message ?? '', /mkdirp 0\.5\.1 → minimist 0\.0\.8/);
});

test('the card of a dependency has the advisories on what it brings, and on the version itself', async () => {
  const inManifest = await cardAt('advisories/package.json', '"mkdirp"');
  assert.match(inManifest, /\*\*Pulls in 1 vulnerable package\*\*: minimist 0\.0\.8/);
  assert.match(
    inManifest,
    /Advisory:\*\* minimist 0\.0\.8: \[GHSA-xvch-5gv4-984h\].*critical.*prototype pollution/i,
  );
  const inLockfile = await cardAt('advisories/package-lock.json', '"node_modules/minimist"');
  assert.match(inLockfile, /\*\*2 known vulnerabilities\*\*, fixed in 0\.2\.4/);
  assert.match(inLockfile, /GHSA-vh95-rmgr-6w4m.*fixed in 0\.2\.1/);
  assert.match(inLockfile, /mkdirp/);
});

async function cardAt(path: string, needle: string): Promise<string> {
  const document = await open(path);
  const at = document.positionAt(document.getText().indexOf(needle) + 1);
  const hovers = await ask<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);
  return hovers
    .flatMap(({ contents }) => contents)
    .map((part) => (typeof part === 'string' ? part : part.value))
    .join('\n');
}

async function ask<T>(command: string, ...given: readonly unknown[]): Promise<T> {
  return (await vscode.commands.executeCommand(command, ...given)) as T;
}
