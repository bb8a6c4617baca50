import assert from 'node:assert/strict';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { findings, folder, open } from './documents.ts';
import { test } from './registry.ts';

/** One workspace as each package manager locks it, and the changes to its lockfile. */
interface Format {
  readonly name: string;
  readonly lockfile: string;
  /** The language that VS Code detects for the lockfile. */
  readonly language: string;
  /** The tokens of three findings: minimist downloads wrappy, tslib comes from elsewhere, inherits has no hash. */
  readonly mismatch: string;
  readonly foreign: string;
  readonly unhashed: string;
  /** The keys of the entries of minimist for the root and for the member. */
  readonly minimist: string;
  readonly membersMinimist: string;
  /** The start of the entry of wrappy, and of once's edge to it: the text, and one that precedes it. */
  readonly wrappy: string;
  readonly edge: readonly [needle: string, after: string];
}

const encoded = (address: string) => encodeURIComponent(address);
const WRAPPY = 'https://registry.example.test/wrappy/-/wrappy-1.0.2.tgz';
const FOREIGN = 'https://downloads.evil.example.test/tslib/-/tslib-2.6.3.tgz';
const SHA1 = {
  wrappy: '#b5243d8f3ec1aa35f1364605bc0d1036e30ab69f',
  tslib: '#0438f810ad7a9edcde7a241c3d80db693c8cbfe0',
};

const FORMATS: readonly Format[] = [
  {
    name: 'npm',
    lockfile: 'package-lock.json',
    language: 'json',
    mismatch: `"${WRAPPY}"`,
    foreign: `"${FOREIGN}"`,
    unhashed: '"node_modules/inherits"',
    minimist: '"node_modules/minimist"',
    membersMinimist: '"packages/app/node_modules/minimist"',
    wrappy: '"node_modules/wrappy"',
    edge: ['"wrappy"', '"node_modules/once"'],
  },
  {
    name: 'yarn-classic',
    lockfile: 'yarn.lock',
    language: 'yarn-lock',
    mismatch: `"${WRAPPY}${SHA1.wrappy}"`,
    foreign: `"${FOREIGN}${SHA1.tslib}"`,
    unhashed: 'inherits@^2.0.4',
    minimist: 'minimist@^1.2.8',
    membersMinimist: 'minimist@^0.2.4',
    wrappy: 'wrappy@1',
    edge: ['wrappy', 'once@^1.4.0'],
  },
  {
    name: 'yarn-berry',
    lockfile: 'yarn.lock',
    language: 'yarn-lock',
    mismatch: encoded(WRAPPY),
    foreign: encoded(FOREIGN),
    unhashed: '"inherits@npm:^2.0.4"',
    minimist: '"minimist@npm:^1.2.8, parse@npm:minimist@~1.2.6"',
    membersMinimist: '"minimist@npm:^0.2.4"',
    wrappy: '"wrappy@npm:1"',
    edge: ['wrappy', '"once@npm:^1.4.0"'],
  },
  {
    name: 'pnpm',
    lockfile: 'pnpm-lock.yaml',
    language: 'yaml',
    mismatch: WRAPPY,
    foreign: FOREIGN,
    unhashed: 'inherits@2.0.4',
    minimist: 'minimist@1.2.8',
    membersMinimist: 'minimist@0.2.4',
    wrappy: 'wrappy@1.0.2',
    edge: ['wrappy', '\nsnapshots:'],
  },
  {
    name: 'bun',
    lockfile: 'bun.lock',
    language: 'jsonc',
    mismatch: `"${WRAPPY}"`,
    foreign: `"${FOREIGN}"`,
    unhashed: '"inherits"',
    minimist: '"minimist"',
    membersMinimist: '"app/minimist"',
    wrappy: '"wrappy": ["',
    edge: ['"wrappy"', '["once@1.4.0"'],
  },
];

