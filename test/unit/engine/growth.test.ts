import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cpuTime } from '../../cpu-time.ts';
import { SHAPES } from '../../growth/shapes.ts';
import { openWorkspace } from '../../workspace.ts';

/** All shapes and commands are in `test/growth/run.ts`. */
describe('a check of a project with thousands of one thing grows with their number', () => {
  for (const shape of ['copies', 'vulnerable', 'aliases', 'deprecated', 'yarn.lock'])
    test(shape, async () => {
      const timeOf = async (size: number) => {
        const files = Object.entries(SHAPES[shape]!(size));
        const workspace = files.map(([path, text]) => `-- ${path} --\n${text}\n`).join('');
        const start = cpuTime();
        assert.ok((await openWorkspace(workspace)).findings().length > 0);
        return cpuTime() - start;
      };
      await timeOf(500);
      const [few, many] = [await timeOf(1000), await timeOf(8000)];
      assert.ok(many < 24 * Math.max(few, 20), `${few} ms of 1,000 and ${many} ms of 8,000`);
    });
});
