import { isWithin, joinUri, nameOf, parentUri, type Uri } from '../../text/paths/uri.ts';

/** The files that an item of `extends` may name, in the order in which they are looked for, or why it names none. */
export type ExtendsTarget =
  | { readonly type: 'file'; readonly files: readonly Uri[] }
  | { readonly type: 'package'; readonly files: readonly Uri[] }
  | { readonly type: 'fault'; readonly fault: string };

/** The policy in a package, unless the item names another file of it. */
const FILE_OF_PACKAGE = 'dependency-hygiene.json';
const PACKAGE = /^(@[\w.~-]+\/[\w.~-]+|[\w~-][\w.~-]*)(?:\/(.+))?$/;

/**
 * Finds what an item of `extends` names: a file by a path with `./` or `../`, or an installed package. Never a URL, and
 * never a file outside of the repository or package.
 *
 * @param from the policy with the item
 * @param top the top of its repository
 */
export function extendsTarget(item: string, from: Uri, top: Uri): ExtendsTarget {
  const folder = parentUri(from);
  const limit = packageFolder(from) ?? top;
  if (/^\.{1,2}\//.test(item)) {
    const uri = joinUri(folder, item);
    if (isWithin(limit, uri) && uri !== limit) return { type: 'file', files: [uri] };
    const place = limit === top ? 'repository' : 'package';
    return {
      type: 'fault',
      fault: `leads out of the ${place}; name a file inside it or an installed package`,
    };
  }
  if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(item))
    return { type: 'fault', fault: 'is a URL, and policies are never downloaded; install it as a package' };
  const parts = item.includes('\\') ? null : PACKAGE.exec(item);
  const name = parts?.[1];
  const path = parts?.[2] ?? FILE_OF_PACKAGE;
  if (name === undefined || path.split('/').some((part) => part === '' || part === '.' || part === '..'))
    return { type: 'fault', fault: 'is neither a path that begins with "./" nor the name of a package' };
  const files: Uri[] = [];
  for (let at = folder; isWithin(top, at); at = parentUri(at)) {
    if (nameOf(at) !== 'node_modules') files.push(joinUri(at, `node_modules/${name}/${path}`));
    if (at === top) break;
  }
  return { type: 'package', files };
}

/** Checks whether a file belongs to an installed package. */
export function isInPackage(uri: Uri): boolean {
  return packageFolder(uri) !== undefined;
}

function packageFolder(uri: Uri): Uri | undefined {
  return /^.*\/node_modules\/(?:(?:@|%40)[^/]+\/)?[^/]+(?=\/)/.exec(uri)?.[0];
}
