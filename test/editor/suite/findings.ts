import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { test } from './registry.ts';

test('findings of the demo stand at the name, and none stands twice', async () => {
  const document = await open('shop/package.json');
  const found = await findings(document, 'typosquat-name');
  const names = found.map(({ range }) => document.getText(range).replaceAll('"', ''));
  assert.ok(names.includes('lodahs'), `lodahs is not among ${names.join(', ')}`);
  const all = vscode.languages.getDiagnostics(document.uri);
  const keys = all.map(({ range, code, message }) => JSON.stringify([range, code, message]));
  assert.equal(new Set(keys).size, keys.length);
  assert.equal(new Set(names).size, names.length);
});

test('a finding names its rule and links to the page of it', async () => {
  const [finding] = await findings(await open('shop/package.json'), 'typosquat-name');
  const code = finding?.code;
  assert.ok(typeof code === 'object', 'the code carries a link');
  assert.match(code.target.toString(), /typosquat-name/);
});

test('the quick fix for a private scope without a registry writes .npmrc', async () => {
  write('private-scope/dependency-hygiene.json', { privateScopes: ['@acme'] });
  const manifest = {
    name: '@acme/shop',
    version: '1.0.0',
    publishConfig: { registry: 'https://npm.acme.example.test/' },
    dependencies: { '@acme/ui': '^1.0.0' },
  };
  write('private-scope/package.json', manifest);
  const document = await open('private-scope/package.json');
  const [finding] = await findings(document, 'scope-registry-missing');
  await perform(await codeAction(document, finding!.range, vscode.CodeActionKind.QuickFix, /\.npmrc/));
  const npmrc = await open('private-scope/.npmrc');
  assert.ok(await npmrc.save(), '.npmrc can be saved');
  assert.match(
    readFileSync(npmrc.fileName, 'utf8'),
    /^@acme:registry=https:\/\/npm\.acme\.example\.test\/$/m,
  );
  await gone(document, 'scope-registry-missing');
});

test('fix-all applies safe fixes and no other', async () => {
  const url = 'git+http://git.example.test/team/tool.git#0123456789abcdef0123456789abcdef01234567';
  write('fix-all/package.json', {
    name: 'fix-all',
    version: '1.0.0',
    dependencies: { tool: url, lodahs: '^4.0.0' },
  });
  const document = await open('fix-all/package.json');
  await findings(document, 'insecure-url');
  const whole = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
  const kind = vscode.CodeActionKind.SourceFixAll.append('dependencyHygiene');
  await perform(await codeAction(document, whole, kind, /./));
  assert.match(document.getText(), /git\+https:\/\/git\.example\.test/);
  assert.match(document.getText(), /"lodahs"/);
});

test('findings answer in Restricted Mode too', async () => {
  const found = await findings(await open('shop/package.json'), 'typosquat-name');
  assert.ok(found.length > 0);
}, ['restricted']);

function folder(): string {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first, 'a folder is open');
  return first.uri.fsPath;
}

function write(path: string, value: unknown): void {
  const full = join(folder(), path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, `${JSON.stringify(value, null, 2)}\n`);
}

async function open(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(join(folder(), path));
  await vscode.window.showTextDocument(document);
  return document;
}

/** The findings of a rule on a document, as soon as there is one. */
function findings(document: vscode.TextDocument, rule: string): Promise<vscode.Diagnostic[]> {
  return onceDiagnostics(() => {
    const found = ofRule(document, rule);
    return found.length > 0 ? found : undefined;
  }, `a finding of ${rule}`);
}

/** Settles when no finding of a rule is left on a document. */
function gone(document: vscode.TextDocument, rule: string): Promise<boolean> {
  return onceDiagnostics(() => ofRule(document, rule).length === 0 || undefined, `no finding of ${rule}`);
}

function ofRule(document: vscode.TextDocument, rule: string): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ code }) => (typeof code === 'object' ? code.value : code) === rule);
}

/** What `check` answers, asked now and after each change of diagnostics until it answers something. */
function onceDiagnostics<T>(check: () => T | undefined, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const ask = () => {
      const answer = check();
      if (answer === undefined) return;
      clearTimeout(timer);
      listener.dispose();
      resolve(answer);
    };
    const listener = vscode.languages.onDidChangeDiagnostics(ask);
    const timer = setTimeout(() => {
      listener.dispose();
      reject(new Error(`waited for ${what} in vain`));
    }, 10_000);
    ask();
  });
}

/** The code action of a kind whose title matches. VS Code drops the answers when anything changes while it asks. */
async function codeAction(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind: vscode.CodeActionKind,
  title: RegExp,
): Promise<vscode.CodeAction> {
  const resolved = 50;
  let titles: string[] = [];
  for (let ask = 0; ask < 10; ask++) {
    const actions: vscode.CodeAction[] = await vscode.commands.executeCommand(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      kind.value,
      resolved,
    );
    const found = actions.find((action) => title.test(action.title));
    if (found !== undefined) return found;
    titles = actions.map((action) => action.title);
    await delay(200);
  }
  throw new Error(`no code action matches ${title}; there are: ${titles.join('; ') || 'none'}`);
}

async function perform(action: vscode.CodeAction): Promise<void> {
  if (action.edit) assert.ok(await vscode.workspace.applyEdit(action.edit), 'the edit applies');
  if (action.command) {
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
  }
}
