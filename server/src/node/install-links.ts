import { posix } from 'node:path';
import { type InstallLink, installedFolder } from '../core/judge/changes/program-path.ts';

/** Each is read by a process of git's. */
const MOST_LINKS = 100;

/**
 * Returns what the links in and of node_modules lead to, in what `git ls-files --stage -z` lists; links that such a path goes
 * through are followed in turn. What leaves the folder is left out.
 *
 * @param read gives what a link says, by git's name of it
 */
export async function installLinks(
  listing: string,
  read: (object: string) => Promise<string | undefined>,
): Promise<readonly InstallLink[]> {
  // Of a hundred thousands of files, few are links.
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

/** The outermost link that a path goes through. */
function linkIn(path: string, links: ReadonlyMap<string, string>): string | undefined {
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1))
    if (links.has(path.slice(0, end))) return path.slice(0, end);
  return links.has(path) ? path : undefined;
}

/** Undefined where it leads out of the folder, or to all of it. */
function targetOf(link: string, text: string, rest: string): string | undefined {
  if (text.startsWith('/') || text.includes('\0')) return undefined;
  const target = posix.join(posix.dirname(link), text.replaceAll('\\', '/'), rest).replace(/\/$/, '');
  return target === '.' || target.startsWith('..') ? undefined : target;
}
