import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { FORMATS } from './lockfile-histories.ts';
import { history, incident } from './run-incident.ts';

describe('every commit, checked out', () => {
  /** An independent reading: what stands in the text of each format. */
  function isBad(text: string): boolean {
    return [
      /"(?:node_modules\/)?evil": \{\s*"version": "6\.6\.6"/,
      /"evil@\^6\.6\.6":\n {2}version "6\.6\.6"/,
      /resolution: "evil@npm:6\.6\.6"/,
      /^ {2}'?\/?evil[@/]6\.6\.6'?:/m,
      /\["evil@6\.6\.6"/,
    ].some((pattern) => pattern.test(text));
  }

  test('shows the same entries and exits', () => {
    const own = history();
    let state = 5;
    const random = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % below;
    };
    const branches = ['main', 'a', 'b'];
    own.commit();
    for (const branch of branches.slice(1)) own.git('branch', branch);
    for (let step = 0; step < 45; step++) {
      own.git('checkout', '--quiet', branches[random(3)]!);
      if (random(6) === 0) own.git('merge', '--quiet', '--no-edit', '-X', 'ours', branches[random(3)]!);
      const at = random(FORMATS.length);
      const [file, , text] = FORMATS[at]!;
      const path = `${at}/${file}`;
      if (random(8) === 0) rmSync(join(own.directory, path), { force: true });
      else own.write(path, text({ evil: random(2) === 0 ? '6.6.6' : '6.6.5', other: `1.${step}.0` }));
      own.commit();
    }
    const stateOf = (commit: string | undefined) => {
      const bad = new Set<string>();
      if (commit === undefined) return bad;
      own.git('checkout', '--quiet', '--detach', commit);
      for (const [at, [file]] of FORMATS.entries()) {
        const path = `${at}/${file}`;
        const place = join(own.directory, path);
        if (existsSync(place) && isBad(readFileSync(place, 'utf8'))) bad.add(path);
      }
      return bad;
    };
    const expected: string[] = [];
    const states = new Map<string | undefined, Set<string>>();
    const known = (commit: string | undefined) => {
      if (!states.has(commit)) states.set(commit, stateOf(commit));
      return states.get(commit)!;
    };
    for (const line of own.git('rev-list', '--all', '--parents').split('\n')) {
      const [commit, parent] = line.split(' ');
      const [after, before] = [known(commit), known(parent)];
      for (const path of after) if (!before.has(path)) expected.push(`entered ${commit} ${path}`);
      for (const path of before) if (!after.has(path)) expected.push(`left ${commit} ${path}`);
    }
    own.git('checkout', '--quiet', 'main');
    const { repositories } = incident(['evil@6.6.6', own.directory, '--history']);
    const found = repositories[0]!.findings.flatMap(({ lockfile: path, events }) =>
      events.map(({ type, commit }) => `${type} ${commit} ${path}`),
    );
    assert.ok(expected.length > 20, `${expected.length}`);
    assert.deepEqual(found.sort(), expected.sort());
    for (const branch of branches) {
      const now = repositories[0]!.findings
        .filter((each) => each.now.includes(branch))
        .map((each) => each.lockfile);
      assert.deepEqual(now.sort(), [...known(own.git('rev-parse', branch))].sort(), branch);
    }
  });
});
