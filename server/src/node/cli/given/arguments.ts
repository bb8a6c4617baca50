import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearestWord } from '../../../core/read/text/words/nearest-word.ts';
import { WrongUse } from '../exit-code.ts';

export type OptionTypes = Readonly<Record<string, 'string' | 'boolean'>>;

/** The arguments that follow a command. */
export interface Arguments {
  readonly positionals: readonly string[];
  text(option: string): string | undefined;
  flag(option: string): boolean;
}

/** Parses the arguments of a command; throws `WrongUse` for an unknown option. */
export function readArguments(command: string, args: readonly string[], types: OptionTypes): Arguments {
  const options: ParseArgsConfig['options'] = { help: { type: 'boolean', short: 'h' } };
  for (const [name, type] of Object.entries(types)) options[name] = { type };
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string | true>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const type = options[token.name]?.type;
    if (type === undefined) throw new WrongUse(unknownOption(command, token.rawName, Object.keys(options)));
    if (type === 'boolean' && token.value !== undefined) {
      throw new WrongUse(`${token.rawName} takes no value; use it alone.`);
    }
    if (type === 'string' && (token.value === undefined || token.value === '' || isOption(token))) {
      throw new WrongUse(`${token.rawName} needs a value; see "dephygiene ${command} --help".`);
    }
    values.set(token.name, token.value ?? true);
  }
  return {
    positionals,
    text: (option) => {
      const value = values.get(option);
      return typeof value === 'string' ? value : undefined;
    },
    flag: (option) => values.has(option),
  };
}

/** Returns the value if it is one of a few words; the error lists them. */
export function oneOf<T extends string>(option: string, value: string, words: readonly T[]): T {
  const found = words.find((word) => word === value);
  if (found === undefined)
    throw new WrongUse(`${option} cannot be "${value}"; use one of ${words.join(', ')}.`);
  return found;
}

/** The options of a command that prints JSON. */
export const FORMAT_OPTIONS = { format: 'string', json: 'boolean' } as const;

/** Returns the format of `--format`, of which `--json` is a short form, or else the first one. */
export function formatOf<T extends string>(
  given: Pick<Arguments, 'text' | 'flag'>,
  formats: readonly [T, ...T[]],
): T {
  const typed = given.text('format');
  if (!given.flag('json')) return typed === undefined ? formats[0] : oneOf('--format', typed, formats);
  if (typed !== undefined && typed !== 'json')
    throw new WrongUse(`--json cannot be combined with --format ${typed}; use one of them.`);
  return oneOf('--format', 'json', formats);
}

/** Checks whether the next option was taken for a value, as in `--config --trust`. `--config=--odd` is intended. */
function isOption(token: {
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}): boolean {
  return token.inlineValue !== true && token.value?.startsWith('-') === true;
}

function unknownOption(command: string, raw: string, known: readonly string[]): string {
  const closest = nearestWord(
    raw,
    known.map((name) => `--${name}`),
  );
  const instead = closest === undefined ? `see "dephygiene ${command} --help"` : `did you mean ${closest}?`;
  return `${command} has no option ${raw}; ${instead}${closest === undefined ? '.' : ''}`;
}
