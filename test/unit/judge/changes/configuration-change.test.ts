import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { configurationChanges } from '../../../../server/src/core/judge/changes/configuration-change.ts';
import { readConfiguration } from '../../../../server/src/engine/projects/read-configuration.ts';

/** Returns the changes between two texts of a file: `kind key before -> after`. */
async function changed(
  name: string,
  before: string | undefined,
  after: string | undefined,
): Promise<string[]> {
  const read = (text: string | undefined) =>
    text === undefined ? undefined : readConfiguration(`file:///w/${name}`, text);
  return configurationChanges(await read(before), await read(after)).map(
    ({ kind, key, before: from, after: to }) => `${kind} ${key} ${from ?? '-'} -> ${to ?? '-'}`,
  );
}

const OLD = 'https://old.example.test/';
const NEW = 'https://new.example.test/';

const cases: readonly (readonly [file: string, before: string, after: string, changes: readonly string[]])[] =
  [
    ['.npmrc', `registry=${OLD}\n`, `registry=${NEW}\n`, [`registry registry ${OLD} -> ${NEW}`]],
    ['.npmrc', '', `@acme:registry=${NEW}\n`, [`registry @acme:registry - -> ${NEW}`]],
    [
      '.npmrc',
      '',
      'strict-ssl=false\npackage-lock = false\n',
      ['integrity strict-ssl - -> false', 'integrity package-lock - -> false'],
    ],
    ['.npmrc', 'ignore-scripts=true\n', '', ['scripts ignore-scripts true -> -']],
    ['.npmrc', '', 'replace-registry-host=always\n', ['registry replace-registry-host - -> always']],
    ['.npmrc', '', 'verifyStoreIntegrity=false\n', ['integrity verifyStoreIntegrity - -> false']],
    [
      '.npmrc',
      'only-built-dependencies[]=a\n',
      'only-built-dependencies[]=a\nonly-built-dependencies[]=b\n',
      ['scripts only-built-dependencies - -> b'],
    ],
    [
      '.yarnrc.yml',
      '',
      'packageExtensions:\n  a@*:\n    dependencies:\n      b: "1"\n',
      ['other packageExtensions.a@*.dependencies.b - -> 1'],
    ],
    ['package.json', '{}', '{"overrides":{"a":{"b":"npm:c@1"}}}', ['other overrides.a.b - -> npm:c@1']],
    ['pnpm-workspace.yaml', '', 'overrides:\n  a: npm:c@1\n', ['other overrides.a - -> npm:c@1']],
    ['.npmrc', '', 'git=./evil\n', ['code git - -> ./evil']],
    ['.npmrc', '', 'a_binary_path=./a.node\n', ['code a_binary_path - -> ./a.node']],
    ['.npmrc', '', 'a_mirror=//evil.example.test/a\n', ['registry a_mirror - -> //evil.example.test/a']],
    ['.npmrc', '', 'a_cdnurl=evil.example.test\n', ['registry a_cdnurl - -> evil.example.test']],
    ['.npmrc', '', 'a_version=1.0.0\n', ['other a_version - -> 1.0.0']],
    [
      '.yarnrc',
      '',
      'env:\n  NODE_OPTIONS "--require ./a.js"\n',
      ['code env.NODE_OPTIONS - -> --require ./a.js'],
    ],
    ['bunfig.toml', '', '[install.cache]\ndir = "./a"\n', ['code install.cache.dir - -> ./a']],
    ['package.json', '{"trustedDependencies":[]}', '{}', ['scripts trustedDependencies [] -> -']],
    ['package.json', '{}', '{"trustedDependencies":[]}', ['scripts trustedDependencies - -> []']],
    [
      'package.json',
      '{"trustedDependencies":[]}',
      '{"trustedDependencies":["a"]}',
      ['scripts trustedDependencies - -> a'],
    ],
    [
      'package.json',
      '{"trustedDependencies":["a"]}',
      '{"trustedDependencies":[]}',
      ['scripts trustedDependencies a -> -'],
    ],
    ['pnpm-workspace.yaml', 'onlyBuiltDependencies: []\n', '', ['scripts onlyBuiltDependencies [] -> -']],
    [
      'pnpm-workspace.yaml',
      '',
      'catalog:\n  a: npm:evil@1.0.0\n  b: ^1.0.0\n',
      ['other catalog.a - -> npm:evil@1.0.0'],
    ],
    [
      'package.json',
      '{}',
      '{"workspaces":{"packages":["a"],"catalog":{"a":"npm:b@1","c":"1"}}}',
      ['other workspaces.packages - -> a', 'other workspaces.catalog.a - -> npm:b@1'],
    ],
    [
      '.npmrc',
      'ignore-scripts=true\n',
      'ignore-scripts=true\nignore-scripts[]=false\n',
      ['scripts ignore-scripts true -> true,false'],
    ],
    [
      '.npmrc',
      'ignore-scripts[]=true\n',
      'ignore-scripts[]=true\nignore-scripts=false\n',
      ['scripts ignore-scripts true -> true,false'],
    ],
    [
      '.npmrc',
      'trust-policy-exclude=a\n',
      'trust-policy-exclude=a\ntrust-policy-exclude[]=b\n',
      ['integrity trust-policy-exclude a -> a,b'],
    ],
    [
      'package.json',
      '{}',
      '{"pnpm":{"executionEnv":{"nodeVersion":"20.0.0"},"nodeOptions":"-r ./x","overrides":{"a":"npm:b@1"},"auditConfig":{"ignoreCves":["x"]}}}',
      [
        'code pnpm.executionEnv.nodeVersion - -> 20.0.0',
        'code pnpm.nodeOptions - -> -r ./x',
        'other pnpm.overrides.a - -> npm:b@1',
      ],
    ],
    [
      '.yarnrc.yml',
      `npmScopes:\n  acme:\n    npmRegistryServer: ${OLD}\n`,
      `npmScopes:\n  acme:\n    npmRegistryServer: ${OLD}\nnpmScopes: {}\n`,
      ['registry npmScopes - -> appears twice', `registry npmScopes.acme.npmRegistryServer ${OLD} -> -`],
    ],
    [
      '.yarnrc.yml',
      `a: 1\nnpmScopes: {}\nnpmScopes: { acme: { npmRegistryServer: ${OLD} } }\n`,
      `npmScopes: {}\nnpmScopes: { acme: { npmRegistryServer: ${NEW} } }\n`,
      [`registry npmScopes.acme.npmRegistryServer ${OLD} -> ${NEW}`, 'other a 1 -> -'],
    ],
    ['.yarnrc.yml', '', 'catalog: {}\ncatalog: { a: "1" }\n', []],
    [
      '.yarnrc.yml',
      `npmRegistryServer: ${OLD}\nnpmRegistryServer: ${OLD}\n`,
      `npmRegistryServer: ${NEW}\nnpmRegistryServer: ${OLD}\n`,
      ['registry npmRegistryServer appears twice -> appears twice, one of them changed'],
    ],
    [
      'package.json',
      '{"overrides":{"a":"1","a":"2"}}',
      '{"overrides":{"a":"npm:evil@1","a":"2"}}',
      ['other overrides.a appears twice -> appears twice, one of them changed'],
    ],
    ['package.json', '{"overrides":{"a":"1","a":"2"}}', '{"x":1,"overrides":{"a":"1","a":"2"}}', []],
    [
      'package.json',
      '{"allowScripts":{"a":false},"overrides":{"x":"1.0.0"}}',
      '{"allowScripts":{"a":false},"overrides":{"x":"1.0.0"},"allowScripts":{},"overrides":{}}',
      [
        'scripts allowScripts - -> appears twice',
        'other overrides - -> appears twice',
        'scripts allowScripts.a false -> -',
        'other overrides.x 1.0.0 -> -',
      ],
    ],
    ['package.json', '{}', '{"dependencies":{"a":"1"},"dependencies":{"a":"2"},"x":1,"x":2}', []],
    [
      'package.json',
      '{"overrides":{"lodash.template":"4.5.0"}}',
      '{"overrides":{"lodash":{"template":"npm:evil@1.0.0"},"lodash.template":"4.5.0"}}',
      ['other overrides.lodash.template - -> npm:evil@1.0.0'],
    ],
    [
      'package.json',
      '{}',
      '{"overrides":{"a":{"b":{"c":{"d":{"e":{"f":"npm:evil@1"}}}}}}}',
      ['other overrides.a.b.c.d.e - -> {"f":"npm:evil@1"}'],
    ],
    [
      '.npmrc',
      '',
      `binary_site=${NEW}\nelectron_mirror="${NEW}"\n`,
      [`registry binary_site - -> ${NEW}`, `registry electron_mirror - -> ${NEW}`],
    ],
    ['.npmrc', '', `re\${NOT_SET?}gistry=${NEW}\n`, [`registry re\${NOT_SET?}gistry - -> ${NEW}`]],
    ['.npmrc', '', 'not-yet-known=1\n', ['other not-yet-known - -> 1']],
    ['.npmrc', '', 'fund=false\nsave-exact=true\n//npm.example.test/:_authToken=t\ninit.author.name=A\n', []],
    [
      '.npmrc',
      '',
      'git-branch-lockfile=true\nlockfile-dir=x\n',
      ['lockfile git-branch-lockfile - -> true', 'lockfile lockfile-dir - -> x'],
    ],
    [
      'pnpm-workspace.yaml',
      '',
      `nodeDownloadMirrors:\n  release: ${NEW}\n`,
      [`registry nodeDownloadMirrors.release - -> ${NEW}`],
    ],
    [
      'pnpm-workspace.yaml',
      '',
      'gitBranchLockfile: true\nstoreDir: ./s\n',
      ['lockfile gitBranchLockfile - -> true', 'code storeDir - -> ./s'],
    ],
    ['pnpm-workspace.yaml', '', 'catalog:\n  a: ^1.0.0\nsaveExact: true\n', []],
    [
      '.yarnrc.yml',
      '',
      'compressionLevel: 5\nnotYetKnown: 1\nnodeLinker: pnp\n',
      ['integrity compressionLevel - -> 5', 'other notYetKnown - -> 1'],
    ],
    ['.yarnrc', '', 'cache-folder "./c"\nlastUpdateCheck 1\n', ['code cache-folder - -> ./c']],
    [
      'bunfig.toml',
      '',
      '[install.cache]\ndir = "./c"\n[install]\nexact = true\n',
      ['code install.cache.dir - -> ./c'],
    ],
    [
      'package.json',
      '{}',
      '{"scripts":{"test":"x","preinstall":"node evil.js"}}',
      ['scripts scripts.preinstall - -> node evil.js'],
    ],
    ['pnpm-workspace.yaml', 'packages: [a]\n', 'packages: [b]\n', []],
    ['pnpm-workspace.yaml', '', 'script-shell: ./e.sh\n', ['code script-shell - -> ./e.sh']],
    ['pnpm-workspace.yaml', '', 'SCRIPT_SHELL: ./e.sh\n', ['code SCRIPT_SHELL - -> ./e.sh']],
    ['pnpm-workspace.yaml', '', '"script shell": ./e.sh\n', ['code script shell - -> ./e.sh']],
    ['pnpm-workspace.yaml', '', 'save-exact: true\nSave Prefix: "~"\n', []],
    ['pnpm-workspace.yaml', '', `"\${X-scriptShell}": ./e\n`, [`code \${X-scriptShell} - -> ./e`]],
    ['.npmrc', '', `\${X-script-shell}=./e.sh\n`, [`code \${X-script-shell} - -> ./e.sh`]],
    ['.npmrc', '', `\${X:-registry}=${NEW}\n`, [`registry \${X:-registry} - -> ${NEW}`]],
    ['.npmrc', '', `\${X}=./e.sh\n`, [`code \${X} - -> ./e.sh`]],
    ['.npmrc', '', `\${X-fund}=false\n//\${HOST}/:_authToken=t\n`, []],
    ['.yarnrc', '', 'save-prefix, yarn-path "./y.js"\n', ['code yarn-path - -> ./y.js']],
    ['.yarnrc', '', 'save-prefix "^" yarn-path "./y.js"\n', ['code yarn-path - -> ./y.js']],
    ['.yarnrc.yml', '', '# yarn lockfile v1\nyarnPath "./y.js"\n', ['code yarnPath - -> ./y.js']],
    [
      'package.json',
      '{"volta":{"node":"22.1.0"}}',
      '{"volta":{"node":"20.1.0","npm":"6.0.0"},"engines":{"npm":"6"}}',
      ['other volta.node 22.1.0 -> 20.1.0', 'code volta.npm - -> 6.0.0'],
    ],
    [
      'pnpm-workspace.yaml',
      '',
      `registries:\n  default: ${NEW}\n`,
      [`registry registries.default - -> ${NEW}`],
    ],
    [
      'pnpm-workspace.yaml',
      '',
      'configDependencies:\n  evil: 1.0.0+sha512-x\n',
      ['code configDependencies.evil - -> 1.0.0+sha512-x'],
    ],
    [
      'pnpm-workspace.yaml',
      '',
      'trustLockfile: true\nverifyStoreIntegrity: false\n',
      ['integrity trustLockfile - -> true', 'integrity verifyStoreIntegrity - -> false'],
    ],
    [
      'pnpm-workspace.yaml',
      'allowBuilds:\n  a: false\n',
      'allowBuilds:\n  a: true\n',
      ['scripts allowBuilds.a false -> true'],
    ],
    [
      'pnpm-workspace.yaml',
      '',
      'dangerouslyAllowAllBuilds: true\npnpmfile: ./x.cjs\n',
      ['scripts dangerouslyAllowAllBuilds - -> true', 'code pnpmfile - -> ./x.cjs'],
    ],
    [
      '.yarnrc.yml',
      '',
      `npmRegistryServer: ${NEW}\nchecksumBehavior: ignore\n`,
      [`registry npmRegistryServer - -> ${NEW}`, 'integrity checksumBehavior - -> ignore'],
    ],
    [
      '.yarnrc.yml',
      `npmScopes:\n  acme:\n    npmRegistryServer: ${OLD}\n`,
      `npmScopes:\n  acme:\n    npmRegistryServer: ${NEW}\n`,
      [`registry npmScopes.acme.npmRegistryServer ${OLD} -> ${NEW}`],
    ],
    [
      '.yarnrc.yml',
      '',
      'enableScripts: true\nenableStrictSsl: false\nyarnPath: ./y.cjs\n',
      [
        'scripts enableScripts - -> true',
        'integrity enableStrictSsl - -> false',
        'code yarnPath - -> ./y.cjs',
      ],
    ],
    [
      '.yarnrc.yml',
      'plugins:\n  - a.cjs\n',
      'plugins:\n  - a.cjs\n  - path: b.cjs\n    spec: https://x.example.test/b.js\n',
      ['code plugins - -> b.cjs (spec https://x.example.test/b.js)'],
    ],
    [
      '.yarnrc',
      '',
      `registry "${NEW}"\n"@acme:registry" "${OLD}"\n--install.ignore-scripts false\n`,
      [
        `registry registry - -> ${NEW}`,
        `registry @acme:registry - -> ${OLD}`,
        'scripts --install.ignore-scripts - -> false',
      ],
    ],
    [
      'bunfig.toml',
      '',
      `[install]\nregistry = "${NEW}"\n[install.security]\nscanner = "evil"\n`,
      [`registry install.registry - -> ${NEW}`, 'code install.security.scanner - -> evil'],
    ],
    [
      'bunfig.toml',
      '',
      `[install.scopes]\nacme = { url = "${NEW}", token = "t0ken" }\n`,
      [`registry install.scopes.acme.url - -> ${NEW}`],
    ],
    [
      'package.json',
      '{ "dependencies": { "a": "1" } }',
      '{ "dependencies": { "a": "2" }, "allowScripts": { "a": true }, "trustedDependencies": ["b"], "dependenciesMeta": { "c": { "built": true } } }',
      [
        'scripts allowScripts.a - -> true',
        'scripts trustedDependencies - -> b',
        'scripts dependenciesMeta.c.built - -> true',
      ],
    ],
    [
      'package.json',
      '{}',
      '{ "pnpm": { "onlyBuiltDependencies": ["a"] } }',
      ['scripts pnpm.onlyBuiltDependencies - -> a'],
    ],
    [
      'dependency-hygiene.json',
      '{ "exclude": ["a"] }',
      '{ "exclude": ["a", "api/**"], "rules": { "malicious-version": "off" } }',
      ['check exclude - -> api/**', 'check rules.malicious-version - -> off'],
    ],
  ];

