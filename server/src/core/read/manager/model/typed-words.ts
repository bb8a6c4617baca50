/** The options of a command line, as words with their dashes. */
export interface OptionWords {
  /** Options without a value. */
  readonly flags: ReadonlySet<string>;
  /** Options with a value in the next word, unless it follows `=`. */
  readonly values: ReadonlySet<string>;
  /** Options with which the command works in another place, or asks another registry. */
  readonly elsewhere: ReadonlySet<string>;
}

export interface TypedWords {
  /** The words that are neither options nor their values, in order. */
  readonly plain: readonly string[];
  /** The index of each of these among the arguments. */
  readonly places: readonly number[];
  /** The options with their values, in order. */
  readonly options: readonly (readonly [name: string, value: string | undefined])[];
  /** An option that may or may not have the next word as its value. */
  readonly unclear: string | undefined;
  readonly elsewhere: string | undefined;
}

/** Splits a list of words at its blanks. */
export function wordSet(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => list.split(' ')));
}

/**
 * Separates words from options. After `most` words, or after `--`, everything is a word: what runs once has options of its
 * own.
 */
export function typedWords(
  args: readonly string[],
  { flags, values, elsewhere }: OptionWords,
  most = Number.POSITIVE_INFINITY,
): TypedWords {
  const plain: string[] = [];
  const places: number[] = [];
  const options: [string, string | undefined][] = [];
  let unclear: string | undefined;
  let led: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!;
    if (word === '--' || plain.length >= most || !/^-./.test(word)) {
      const from = word === '--' ? at + 1 : at;
      const rest = word === '--' || plain.length >= most ? args.slice(from) : [word];
      for (const [index, each] of rest.entries()) {
        plain.push(each);
        places.push(from + index);
      }
      if (rest.length !== 1 || word === '--' || plain.length > most) break;
      continue;
    }
    const equals = word.indexOf('=');
    const name = equals === -1 ? word : word.slice(0, equals);
    let value = equals === -1 ? undefined : word.slice(equals + 1);
    if (elsewhere.has(name)) led ??= name;
    if (equals === -1 && (values.has(name) || elsewhere.has(name))) value = args[++at];
    else if (equals === -1 && !isFlag(name, flags) && at + 1 < args.length && !/^-/.test(args[at + 1]!))
      unclear ??= name;
    options.push([name, value]);
  }
  return { plain, places, options, unclear, elsewhere: led };
}

/** Also accepts `--no-…`, `--config.…`, and several letters in one word. */
function isFlag(name: string, flags: ReadonlySet<string>): boolean {
  if (flags.has(name) || name.startsWith('--no-')) return true;
  return /^-[A-Za-z]{2,}$/.test(name) && [...name.slice(1)].every((letter) => flags.has(`-${letter}`));
}

/** Checks for an option without a value, or with the value `true`. */
export function hasFlag({ options }: TypedWords, ...names: readonly string[]): boolean {
  const last = options.findLast(
    ([name]) => names.includes(name) || names.includes(name.replace('--no-', '--')),
  );
  return last !== undefined && !last[0].startsWith('--no-') && last[1] !== 'false';
}

/** Returns the values of an option that may be repeated. */
export function valuesOf({ options }: TypedWords, ...names: readonly string[]): readonly string[] {
  return options.flatMap(([name, value]) => (names.includes(name) && value !== undefined ? [value] : []));
}

/** Returns the arguments with further ones before `--`, so that they win over those that were typed. */
export function withOptions(args: readonly string[], added: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  return end === -1 ? [...args, ...added] : [...args.slice(0, end), ...added, ...args.slice(end)];
}

/** Returns the arguments without these options and their values. */
export function withoutOptions(
  args: readonly string[],
  dropped: ReadonlySet<string>,
  { values }: OptionWords,
): readonly string[] {
  const kept: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!;
    const name = word.split('=', 1)[0]!;
    if (!dropped.has(name)) kept.push(word);
    else if (name === word && values.has(name)) at++;
  }
  return kept;
}
