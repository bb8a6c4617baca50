import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { isServedBy } from '../../read/lockfile/model/registry-base.ts';
import type { PnpmVariant } from '../../read/lockfile/pnpm/pnpm-resolution.ts';
import { isPnpmLockfile } from '../../read/lockfile/pnpm/read-pnpm-lockfile.ts';
import type { Project } from '../../read/project/project.ts';
import { canonicalUrl } from '../../read/text/paths/canonical-url.ts';
import { hostAndPort } from '../../read/text/paths/web-url.ts';
import type { Located } from '../../read/text/span.ts';

/** A download of a runtime, or of another package with one for each kind of machine, that is not from its publisher. */
export interface ForeignDownload {
  readonly entry: LockEntry;
  readonly url: Located<string>;
  readonly host: string;
  /** The publisher's host. */
  readonly expected: string;
}

/** Where pnpm downloads runtimes from without `nodeDownloadMirrors`. Source: its resolvers of Node.js, Deno and Bun. */
const PUBLISHERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['node', ['https://nodejs.org/download/', 'https://unofficial-builds.nodejs.org/download/']],
  ['deno', ['https://github.com/denoland/deno/releases/download/']],
  ['bun', ['https://github.com/oven-sh/bun/releases/download/']],
]);

/** Returns the first foreign download of each entry of pnpm-lock.yaml. pnpm runs a runtime for each script. */
export function foreignDownloads(
  lockfile: Lockfile,
  entries: readonly LockEntry[],
  project: Pick<Project, 'policy' | 'npmConfig' | 'pnpmWorkspace'>,
): readonly ForeignDownload[] {
  if (!isPnpmLockfile(lockfile)) return [];
  return entries.flatMap((entry) => {
    if (entry.source !== 'tarball' || !('variants' in entry)) return [];
    const variants = entry.variants as readonly PnpmVariant[];
    const found = variants
      .map(({ url }) => foreignIn(entry, url, project))
      .find((each) => each !== undefined);
    return found === undefined ? [] : [found];
  });
}

function foreignIn(
  entry: LockEntry,
  url: Located<string> | undefined,
  { policy, npmConfig, pnpmWorkspace }: Pick<Project, 'policy' | 'npmConfig' | 'pnpmWorkspace'>,
): ForeignDownload | undefined {
  const address = url === undefined ? undefined : canonicalUrl(url.value);
  if (url === undefined || address === undefined) return undefined;
  const host = hostAndPort(address);
  if (policy.allowedHosts.includes(host) || policy.allowedHosts.includes(address.host)) return undefined;
  const publishers = PUBLISHERS.get(entry.name);
  const registry = npmConfig.registryFor(entry.name);
  if (publishers === undefined && (!registry.usable || isServedBy(registry.url, address))) return undefined;
  const own = publishers ?? [registry.url];
  const mirrors = entry.name === 'node' ? nodeMirrors(pnpmWorkspace, npmConfig) : [];
  if ([...own, ...mirrors].some((start) => address.href.startsWith(start))) return undefined;
  const expected = canonicalUrl(own[0]!);
  return { entry, url, host, expected: expected === undefined ? own[0]! : hostAndPort(expected) };
}

/** A new mirror is a changed setting. */
function nodeMirrors(
  pnpmWorkspace: Project['pnpmWorkspace'],
  npmConfig: Project['npmConfig'],
): readonly string[] {
  const setting = pnpmWorkspace?.setting('nodeDownloadMirrors')?.value;
  const members = setting?.type === 'map' ? setting.members : [];
  const written = members.flatMap(({ value }) => (value?.type === 'scalar' ? [value.text] : []));
  const older = ['release', 'rc', 'nightly'].flatMap(
    (channel) => npmConfig.get(`node-mirror:${channel}`)?.value ?? [],
  );
  return [...written, ...older].flatMap((mirror) => canonicalUrl(mirror)?.href ?? []);
}
