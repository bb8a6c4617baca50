import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace, type RegistryDocuments } from '../../../workspace.ts';
import { openWithRegistry } from './with-registry.ts';

const RULE = 'package-not-found';
const ACME = '-- .npmrc --\n@acme:registry=https://npm.acme.example.test/\n';

const manifest = (lines: string) => `-- package.json --
{
  "name": "shop",
  "dependencies": {
${lines}
  }
}
`;
const silent = (source: string, registry: RegistryDocuments = {}) =>
  expectMarks(source, { rules: [RULE], registry });

describe('package-not-found', () => {
  test('says that anyone could register the name, at the key', () =>
    expectMarks(
      `-- package.json --
{
  "dependencies": {
    "react": "^19.0.0",
    "react-codeshift": "^1.0.0",
    ^^^^^^^^^^^^^^^^^ package-not-found: "react-codeshift" does not exist on the public registry, and anyone could register the name. Check the name, or remove it.
    "lodahs": "^4.17.0",
    ^^^^^^^^ package-not-found: "lodahs" does not exist on the public registry, and anyone could register the name. Did you mean "lodash"?
    "kit": "npm:react-kit-of-nobody@1"
    ^^^^^ package-not-found
  },
  "peerDependencies": { "peer-of-nobody": "1", "optional-of-nobody": "1", "react-codeshift": "1" },
                        ^^^^^^^^^^^^^^^^ package-not-found
  "peerDependenciesMeta": { "optional-of-nobody": { "optional": true } }
}
`,
      { registry: { react: {} } },
    ));

  test('the name that a catalog or an override leads to, with the line that says it', async () => {
    const source = `-- package.json --
{ "packageManager": "pnpm@11.0.0", "dependencies": { "a": "catalog:" } }
                                                     ^^^ package-not-found
-- pnpm-workspace.yaml --
catalog:
  a: npm:name-of-nobody@^1.0.0
`;
    await expectMarks(source, { registry: { a: {} } });
    const workspace = await openWorkspace(source, { registry: { a: {} } });
    const [related] = workspace.findings(RULE)[0]!.related;
    assert.equal(related!.uri, workspace.uri('pnpm-workspace.yaml'));
  });

  test('a misspelled name that does not exist is one finding, whose message asks about the popular name', async () => {
    const reported = async (more = '', name = 'lodahs') => {
      const source = `${manifest(`    "${name}": "^4.17.0"`)}${more}`;
      const workspace = await openWorkspace(source, { registry: { lodash: {} } });
      return workspace
        .findings()
        .filter(({ rule }) => rule === RULE || rule === 'typosquat-name')
        .map(({ rule, message, related }) => [rule, message, related.map((each) => each.message)] as const);
    };
    const [only, ...others] = await reported();
    assert.deepEqual(others, []);
    assert.equal(only?.[0], RULE);
    assert.match(only[1], /does not exist.* Did you mean "lodash"\?$/);
    assert.match(only[2][0] ?? '', /^"lodahs" looks like a misspelling of "lodash"/);

    const off = '-- dependency-hygiene.json --\n{ "rules": { "package-not-found": "off" } }\n';
    assert.deepEqual(
      (await reported(off)).map(([rule]) => rule),
      ['typosquat-name'],
    );
    // The message on a scope is about its registry.
    assert.deepEqual(
      (await reported('', '@bable/core')).map(([rule]) => rule),
      [RULE, 'typosquat-name'],
    );
  });

  test('no answer, no access and a failure say nothing, and are counted', async () => {
    for (const [status, reason] of [
      [401, 'no-access'],
      [403, 'no-access'],
      [500, 'failed'],
      [405, 'failed'],
    ] as const) {
      const workspace = await openWorkspace(manifest('    "name-of-nobody": "1"'), {
        registry: { 'name-of-nobody': status },
      });
      assert.deepEqual(workspace.findings(RULE), []);
      const { notChecked } = workspace.snapshot.diagnose(workspace.uri('package.json'));
      const own = notChecked.filter(({ rule }) => rule === RULE);
      assert.deepEqual(own, [{ rule: RULE, reason, count: 1, packages: ['name-of-nobody'] }]);
    }
  });

  test('what no registry is asked for is silent', () =>
    silent(`-- package.json --
{
  "name": "root",
  "workspaces": ["lib"],
  "dependencies": {
    "lib-of-ours": "^1.0.0", "from-git": "github:o/r", "here": "file:./here", "linked": "workspace:*",
    "Bad Name": "1", "half": 1, "": "1", "//": "1"
  }
}
-- lib/package.json --
{ "name": "lib-of-ours", "version": "1.0.0" }
`));

  test('private names are not asked for at the public registry', async () => {
    const source = `${manifest('    "@acme/ui": "1", "acme-utils": "1", "react": "1"')}-- dependency-hygiene.json --
{ "privateScopes": ["@acme"], "internalNames": ["acme-utils"] }
`;
    const { workspace, asked } = await openWithRegistry(source, { react: {} });
    assert.deepEqual([workspace.findings(RULE), asked.filter((name) => name !== 'react')], [[], []]);
  });

  test('a scope at the public registry may have private packages', () =>
    expectMarks(
      manifest(`    "@someone/tool": "1.0.0"
    ^^^^^^^^^^^^^^^ package-not-found: "@someone/tool" is not on the public registry, or is private and not shown to you. Check the name, or configure the registry of @someone.`),
      { registry: {} },
    ));

  test('a scope with a registry of its own is only judged with a credential', async () => {
    const source = manifest(`    "@acme/uii": "1.0.0"
    ^^^^^^^^^^^ package-not-found: "@acme/uii" is not on npm.acme.example.test, or not shown to you. Check the name and your access.`);
    await expectMarks(source + ACME, {
      registry: {},
      userNpmrc: '//npm.acme.example.test/:_authToken=npm_secret\n',
    });
    await silent(manifest('    "@acme/uii": "1.0.0"') + ACME);
  });

  test('what is locked was there, so that a credential is what is missing', async () => {
    const locked = `-- package-lock.json --
{ "name": "shop", "lockfileVersion": 3, "packages": {
  "": { "name": "shop", "dependencies": { "@someone/tool": "1.0.0" } },
  "node_modules/@someone/tool": { "version": "1.0.0" } } }
`;
    await silent(manifest('    "@someone/tool": "1.0.0"') + locked);
  });

  test('a private default registry and a mirror are said to lack it, and no more', async () => {
    const source = manifest(`    "name-of-nobody": "1.0.0"
    ^^^^^^^^^^^^^^^^ package-not-found: "name-of-nobody" is not on npm.acme.example.test, or not shown to you. Check the name and your access.`);
    const own = '-- .npmrc --\nregistry=https://npm.acme.example.test/\n';
    const mirror = '-- dependency-hygiene.json --\n{ "mirrors": ["https://npm.acme.example.test/"] }\n';
    for (const text of [source + own, source + own + mirror]) {
      await expectMarks(text, { registry: {} });
      const marks = /^ +\^.*\n/gm;
      const [finding] = (await openWorkspace(text.replace(marks, ''), { registry: {} })).findings(RULE);
      assert.equal(finding!.severity, 'warning');
    }
  });

  test('gives the name that is meant, or takes the line out', async () => {
    const registry = { lodash: {} };
    const source = manifest('    "lodahs" : "^4.17.0", // why\n    "react-codeshift": "1"');
    const renamed = await fixOf(source, RULE, /^Replace with "lodash": "\^4.17.0"$/, { registry });
    assert.equal(renamed, source.replace('"lodahs"', '"lodash"'));
    const removed = await fixOf(source, RULE, /^Remove "react-codeshift"$/, { registry });
    assert.equal(removed, manifest('    "lodahs" : "^4.17.0" // why'));
  });

  test('offers to say which registry serves a scope of the public one', async () => {
    const workspace = await openWorkspace(manifest('    "@someone/tool": "1"'), { registry: {} });
    const titles = workspace.snapshot.fixesOf(workspace.findings(RULE)[0]!).map(({ title }) => title);
    assert.deepEqual(titles.slice(0, 2), ['Configure the registry of @someone…', 'Remove "@someone/tool"']);
  });

  test('a scope that another file of the workspace serves is for scope-registry-missing', () =>
    silent(`-- shop/package.json --
{ "dependencies": { "@acme/ui": "1.0.0" } }
-- ui/package.json --
{ "name": "@acme/kit", "version": "1.0.0", "publishConfig": { "registry": "https://npm.acme.example.test/" } }
`));

  test('names of the prototype, and a manifest cut anywhere', async () => {
    await expectMarks(
      manifest(`    "constructor": "1",
    ^^^^^^^^^^^^^ package-not-found
    "__proto__": "1",
    "toString": "1"
    ^^^^^^^^^^ package-not-found`),
      { registry: {}, rules: [RULE] },
    );
    const whole = manifest('    "lodahs": "npm:expres-nobody@^4",\n    "b": "1"').slice(
      '-- package.json --\n'.length,
    );
    for (let length = 0; length < whole.length; length += 7) {
      const workspace = await openWorkspace(`-- package.json --\n${whole.slice(0, length)}`, {
        registry: {},
      });
      const size = workspace.text('package.json')!.length;
      for (const { span } of workspace.findings()) assert.ok(span.start <= span.end && span.end <= size);
    }
  });
});
