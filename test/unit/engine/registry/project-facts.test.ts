import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HttpRequest, HttpResult } from '../../../../server/src/engine/ports.ts';
import { projectFacts } from '../../../../server/src/engine/registry/project-facts.ts';
import { createProofChecks } from '../../../../server/src/engine/registry/proof-checks.ts';
import { createRegistryClient } from '../../../../server/src/engine/registry/registry-client.ts';
import { DEFAULT_SETTINGS } from '../../../../server/src/engine/settings.ts';
import { largePackument } from '../../../../server/tools/bench/large-packument.ts';
import { openWorkspace, TEST_REGISTRY } from '../../../workspace.ts';

const STATISTICS = 'https://api.public.example.test/';
const PRIVATE = 'https://npm.acme.example.test/';

/** Returns the facts of the workspace's only project over scripted answers; anything else is a 404. */
async function open(
  source: string,
  {
    answers = {},
    statistics = STATISTICS,
    userNpmrc = '',
  }: { answers?: Record<string, unknown>; statistics?: string | undefined; userNpmrc?: string } = {},
) {
  const requests: HttpRequest[] = [];
  const get = async (request: HttpRequest): Promise<HttpResult> => {
    requests.push(request);
    const body = answers[request.url];
    return {
      type: 'answer',
      status: body === undefined ? 404 : 200,
      headers: new Map(),
      body: JSON.stringify(body ?? {}),
    };
  };
  const clock = { now: () => Date.parse('2046-11-24T12:00:00Z') };
  const client = createRegistryClient({ http: { get }, cache: undefined, clock });
  const settings = { ...DEFAULT_SETTINGS, online: true, trusted: true };
  const { snapshot } = await openWorkspace(source, { userNpmrc, settings });
  const { project } = snapshot.projects[0]!;
  return {
    facts: projectFacts({
      ...{ project, settings, client, statistics },
      checks: createProofChecks(undefined, clock),
    }),
    requests,
    urls: () => requests.map(({ url }) => url),
  };
}

const MANIFEST = `-- package.json --
{ "name": "shop", "dependencies": { "left-pad": "^1.0.0", "@acme/ui": "^1.0.0", "intern": "1.0.0" } }
-- dependency-hygiene.json --
{ "internalNames": ["intern"], "privateScopes": [{ "scope": "@hidden" }] }
`;
const MAPPED = `${MANIFEST}-- .npmrc --\n@acme:registry=${PRIVATE}\n`;

