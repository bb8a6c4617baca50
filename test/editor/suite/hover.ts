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

test('the links of a card run listed commands alone, and these do nothing with wrong arguments', async () => {
  const { value, isTrusted, supportThemeIcons } = await markdownOf('"lodahs"');
  assert.ok(typeof isTrusted === 'object', 'no command is trusted but those listed');
  const trusted = new Set(isTrusted.enabledCommands);
  const used = Array.from(value.matchAll(/<command:([\w.]+)/g), ([, command = '']) => command);
  assert.ok(used.includes('dependencyHygiene.verifyPackage'), value);
  for (const command of used) assert.ok(trusted.has(command), command);
  for (const command of trusted) assert.match(command, /^dependencyHygiene\.(?:server\.)?\w+$/);
  assert.ok(supportThemeIcons);
  const registered = new Set(await vscode.commands.getCommands(true));
  for (const command of trusted) assert.ok(registered.has(command), `${command} exists`);
  const before = vscode.window.activeTextEditor?.document.uri.toString();
  for (const wrong of [
    undefined,
    'x',
    { uri: 'untitled:x', line: 0, character: 0 },
    { uri: before, line: -1 },
  ]) {
    await vscode.commands.executeCommand('dependencyHygiene.openPlace', wrong);
  }
  assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), before);
});

/** Returns the text of our card on a name of the shop's manifest. */
async function cardOf(name: string): Promise<string> {
  return (await markdownOf(name)).value;
}

async function markdownOf(name: string): Promise<vscode.MarkdownString> {
  const document = await open('shop/package.json');
  await findings(document, 'typosquat-name');
  const position = document.positionAt(document.getText().indexOf(name) + 1);
  const hovers: vscode.Hover[] = await vscode.commands.executeCommand(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  const all = hovers.flatMap(({ contents }) => contents);
  const card = all.find(
    (content) => content instanceof vscode.MarkdownString && content.value.includes('locked'),
  );
  assert.ok(card instanceof vscode.MarkdownString, `no card of ours among: ${JSON.stringify(all)}`);
  return card;
}
