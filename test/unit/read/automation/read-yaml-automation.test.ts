import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readCompose } from '../../../../server/src/core/read/automation/read-compose.ts';
import { readGitlab } from '../../../../server/src/core/read/automation/read-gitlab.ts';
import { readWorkflow } from '../../../../server/src/core/read/automation/read-workflow.ts';
import { cpuTime } from '../../../cpu-time.ts';
import { openWorkspace } from '../../../workspace.ts';

const read = (text: string) => readWorkflow('file:///a/.github/workflows/a.yml', text, 'github');
/** The words of all commands, as they are in the file. */
const words = (text: string, { jobs } = read(text)) =>
  jobs.flatMap(({ steps }) =>
    steps.flatMap(({ commands }) =>
      commands.map((command) => command.words.map(({ span }) => text.slice(span.start, span.end)).join(' ')),
    ),
  );
const step = (run: string) => `jobs:\n  a:\n    steps:\n      - run: ${run}\n`;

describe('scripts in YAML', () => {
  for (const [run, expected] of [
    ['a b', ['a b']],
    ['a b # no', ['a b']],
    ["'a ''b c'' d'", ["a ''b c'' d"]],
    ['"a \\"b c\\" && d\\ne"', ['a \\"b c\\"', 'd', 'e']],
    ['|\n          a\n          b', ['a', 'b']],
    ['|2-\n          a \\\n            b', ['a b']],
    ['>\n          a\n          b\n\n          c', ['a b', 'c']],
    ['a\n          b', ['a b']],
    ['&x a', ['a']],
    ['[a, b]', []],
    ['', []],
  ] as const) {
    test(JSON.stringify(run), () => assert.deepEqual(words(step(run)), expected));
  }

  test('jobs of anchors have the commands of their source', () => {
    const text = 'x: &s\n  - run: a\njobs:\n  a:\n    steps: *s\n  b:\n    steps: *s\n';
    assert.deepEqual(words(text), ['a', 'a']);
  });

  test('GitLab: lists in lists, shared scripts and hidden jobs', () => {
    const text =
      'default:\n  before_script: [a]\n.x:\n  script: b\nc:\n  script:\n    - [d, e]\n    - f\nvariables: { A: g }\n';
    assert.deepEqual(words(text, readGitlab('file:///a', text)), ['a', 'b', 'd', 'e', 'f']);
  });
});

test('hostile files are read soon, and what cannot be read is a problem', () => {
  for (const text of [
    `jobs: ${'['.repeat(200_000)}`,
    `a: &a [${'x, '.repeat(1000)}]\njobs: [${'*a, '.repeat(10_000)}]\n`,
    'x'.repeat(600_000),
    step(`|\n${'          npm install\n'.repeat(20_000)}`),
    'jobs: { a: { steps: [ { run: ',
    '- a\n- b\n',
    '',
  ]) {
    for (const reader of [
      read,
      (each: string) => readGitlab('file:///a', each),
      (each: string) => readCompose('file:///a', each),
    ]) {
      const start = cpuTime();
      const { jobs } = reader(text);
      assert.ok(Array.isArray(jobs));
      assert.ok(cpuTime() - start < 4000, text.slice(0, 20));
    }
  }
});

test('a workflow that is read in part, or not at all, is listed as such', async () => {
  const { snapshot } = await openWorkspace(
    `-- package.json --\n{}\n-- .github/workflows/a.yml --\non: push\njobs: [\n-- .github/workflows/b.yml --\non: push\n-- Dockerfile --\nFROM node:24\n`,
  );
  const statuses = snapshot.projects[0]!.statuses.filter(({ kind }) => kind === 'automation');
  assert.deepEqual(
    statuses.map(({ uri, status }) => `${uri.slice(uri.lastIndexOf('/') + 1)} ${status}`),
    ['a.yml partial', 'b.yml checked', 'Dockerfile checked'],
  );
});

test('files that the configuration excludes, and those of other folders, are not read', async () => {
  const { snapshot } = await openWorkspace(
    `-- package.json --\n{ "workspaces": ["a"] }\n-- a/package.json --\n{}\n-- a/Dockerfile --\nFROM x\n-- a/.github/workflows/a.yml --\non: push\n-- .github/workflows/b.yml --\non: push\n-- b/Dockerfile --\nFROM x\n-- dependency-hygiene.json --\n{ "exclude": ["**/b.yml"] }\n`,
  );
  const read = snapshot.projects
    .flatMap(({ files }) => [...files.values()])
    .filter(({ kind }) => kind === 'automation');
  assert.deepEqual(
    read.map(({ uri }) => uri),
    ['file:///workspace/a/Dockerfile'],
  );
});
