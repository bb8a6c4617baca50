import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertLinear, cpuTime } from '../../cpu-time.ts';
import { SHAPES } from '../../growth/shapes.ts';
import { openWorkspace } from '../../workspace.ts';

/** All shapes and commands are in `test/growth/run.ts`. */
describe('a check of a project with thousands of one thing grows with their number', () => {
  for (const shape of ['copies', 'vulnerable', 'aliases', 'deprecated', 'yarn.lock'])
    test(shape, async () => {
      await assertLinear(1000, async (size) => {
        const files = Object.entries(SHAPES[shape]!(size));
        const workspace = files.map(([path, text]) => `-- ${path} --\n${text}\n`).join('');
        const start = cpuTime();
        assert.ok((await openWorkspace(workspace)).findings().length > 0);
        return cpuTime() - start;
      });
    });
});
