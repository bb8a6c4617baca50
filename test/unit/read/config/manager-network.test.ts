import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Transport, transportFor } from '../../../../server/src/core/know/registry/access/transport.ts';
import { readBunfig } from '../../../../server/src/core/read/config/bun/read-bunfig.ts';
import { readNpmrc } from '../../../../server/src/core/read/config/npm/read-npmrc.ts';
import { resolveNpmConfig } from '../../../../server/src/core/read/config/npm/resolve-npm-config.ts';
import { readPnpmWorkspace } from '../../../../server/src/core/read/config/pnpm/read-pnpm-workspace.ts';
import { readClassicYarnrc } from '../../../../server/src/core/read/config/yarn/read-classic-yarnrc.ts';
import { readYarnrc } from '../../../../server/src/core/read/config/yarn/read-yarnrc.ts';
import type { RegistrySources } from '../../../../server/src/core/read/manager/model/registry-sources.ts';
import { withManagerRegistries } from '../../../../server/src/core/read/manager/with-manager-registries.ts';

const URL = 'https://npm.acme.example.test/npm/';
const PLAIN = 'http://npm.acme.example.test/';

interface Given {
  readonly manager: RegistrySources['manager'];
  readonly npmrc?: string;
  readonly userNpmrc?: string;
  readonly pnpmWorkspace?: string;
  /** The file of Yarn 2 and later. */
  readonly yarnrc?: string;
  readonly upperYarnrc?: string;
  readonly userYarnrc?: string;
  /** The file of Yarn 1. */
  readonly classic?: string;
  readonly userClassic?: string;
  readonly bunfig?: string;
  readonly userBunfig?: string;
  readonly environment?: Record<string, string>;
  readonly trusted?: boolean;
}

function transport(given: Given, url = URL): Transport | undefined {
  const { environment = {}, trusted = true } = given;
  const npmrc = (text: string | undefined, level: 'project' | 'user') =>
    text === undefined ? undefined : readNpmrc(`file:///${level}/.npmrc`, text, level);
  const npm = resolveNpmConfig({
    project: npmrc(given.npmrc, 'project'),
    user: npmrc(given.userNpmrc, 'user'),
    ...{ environment, trusted },
    publicRegistry: 'https://registry.public.example.test/',
    mirrors: [],
  });
  const berry = (text: string | undefined, folder: string, level: 'project' | 'user') =>
    text === undefined ? [] : [readYarnrc(`file:///${folder}/.yarnrc.yml`, text, level)];
  const classic = (text: string | undefined, level: 'project' | 'user') =>
    text === undefined ? [] : [readClassicYarnrc(`file:///${level}/.yarnrc`, text, level)];
  const bunfig = (text: string | undefined, level: 'project' | 'user') =>
    text === undefined ? undefined : readBunfig(`file:///${level}/bunfig.toml`, text, level);
  const config = withManagerRegistries(npm, {
    manager: given.manager,
    generation: given.classic === undefined && given.userClassic === undefined ? 'berry' : 'classic',
    pnpmWorkspace:
      given.pnpmWorkspace === undefined
        ? undefined
        : readPnpmWorkspace('file:///project/pnpm-workspace.yaml', given.pnpmWorkspace),
    yarnrcs: [
      ...berry(given.yarnrc, 'project', 'project'),
      ...classic(given.classic, 'project'),
      ...berry(given.upperYarnrc, 'upper', 'project'),
      ...berry(given.userYarnrc, 'user', 'user'),
      ...classic(given.userClassic, 'user'),
    ],
    bunfig: bunfig(given.bunfig, 'project'),
    userBunfig: bunfig(given.userBunfig, 'user'),
    ...{ environment, trusted },
  });
  return transportFor(config, url);
}

/** Returns whether certificates are verified, and whether a file of the project would disable that. */
function strictness(given: Given): readonly [boolean, boolean] | undefined {
  const found = transport(given);
  return found && [found.strictSsl, found.laxnessIgnored];
}

