// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how npm writes its variables.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { NpmrcLevel } from '../../../../server/src/core/read/config/npm/npmrc.ts';
import { readNpmrc } from '../../../../server/src/core/read/config/npm/read-npmrc.ts';
import { resolveNpmConfig } from '../../../../server/src/core/read/config/npm/resolve-npm-config.ts';

const PUBLIC = 'https://registry.public.example.test/';

interface Case {
  readonly project?: string;
  readonly user?: string;
  readonly global?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly trusted?: boolean;
  readonly mirrors?: readonly string[];
}

function resolve({ project, user, global, environment = {}, trusted = true, mirrors = [] }: Case) {
  const read = (text: string | undefined, level: NpmrcLevel) =>
    text === undefined ? undefined : readNpmrc(`file:///${level}/.npmrc`, text, level);
  return resolveNpmConfig({
    project: read(project, 'project'),
    user: read(user, 'user'),
    global: read(global, 'global'),
    environment,
    trusted,
    publicRegistry: PUBLIC,
    mirrors,
  });
}

describe('resolveNpmConfig', () => {
  test('without any file the public registry serves every name', () => {
    const choice = resolve({}).registryFor('@acme/ui');
    assert.deepEqual(choice, {
      url: PUBLIC,
      trusted: true,
      usable: true,
      scope: undefined,
      source: { type: 'default' },
    });
  });

  test('a scope mapping wins over the default, says which line it is, and gets its slash', () => {
    const config = resolve({
      project: 'registry=https://all.example.test\n@acme:registry=https://acme.example.test/npm',
    });
    const choice = config.registryFor('@acme/ui');
    assert.equal(choice.url, 'https://acme.example.test/npm/');
    assert.equal(choice.scope, '@acme');
    assert.deepEqual(choice.source, {
      type: 'file',
      uri: 'file:///project/.npmrc',
      level: 'project',
      span: { start: 34, end: 78 },
    });
    assert.equal(config.registryFor('@acmeish/ui').url, 'https://all.example.test/');
    assert.equal(config.registryFor('left').url, 'https://all.example.test/');
    assert.equal(config.scopeMapping('@Acme'), undefined);
  });

  test('a project that is not trusted decides nothing that leaves the machine', () => {
    const given = {
      project:
        'registry=https://evil.example.test/${SECRET}/\n//good.example.test/:_authToken=${SECRET}\nx=${SECRET}',
      user: '//good.example.test/:_auth=dTpw',
      environment: { SECRET: 'hush' },
    };
    const config = resolve({ ...given, trusted: false });
    const choice = config.registryFor('lodash');
    assert.equal(choice.trusted, false);
    assert.equal(choice.usable, false);
    assert.ok(!choice.url.includes('hush'));
    assert.equal(config.get('x')?.value, '${SECRET}');
    assert.equal(config.credentialFor('https://evil.example.test/lodash', 'lodash'), undefined);
    assert.deepEqual(config.credentialFor('https://good.example.test/a'), { type: 'basic', encoded: 'dTpw' });

    const trusted = resolve(given);
    assert.equal(trusted.get('x')?.value, 'hush');
    assert.deepEqual(trusted.credentialFor('https://good.example.test/a'), { type: 'bearer', token: 'hush' });
    assert.ok(!trusted.registryFor('lodash').url.includes('hush'), 'no variable in an address of a project');
    assert.equal(trusted.registryFor('lodash').usable, false);
  });

  test("the user's own file may use variables in addresses", () => {
    const config = resolve({
      user: 'registry=https://${HOST}/npm',
      environment: { HOST: 'h.example.test' },
      trusted: false,
    });
    assert.deepEqual(
      [config.registryFor('a').url, config.registryFor('a').trusted, config.registryFor('a').usable],
      ['https://h.example.test/npm/', true, true],
    );
  });

  test('credentials are found on the way up the path, and only for the same host and port', () => {
    const token = (text: string, url: string, name?: string) =>
      resolve({ user: text }).credentialFor(url, name);
    const bearer = (value: string) => ({ type: 'bearer', token: value });
    const both = '//h.example.test/:_authToken=root\n//h.example.test/a/:_authToken=deep\n';
    assert.deepEqual(token(both, 'https://h.example.test/a/@s%2fx'), bearer('deep'));
    assert.deepEqual(token(both, 'https://h.example.test/b/x'), bearer('root'));
    assert.deepEqual(token('//h.example.test:_authToken=bare', 'https://h.example.test/b'), bearer('bare'));
    assert.deepEqual(
      token('//h.example.test/a:_authToken=bare', 'https://h.example.test/a/b'),
      bearer('bare'),
    );
    assert.equal(token('//h.example.test/ab/:_authToken=x', 'https://h.example.test/a/b'), undefined);
    assert.equal(token(both, 'https://h.example.test:8443/a/'), undefined);
    assert.equal(token(both, 'https://evil.h.example.test/a/'), undefined);
    assert.equal(token(both, 'https://h.example.test@evil.example.test/a/'), undefined);
    assert.equal(token(both, 'https://h.example.test.evil.example.test/'), undefined);
    assert.equal(token('_authToken=global', 'https://h.example.test/a/'), undefined);
    assert.deepEqual(token(both, 'https://h.example.test:443/b/x'), bearer('root'));
  });

  test("a credential of the registry's path goes to no other path of the host, however that is spelled", () => {
    const user = '@s:registry=https://h.example.test/npm/\n//h.example.test/npm/:_authToken=t';
    const config = resolve({ user });
    const token = { type: 'bearer', token: 't' };
    for (const path of [
      'files/x',
      'npm/../files/x',
      'npm/%2e%2E/x',
      'npm/.%2e/x',
      'npm\\..\\x',
      'npm/.\t./x',
      'npmx',
      '%6epm/x',
      'x',
    ])
      assert.equal(config.credentialFor(`https://h.example.test/${path}`, '@s/x'), undefined, path);
    for (const path of ['npm/x', 'a/../npm/x', 'npm/./x', 'np\tm/x', 'npm/..x', 'npm/a/../x'])
      assert.deepEqual(config.credentialFor(`https://h.example.test/${path}`, '@s/x'), token, path);
    assert.equal(config.credentialFor('https://other.example.test/x.tgz', '@s/x'), undefined);
  });

  test('a token wins over _auth, and that over a name with a password', () => {
    const key = '//h.example.test/';
    const all = `${key}:username=u\u00fc\n${key}:_password=cMOkc3M=\n`;
    const url = 'https://h.example.test/x';
    assert.deepEqual(resolve({ user: all }).credentialFor(url), {
      type: 'basic',
      encoded: Buffer.from('u\u00fc:p\u00e4ss').toString('base64'),
    });
    assert.deepEqual(resolve({ user: `${all}${key}:_auth=QQ==` }).credentialFor(url), {
      type: 'basic',
      encoded: 'QQ==',
    });
    assert.deepEqual(resolve({ user: `${all}${key}:_auth=QQ==\n${key}:_authToken=T` }).credentialFor(url), {
      type: 'bearer',
      token: 'T',
    });
    assert.equal(resolve({ user: `${key}:username=u` }).credentialFor(url), undefined);
    assert.equal(resolve({ user: `${key}:_authToken=\${MISSING}` }).credentialFor(url), undefined);
    for (const nothing of ['null', 'undefined', 'false', '', '"null"']) {
      const user = `${all}${key}:_authToken=${nothing}\n`;
      assert.equal(resolve({ user }).credentialFor(url)?.type, 'basic', nothing);
    }
  });

  test('public is the public host and what lies below a mirror', () => {
    const config = resolve({ mirrors: ['https://proxy.example.test/npm/'] });
    const isPublic = (url: string) => config.isPublic(url);
    assert.ok(
      isPublic(PUBLIC) && isPublic(`${PUBLIC}a/-/a-1.0.0.tgz`) && isPublic('https://proxy.example.test/npm'),
    );
    assert.ok(isPublic('https://proxy.example.test/npm/a'));
    assert.ok(
      !isPublic('https://proxy.example.test/npm-private/a') && !isPublic('https://proxy.example.test/'),
    );
    for (const up of ['..', '%2e%2E', '.%2e', '..\\\\..'])
      assert.ok(!isPublic(`https://proxy.example.test/npm/${up}/private/a`), up);
    assert.ok(isPublic('https://proxy.example.test/npm/a..b/..c'));
    assert.ok(
      !isPublic('https://example.test/') &&
        !isPublic('nonsense') &&
        !isPublic(`${PUBLIC.slice(0, -1)}.evil.test/`),
    );
  });
});

