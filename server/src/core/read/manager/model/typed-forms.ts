import type { TypedCommand, TypedInstall } from './typed-commands.ts';
import type { TypedWords } from './typed-words.ts';

/** A package of a folder, a file or an archive: `./a`, `../a.tgz`, `file:a`, `C:\a`, `https://a.test/a.tgz`. */
const LOCAL =
  /^(?:\.{0,2}[/\\]|\.{1,2}$|~|[a-z]:[/\\]|(?:file|link|portal|workspace|patch|exec):)|\.(?:tgz|tar\.gz|tar)$/i;
/** The same behind an alias: `b@file:a`. */
const ALIASED = /^(?:@[^/@]+\/)?[^@/]+@(?:file|link|portal|patch|exec):/i;

/** Returns why the words of an install cannot be judged; undefined if they can. */
export function refusalOf(
  words: Pick<TypedWords, 'unclear' | 'elsewhere'>,
  specs: readonly string[],
): (TypedCommand & { readonly type: 'refused' }) | undefined {
  const { unclear, elsewhere } = words;
  if (elsewhere !== undefined)
    return refused(
      `${elsewhere} leads to another folder, registry or configuration`,
      'run the command in that folder, and configure the registry in a file',
    );
  if (unclear !== undefined)
    return refused(
      `the word after ${unclear} may be its value or a package`,
      `write ${unclear}=<value>, or put ${unclear} last`,
    );
  const local = specs.find((spec) => LOCAL.test(spec) || ALIASED.test(spec));
  if (local === undefined) return undefined;
  const what = /^https?:/i.test(local) ? 'an archive from a URL' : 'a folder or file of this machine';
  return refused(`${local} is ${what}`, 'review it, and install it without guard');
}

export function refused(reason: string, advice: string): TypedCommand & { readonly type: 'refused' } {
  return { type: 'refused', reason, advice };
}

/** Returns the package that `create` runs for a name: `create-a`, `@a/create`, `@a/create-b`. */
export function initializerOf(spec: string): string {
  const [, scope = '', name = '', version = ''] =
    /^(?:(@[^/@]+)(?:\/|(?=@|$)))?([^@]*)(@.*)?$/.exec(spec) ?? [];
  if (scope === '') return `create-${name}${version}`;
  return name === '' ? `${scope}/create${version}` : `${scope}/create-${name}${version}`;
}

/** Returns an install in the project of the folder, for which `resolve` resolves the same. */
export function project(specs: readonly string[], resolve: readonly string[]): TypedInstall {
  return { type: 'install', place: 'project', specs, isFrozen: false, resolve };
}