describe('how requests travel in projects of Yarn 2 and later', () => {
  const yarn = (given: Omit<Given, 'manager'>, url = URL) => transport({ manager: 'yarn', ...given }, url);

  test('its own proxies, each for its scheme alone', () => {
    const yarnrc = 'httpProxy: http://plain.example.test/\nhttpsProxy: "http://secure.example.test/"\n';
    assert.equal(yarn({ yarnrc })?.proxy, 'http://secure.example.test/');
    assert.equal(yarn({ yarnrc }, PLAIN)?.proxy, 'http://plain.example.test/');
    assert.equal(yarn({ yarnrc: 'httpProxy: http://plain.example.test/' }), undefined);
    const environment = { YARN_HTTPS_PROXY: 'http://env.example.test/' };
    assert.equal(yarn({ yarnrc, environment })?.proxy, 'http://env.example.test/');
  });

  test('a file of authorities beside the file that names it, the nearest first', () => {
    const given = { yarnrc: 'httpsCaFilePath: certs/ca.pem\n', userYarnrc: 'httpsCaFilePath: /own.pem\n' };
    assert.deepEqual(yarn(given)?.cafile, { path: 'certs/ca.pem', beside: 'file:///project/.yarnrc.yml' });
    const { yarnrc: _, ...own } = given;
    assert.deepEqual(yarn(own)?.cafile, { path: '/own.pem', beside: 'file:///user/.yarnrc.yml' });
    assert.equal(yarn({ yarnrc: 'caFilePath: old.pem\n' })?.cafile?.path, 'old.pem');
    const environment = { HOME: '/home/ana' };
    const userYarnrc = `httpsCaFilePath: "\${HOME}/ca.pem"\nhttpsProxy: "\${PROXY:-http://p.example.test/}"\n`;
    const found = yarn({ userYarnrc, environment });
    assert.deepEqual([found?.cafile?.path, found?.proxy], ['/home/ana/ca.pem', 'http://p.example.test/']);
  });

  test('settings of a host come first, those of the longest glob before others', () => {
    const yarnrc = `httpsCaFilePath: all.pem
httpsProxy: http://all.example.test/
networkSettings:
  "*":
    httpsCaFilePath: star.pem
    httpsProxy: null
  "*.acme.example.test":
    httpsCaFilePath: acme.pem
  "*.other.example.test":
    httpsCaFilePath: other.pem
    httpsProxy: http://other.example.test/
`;
    const found = yarn({ yarnrc });
    assert.deepEqual([found?.cafile?.path, found?.proxy], ['acme.pem', 'http://all.example.test/']);
    assert.equal(yarn({ yarnrc }, 'https://x.other.example.test/')?.proxy, 'http://other.example.test/');
    const upperYarnrc =
      'networkSettings:\n  "*.acme.example.test":\n    httpsProxy: http://up.example.test/\n';
    assert.equal(yarn({ yarnrc, upperYarnrc })?.proxy, 'http://up.example.test/');
    const environment = { YARN_HTTPS_CA_FILE_PATH: '/env.pem' };
    assert.equal(yarn({ yarnrc, environment })?.cafile?.path, 'acme.pem');
  });

  test('a client certificate for a host, or for the default server alone', () => {
    const pair = 'httpsCertFilePath: c.pem\nhttpsKeyFilePath: k.pem\n';
    const user = 'file:///user/.yarnrc.yml';
    const client = {
      certfile: { path: 'c.pem', beside: user },
      keyfile: { path: 'k.pem', beside: user },
    };
    const own = { userYarnrc: `${pair}npmRegistryServer: ${URL}\n` };
    assert.deepEqual(yarn(own)?.client, client);
    assert.equal(yarn(own, 'https://other.example.test/'), undefined);
    // A project cannot have it sent to a server of its choice.
    const lure = { ...own, yarnrc: 'npmRegistryServer: https://lure.example.test/\n' };
    assert.equal(yarn(lure, 'https://lure.example.test/'), undefined);
    const ofHost = `networkSettings:\n  npm.acme.example.test:\n${pair.replace(/^/gm, '    ').trimEnd()}\n`;
    assert.deepEqual(yarn({ userYarnrc: ofHost })?.client, client);
    assert.equal(yarn({ userYarnrc: 'httpsCertFilePath: c.pem\n' }), undefined);
  });

  test('only the user may give up the check of certificates', () => {
    const of = (given: Omit<Given, 'manager'>) => strictness({ manager: 'yarn', ...given });
    const lax = 'enableStrictSsl: false\n';
    assert.deepEqual(of({ userYarnrc: lax }), [false, false]);
    assert.deepEqual(of({ yarnrc: lax }), [true, true]);
    assert.deepEqual(of({ yarnrc: 'enableStrictSsl: 0\n' }), [true, true]);
    assert.deepEqual(of({ upperYarnrc: lax }), [true, true]);
    assert.deepEqual(of({ yarnrc: lax, userYarnrc: lax }), [false, false]);
    assert.deepEqual(of({ yarnrc: lax, environment: { YARN_ENABLE_STRICT_SSL: 'false' } }), [false, false]);
    assert.equal(of({ yarnrc: 'enableStrictSsl: true\n', userYarnrc: lax }), undefined);
  });

  test("the user's .npmrc stands in for what Yarn is not told, the project's does not", () => {
    const npmrc = 'cafile=project.pem\nhttps-proxy=http://project.example.test/\nstrict-ssl=false\n';
    assert.equal(yarn({ npmrc }), undefined);
    const found = yarn({
      npmrc,
      userNpmrc: 'cafile=/own.pem\n',
      yarnrc: 'httpsProxy: http://y.example.test/',
    });
    assert.deepEqual([found?.cafile?.path, found?.proxy], ['/own.pem', 'http://y.example.test/']);
  });

  test('in a project that is not trusted only what is the own says anything', () => {
    const yarnrc = 'httpsCaFilePath: ca.pem\nhttpsProxy: http://lure.example.test/\nenableStrictSsl: false\n';
    assert.equal(yarn({ yarnrc, upperYarnrc: yarnrc, trusted: false }), undefined);
    const found = yarn({ yarnrc, userYarnrc: 'httpsCaFilePath: /own.pem\n', trusted: false });
    assert.deepEqual([found?.cafile?.path, found?.proxy, found?.ofProject], ['/own.pem', undefined, '']);
  });

  test("no variable leaves through a proxy that a project's file names", () => {
    const environment = { TOKEN: 's3cret' };
    assert.equal(
      yarn({ yarnrc: `httpsProxy: "http://\${TOKEN}.lure.example.test/"\n`, environment }),
      undefined,
    );
    assert.equal(yarn({ yarnrc: `httpsProxy: "\${HTTPS_PROXY:-}"\n`, environment }), undefined);
  });

  test('odd settings are left out', () => {
    for (const yarnrc of [
      'httpsProxy: []\nhttpsCaFilePath: {}\nnetworkSettings: 7\n',
      'networkSettings:\n  "*": text\n  "**": null\n',
      'httpsProxy:\nhttpsCaFilePath: ""\nenableStrictSsl:\n',
      `networkSettings:\n  "${'{a,b}'.repeat(50)}":\n    httpsProxy: http://x.example.test/\n`,
    ]) {
      assert.equal(yarn({ yarnrc }), undefined, yarnrc);
    }
  });
});

