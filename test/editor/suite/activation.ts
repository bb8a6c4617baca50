import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test } from './registry.ts';

const extensionId = 'dependency-hygiene.dependency-hygiene';

for (const trusted of [true, false]) {
  test(`the extension activates in a ${trusted ? 'trusted' : 'restricted'} folder`, async () => {
    assert.equal(vscode.workspace.isTrusted, trusted);
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension, `${extensionId} is not loaded`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  }, [trusted ? 'trusted' : 'restricted']);
}
