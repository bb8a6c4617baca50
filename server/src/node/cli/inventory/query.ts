import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { answerJson, answerText } from '../../../core/show/report/inventory/answer-text.ts';
import {
  type AskedPackage,
  isPlainText,
  NAMED_QUESTIONS,
} from '../../../core/show/report/inventory/named-questions.ts';
import { DUCKDB, queryInventory, RefusedQuery } from '../../inventory/duckdb.ts';
import { readInventory } from '../../inventory/inventory-folder.ts';
import type { Command } from '../command.ts';
import { WrongUse } from '../exit-code.ts';
import { FORMAT_OPTIONS, formatOf, readArguments } from '../given/arguments.ts';

const NAMED = Object.entries(NAMED_QUESTIONS)
  .map(([name, { takes, help }]) => {
    const typed = takes === 'package' ? `${name} <package>[@<version>]` : name;
    return typed.length > 20 ? `  ${typed}\n${' '.repeat(24)}${help}` : `  ${typed.padEnd(22)}${help}`;
  })
  .join('\n');

const HELP = `Answers a question from the tables that "dephygiene inventory" wrote.

Usage
  dephygiene inventory query <question> [package] --in <folder> [options]
  dephygiene inventory query "<sql>" --in <folder> [options]

Questions
${NAMED}

Options
  --in <folder>         the folder that "dephygiene inventory --out" wrote
  --sql                 print the SQL of the question instead of the answer
  --format text|json    text for people (default), json for programs
  --json                the same as --format json

Tables are packages, members, repositories, and history with all commits that
were read. It needs DuckDB, which is not part of dephygiene:
  npm install --global ${DUCKDB}
A query reads nothing but the folder.

Exit code
  0   the query was answered
  2   usage error, no such folder, no DuckDB, or DuckDB refused the query

Examples
  dephygiene inventory query versions lodash --in inventory
  dephygiene inventory query "SELECT count(*) FROM packages" --in inventory
`;

/** Answers a question about an inventory. */
export const query: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('inventory query', args, {
      ...{ in: 'string', sql: 'boolean' },
      ...FORMAT_OPTIONS,
    });
    const format = formatOf(given, ['text', 'json']);
    const sql = sqlOf(given.positionals);
    if (given.flag('sql')) {
      terminal.out(`${sql};\n`);
      return 0;
    }
    const typed = given.text('in');
    if (typed === undefined)
      throw new WrongUse('inventory query needs the folder of an inventory; add --in <folder>.');
    const folder = await realpath(resolve(typed)).catch(() => undefined);
    const state = folder === undefined ? undefined : await readInventory(folder);
    if (folder === undefined || state === undefined)
      throw new WrongUse(
        `${typed} is not an inventory; run "dephygiene inventory --repos <dir> --out ${typed}".`,
      );
    if (state.repositories.size === 0)
      throw new WrongUse(
        `${typed} has no repository yet; run "dephygiene inventory --out ${typed}" with some.`,
      );
    let answer: Awaited<ReturnType<typeof queryInventory>>;
    try {
      answer = await queryInventory(folder, state.format, sql);
    } catch (error) {
      if (error instanceof RefusedQuery)
        throw new WrongUse(`DuckDB refused the query: ${error.message.split('\n', 1)[0]}`);
      throw error;
    }
    if (answer === undefined)
      throw new WrongUse(
        `DuckDB is not installed beside dephygiene; run "npm install --global ${DUCKDB}", or without --global where dephygiene is a dependency.`,
      );
    terminal.out(format === 'json' ? answerJson(answer) : answerText(answer, terminal.columns));
    return 0;
  },
};

function sqlOf([question, ...rest]: readonly string[]): string {
  if (question === undefined)
    throw new WrongUse('inventory query needs a question; see "dephygiene inventory query --help".');
  const named = Object.hasOwn(NAMED_QUESTIONS, question) ? NAMED_QUESTIONS[question] : undefined;
  if (named === undefined) {
    if (!/\s/.test(question))
      throw new WrongUse(
        `there is no question "${question}"; use ${Object.keys(NAMED_QUESTIONS).join(', ')} or SQL.`,
      );
    if (rest.length > 0) throw new WrongUse('SQL is one argument; put it in quotes.');
    return question.trim().replace(/;+$/, '');
  }
  const [asked, ...others] = rest;
  if (others.length > 0 || (named.takes === 'nothing' && asked !== undefined))
    throw new WrongUse(
      `${question} takes no "${others[0] ?? asked}"; see "dephygiene inventory query --help".`,
    );
  if (named.takes === 'package' && (asked === undefined || !isPlainText(asked)))
    throw new WrongUse(
      `${question} needs the name of a package; run "dephygiene inventory query ${question} chalk".`,
    );
  return named.sql(packageOf(asked ?? ''));
}

function packageOf(typed: string): AskedPackage {
  const at = typed.indexOf('@', 1);
  return at === -1
    ? { name: typed, version: undefined }
    : { name: typed.slice(0, at), version: typed.slice(at + 1) };
}
