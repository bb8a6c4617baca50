import { posix } from 'node:path';
import { type InstallLink, installedFolder } from '../core/judge/changes/program-path.ts';

/** Each is read by a git process. */
const MOST_LINKS = 100;

/**
 * Returns the targets of the links in and to node_modules, given the output of `git ls-files --stage -z`; links in a
 * target's path are followed in turn. Omits targets outside the folder.
 *
 * @param read returns a link's target by its object id
 */
export async function installLinks(
  listing: string,
  read: (object: string) => Promise<string | undefined>,
): Promise<readonly InstallLink[]> {
  // Of hundreds of thousands of files, few are links.
  if (!/(?:^|\0)120000 [^\0]*node_modules/i.test(listing)) return [];
  const objects = new Map<string, string>();
  for (const [, object, path] of listing.matchAll(/(?<=^|\0)120000 (\w+) \d\t([^\0]+)/g))
    objects.set(path!, object!);
  let left = MOST_LINKS;
  const found: InstallLink[] = [];
  for (const path of objects.keys()) {
    if (installedFolder(path) === undefined) continue;
    let at: string | undefined = path;
    for (let next = linkIn(at, objects); next !== undefined && left-- > 0; next = linkIn(at, objects)) {
      const text: string | undefined = await read(objects.get(next)!);
      at = text === undefined ? undefined : targetOf(next, text, at.slice(next.length));
      if (at === undefined) break;
      found.push({ path, target: at });
    }
  }
  return found;
}

/** Returns the outermost link in a path. */
function linkIn(path: string, links: ReadonlyMap<string, string>): string | undefined {
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1))
    if (links.has(path.slice(0, end))) return path.slice(0, end);
  return links.has(path) ? path : undefined;
}

/** Returns undefined if the target is outside the folder, or all of it. */
function targetOf(link: string, text: string, rest: string): string | undefined {
  if (text.startsWith('/') || text.includes('\0')) return undefined;
  const target = posix.join(posix.dirname(link), text.replaceAll('\\', '/'), rest).replace(/\/$/, '');
  return target === '.' || target.startsWith('..') ? undefined : target;
}