describe('how requests travel in projects of Yarn 1', () => {
  test('its own file before .npmrc', () => {
    const classic = 'https-proxy "http://yarn.example.test/"\ncafile "certs/ca.pem"\nstrict-ssl false\n';
    const npmrc = 'https-proxy=http://npm.example.test/\nnoproxy=a.example.test\n';
    const found = transport({ manager: 'yarn', classic, npmrc });
    assert.equal(found?.proxy, 'http://yarn.example.test/');
    assert.equal(found?.noProxy, 'a.example.test');
    assert.deepEqual(found?.cafile, { path: 'certs/ca.pem', beside: 'file:///project/.yarnrc' });
    assert.deepEqual([found?.strictSsl, found?.laxnessIgnored], [true, true]);
    assert.deepEqual(strictness({ manager: 'yarn', userClassic: 'strict-ssl false\n' }), [false, false]);
    const plain = { manager: 'yarn', classic: 'proxy "http://yarn.example.test/"\n' } as const;
    assert.equal(transport(plain)?.proxy, 'http://yarn.example.test/');
  });
});

describe('how requests travel in projects of Bun', () => {
  test('`ca` and `cafile` of [install], behind those of .npmrc', () => {
    const bunfig = '[install]\ncafile = "certs/ca.pem"\nca = ["A", "B"]\n';
    const found = transport({ manager: 'bun', bunfig, userBunfig: '[install]\ncafile = "/own.pem"\n' });
    assert.deepEqual(found?.cafile, { path: 'certs/ca.pem', beside: 'file:///project/bunfig.toml' });
    assert.equal(found?.ca, 'A\n\nB');
    assert.ok(found?.ofProject.includes('certs/ca.pem'));
    assert.equal(transport({ manager: 'bun', bunfig, npmrc: 'cafile=npm.pem' })?.cafile?.path, 'npm.pem');
    assert.equal(transport({ manager: 'bun', bunfig: '[install]\nca = "A"\n' })?.ca, 'A');
    assert.equal(transport({ manager: 'npm', bunfig }), undefined);
  });

  test('in a project that is not trusted only what is the own says anything', () => {
    const bunfig = '[install]\ncafile = "certs/ca.pem"\n';
    assert.equal(transport({ manager: 'bun', bunfig, trusted: false }), undefined);
    const found = transport({
      manager: 'bun',
      ...{ bunfig, userBunfig: '[install]\ncafile = "/own.pem"\n', trusted: false },
    });
    assert.deepEqual([found?.cafile?.path, found?.ofProject], ['/own.pem', '']);
  });
});

describe('how requests travel in projects of pnpm', () => {
  test('pnpm-workspace.yaml before .npmrc', () => {
    const pnpmWorkspace =
      'httpProxy: http://plain.example.test/\nhttpsProxy: http://secure.example.test/\nnoProxy: a,b\nstrictSsl: false\n';
    const found = transport({
      manager: 'pnpm',
      pnpmWorkspace,
      npmrc: 'https-proxy=http://npm.example.test/',
    });
    assert.deepEqual([found?.proxy, found?.noProxy], ['http://secure.example.test/', 'a,b']);
    assert.deepEqual([found?.strictSsl, found?.laxnessIgnored], [true, true]);
    assert.equal(transport({ manager: 'pnpm', pnpmWorkspace }, PLAIN)?.proxy, 'http://plain.example.test/');
    assert.equal(transport({ manager: 'pnpm', pnpmWorkspace: 'httpsProxy: false\n' })?.proxy, '');
    assert.equal(transport({ manager: 'pnpm', pnpmWorkspace, trusted: false }), undefined);
    const lax = {
      manager: 'pnpm',
      pnpmWorkspace: 'strictSsl: false\n',
      userNpmrc: 'strict-ssl=false',
    } as const;
    assert.deepEqual(strictness(lax), [false, false]);
  });
});
