import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Capabilities, PULLING } from './capabilities.ts';
import { FOLDER, startClient } from './test-client.ts';

const FILES = {
  'package.json': '{ "name": "shop", "private": true, "packageManager": "npm@12.2.0" }\n',
  '.npmrc': 'save-exact=true\n',
};
const KIND = 'source.dependencyHygiene.baseline';
const NOWHERE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

test('an action adds the safe configuration, with a preview of each file', async () => {
  const annotating: Capabilities = {
    ...PULLING,
    workspace: {
      ...PULLING.workspace,
      workspaceEdit: {
        documentChanges: true,
        resourceOperations: ['create'],
        changeAnnotationSupport: {},
      },
    },
  };
  const client = await startClient({ files: FILES, capabilities: annotating });
  const uri = `${FOLDER}/package.json`;
  await client.open(uri);
  const [action, ...more] = await client.actions(uri, NOWHERE, [KIND]);
  assert.deepEqual(more, []);
  assert.equal(action?.title, 'Add the safe configuration for npm 12.2.0 (1 setting)');
  const { changeAnnotations } = action.edit!;
  assert.deepEqual(Object.values(changeAnnotations!), [
    {
      label: 'Safe configuration in .npmrc',
      description:
        'min-release-age=3: Most malware is removed within days: install no version younger than 3 days.',
      needsConfirmation: true,
    },
  ]);
  client.apply(action.edit!);
  assert.match(client.disk.get(`${FOLDER}/.npmrc`)!, /^save-exact=true\n# .*\nmin-release-age=3\n$/);
  await client.close();
});

test('there is no action where nothing is missing', async () => {
  const client = await startClient({ files: { ...FILES, '.npmrc': 'save-exact=true\nmin-release-age=3\n' } });
  const uri = `${FOLDER}/package.json`;
  await client.open(uri);
  assert.deepEqual(await client.actions(uri, NOWHERE, [KIND]), []);
  await client.close();
});
