import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findings, open } from './documents.ts';
import { test } from './registry.ts';

test('the hover card tells what the files say, and that no registry was asked', async () => {
  const card = await cardOf('"lodahs"');
  assert.match(card, /lodahs.* 4\.17\.21 locked/);
  assert.match(card, /declares .*\^4\.17\.0/);
  assert.match(card, /Not checked:\W*registry data \(offline\)/);
});

test('the hover card says that the folder is not trusted', async () => {
  const card = await cardOf('"lodahs"');
  assert.match(card, /lodahs.* 4\.17\.21 locked/);
  assert.match(card, /Not checked:.*not trusted/);
}, ['restricted']);

/** Returns the text of our card on a name of the shop's manifest. */
async function cardOf(name: string): Promise<string> {
  const document = await open('shop/package.json');
  await findings(document, 'typosquat-name');
  const position = document.positionAt(document.getText().indexOf(name) + 1);
  const hovers: vscode.Hover[] = await vscode.commands.executeCommand(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  const texts = hovers.flatMap(({ contents }) =>
    contents.map((content) => (typeof content === 'string' ? content : content.value)),
  );
  const card = texts.find((text) => text.includes('locked'));
  assert.ok(card, `no card of ours among: ${texts.join(' | ')}`);
  return card;
}