describe('facts of a project', () => {
  test('download counts are asked only for what the public registry itself serves', async () => {
    const { facts, urls } = await open(MAPPED);
    for (const name of ['left-pad', '@acme/ui', 'intern', '@hidden/x', 'shop']) {
      await facts.ensure({ kind: 'downloads', name, version: undefined });
    }
    assert.deepEqual(urls(), [`${STATISTICS}downloads/point/last-week/left-pad`]);
    assert.equal(facts.downloads('left-pad').state, 'absent');
    assert.deepEqual(facts.downloads('@acme/ui'), {
      state: 'unavailable',
      reason: 'private',
      detail: 'only names that the public registry itself serves are sent to its statistics',
    });
  });

  test('not for a mirror either, which may serve names of its own', async () => {
    const mirrored = `-- package.json --
{ "name": "shop", "dependencies": { "left-pad": "^1.0.0" } }
-- dependency-hygiene.json --
{ "mirrors": ["https://mirror.example.test/"] }
-- .npmrc --
registry=https://mirror.example.test/
`;
    const { facts, urls } = await open(mirrored);
    await facts.ensure({ kind: 'downloads', name: 'left-pad', version: undefined });
    assert.deepEqual(urls(), []);
    const fact = facts.downloads('left-pad');
    assert.equal(fact.state === 'unavailable' && fact.reason, 'private');
  });

  test('where nobody knows the counts, that is said', async () => {
    const { facts, urls } = await open(MANIFEST, { statistics: '' });
    assert.equal(
      (await facts.ensure({ kind: 'downloads', name: 'left-pad', version: undefined })).state,
      'unavailable',
    );
    assert.deepEqual(urls(), []);
  });

  test('keys are asked without a name, from the registry that serves it, with its credential', async () => {
    const { facts, requests } = await open(MAPPED, {
      userNpmrc: '//npm.acme.example.test/:_authToken=npm_s3cret\n',
    });
    for (const name of ['@acme/ui', 'intern']) await facts.ensure({ kind: 'keys', name, version: undefined });
    assert.deepEqual(
      requests.map(({ url, headers }) => `${url} ${headers.authorization ?? '-'}`),
      [`${PRIVATE}-/npm/v1/keys Bearer npm_s3cret`, `${TEST_REGISTRY}-/npm/v1/keys -`],
    );
    assert.equal(facts.keys('left-pad').state, 'absent');
  });

  test('a version comes from the packument where that has kept all of it, else it is asked for', async () => {
    const document = largePackument({ name: 'left-pad', versions: 100 });
    const numbers = Object.keys(document.versions);
    const [oldest, newest] = [numbers[0]!, numbers.at(-1)!];
    const { facts, urls } = await open(MANIFEST, {
      answers: {
        [`${TEST_REGISTRY}left-pad`]: document,
        [`${TEST_REGISTRY}left-pad/${oldest}`]: document.versions[oldest],
      },
    });
    await facts.ensurePackument('left-pad');
    const known = facts.version('left-pad', newest);
    assert.ok(known.state === 'ready' && known.value.proof?.integrity?.startsWith('sha512-'));
    assert.equal(facts.version('left-pad', newest), known);
    assert.equal(facts.version('left-pad', oldest).state, 'pending');
    const asked = await facts.ensure({ kind: 'version', name: 'left-pad', version: oldest });
    assert.equal(facts.version('left-pad', oldest), asked);
    assert.ok(asked.state === 'ready');
    assert.deepEqual(urls(), [`${TEST_REGISTRY}left-pad`, `${TEST_REGISTRY}left-pad/${oldest}`]);
  });

  test('of the versions that the lockfile has, everything is kept', async () => {
    const document = largePackument({ name: 'left-pad', versions: 100 });
    const [locked] = Object.keys(document.versions);
    const lockfile = {
      lockfileVersion: 3,
      packages: { '': { dependencies: { 'left-pad': '*' } }, 'node_modules/left-pad': { version: locked } },
    };
    const source = `-- package.json --
{ "dependencies": { "left-pad": "*" } }
-- package-lock.json --
${JSON.stringify(lockfile, null, 2)}
`;
    const { facts } = await open(source, { answers: { [`${TEST_REGISTRY}left-pad`]: document } });
    await facts.ensurePackument('left-pad');
    assert.equal(facts.version('left-pad', locked!).state, 'ready');
  });

  test('the short form is not asked for where the full one is known', async () => {
    const { facts, urls } = await open(MANIFEST, {
      answers: { [`${TEST_REGISTRY}left-pad`]: { name: 'left-pad' } },
    });
    await facts.ensurePackument('left-pad');
    assert.equal((await facts.abbreviated.ensure('left-pad')).state, 'ready');
    assert.equal((await facts.abbreviated.ensure('other')).state, 'absent');
    assert.deepEqual(urls(), [`${TEST_REGISTRY}left-pad`, `${TEST_REGISTRY}other`]);
  });

  test('offline=true in .npmrc is as good as no network', async () => {
    const { facts, urls } = await open(`${MANIFEST}-- .npmrc --\noffline=true\n`);
    const fact = await facts.ensurePackument('left-pad');
    assert.deepEqual(fact, { state: 'unavailable', reason: 'offline', detail: 'offline' });
    assert.deepEqual(urls(), []);
  });

  test('the transport of the configuration travels with each request', async () => {
    const { facts, requests } = await open(MAPPED, { userNpmrc: 'https-proxy=http://proxy.example.test/\n' });
    await facts.ensurePackument('@acme/ui');
    assert.equal(requests[0]!.transport?.proxy, 'http://proxy.example.test/');
    assert.equal(requests[0]!.transport?.ofProject, '');
  });

  test('the same from the files of another package manager', async () => {
    const yarnrc = `npmScopes:\n  acme:\n    npmRegistryServer: ${PRIVATE}\nhttpsCaFilePath: certs/ca.pem\n`;
    const { facts, requests } = await open(`${MANIFEST}-- yarn.lock --\n__metadata:\n  version: 8\n
-- .yarnrc.yml --\n${yarnrc}`);
    await facts.ensurePackument('@acme/ui');
    const cafile = requests[0]!.transport?.cafile;
    assert.deepEqual([cafile?.path, cafile?.beside?.endsWith('/.yarnrc.yml')], ['certs/ca.pem', true]);
  });

  test("pnpm's token of a scope goes before the one of the host, and only to that host", async () => {
    const pnpm = (userNpmrc: string) =>
      open(`${MAPPED.replace('"name": "shop"', '"name": "shop", "packageManager": "pnpm@11.7.0"')}`, {
        userNpmrc,
      });
    const tokens =
      '//npm.acme.example.test/:_authToken=host\n//npm.acme.example.test/:@acme:_authToken=scope\n';
    const { facts, requests } = await pnpm(tokens);
    await facts.ensurePackument('@acme/ui');
    await facts.ensurePackument('left-pad');
    const sent = requests.map(({ headers }) => headers.authorization);
    assert.deepEqual(sent, ['Bearer scope', undefined]);
    const npm = await open(MAPPED, { userNpmrc: tokens });
    await npm.facts.ensurePackument('@acme/ui');
    assert.equal(npm.requests[0]!.headers.authorization, 'Bearer host');
  });
});