describe("npm's own configuration reader agrees", () => {
  let home = '';
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'npm-config-'));
  });
  after(() => rm(home, { recursive: true, force: true }));

  const LEVELS: readonly [NpmrcLevel | 'environment', string][] = [
    ['environment', 'https://env.example.test/'],
    ['project', 'https://project.example.test/'],
    ['user', 'https://user.example.test/'],
    ['global', 'https://global.example.test/'],
  ];
  const SCOPES = ['https://scope.example.test/x/', '', 'https://${HOST}/', '${MISSING?}', '\\${HOST}'];

  test('on which level decides and what it says', async () => {
    let compared = 0;
    for (let set = 0; set < 1 << LEVELS.length; set++) {
      const present = LEVELS.filter((_, index) => (set & (1 << index)) !== 0);
      const texts = Object.fromEntries(
        present.map(([level, url]) => [level, `registry=${url}\nignore-scripts=${level === 'user'}`]),
      );
      const environment: Record<string, string> = { HOST: 'h.example.test' };
      if (texts.environment !== undefined) {
        environment.NPM_CONFIG_REGISTRY = LEVELS[0]![1];
        environment.npm_config_ignore_scripts = 'false';
      }
      const { environment: _, ...files } = texts;
      const npm = await readWithNpm(join(home, `levels-${set}`), files, environment);
      const ours = resolve({ ...files, environment });
      const expected = npm.get('registry');
      if (present.length > 0) assert.equal(ours.registryFor('x').url, expected);
      else assert.equal(ours.registryFor('x').source.type, 'default');
      assert.equal(ours.get('ignore-scripts')?.value ?? 'false', String(npm.get('ignore-scripts')));
      compared++;
    }
    assert.equal(compared, 16);
  });

  test('on scopes, variables, and addresses without a host', async () => {
    const environment = { HOST: 'h.example.test', 'npm_config_@env:registry': 'https://e.example.test/' };
    for (const [index, value] of SCOPES.entries()) {
      const user = `@s:registry=${value}\nregistry=nonsense\nregistry = "https://quoted.example.test/"`;
      const project = '@other:registry=https://o.example.test/\n@Other:registry=https://p.example.test/';
      const npm = await readWithNpm(join(home, `scopes-${index}`), { user, project }, environment);
      const ours = resolve({ user, project, environment });
      for (const scope of ['@s', '@env', '@other', '@Other', '@none']) {
        const expected = npm.get(`${scope}:registry`);
        const url = ours.scopeMapping(scope)?.url;
        assert.equal(
          url,
          expected === undefined || expected === '' ? undefined : String(expected).replace(/\/?$/, '/'),
          scope,
        );
      }
      assert.equal(ours.registryFor('x').url, npm.get('registry'));
    }
  });
});

