import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace, TEST_REGISTRY } from '../../../workspace.ts';

const RULE = 'insecure-url';
const SHA = '0123456789abcdef0123456789abcdef01234567';

describe('insecure-url', () => {
  test('registries in .npmrc, the last line of a key', () =>
    expectMarks(`-- package.json --
{}
-- .npmrc --
# registry=http://comment.example.test/
registry=https://npm.example.test/
@acme:registry=http://overridden.example.test/
@acme:registry="http://npm.acme.example.test:8080/"
                ^^^^ insecure-url: The setting "@acme:registry" asks npm.acme.example.test:8080 over http, so anyone on the network path can replace its packages. Use https.
@dev:registry = HTTP://localhost:4873/
                ^^^^ insecure-url: The setting "@dev:registry" names localhost:4873 over http, which is a different machine for everybody else. Name a host that everybody can reach.
proxy=http://proxy.example.test:3128/
https-proxy=http://proxy.example.test:3128/
`));

  test('publishConfig and dependencies', () =>
    expectMarks(`-- package.json --
{
  "publishConfig": { "registry": "http://npm.example.test/" },
                                  ^^^^ insecure-url
  "dependencies": {
    "a": "http://files.example.test/a.tgz",
          ^^^^ insecure-url: "a" is fetched from files.example.test over http, so anyone on the network path can replace it. Use https.
    "b": "git://git.example.test/b.git#${SHA}",
          ^^^ insecure-url
    "c": "git+http://git.example.test/c.git",
          ^^^^^^^^ insecure-url
    "d": "git+https://git.example.test/d.git",
    "e": "git+ssh://git@git.example.test/e.git",
    "f": "https://files.example.test/f.tgz",
    "g": "github:acme/g",
    "http": "^1.0.0"
  },
  "peerDependencies": { "h": "http://files.example.test/h.tgz" },
  "peerDependenciesMeta": { "h": { "optional": true } }
}
`));

  test('locked packages; integrity makes it a warning, the public registry is asked by its own scheme', async () => {
    const source = `-- package.json --
{ "dependencies": { "a": "http://files.example.test/a.tgz", "b": "^1.0.0", "c": "^1.0.0", "d": "^1.0.0" } }
                          ^^^^ insecure-url: "a" is fetched from files.example.test over http, and only the integrity hash in the lockfile protects it. Use https.
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "a": "http://files.example.test/a.tgz", "b": "^1.0.0", "c": "^1.0.0", "d": "^1.0.0" } },
    "node_modules/a": {
      "version": "1.0.0",
      "resolved": "http://files.example.test/a.tgz",
                   ^^^^ insecure-url: a 1.0.0 is fetched from files.example.test over http, and only the integrity hash in the lockfile protects it. Use https.
      "integrity": "sha512-AAAA"
    },
    "node_modules/b": {
      "version": "1.0.0",
      "resolved": "http://npm.example.test/b/-/b-1.0.0.tgz"
                   ^^^^ insecure-url: b 1.0.0 is fetched from npm.example.test over http, so anyone on the network path can replace it. Use https.
    },
    "node_modules/c": {
      "version": "1.0.0",
      "resolved": "${TEST_REGISTRY.replace('https', 'http')}c/-/c-1.0.0.tgz"
    },
    "node_modules/d": {
      "version": "1.0.0",
      "resolved": "http://localhost:4873/d/-/d-1.0.0.tgz"
                   ^^^^ insecure-url: d 1.0.0 comes from localhost:4873 over http, which is a different machine for everybody else. Name a host that everybody can reach.
    }
  }
}
`;
    await expectMarks(source);
    const workspace = await openWorkspace(source);
    assert.deepEqual(
      workspace.findings(RULE).map(({ package: name, severity }) => `${name} ${severity}`),
      ['a warning', 'b error', 'd warning', 'a warning'],
    );
  });

  test('a file of the user may name a registry of the own machine', async () => {
    const workspace = await openWorkspace('-- package.json --\n{}\n', {
      userNpmrc: 'registry=http://localhost:4873/',
    });
    assert.deepEqual(workspace.findings(RULE), []);
  });

  test('mends the scheme and nothing else', async () => {
    const npmrc = await fixOf(
      '-- package.json --\n{}\n-- .npmrc crlf --\n; a\nregistry = http://h.example.test/ ; b\n',
      RULE,
      /^Fetch from h\.example\.test over https instead of http$/,
    );
    assert.ok(npmrc.endsWith('; a\nregistry = https://h.example.test/ ; b\n'));
  });

  test('mends a git dependency together with its lockfile, and that is safe', async () => {
    const source = `-- package.json --
{
\t"dependencies": {
\t\t"c" : "git+http://git.example.test/c.git"
\t}
}
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "c": "git+http://git.example.test/c.git" } },
    "node_modules/c": { "version": "1.0.0", "resolved": "git+http://git.example.test/c.git#${SHA}" }
  }
}
`;
    const after = await fixOf(
      source,
      RULE,
      /^Fetch from git\.example\.test over git\+https instead of git\+http$/,
      { nth: 0 },
    );
    const both = await openWorkspace(source);
    const fix = both
      .findings(RULE)
      .find((finding) => finding.uri.endsWith('package.json'))!
      .fixes()[0]!;
    assert.equal(fix.applicability, 'safe');
    const text = await fixOfManifest(source);
    assert.ok(!text.includes('git+http:') && text.includes('"c" : "git+https:'), after);
  });

  test('an .npmrc that ends anywhere: findings and edits stay inside it', async () => {
    const full = '# a\r\nregistry = "http://h.example.test/" ; b\n@s:registry=http://h.example.test/';
    const workspace = await openWorkspace('-- package.json --\n{}\n-- .npmrc --\n\n');
    const uri = workspace.uri('.npmrc');
    for (let length = 0; length <= full.length; length++) {
      workspace.session.setOverlay(uri, full.slice(0, length));
      for (const finding of workspace.snapshot.diagnose(uri).findings) {
        const spans = [finding.span, ...finding.fixes().flatMap((fix) => fix.edits.map((edit) => edit.span))];
        for (const { start, end } of spans)
          assert.ok(0 <= start && start < end && end <= length, `cut at ${length}`);
      }
    }
  });

  test('no fix where TLS cannot be expected', async () => {
    const workspace = await openWorkspace(
      '-- package.json --\n{}\n-- .npmrc --\nregistry=http://127.0.0.1:4873/\n',
    );
    const [finding] = workspace.findings(RULE);
    assert.equal(finding?.severity, 'warning');
    assert.deepEqual(finding?.fixes(), []);
  });
});

