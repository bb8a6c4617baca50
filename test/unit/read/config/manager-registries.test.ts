import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readBunfig } from '../../../../server/src/core/read/config/bun/read-bunfig.ts';
import { readNpmrc } from '../../../../server/src/core/read/config/npm/read-npmrc.ts';
import { resolveNpmConfig } from '../../../../server/src/core/read/config/npm/resolve-npm-config.ts';
import { readPnpmWorkspace } from '../../../../server/src/core/read/config/pnpm/read-pnpm-workspace.ts';
import { readClassicYarnrc } from '../../../../server/src/core/read/config/yarn/read-classic-yarnrc.ts';
import { readYarnrc } from '../../../../server/src/core/read/config/yarn/read-yarnrc.ts';
import type { RegistrySources } from '../../../../server/src/core/read/manager/model/registry-sources.ts';
import { withManagerRegistries } from '../../../../server/src/core/read/manager/with-manager-registries.ts';

const PUBLIC = 'https://registry.public.example.test/';
const ACME = 'https://acme.example.test/';
const OTHER = 'https://other.example.test/';

interface Given {
  readonly manager: RegistrySources['manager'];
  readonly yarn?: 'classic' | 'berry';
  readonly npmrc?: string;
  readonly pnpmWorkspace?: string;
  readonly yarnrc?: string;
  readonly userYarnrc?: string;
  readonly classic?: string;
  readonly bunfig?: string;
  readonly environment?: Record<string, string>;
  readonly trusted?: boolean;
}

function configOf(given: Given) {
  const { environment = {}, trusted = true } = given;
  const npm = resolveNpmConfig({
    project: given.npmrc === undefined ? undefined : readNpmrc('file:///w/.npmrc', given.npmrc, 'project'),
    environment,
    trusted,
    publicRegistry: PUBLIC,
    mirrors: [],
  });
  const berry = (text: string | undefined, level: 'project' | 'user') =>
    text === undefined ? [] : [readYarnrc(`file:///${level}/.yarnrc.yml`, text, level)];
  const classic =
    given.classic === undefined ? [] : [readClassicYarnrc('file:///w/.yarnrc', given.classic, 'project')];
  return withManagerRegistries(npm, {
    manager: given.manager,
    generation: given.yarn,
    pnpmWorkspace:
      given.pnpmWorkspace === undefined
        ? undefined
        : readPnpmWorkspace('file:///w/pnpm-workspace.yaml', given.pnpmWorkspace),
    yarnrcs: [...berry(given.yarnrc, 'project'), ...classic, ...berry(given.userYarnrc, 'user')],
    bunfig:
      given.bunfig === undefined ? undefined : readBunfig('file:///w/bunfig.toml', given.bunfig, 'project'),
    userBunfig: undefined,
    environment,
    trusted,
  });
}

/** Returns the registry's URL for the name, and its source: a file's name, or the type of another source. */
function served(given: Given, name: string): string {
  const { url, source, usable, trusted } = configOf(given).registryFor(name);
  const by = 'uri' in source ? source.uri.split('/').at(-1) : source.type;
  return `${url} ${by}${usable ? '' : ' unusable'}${trusted ? '' : ' untrusted'}`;
}

