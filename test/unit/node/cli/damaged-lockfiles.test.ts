import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { before, describe, test } from 'node:test';
import { lockfileKindOf } from '../../../../server/src/core/lockfile/detect.ts';
import type { JsonReport } from '../../../../server/src/core/report/json.ts';
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
import { makeFolder, type Ran, runCommand, withoutUser } from './run-command.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/lockfiles');

/** How a lockfile comes to be broken. Each takes the whole text. */
const DAMAGE: Readonly<Record<string, (text: string) => string>> = {
  cut: (text) => text.slice(0, text.lastIndexOf('integrity') + 4),
  'cut at a line': (text) => text.slice(0, lineAt(text, 0.6)),
  'cut at an entry': (text) => text.slice(0, entryAt(text, 0.5)),
  'conflict markers': (text) => {
    const [start, end] = [lineAt(text, 0.5), lineAt(text, 0.6)];
    const ours = text.slice(start, end);
    return `${text.slice(0, start)}<<<<<<< HEAD\n${ours}=======\n${ours}>>>>>>> theirs\n${text.slice(end)}`;
  },
  'NUL bytes': (text) => `${text.slice(0, text.length / 2)}\0\0\0\0${text.slice(text.length / 2 + 4)}`,
  gap: (text) => text.slice(0, lineAt(text, 0.4) + 9) + text.slice(lineAt(text, 0.5) + 3),
};

/** The start of the first line behind a share of the text. */
function lineAt(text: string, share: number): number {
  return text.indexOf('\n', text.length * share) + 1;
}

/** The start of the line that begins an entry: one that is indented as few as the entries of the file are. */
function entryAt(text: string, share: number): number {
  const from = lineAt(text, share);
  const found = /^(?: {2}| {4}|\t)?["'/@a-z][^\n]*[:{[]$/m.exec(text.slice(from));
  return found === null ? from : from + found.index;
}

/** Every command that reads projects, as it is asked in a folder, the lockfile before it was damaged beside it. */
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

const CLEAN =
  /No findings;|Nothing is outdated|No vulnerable packages known;|the same packages|Nothing is wrong/;

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
      for (const [kind, damage] of Object.entries(DAMAGE)) {
        const broken = makeFolder({ ...texts, [lockfile]: damage(texts[lockfile]!) });
        const checked = await runCommand(check, broken, '--format', 'json');
        const { files: read, exitReason } = JSON.parse(checked.out) as JsonReport;
        const status = read.find(({ path }) => path === lockfile)?.status;
        // What is a whole file without its end is for the rules that compare it with the manifests.
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