/** Fixes the manifest. Findings are sorted by file, and the lockfile's come first. */
function fixOfManifest(source: string): Promise<string> {
  return fixOf(source, RULE, /git\+https/, { nth: 1 });
}

describe('in the lockfiles of other package managers', () => {
  const hash =
    'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';
  const address = 'http://files.example.test/a/-/a-1.0.0.tgz';
  const manifest = '-- package.json --\n{ "name": "shop", "dependencies": { "a": "^1.0.0" } }\n';
  const warning =
    'a 1.0.0 is fetched from files.example.test over http, and only the integrity hash in the lockfile protects it. Use https.';
  const mark = (column: number, message = warning) => `${' '.repeat(column)}^^^^ insecure-url: ${message}\n`;

  const classic = (text: string, mark: string) => `-- yarn.lock --
# yarn lockfile v1


a@^1.0.0:
  version "1.0.0"
  resolved "${text}"
${mark}`;

  test('Yarn 1, whose hash behind the address protects a little as well', async () => {
    const sha1 = 'c1a464e7693302e082a075cee0c057741ac4772c';
    await expectMarks(manifest + classic(`${address}#${sha1}`, mark(12)));
    await expectMarks(
      manifest +
        classic(
          address,
          mark(12, warning.replace(/and only.*it\./, 'so anyone on the network path can replace it.')),
        ),
    );
  });

  test('Yarn 1 asks the public registry over https whatever its lockfile says', () =>
    expectMarks(manifest + classic('http://registry.public.example.test/a/-/a-1.0.0.tgz', ''), {
      rules: ['insecure-url'],
    }));

  const berry = (text: string, mark = '') => `-- yarn.lock --
__metadata:
  version: 8
  cacheKey: 10c0

"a@npm:^1.0.0":
  version: 1.0.0
  resolution: "a@npm:1.0.0::__archiveUrl=${encodeURIComponent(text)}"
${mark}  checksum: 10c0/00
  languageName: node
  linkType: hard

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    a: "npm:^1.0.0"
  languageName: unknown
  linkType: soft
`;

  test('Yarn 2 and later, in the encoding of its lockfile', async () => {
    await expectMarks(manifest + berry(address, mark(41)));
    assert.equal(
      await fixOf(manifest + berry(address), 'insecure-url', /https/),
      manifest + berry(address.replace('http', 'https')),
    );
  });

  test('pnpm', () =>
    expectMarks(`${manifest}-- pnpm-lock.yaml --
lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: 1.0.0

packages:

  a@1.0.0:
    resolution:
      integrity: ${hash}
      tarball: ${address}
${mark(15)}
snapshots:

  a@1.0.0: {}
`));

  test('Bun', () =>
    expectMarks(`${manifest}-- bun.lock --
{
  "lockfileVersion": 1,
  "workspaces": { "": { "name": "shop", "dependencies": { "a": "^1.0.0" } } },
  "packages": {
    "a": ["a@1.0.0", "${address}", {}, "${hash}"],
${mark(22)}  }
}
`));

  test('a dependency from git is not called safe to change where keys are made of its address', async () => {
    const declared = 'git+http://git.example.test/o/a.git#0123456789abcdef0123456789abcdef01234567';
    const source = `-- package.json --
{ "dependencies": { "a": "${declared}" } }
-- yarn.lock --
# yarn lockfile v1


"a@${declared}":
  version "1.0.0"
  resolved "${declared}"
`;
    const workspace = await openWorkspace(source);
    const [finding] = workspace.findings('insecure-url');
    const [fix] = workspace.snapshot.fixesOf(finding!);
    assert.deepEqual([fix?.applicability, fix?.edits.length], ['unsafe', 1]);
  });
});

