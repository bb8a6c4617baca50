import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from './registry.ts';

const OURS = 'dependencyHygiene_';

test('assistants find four tools, which answer without a question to the user', async () => {
  const ours = vscode.lm.tools.filter(({ name }) => name.startsWith(OURS));
  assert.deepEqual(ours.map(({ name }) => name.slice(OURS.length)).sort(), [
    'checkNames',
    'checkProject',
    'explainRule',
    'verifyPackage',
  ]);
  const ask = async (tool: string, input: object) => {
    const { content } = await vscode.lm.invokeTool(OURS + tool, { input, toolInvocationToken: undefined });
    return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
  };
  assert.match(await ask('checkNames', { names: ['crossenv'] }), /^crossenv: looks like cross-env /);
  assert.match(
    await ask('verifyPackage', { package: 'left-pad' }),
    /^It is unknown whether left-pad exists, as no registry may be asked\./,
  );
  assert.match(await ask('checkProject', {}), /\/package\.json:\d+ .*lodahs .+ \[malicious-version\]\n/);
  assert.match(await ask('explainRule', { rule: 'typosquat-name' }), /^typosquat-name \(warning/);
}, ['trusted', 'restricted']);