describe('which registry serves a name', () => {
  test('npm has no other files', () => {
    const given = {
      manager: 'npm' as const,
      pnpmWorkspace: `registries:\n  '@acme': ${ACME}\n`,
      yarnrc: `npmRegistryServer: ${OTHER}\n`,
      bunfig: `[install]\nregistry = "${OTHER}"\n`,
    };
    assert.equal(served(given, '@acme/a'), `${PUBLIC} default`);
  });

  test('pnpm: `registries` of pnpm-workspace.yaml, then .npmrc', () => {
    const given = {
      manager: 'pnpm' as const,
      npmrc: `registry=${OTHER}\n@acme:registry=${OTHER}\n@b:registry=${OTHER}b/\n`,
      pnpmWorkspace: `registries:\n  default: ${ACME.slice(0, -1)}\n  '@acme': ${ACME}scope\n`,
    };
    assert.equal(served(given, 'a'), `${ACME} pnpm-workspace.yaml`);
    assert.equal(served(given, '@acme/a'), `${ACME}scope/ pnpm-workspace.yaml`);
    assert.equal(served(given, '@b/a'), `${OTHER}b/ .npmrc`);
    const environment = { npm_config_registry: `${OTHER}env/` };
    assert.equal(served({ ...given, environment }, 'a'), `${OTHER}env/ environment`);
  });

  test('Yarn 2 and later: scopes, then the server of all, and never .npmrc', () => {
    const given = {
      manager: 'yarn' as const,
      yarn: 'berry' as const,
      npmrc: `registry=${OTHER}\n@acme:registry=${OTHER}\n`,
      yarnrc: `npmScopes:\n  acme:\n    npmRegistryServer: "${ACME}"\n  bare:\n    npmAuthToken: x\n`,
    };
    assert.equal(served(given, '@acme/a'), `${ACME} .yarnrc.yml`);
    assert.equal(served(given, '@bare/a'), `${PUBLIC} default`);
    assert.equal(served(given, 'a'), `${PUBLIC} default`);
    const all = { ...given, yarnrc: `npmRegistryServer: ${OTHER}y\n` };
    assert.equal(served(all, '@acme/a'), `${OTHER}y/ .yarnrc.yml`);
    assert.equal(
      served({ ...all, userYarnrc: `npmScopes: { acme: { npmRegistryServer: ${ACME} } }` }, '@acme/a'),
      `${ACME} .yarnrc.yml`,
    );
    const environment = { YARN_NPM_REGISTRY_SERVER: ACME };
    assert.equal(served({ ...all, environment }, 'a'), `${ACME} environment`);
  });

  test('Yarn 1: .npmrc, then .yarnrc, first for the scope', () => {
    const given = {
      manager: 'yarn' as const,
      yarn: 'classic' as const,
      npmrc: `@b:registry=${OTHER}\n`,
      classic: `registry "${OTHER}all"\n"@acme:registry" "${ACME}"\n"@b:registry" "${ACME}"\n`,
    };
    assert.equal(served(given, '@acme/a'), `${ACME} .yarnrc`);
    assert.equal(served(given, '@b/a'), `${OTHER} .npmrc`);
    assert.equal(served(given, 'a'), `${OTHER}all/ .yarnrc`);
    assert.equal(served({ ...given, npmrc: `registry=${OTHER}npm\n` }, 'a'), `${OTHER}npm/ .npmrc`);
  });

  test('Bun: .npmrc, then bunfig.toml', () => {
    const given = {
      manager: 'bun' as const,
      npmrc: `@b:registry=${OTHER}\n`,
      bunfig: `[install]\nregistry = { url = "${OTHER}all" }\n[install.scopes]\nacme = "${ACME}"\n"@b" = "${ACME}"\n`,
    };
    assert.equal(served(given, '@acme/a'), `${ACME} bunfig.toml`);
    assert.equal(served(given, '@b/a'), `${OTHER} .npmrc`);
    assert.equal(served(given, 'a'), `${OTHER}all/ bunfig.toml`);
  });

  test('in a folder that is not trusted, its files are named and not believed', () => {
    const trusted = false;
    const yarn = { manager: 'yarn', yarn: 'berry', yarnrc: `npmRegistryServer: ${ACME}\n`, trusted } as const;
    assert.equal(served(yarn, 'a'), `${ACME} .yarnrc.yml untrusted`);
    const user = {
      manager: 'yarn',
      yarn: 'berry',
      userYarnrc: `npmRegistryServer: ${ACME}\n`,
      trusted,
    } as const;
    assert.equal(served(user, 'a'), `${ACME} .yarnrc.yml`);
    const bun = { manager: 'bun', bunfig: `install.registry = "${ACME}"`, trusted } as const;
    assert.equal(served(bun, 'a'), `${ACME} bunfig.toml untrusted`);
    const pnpm = { manager: 'pnpm', pnpmWorkspace: `registries: { default: ${ACME} }`, trusted } as const;
    assert.equal(served(pnpm, 'a'), `${ACME} pnpm-workspace.yaml untrusted`);
  });

  test('no variable leaves through an address of a project file', () => {
    const dollar = '$';
    const environment = { SECRET: 'value' };
    const address = `https://x.example.test/${dollar}{SECRET}/`;
    const yarn = { manager: 'yarn', yarn: 'berry', environment } as const;
    assert.equal(
      served({ ...yarn, yarnrc: `npmRegistryServer: "${address}"` }, 'a'),
      `${address} .yarnrc.yml unusable`,
    );
    assert.equal(
      served({ ...yarn, userYarnrc: `npmRegistryServer: "${address}"` }, 'a'),
      'https://x.example.test/value/ .yarnrc.yml',
    );
    const bun = {
      manager: 'bun',
      environment,
      bunfig: `install.registry = "https://x.example.test/${dollar}SECRET/"`,
    } as const;
    assert.match(served(bun, 'a'), /unusable$/);
  });
});

