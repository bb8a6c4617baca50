import { extendsTarget } from '../../core/read/policy-file/extends/extends-target.ts';
import { MOST_EXTENDED, type PolicyLookup } from '../../core/read/policy-file/extends/resolve-extends.ts';
import { isWithin, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { FileStore } from './file-store.ts';

/** What the policies of a project extend. */
export interface ExtendedPolicies {
  /** The top of the repository of each policy that extends others; its own folder outside of one. */
  readonly tops: ReadonlyMap<Uri, Uri>;
  /** The same for any other policy of the project. */
  readonly top: Uri;
  /** Every file that may be one of them, existing or not. */
  readonly files: ReadonlySet<Uri>;
}

interface Search {
  readonly store: FileStore;
  readonly bound: Uri;
  isGitFolder(directory: Uri): Promise<boolean>;
}

/** Loads the files that policies extend, directly or not. */
export async function loadExtended(
  root: Uri,
  policies: readonly Uri[],
  search: Search,
): Promise<ExtendedPolicies> {
  const { store } = search;
  const tops = new Map<Uri, Uri>();
  const files = new Set<Uri>();
  for (const policy of policies) {
    await store.load(policy);
    if (store.parsed('policy', policy, undefined)?.extends.length === 0) continue;
    const top = await topOf(parentUri(policy), search);
    tops.set(policy, top);
    const next = [policy];
    for (let at = next.shift(); at !== undefined && files.size < MOST_FILES; at = next.shift()) {
      const items = store.parsed('policy', at, undefined)?.extends ?? [];
      for (const { value } of items.slice(0, MOST_EXTENDED)) {
        const target = extendsTarget(value, at, top);
        for (const uri of target.type === 'fault' ? [] : target.files) {
          if (files.has(uri)) continue;
          files.add(uri);
          // No client watches files of other names.
          store.forget(uri);
          if ((await store.load(uri)).type === 'missing') continue;
          next.push(uri);
          break;
        }
      }
    }
  }
  return { tops, top: await topOf(root, search), files };
}

const MOST_FILES = 500;

async function topOf(folder: Uri, { bound, isGitFolder }: Search): Promise<Uri> {
  for (let at = folder; ; at = parentUri(at)) {
    if (await isGitFolder(at)) return at;
    if (at === parentUri(at)) return isWithin(bound, folder) ? bound : folder;
  }
}

/** Returns what the store has of a file that a policy may extend. */
export function extendedIn(store: FileStore, uri: Uri): PolicyLookup {
  const read = store.peek(uri);
  if (read === undefined) return 'pending';
  if (read.type === 'missing') return 'missing';
  if (read.type === 'refused') return { refused: read.reason };
  return store.parsed('policy', uri, undefined) ?? 'missing';
}
