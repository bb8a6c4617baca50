import { NATIVE_REPLACEMENTS } from './native-replacements.ts';

/** A function or class of Node.js that does what a package does. */
export interface NativeReplacement {
  readonly name: string;
  /** The first version of Node.js that has it. */
  readonly since: string;
}

let table: ReadonlyMap<string, NativeReplacement> | undefined;

/** Returns what Node.js has instead of a package. */
export function nativeReplacement(packageName: string): NativeReplacement | undefined {
  table ??= new Map(
    NATIVE_REPLACEMENTS.trim()
      .split('\n')
      .map((line) => {
        const [key, name, since] = line.split('\t') as [string, string, string];
        return [key, { name, since }];
      }),
  );
  return table.get(packageName);
}
