import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type DependencyTree,
  type IgnoreResult,
  type RemovedIgnore,
  SERVER_COMMANDS,
  type StatusParams,
} from '../../server/src/lsp/messages.ts';
import { FOLDER, startClient, type TestClient } from './test-client.ts';

const POLICY = `${FOLDER}/dependency-hygiene.json`;
const policy = `{
  // decisions
  "ignores": [
    { "rule": "new-package", "package": "left", "reason": "ours", "expires": "2099-01-01" },
    { "rule": "new-package", "package": "right", "reason": "ours", "expires": "2099-01-01" },
    { "rule": "new-package", "path": "docs/**", "reason": "drafts", "expires": "2099-01-01" },
    { "rule": "new-package", "package": "nobodys", "reason": "gone", "expires": "2099-01-01" }
  ]
}
`;
const files = {
  'dependency-hygiene.json': policy,
  'package.json': '{ "private": true, "dependencies": { "left": "^1.0.0" } }\n',
  'docs/package.json': '{ "private": true, "dependencies": { "right": "^1.0.0" } }\n',
};

async function open(): Promise<TestClient> {
  const client = await startClient({ files, initializationOptions: { status: true } });
  await client.connection.sendRequest('workspace/executeCommand', {
    command: SERVER_COMMANDS.checkWorkspace,
    arguments: [],
  });
  await client.until(() => (client.statuses.at(-1) as StatusParams | undefined)?.working === false);
  return client;
}

async function ignoredIn(client: TestClient) {
  const { projects } = await client.connection.sendRequest<DependencyTree>('workspace/executeCommand', {
    command: SERVER_COMMANDS.listDependencies,
    arguments: [],
  });
  return new Map(
    projects.map(({ label, groups }) => [
      label,
      groups.find(({ type }) => type === 'ignored')?.entries ?? [],
    ]),
  );
}

const remove = (client: TestClient, argument: unknown): Promise<IgnoreResult> =>
  client.connection.sendRequest('workspace/executeCommand', {
    command: SERVER_COMMANDS.removeIgnore,
    arguments: [argument],
  });

async function ignoreOf(client: TestClient, label: string): Promise<RemovedIgnore> {
  const all = [...(await ignoredIn(client)).values()].flat();
  const entry = all.find((one) => one.label === label);
  assert.ok(entry?.ignored, label);
  return entry.ignored;
}

test('an entry is listed for the projects that have what it accepts', async () => {
  const client = await open();
  const byProject = await ignoredIn(client);
  const labels = Object.fromEntries([...byProject].map(([key, all]) => [key, all.map(({ label }) => label)]));
  assert.deepEqual(labels, {
    // What nobody has is still to be found, once.
    workspace: ['left', 'nobodys'],
    docs: ['right', 'docs/**'],
  });
  await client.close();
});

test('an ignore is removed alone, and the comments stay', async () => {
  const client = await open();
  const result = await remove(client, await ignoreOf(client, 'right'));
  assert.ok('line' in result, JSON.stringify(result));
  assert.deepEqual([result.uri, result.line], [POLICY, 3]);
  const [, right] = policy.split('\n').filter((line) => line.includes('"package"'));
  assert.equal(client.disk.get(POLICY), policy.replace(`${right}\n`, ''));
  await client.close();
});

test('an ignore whose file changed meanwhile stays, on the disk as in an editor', async () => {
  const client = await open();
  const left = await ignoreOf(client, 'left');
  const changed = policy.replace('"ours"', '"theirs"');
  client.disk.set(POLICY, changed);
  const onDisk = await remove(client, left);
  assert.ok('problem' in onDisk && /changed on the disk; nothing was changed/.test(onDisk.problem));
  assert.equal(client.disk.get(POLICY), changed);

  await client.open(POLICY);
  const inEditor = await remove(client, left);
  assert.ok('problem' in inEditor && /no longer in dependency-hygiene\.json/.test(inEditor.problem));
  assert.equal(client.textOf(POLICY), changed);
  for (const wrong of [undefined, {}, { uri: POLICY, entry: {} }, { uri: POLICY, entry: { rule: 1 } }])
    assert.ok('problem' in (await remove(client, wrong)), JSON.stringify(wrong));
  const elsewhere = { ...left, uri: 'file:///elsewhere/dependency-hygiene.json' };
  assert.ok('problem' in (await remove(client, elsewhere)));
  await client.close();
});
