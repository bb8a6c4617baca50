import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ROOT } from './imports.ts';
import { managerLiterals } from './manager-literals.ts';

/** The folder of package managers and the readers of their lockfiles, which are all that a new version changes. */
const OWN = /^server\/src\/core\/read\/(?:manager|lockfile)\//;

/** How often a file may write a name, by the reason for it. architecture.md has the same reasons. */
const ALLOWED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'the reader of Yarn’s configuration says which of its two files it read': {
    'server/src/core/read/config/yarn/berry-setting.ts': 1,
    'server/src/core/read/config/yarn/read-classic-yarnrc.ts': 1,
    'server/src/core/read/config/yarn/read-yarnrc.ts': 1,
    'server/src/core/read/config/yarn/yarn-registries.ts': 2,
    'server/src/core/read/config/yarn/yarnrc.ts': 2,
  },
  'a word of a command line': {
    'server/src/core/judge/changes/reach/script-calls.ts': 5,
    'server/src/core/judge/changes/script-files.ts': 4,
    'server/src/core/judge/changes/script-references.ts': 4,
  },
  'the name of a package or of a command': {
    'server/src/core/judge/entries/foreign-downloads.ts': 1,
    'server/src/core/know/identity/detectors/command-flag.ts': 1,
    'server/src/core/know/registry/releases/release-signs.ts': 4,
    'server/src/core/know/registry/releases/replacement.ts': 1,
  },
  'the ecosystem of an advisory': {
    'server/src/core/judge/rules/malicious-version.ts': 1,
    'server/src/core/judge/rules/vulnerable-dependency.ts': 2,
    'server/src/core/know/advisory/osv/ecosystem.ts': 1,
    'server/src/core/read/policy-file/import/read-osv-scanner.ts': 1,
  },
  'the ecosystem of an update by Dependabot': {
    'server/src/core/read/config/bots/read-dependabot.ts': 2,
  },
  'a field of package.json': {
    'server/src/core/judge/usage/manifest-text.ts': 1,
    'server/src/engine/units/project-reads.ts': 1,
  },
};

test('code asks what a package manager does, and not for its name', () => {
  const found: Record<string, number> = {};
  for (const file of globSync('server/src/**/*.ts', { cwd: ROOT }).map((each) =>
    each.replaceAll('\\', '/'),
  )) {
    const count = OWN.test(file)
      ? 0
      : managerLiterals(file, readFileSync(path.join(ROOT, file), 'utf8')).length;
    if (count > 0) found[file] = count;
  }
  const allowed = Object.assign({}, ...Object.values(ALLOWED)) as Record<string, number>;
  // A new one belongs into core/read/manager, as an answer that `specOf` gives.
  assert.deepEqual(found, allowed);
  assert.ok(Object.values(found).reduce((sum, count) => sum + count, 0) < 40);
});

test('names are seen as texts, types and keys of tables', () => {
  const seen = (text: string) => managerLiterals('a.ts', text);
  assert.deepEqual(seen("if (manager.name === 'pnpm') {\n}\nswitch (a) {\n  case 'yarn':\n}"), [1, 4]);
  assert.deepEqual(seen("const a = { npm: 1, 'bun': 2 };\nlet b: 'classic' | `berry`;"), [1, 1, 2, 2]);
  assert.deepEqual(seen("// 'npm'\nconst { npm } = a;\nf(npm);"), []);
  assert.deepEqual(seen("const a = 'npm:b', c = { [npm]: 1 }, d = 'npm install';"), []);
});
