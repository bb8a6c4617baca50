import { extendsTarget, isInPackage } from '../../core/read/policy-file/extends/extends-target.ts';
import { MOST_EXTENDED } from '../../core/read/policy-file/extends/resolve-extends.ts';
import type { Policy } from '../../core/read/policy-file/policy.ts';
import { POLICY_FILE_NAME, readPolicy } from '../../core/read/policy-file/read-policy.ts';
import type { CheckedFile } from '../../core/read/project/checked-file.ts';
import { nameOf, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { ProjectFiles } from '../projects/project-files.ts';
import { readConfiguration } from '../projects/read-configuration.ts';
import { type CommittedSearch, changedText } from './committed-configuration.ts';

/** The configuration files of a review's base that have changed since. */
export interface ReviewedConfiguration {
  /** `absent` if the base does not have the file. */
  readonly files: ReadonlyMap<Uri, CheckedFile | 'absent'>;
  /** The policies among them that are gone. */
  readonly gone: ReadonlySet<Uri>;
  /** Files that policies of the base extend and that have changed since, or are packages that git keeps. */
  readonly extended: ReadonlyMap<Uri, Policy | 'absent'>;
}

/**
 * Reads the configuration that determines request targets and private names as of a commit. What cannot be read there
 * counts as absent, so that nothing new is trusted. Untracked files are not part of the change: whoever runs the check
 * wrote them. Never rejects.
 */
export async function reviewedConfiguration(
  projects: readonly ProjectFiles[],
  search: CommittedSearch,
): Promise<ReviewedConfiguration> {
  const found = new Map<Uri, CheckedFile | 'absent'>();
  for (const uri of new Set(projects.flatMap(decidingFiles))) {
    const before = await beforeOf(uri, search);
    if (before !== undefined) found.set(uri, before);
  }
  const gone = new Set<Uri>();
  for (const uri of gonePolicies(search)) {
    const read = await search.git?.textAt(uri, search.revision).catch(() => undefined);
    if (read?.type !== 'text') continue;
    found.set(uri, readPolicy(uri, read.text));
    gone.add(uri);
  }
  return { files: found, gone, extended: await extendedBefore(projects, found, search) };
}

/** Reads what the policies of the base extend, as of the base. */
async function extendedBefore(
  projects: readonly ProjectFiles[],
  files: ReviewedConfiguration['files'],
  { git, revision, store }: CommittedSearch,
): Promise<ReviewedConfiguration['extended']> {
  const found = new Map<Uri, Policy | 'absent'>();
  for (const { policy, policiesAbove, extended } of projects) {
    const present = [policy ?? [], policiesAbove].flat();
    const starts = [...new Set([...files.keys(), ...present])].flatMap((uri) => {
      const old = files.get(uri) ?? store.parsed('policy', uri, undefined);
      return old !== undefined && old !== 'absent' && old.kind === 'policy' ? [{ uri, policy: old }] : [];
    });
    for (const start of starts) {
      const top = extended.tops.get(start.uri) ?? extended.top;
      const seen = new Set<Uri>([start.uri]);
      const next = [start];
      for (let at = next.shift(); at !== undefined && seen.size < MOST_FILES; at = next.shift()) {
        for (const { value } of at.policy.extends.slice(0, MOST_EXTENDED)) {
          const target = extendsTarget(value, at.uri, top);
          for (const uri of target.type === 'fault' ? [] : target.files) {
            if (seen.has(uri)) continue;
            seen.add(uri);
            await store.load(uri);
            const read = await git?.textAt(uri, revision).catch(() => undefined);
            const isSame = read?.type === 'text' && read.text === store.textOf(uri) && !isInPackage(uri);
            const old = read?.type === 'text' ? readPolicy(uri, read.text) : undefined;
            if (old === undefined && isInPackage(uri)) continue;
            if (!isSame) found.set(uri, old ?? 'absent');
            if (old !== undefined) next.push({ uri, policy: old });
            if (old !== undefined) break;
          }
        }
      }
    }
  }
  return found;
}

const MOST_FILES = 500;

function gonePolicies({ listed, store }: CommittedSearch): readonly Uri[] {
  const uris = listed.flatMap(({ objects }) => [...objects.keys()]);
  return uris.filter((uri) => nameOf(uri) === POLICY_FILE_NAME && store.peek(uri)?.type !== 'text');
}

async function beforeOf(uri: Uri, search: CommittedSearch): Promise<CheckedFile | 'absent' | undefined> {
  const changed = changedText(uri, search);
  if (changed === undefined) return undefined;
  const { text, listed, object } = changed;
  const { git, revision } = search;
  if (listed !== undefined && object === undefined && !isIndexed(uri, listed.indexed)) return undefined;
  const read = await git?.textAt(uri, revision).catch(() => undefined);
  if (read?.type !== 'text') return 'absent';
  return read.text === text ? undefined : ((await readConfiguration(uri, read.text)) ?? 'absent');
}

/** Checks whether git tracks the file, also under a name that a case-insensitive file system equates with it. */
function isIndexed(uri: Uri, indexed: ReadonlySet<Uri>): boolean {
  if (indexed.has(uri)) return true;
  const [folder, name] = [parentUri(uri), nameOf(uri).toLowerCase()];
  return [...indexed].some((other) => nameOf(other).toLowerCase() === name && parentUri(other) === folder);
}

function decidingFiles(project: ProjectFiles): readonly Uri[] {
  const { npmrc, pnpmWorkspace, yarnrcs, bunfig, policy, policiesAbove } = project;
  const yarn = yarnrcs.filter(({ level }) => level === 'project').map(({ uri }) => uri);
  return [npmrc ?? [], pnpmWorkspace ?? [], yarn, bunfig ?? [], policy ?? [], policiesAbove].flat();
}
