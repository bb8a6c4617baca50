import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkJson, runCli } from '../run-cli.ts';
import { commit, type Files, NPM, PNPM, reported, repository, SHOP } from './changed-code.ts';

describe('members that take the place of a registry package', () => {
  const workspace = (lockfile: Files): Files => ({
    ...lockfile,
    'package.json': {
      name: 'shop',
      private: true,
      workspaces: ['packages/*'],
      dependencies: { b: '^1.0.0' },
    },
    'packages/c/package.json': { name: 'c', version: '1.0.0' },
  });
  const classic = workspace({
    'yarn.lock':
      '# yarn lockfile v1\n\n\nb@^1.0.0:\n  version "1.0.4"\n  resolved "https://registry.example.test/b/-/b-1.0.4.tgz#abc"\n',
  });
  const npm = workspace({
    'package-lock.json': {
      name: 'shop',
      lockfileVersion: 3,
      packages: {
        '': { name: 'shop', dependencies: { b: '^1.0.0' }, workspaces: ['packages/*'] },
        'node_modules/b': { version: '1.0.4', resolved: 'https://registry.example.test/b/-/b-1.0.4.tgz' },
        'packages/b': { version: '2.0.0' },
      },
    },
  });
  const pnpm = {
    ...workspace({
      'pnpm-lock.yaml': `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      b:
        specifier: ^1.0.0
        version: 1.0.4
  packages/b: {}
packages:
  b@1.0.4:
    resolution: {integrity: sha512-abc}
snapshots:
  b@1.0.4: {}
`,
    }),
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
  };
  const versionOf = (version: string) => ({ 'packages/b/package.json': { name: 'b', version } });
  for (const [manager, files] of Object.entries({ classic, npm, pnpm })) {
    const found = (before: string, after: string) => {
      const directory = repository({ ...files, ...versionOf(before) });
      commit(directory, versionOf(after));
      const { out } = runCli(['diff', directory, '--base', 'HEAD~1']);
      const findings = reported(directory, '--base', 'HEAD~1');
      assert.equal(/\bversion \d/.test(out), findings.length > 0, out);
      return findings;
    };
    test(`a version that fits a range now, with ${manager}`, () => {
      assert.deepEqual(found('2.0.0', '1.5.0'), ['packages/b/package.json "1.5.0" warning']);
    });
    test(`other versions are silent, with ${manager}`, () => {
      assert.deepEqual(found('2.0.0', '2.1.0'), []);
      assert.deepEqual(found('1.0.0', '1.1.0'), []);
      assert.deepEqual(found('1.0.0', '2.0.0'), []);
    });
  }

  test('a fixture that is moved among the members', () => {
    const fixture = { name: 'b', version: '1.0.9' };
    const directory = repository({ ...classic, 'test/fixtures/b/package.json': fixture });
    commit(directory, { 'test/fixtures/b/package.json': null, 'packages/b/package.json': fixture });
    assert.deepEqual(reported(directory, '--base', 'HEAD~1'), ['packages/b/package.json "b" warning']);
  });
});