describe('which credential an address gets', () => {
  const yarn = { manager: 'yarn', yarn: 'berry' } as const;
  const token = (value: string) => ({ type: 'bearer', token: value });

  test('of Yarn, the one beside the address', () => {
    const config = configOf({
      ...yarn,
      yarnrc: `npmRegistryServer: ${OTHER}
npmAuthToken: top
npmScopes:
  acme:
    npmRegistryServer: ${ACME}
    npmAuthToken: scope
npmRegistries:
  //third.example.test/npm:
    npmAuthIdent: user:pass
`,
    });
    assert.deepEqual(config.credentialFor(`${OTHER}a`), token('top'));
    assert.deepEqual(config.credentialFor(ACME), token('scope'));
    assert.deepEqual(config.credentialFor('https://third.example.test/npm/a'), {
      type: 'basic',
      encoded: 'dXNlcjpwYXNz',
    });
    assert.equal(config.credentialFor('https://third.example.test/other'), undefined);
    assert.equal(config.credentialFor('https://third.example.test/npm/../other'), undefined);
    assert.equal(config.credentialFor(PUBLIC), undefined);
    assert.equal(config.credentialFor('https://acme.example.test.evil.example.test/'), undefined);
  });

  test("of Yarn's user file, never for a server that the project's own file names", () => {
    const userYarnrc = 'npmAuthToken: mine\n';
    const taken = configOf({ ...yarn, userYarnrc, yarnrc: `npmRegistryServer: ${OTHER}\n` });
    assert.equal(taken.registryFor('a').url, OTHER);
    assert.equal(taken.credentialFor(OTHER), undefined);
    assert.deepEqual(taken.credentialFor(PUBLIC), token('mine'));
    const beside = `npmRegistryServer: ${ACME}\n${userYarnrc}`;
    const own = configOf({ ...yarn, userYarnrc: beside, yarnrc: `npmRegistryServer: ${OTHER}\n` });
    assert.deepEqual(own.credentialFor(ACME), token('mine'));
    assert.equal(own.credentialFor(OTHER), undefined);
    const environment = { YARN_NPM_REGISTRY_SERVER: OTHER };
    assert.deepEqual(configOf({ ...yarn, userYarnrc, environment }).credentialFor(OTHER), token('mine'));
    assert.equal(configOf({ ...yarn, userYarnrc: beside, environment }).credentialFor(OTHER), undefined);
  });

  test("of Yarn's user file, beside an address with a variable", () => {
    const userYarnrc = `npmScopes:\n  acme:\n    npmRegistryServer: "https://${'$'}{HOST}/npm"\n    npmAuthToken: mine\n`;
    const config = configOf({ ...yarn, userYarnrc, environment: { HOST: 'acme.example.test' } });
    assert.deepEqual(config.credentialFor(`${ACME}npm/a`), token('mine'));
  });

  test('with variables where the project is trusted, and none of a project that is not', () => {
    const yarnrc = `npmRegistryServer: ${OTHER}\nnpmAuthToken: "${'$'}{TOKEN:-}"\n`;
    const environment = { TOKEN: 'secret' };
    assert.deepEqual(configOf({ ...yarn, yarnrc, environment }).credentialFor(OTHER), token('secret'));
    assert.equal(configOf({ ...yarn, yarnrc }).credentialFor(OTHER), undefined);
    assert.equal(configOf({ ...yarn, yarnrc, environment, trusted: false }).credentialFor(OTHER), undefined);
  });

  test('of .npmrc files not for Yarn 2 and later', () => {
    const npmrc = '//acme.example.test/:_authToken=npm\n';
    assert.equal(configOf({ ...yarn, npmrc }).credentialFor(ACME), undefined);
    assert.deepEqual(configOf({ manager: 'pnpm', npmrc }).credentialFor(ACME), token('npm'));
    assert.deepEqual(configOf({ manager: 'yarn', yarn: 'classic', npmrc }).credentialFor(ACME), token('npm'));
  });

  test('of Bun, the one in the table of the address', () => {
    const bunfig = `[install.scopes]
acme = { url = "${ACME}", token = "$TOKEN" }
other = { url = "${OTHER}", username = "u", password = "${'$'}{PW}" }
`;
    const config = configOf({ manager: 'bun', bunfig, environment: { TOKEN: 't', PW: 'p' } });
    assert.deepEqual(config.credentialFor(`${ACME}x`), token('t'));
    assert.deepEqual(config.credentialFor(OTHER), { type: 'basic', encoded: 'dTpw' });
    assert.equal(configOf({ manager: 'bun', bunfig }).credentialFor(ACME), undefined);
    const untrusted = configOf({ manager: 'bun', bunfig, environment: { TOKEN: 't' }, trusted: false });
    assert.equal(untrusted.credentialFor(ACME), undefined);
  });

  test("an address on the host of a package's registry, and not below it, gets no credential of it", () => {
    const config = configOf({
      ...yarn,
      yarnrc: `npmScopes:\n  acme:\n    npmRegistryServer: ${ACME}npm\n    npmAuthToken: scope\n`,
    });
    assert.equal(config.credentialFor(`${ACME}files/a.tgz`), undefined);
    assert.equal(config.credentialFor(`${ACME}files/a.tgz`, '@acme/a'), undefined);
    assert.deepEqual(config.credentialFor(`${ACME}npm/files/a.tgz`, '@acme/a'), token('scope'));
    assert.equal(config.credentialFor(`${ACME}files/a.tgz`, 'a'), undefined);
  });
});