for (const format of FORMATS) {
  const manifestPath = `managers/${format.name}/package.json`;
  const lockfilePath = `managers/${format.name}/${format.lockfile}`;

  test(`${format.name}: the altered tokens of the lockfile are underlined, and no more than they`, async () => {
    const document = await open(lockfilePath);
    assert.equal(document.languageId, format.language);
    const underlined = async (rule: string) =>
      (await findings(document, rule)).map(({ range }) => document.getText(range));
    assert.deepEqual(await underlined('lockfile-entry-mismatch'), [format.mismatch]);
    assert.deepEqual(await underlined('lockfile-foreign-source'), [format.foreign]);
    assert.deepEqual(await underlined('lockfile-integrity-missing'), [format.unhashed]);
  });

  test(`${format.name}: inside the lockfile there are cards, links, and an outline with versions`, async () => {
    const document = await open(lockfilePath);
    assert.match(await cardAt(document, positionOf(document, format.wrappy)), /wrappy.* 1\.0\.2 locked/);
    assert.match(await cardAt(document, positionOf(document, ...format.edge)), /wrappy.* 1\.0\.2 locked/);

    const resolved = 20;
    const links = await ask<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri, resolved);
    const link = links.find(({ tooltip }) => tooltip?.startsWith('tslib-2.6.3.tgz from'));
    assert.equal(link?.target?.toString(), FOREIGN);

    const symbols = await ask<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri);
    const all = symbols.flatMap((symbol) => [symbol, ...symbol.children]);
    assert.ok(
      all.some(({ name, detail }) => name === 'tslib' && detail === '2.6.3'),
      all.map(({ name, detail }) => `${name} ${detail}`).join(),
    );
  });

  test(`${format.name}: from a manifest to the lockfile and back, each member by itself`, async () => {
    const manifest = await open(manifestPath);
    assert.equal(await definitionAt(manifest, '"minimist"'), format.minimist);
    const member = await open(`managers/${format.name}/packages/app/package.json`);
    assert.equal(await definitionAt(member, '"minimist"'), format.membersMinimist);

    const lockfile = await open(lockfilePath);
    const at = positionOf(lockfile, format.minimist === '"minimist"' ? '"minimist": ["' : format.minimist);
    const places = await ask<vscode.Location[]>('vscode.executeReferenceProvider', lockfile.uri, at);
    const names = places.map(({ uri }) => uri.fsPath.slice(folder().length + 1));
    assert.ok(names.includes(manifestPath), names.join());
  });

  test(`${format.name}: what is locked stands behind the ranges of a manifest`, async () => {
    const document = await open(manifestPath);
    const hints = await ask<vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      document.uri,
      everythingIn(document),
    );
    const labels = hints.map(({ label }) => (typeof label === 'string' ? label : label[0]!.value));
    for (const version of ['2.0.4', '1.2.8', '2.6.3']) assert.ok(labels.includes(version), labels.join());
  });
}

test('hints can be turned off', async () => {
  const document = await open('managers/npm/package.json');
  const settings = vscode.workspace.getConfiguration('dependencyHygiene');
  const count = async () =>
    (await ask<unknown[]>('vscode.executeInlayHintProvider', document.uri, everythingIn(document))).length;
  assert.notEqual(await count(), 0);
  await settings.update('updateHints', 'off', vscode.ConfigurationTarget.Workspace);
  await settings.update('inlayHints', false, vscode.ConfigurationTarget.Workspace);
  try {
    for (let look = 0; look < 100 && (await count()) > 0; look++);
    assert.equal(await count(), 0);
  } finally {
    await settings.update('inlayHints', undefined, vscode.ConfigurationTarget.Workspace);
    await settings.update('updateHints', undefined, vscode.ConfigurationTarget.Workspace);
  }
});

function ask<T>(command: string, ...parameters: unknown[]): Promise<T> {
  return Promise.resolve(vscode.commands.executeCommand<T>(command, ...parameters));
}

function everythingIn(document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
}

/** Returns the position after the first character of a text that follows another one. */
function positionOf(document: vscode.TextDocument, needle: string, after = ''): vscode.Position {
  const text = document.getText();
  const at = text.indexOf(needle, text.indexOf(after));
  assert.notEqual(at, -1, `${basename(document.fileName)} has ${needle}`);
  return document.positionAt(at + 1);
}

/** Returns the text that the definition of the first `needle` selects. */
async function definitionAt(document: vscode.TextDocument, needle: string): Promise<string> {
  const places = await ask<(vscode.Location | vscode.LocationLink)[]>(
    'vscode.executeDefinitionProvider',
    document.uri,
    positionOf(document, needle),
  );
  const [place] = places;
  assert.ok(place, 'there is a definition');
  const uri = 'targetUri' in place ? place.targetUri : place.uri;
  const range = 'targetUri' in place ? (place.targetSelectionRange ?? place.targetRange) : place.range;
  const target = await vscode.workspace.openTextDocument(uri);
  return target.getText(range);
}

async function cardAt(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await ask<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
  const texts = hovers.flatMap(({ contents }) =>
    contents.map((content) => (typeof content === 'string' ? content : content.value)),
  );
  return texts.find((text) => text.includes('locked')) ?? texts.join(' | ');
}
