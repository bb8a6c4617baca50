import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { before, describe, test } from 'node:test';
import { lockfileKindOf } from '../../../../server/src/core/read/lockfile/detect.ts';
import type { JsonReport } from '../../../../server/src/core/show/report/check/json.ts';
import { audit } from '../../../../server/src/node/cli/audit.ts';
import { check } from '../../../../server/src/node/cli/check.ts';
import { diff } from '../../../../server/src/node/cli/diff.ts';
import { graph } from '../../../../server/src/node/cli/graph.ts';
import { ignores } from '../../../../server/src/node/cli/ignores.ts';
import { outdated } from '../../../../server/src/node/cli/outdated.ts';
import { privacy } from '../../../../server/src/node/cli/privacy.ts';
import { verify } from '../../../../server/src/node/cli/verify.ts';
import { watch } from '../../../../server/src/node/cli/watch.ts';
import { why } from '../../../../server/src/node/cli/why.ts';
import { DAMAGES } from '../../../damaged-text.ts';
import { makeFolder, type Ran, runCommand, withoutUser } from './run-command.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/lockfiles');

/** The position of each damage. A cut in the middle of a hash is the least visible. */
const SHARES: Readonly<Record<string, (text: string) => number>> = {
  cut: (text) => (text.lastIndexOf('integrity') + 4) / text.length,
  'cut at a line': () => 0.6,
};

/** Every command that reads projects, run in a folder, with the undamaged lockfile beside it. */
const COMMANDS: Readonly<Record<string, (folder: string, whole: string) => Promise<Ran>>> = {
  'check --fail-on-unchecked': (folder) => runCommand(check, folder, '--fail-on-unchecked'),
  audit: (folder) => runCommand(audit, folder),
  'audit --json': (folder) => runCommand(audit, folder, '--json', '--level', 'none'),
  outdated: (folder) => runCommand(outdated, folder, '--offline'),
  graph: (folder) => runCommand(graph, folder),
  why: (folder) => runCommand(why, 'react', folder),
  diff: (folder, whole) => runCommand(diff, folder, '--base', whole),
  watch: (folder) => runCommand(watch, folder, '--once', '--offline'),
  privacy: (folder) => runCommand(privacy, folder),
  ignores: (folder) => runCommand(ignores, 'import', folder),
  verify: (folder) => runCommand(verify, 'react@18.2.0', folder, '--offline'),
};

const CLEAN = /No findings;|Nothing is outdated|No known vulnerabilities;|the same packages|Nothing is wrong/;

describe('a damaged lockfile is called clean by no command', () => {
  before(withoutUser);
  for (const fixture of globSync('*', { cwd: FIXTURES }).sort()) {
    const folder = join(FIXTURES, fixture);
    const files = globSync(['**/*', '**/.*'], { cwd: folder, withFileTypes: true })
      .filter((item) => item.isFile())
      .map((item) => join(item.parentPath, item.name).slice(folder.length + 1));
    const lockfile = files.find((file) => lockfileKindOf(basename(file)) !== undefined)!;
    const texts = Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
    test(fixture, async () => {
      const whole = join(makeFolder({ [lockfile]: texts[lockfile]! }), lockfile);
      let damaged = 0;
      for (const [kind, damage] of Object.entries(DAMAGES)) {
        const text = texts[lockfile]!;
        const broken = makeFolder({ ...texts, [lockfile]: damage(text, SHARES[kind]?.(text) ?? 0.5) });
        const checked = await runCommand(check, broken, '--format', 'json');
        const { files: read, exitReason } = JSON.parse(checked.out) as JsonReport;
        const status = read.find(({ path }) => path === lockfile)?.status;
        // A truncated text that is a valid file is left to the rules that compare it with the manifests.
        if (status === 'checked') continue;
        damaged++;
        assert.equal(checked.code, 2, `check, ${kind}: ${exitReason}`);
        for (const [name, run] of Object.entries(COMMANDS)) {
          const { code, out, error } = await run(broken, whole);
          assert.equal(code, 2, `${name}, ${kind}: ${out}${error}`);
          assert.match(out + error, new RegExp(lockfile.replace('.', '\\.')), `${name}, ${kind}`);
          assert.doesNotMatch(out, CLEAN, `${name}, ${kind}`);
        }
      }
      assert.ok(damaged >= 4, `${damaged} of the damages are seen`);
    });
  }
});
