import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { CLI, type Ended, runCli } from './run-cli.ts';

function judge(input: string | Buffer, ...args: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'names', ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  return { code: status, out: stdout, error: stderr };
}

describe('dephygiene names', () => {
  test('prints a line for each name, with what it could be mistaken for, between tabs', () => {
    const { code, out, error } = judge('lodahs\nlodash\nnode-lodash\narm-advisor\n');
    assert.deepEqual([code, error], [0, '']);
    assert.equal(
      out,
      [
        'lodahs\tlodash\tswapped-characters\thigh',
        'lodash\t\t\t',
        'node-lodash\tlodash\taffix\tlow',
        'arm-advisor\t@azure/arm-advisor\tscope-family\tmedium',
        '',
      ].join('\n'),
    );
  });

  test('all twelve squats of four packages that everybody knows are warned of', () => {
    const names =
      'lodahs lodash- lodashjs react-js reactt reacct expres expresss express-js momentt moment-js momnet';
    const lines = judge(names.split(' ').join('\n')).out.trimEnd().split('\n');
    const targets = lines
      .map((line) => line.split('\t'))
      .map(([, target, , confidence]) => [target, confidence]);
    assert.deepEqual(
      targets.map(([target]) => target),
      ['lodash', 'react', 'express', 'moment'].flatMap((target) => [target, target, target]),
    );
    for (const [, confidence] of targets) assert.match(confidence!, /^(?:high|medium)$/);
  });

  test('what is no name gets an empty verdict, and blank lines none', () => {
    const { code, out } = judge('../x\r\n\n   \na b\n\tlodahs \r\n\u001b[31m\n');
    assert.equal(code, 0);
    assert.equal(out, '../x\t\t\t\na b\t\t\t\nlodahs\tlodash\tswapped-characters\thigh\n\u241b[31m\t\t\t\n');
    assert.deepEqual(judge(Buffer.from([0xff, 0xfe, 0x0a, 0xc3])).code, 0);
  });

  test('JSON has the reason in words', () => {
    assert.deepEqual(JSON.parse(judge('lodahs\nlodash', '--format', 'json').out), [
      {
        name: 'lodahs',
        target: 'lodash',
        mechanism: 'swapped-characters',
        confidence: 'high',
        evidence: "swaps 's' and 'h'",
      },
      { name: 'lodash', target: null, mechanism: null, confidence: null, evidence: null },
    ]);
    assert.deepEqual(JSON.parse(judge('', '--format', 'json').out), []);
    assert.equal(judge('').out, '');
  });

  test('reads any number of names, and lines without an end', () => {
    const names = Array.from({ length: 200_000 }, (_, i) => (i % 1_000 === 0 ? 'lodahs' : `name-${i}`));
    const { code, out } = judge(names.join('\n'));
    assert.equal(code, 0);
    const lines = out.trimEnd().split('\n');
    assert.equal(lines.length, names.length);
    assert.equal(lines.filter((line) => line.endsWith('\thigh')).length, 200);
    assert.equal(
      judge(`${'x'.repeat(20_000_000)}\nlodahs`).out.split('\n')[1],
      'lodahs\tlodash\tswapped-characters\thigh',
    );
  });

  test('wrong use is said', () => {
    assert.equal(runCli(['names', 'lodahs']).code, 2);
    assert.equal(judge('', '--format', 'xml').code, 2);
    const help = runCli(['names', '--help']).out;
    assert.match(help, /standard input/);
    for (const line of help.split('\n')) assert.ok(line.length <= 80, line);
  });
});
