import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { openFiles } from '../workspace.ts';

const DEMO = path.resolve(import.meta.dirname, '../fixtures/demo');
const read = (file: string) => readFileSync(path.join(DEMO, file), 'utf8');

for (const root of globSync('*/package.json', { cwd: DEMO }).map((file) => path.dirname(file))) {
  test(`${root}/package.json cut after every character gives no finding outside its text`, async () => {
    const whole = read(`${root}/package.json`);
    const files = new Map([
      ['dependency-hygiene.json', read('dependency-hygiene.json')],
      [`${root}/package.json`, whole],
    ]);
    for (const file of [`${root}/package-lock.json`, `${root}/yarn.lock`]) {
      if (existsSync(path.join(DEMO, file))) files.set(file, read(file));
    }
    const workspace = await openFiles(files);
    const uri = workspace.uri(`${root}/package.json`);
    for (let length = 0; length <= whole.length; length++) {
      workspace.session.setOverlay(uri, whole.slice(0, length));
      const snapshot = workspace.session.snapshot();
      for (const finding of snapshot.diagnose(uri).findings) {
        const { start, end } = finding.span;
        assert.ok(
          0 <= start && start <= end && end <= length,
          `${finding.rule} at ${start}-${end} of ${length}`,
        );
        snapshot.fixesOf(finding);
      }
    }
  });
}