describe('what changed in a configuration file', () => {
  for (const [file, before, after, changes] of cases) {
    test(`${file}: ${after}`, async () => {
      assert.deepEqual(await changed(file, before, after), changes);
      assert.deepEqual(await changed(file, after, after), []);
    });
  }

  test('a file that is new or gone', async () => {
    assert.deepEqual(await changed('.npmrc', undefined, `registry=${NEW}`), [
      `registry registry - -> ${NEW}`,
    ]);
    assert.deepEqual(await changed('.npmrc', `registry=${OLD}`, undefined), [
      `registry registry ${OLD} -> -`,
    ]);
  });

  test('comments, order and spelling of the same settings change nothing', async () => {
    const before = `registry=${OLD}\nignore-scripts=true\n`;
    assert.deepEqual(
      await changed('.npmrc', before, `; a\nignore-scripts = true\nregistry = "${OLD}"\n`),
      [],
    );
    assert.deepEqual(
      await changed(
        'pnpm-workspace.yaml',
        'onlyBuiltDependencies: [a, b]',
        'onlyBuiltDependencies:\n  - b\n  - a\n',
      ),
      [],
    );
  });

  test('secrets are not shown', async () => {
    const secrets = [
      ['.npmrc', 'registry=https://user:s3cret@r.example.test/'],
      ['.npmrc', 'registry=https://r.example.test/?token=s3cret'],
      ['.npmrc', '//r.example.test/:_authToken=s3cret'],
      ['.npmrc', '//r.example.test/:tokenHelper=/s3cret'],
      ['bunfig.toml', '[install]\nregistry = { url = "https://r.example.test/", token = "s3cret" }'],
      ['.yarnrc.yml', 'npmRegistryServer: "https://u:s3cret@r.example.test"\nnpmAuthToken: s3cret'],
    ] as const;
    for (const [file, text] of secrets) {
      assert.doesNotMatch((await changed(file, '', text)).join(), /s3cret/, text);
    }
  });
});

test('the path of a setting costs no time for each item of a list', async () => {
  const key = 'k'.repeat(200_000);
  const started = process.cpuUsage().user;
  for (const [name, text] of [
    ['.yarnrc.yml', `${key}: [${'x, '.repeat(30_000)}]`],
    ['package.json', `{"overrides":{"${key}":[${'1,'.repeat(30_000)}1]}}`],
  ] as const)
    assert.equal((await changed(name, undefined, text)).length, 1);
  assert.ok(process.cpuUsage().user - started < 20_000_000);
});
