import type { Readable } from 'node:stream';
import { judgeName } from '../../core/know/identity/confusable-with.ts';
import { parsePopularNames } from '../../core/know/identity/popular-names.ts';
import { isPossibleName } from '../../core/know/identity/possible-name.ts';
import { type JudgedName, nameJson, nameTsv } from '../../core/show/report/names-report.ts';
import { bundledPopularNames } from '../bundled-data.ts';
import type { Command } from './command.ts';
import { WrongUse } from './exit-code.ts';
import { FORMAT_OPTIONS, formatOf, readArguments } from './given/arguments.ts';

const HELP = `Finds package names on standard input that look like popular ones.

Usage
  dephygiene names [options] < file

Options
  --format tsv|json   tsv (default): the name, the popular name, the kind of
                      imitation and the confidence, separated by tabs. json: an
                      array with the same and the reason
  --json              the same as --format json

Standard input has one name per line. The confidence is high or medium for names
that check would warn about, and low for hints. Without a finding it is empty,
like the popular name and the kind of imitation.

Exit code
  0   every name was judged
  2   usage error

It judges by the name alone and asks no registry.

Examples
  echo lodahs | dephygiene names
`;

/** Prints which popular names the given names resemble. */
export const names: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('names', args, FORMAT_OPTIONS);
    const format = formatOf(given, ['tsv', 'json']);
    if (given.positionals.length > 0) {
      throw new WrongUse('names reads the names from standard input; run "dephygiene names < file".');
    }
    const popular = parsePopularNames(bundledPopularNames());
    const judge = (name: string): JudgedName => ({
      name,
      verdict: isPossibleName(name) ? judgeName(name, popular) : undefined,
    });
    if (format === 'tsv') {
      for await (const lines of linesOf(process.stdin)) {
        terminal.out(lines.map((name) => nameTsv(judge(name))).join(''));
      }
      return 0;
    }
    let before = '[';
    for await (const lines of linesOf(process.stdin)) {
      for (const name of lines) {
        terminal.out(`${before}\n  ${nameJson(judge(name))}`);
        before = ',';
      }
    }
    terminal.out(before === '[' ? '[]\n' : '\n]\n');
    return 0;
  },
};

/**
 * More than the length of any name. The rest of a line is dropped, so that a stream without line ends does not
 * exhaust the memory.
 */
const LONGEST_LINE = 10_000;

/** Yields the non-empty lines as they arrive, trimmed. */
async function* linesOf(input: Readable): AsyncGenerator<readonly string[]> {
  input.setEncoding('utf8');
  let rest = '';
  for await (const chunk of input as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!.slice(0, LONGEST_LINE);
    yield named(lines);
  }
  yield named([rest]);
}

function named(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.slice(0, LONGEST_LINE).trim()).filter((line) => line !== '');
}