interface NpmReader {
  load(): Promise<void>;
  validate(): boolean;
  get(key: string): unknown;
}

async function readWithNpm(
  directory: string,
  files: Partial<Record<NpmrcLevel, string>>,
  environment: Readonly<Record<string, string>>,
): Promise<NpmReader> {
  const require = createRequire(import.meta.url);
  const Config = require('@npmcli/config') as new (options: object) => NpmReader;
  const definitions = require('@npmcli/config/lib/definitions') as Record<string, unknown>;
  const place = (name: string) => join(directory, name);
  for (const name of ['home', 'project', 'prefix/etc', 'npm']) await mkdir(place(name), { recursive: true });
  await writeFile(place('project/package.json'), '{}');
  const paths = { project: 'project/.npmrc', user: 'home/.npmrc', global: 'prefix/etc/npmrc' };
  for (const [level, text] of Object.entries(files)) await writeFile(place(paths[level as NpmrcLevel]), text);
  const npm = new Config({
    ...definitions,
    npmPath: place('npm'),
    // npm sets variables for its children in this object.
    env: {
      HOME: place('home'),
      PREFIX: place('prefix'),
      npm_config_userconfig: place('home/.npmrc'),
      ...environment,
    },
    argv: ['node', 'npm'],
    cwd: place('project'),
    warn: false,
  });
  await npm.load();
  npm.validate();
  return npm;
}
