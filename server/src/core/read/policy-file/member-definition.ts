/** A member of an entry in the configuration file: what its reader accepts, its schema, completion and documentation. */
export interface MemberDefinition {
  /** texts: one string or a list. range: of versions. day: `YYYY-MM-DD`. count: a whole number above zero. */
  readonly type: 'text' | 'texts' | 'range' | 'day' | 'flag' | 'count' | 'choice';
  readonly description: string;
  /** Of a choice, each stricter than the ones before. */
  readonly values?: readonly string[];
}

export type MemberDefinitions = Readonly<Record<string, MemberDefinition>>;

type ValueOf<D extends MemberDefinition> = D['type'] extends 'texts'
  ? readonly string[]
  : D['type'] extends 'flag'
    ? boolean
    : D['type'] extends 'count'
      ? number
      : D extends { readonly type: 'choice'; readonly values: readonly (infer V)[] }
        ? V
        : string;

/** The values of an entry by its definitions; an invalid or missing one is undefined. */
export type MemberValues<D extends MemberDefinitions> = {
  readonly [K in keyof D]: ValueOf<D[K]> | undefined;
};