describe('in the files of other package managers', () => {
  const manifest = (manager: string) => `-- package.json --\n{ "packageManager": "${manager}" }\n`;
  const says = (setting: string) =>
    `insecure-url: The setting "${setting}" asks npm.example.test over http, so anyone on the network path can replace its packages. Use https.`;

  test('pnpm-workspace.yaml', () =>
    expectMarks(`${manifest('pnpm@11.0.0')}-- pnpm-workspace.yaml --
registries:
  default: http://npm.example.test/
           ^^^^ ${says('registries: default')}
  '@own': "https://npm.example.test/"
`));

  test('.yarnrc.yml', () =>
    expectMarks(`${manifest('yarn@4.18.1')}-- .yarnrc.yml --
npmRegistryServer: "http://npm.example.test"
                    ^^^^ ${says('npmRegistryServer')}
npmAuditRegistry: http://npm.example.test
                  ^^^^ ${says('npmAuditRegistry')}
npmScopes:
  own:
    npmRegistryServer: http://npm.example.test
                       ^^^^ ${says('npmRegistryServer of own')}
`));

  test('bunfig.toml', () =>
    expectMarks(`${manifest('bun@1.4.5')}-- bunfig.toml --
[install]
registry = "http://npm.example.test/"
            ^^^^ ${says('registry')}
[install.scopes]
own = { url = "http://npm.example.test/", token = "$TOKEN" }
               ^^^^ ${says('registry of own')}
`));

  test('a catalog', () =>
    expectMarks(`${manifest('pnpm@11.0.0')}-- pnpm-workspace.yaml --
catalog:
  left: git+http://git.example.test/left.git#0123456789abcdef0123456789abcdef01234567
        ^^^^^^^^ insecure-url: "left" is fetched from git.example.test over git+http, so anyone on the network path can replace it. Use git+https.
`));
});
