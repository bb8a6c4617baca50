import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readDockerfile } from '../../../../server/src/core/read/automation/read-dockerfile.ts';
import { cpuTime } from '../../../cpu-time.ts';

const read = (text: string) => readDockerfile('file:///a/Dockerfile', text);
/** The commands of RUN, each word as it is in the file. */
const runs = (text: string) =>
  read(text).jobs.flatMap(({ steps }) =>
    steps.flatMap(({ commands }) =>
      commands.map(({ words }) => words.map(({ span }) => text.slice(span.start, span.end)).join(' ')),
    ),
  );

describe('readDockerfile', () => {
  test('stages and their images', () => {
    const text =
      'ARG V=24\nFROM --platform=linux/amd64 node:$V AS Build\nRUN a\nFROM build\nFROM scratch as x\r\nCMD b\n';
    const { jobs, images } = read(text);
    assert.deepEqual(
      jobs.map(({ name, steps }) => [name.value, steps.map(({ instruction }) => instruction)]),
      [
        ['node:$V', ['RUN']],
        ['build', []],
        ['scratch', ['CMD']],
      ],
    );
    assert.deepEqual(
      images.map(({ image: { value, span } }) => [value, text.slice(span.start, span.end)]),
      [
        ['node:$V', 'node:$V'],
        ['scratch', 'scratch'],
      ],
    );
  });

  test('continued lines, comments in them, and the directive escape', () => {
    assert.deepEqual(runs('FROM a\nRUN b \\\n  # no\n\n  c && \\  \n d\nRUN e\n'), ['b c', 'd', 'e']);
    assert.deepEqual(runs('# escape=`\nFROM a\nRUN b c `\n && d\n'), ['b c', 'd']);
  });

  test('here-documents, flags, exec forms and shells in them', () => {
    assert.deepEqual(runs('FROM a\nRUN <<EOF\nb\nc d\nEOF\nRUN e\n'), ['b', 'c d', 'e']);
    assert.deepEqual(
      runs("FROM a\nRUN --mount=type=cache,target=/x --network=none b\nCOPY <<'X' /y\nRUN no\nX\n"),
      ['b'],
    );
    assert.deepEqual(runs('FROM a\nRUN ["b", "c d"]\nRUN ["/bin/sh", "-c", "e && f g"]\n'), [
      '"b" "c d"',
      'e',
      'f g',
    ]);
  });

  test('variables', () => {
    const [job] = read('FROM a\nENV A=1 B="x"\nENV C d e\nARG D\nARG E=2\n').jobs;
    assert.deepEqual(
      job!.env.map(({ key, value }) => [key.value, value?.text]),
      [
        ['A', '1'],
        ['B', '"x"'],
        ['C', 'd'],
        ['D', undefined],
        ['E', '2'],
      ],
    );
  });

  test('anything else is no instruction, and hostile files end soon', () => {
    assert.deepEqual(read('').jobs, []);
    assert.deepEqual(runs('RUN a\n<xml>\nFROM\n'), []);
    for (const text of [
      'FROM a\n'.repeat(80_000),
      `FROM a\nRUN ${'<<A '.repeat(50_000)}`,
      `FROM a\nRUN ${'\\\n#\n'.repeat(100_000)}`,
      `RUN [${'"'.repeat(200_000)}`,
    ]) {
      const start = cpuTime();
      read(text);
      assert.ok(cpuTime() - start < 2000, text.slice(0, 20));
    }
    assert.equal(read('#'.repeat(600_000)).problems.length, 1);
    assert.equal(read('RUN a\n'.repeat(3000)).problems.length, 1);
  });
});