describe('a member in a folder of Bower', () => {
  const add = (files: Files, path: string) => {
    const directory = repository(files);
    commit(directory, { [path]: { name: 'demo', scripts: { postinstall: 'evil' } } });
    return directory;
  };
  const path = 'packages/bower_components/package.json';

  test('is one of npm, as any other', () => {
    const directory = add({ ...NPM, 'package.json': { ...SHOP, workspaces: ['packages/*'] } }, path);
    assert.deepEqual(reported(directory, '--base', 'HEAD~1'), [`${path} "postinstall" warning`]);
    assert.ok(runCli(['diff', directory, '--base', 'HEAD~1']).out.includes(`\n${path}: `));
  });

  test('is none of pnpm, or where no workspace claims it', () => {
    const pnpm = add({ ...PNPM, 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n' }, path);
    assert.deepEqual(
      checkJson(pnpm, '--base', 'HEAD~1').findings,
      checkJson(pnpm, '--base', 'HEAD').findings,
    );
    const directory = add(NPM, 'bower_components/demo/package.json');
    const { findings } = checkJson(directory, '--base', 'HEAD~1');
    assert.ok(findings.every((finding) => !finding.path.includes('bower_components')));
  });
});

describe('a member in a folder of examples', () => {
  const WORKSPACE = { ...SHOP, workspaces: ['examples/*', 'packages/*'] };
  const added = (path: string, files: Files = {}) => {
    const directory = repository({ ...NPM, 'package.json': WORKSPACE, [path]: { name: 'demo' } });
    commit(directory, { ...files, [path]: { name: 'demo', scripts: { postinstall: 'evil' } } });
    return reported(directory, '--base', 'HEAD~1');
  };

  test('runs its scripts in an install', () => {
    const path = 'examples/demo/package.json';
    assert.deepEqual(added(path), [`${path} "postinstall" warning`]);
  });

  test('also where the change calls it a fixture', () => {
    const path = 'packages/demo/package.json';
    const policy = { 'dependency-hygiene.json': { fixtures: ['packages/**'] } };
    assert.deepEqual(added(path, policy), [`${path} "postinstall" warning`]);
  });

  test('a fixture that nothing installs is milder', () => {
    const path = 'test/fixtures/demo/package.json';
    assert.deepEqual(added(path), [`${path} "postinstall" information`]);
  });
});

describe('commands of members', () => {
  const tool = (bin: object | string, name = 'tool') => ({ 'packages/tool/package.json': { name, bin } });
  const base = (scripts: object, bin: object | string): Files => ({
    ...NPM,
    'package.json': { ...SHOP, workspaces: ['packages/*'], scripts },
    ...tool(bin),
  });
  const found = (files: Files, change: Files) => {
    const directory = repository(files);
    commit(directory, change);
    const { findings } = checkJson(directory, '--base', 'HEAD~1');
    const { out } = runCli(['diff', directory, '--base', 'HEAD~1']);
    return {
      rules: findings
        .filter(({ rule }) => rule === 'install-code-changed' || rule === 'shadowed-command')
        .map(({ rule, severity, data }) => `${rule} ${severity} ${JSON.stringify(data)}`),
      inDiff: /bin\.?\S*/.exec(out)?.[0],
    };
  };

  test('of well-known programs', () => {
    const { rules, inDiff } = found(
      base({}, 'cli.js'),
      tool({ sh: 'cli.js', tool: 'cli.js', NODE: 'cli.js' }),
    );
    assert.deepEqual(
      rules.map((rule) => rule.split(' ').slice(0, 2).join(' ')),
      ['shadowed-command error', 'shadowed-command error'],
    );
    assert.ok(inDiff !== undefined);
  });

  test('that a script of the install runs', () => {
    const { rules } = found(
      base({ prepare: 'npm run build', build: 'npx tsc -p .' }, {}),
      tool({ tsc: 'cli.js' }),
    );
    assert.deepEqual(rules, [
      'install-code-changed warning {"what":"command","subject":"tsc","by":null,"isNew":true}',
    ]);
  });

  test('that another package has', () => {
    const lockfile = {
      name: 'shop',
      lockfileVersion: 3,
      packages: {
        '': { name: 'shop', dependencies: { a: '1.0.0' } },
        'node_modules/a': { version: '1.0.0', bin: { acme: 'cli.js' } },
      },
    };
    const { rules } = found({ ...base({}, {}), 'package-lock.json': lockfile }, tool({ acme: 'cli.js' }));
    assert.deepEqual(rules, [
      'install-code-changed warning {"what":"command","subject":"acme","by":"a","isNew":true}',
    ]);
  });

  test('that nothing else has are silent, and so is one that moved', () => {
    assert.deepEqual(found(base({ prepare: 'tsc', test: 'acme' }, {}), tool({ acme: 'cli.js' })).rules, []);
    const moved = found(base({ prepare: 'acme' }, { acme: 'cli.js' }), {
      'packages/tool/package.json': null,
      'packages/other/package.json': { name: 'tool', bin: { acme: 'cli.js' } },
    });
    assert.deepEqual(moved.rules, []);
  });

  test('in the lockfile alone, and of a member that has such a name', () => {
    const packages = {
      '': { name: 'shop', workspaces: ['packages/*'] },
      'packages/tool': { bin: { git: 'a.js' } },
    };
    const locked = { 'package-lock.json': { name: 'shop', lockfileVersion: 3, packages } };
    const { rules } = found(base({}, {}), locked);
    assert.equal(rules.length, 1);
    assert.match(rules[0]!, /^shadowed-command error /);
    assert.deepEqual(found(base({}, {}), tool({ yarn: 'a.js' }, '@yarnpkg/cli')).rules, []);
  });
});

describe('a folder that becomes a member', () => {
  const TOOL: Files = {
    'tools/gen/package.json': { name: 'gen', scripts: { postinstall: 'node gen.js', test: 'node test.js' } },
    'tools/gen/gen.js': 'gen()\n',
    'packages/b/package.json': { name: 'b', scripts: { prepare: 'tsc' } },
  };
  const npm = (...workspaces: string[]): Files => ({ 'package.json': { ...SHOP, workspaces } });
  const pnpm = (...packages: string[]): Files => ({
    'pnpm-workspace.yaml': JSON.stringify({ packages }),
  });
  const found = (base: Files, change: Files) => {
    const directory = repository({ ...base, ...TOOL });
    commit(directory, change);
    const { out } = runCli(['diff', directory, '--base', 'HEAD~1']);
    const findings = reported(directory, '--base', 'HEAD~1');
    assert.equal(out.includes('scripts.postinstall node gen.js'), findings.length > 0, out);
    return findings;
  };
  const POSTINSTALL = ['tools/gen/package.json "postinstall" warning'];

  test('runs its scripts, with a new pattern of workspaces', () => {
    assert.deepEqual(found({ ...NPM, ...npm('packages/*') }, npm('packages/*', 'tools/*')), POSTINSTALL);
    assert.deepEqual(found(NPM, npm('tools/gen')), POSTINSTALL);
  });

  test('runs its scripts, with a pattern that is no longer taken back', () => {
    assert.deepEqual(found({ ...NPM, ...npm('*/*', '!tools/*') }, npm('*/*')), POSTINSTALL);
  });

  test('runs its scripts, with pnpm', () => {
    assert.deepEqual(
      found({ ...PNPM, ...npm('*/*'), ...pnpm('packages/*') }, pnpm('packages/*', 'tools/**')),
      POSTINSTALL,
    );
  });

  test('was one before, in other words', () => {
    assert.deepEqual(found({ ...NPM, ...npm('packages/*', 'tools/*') }, npm('*/*')), []);
    const moved = { 'package.json': SHOP, ...pnpm('packages/*', 'tools/*') };
    assert.deepEqual(found({ ...PNPM, ...npm('packages/*', 'tools/*') }, moved), []);
  });
});
