/** The parts of a path: `start` is the index of the name's first segment, where the base ends. */
interface ReadLayout {
  readonly name: string;
  readonly version: string | undefined;
  readonly start: number;
}

/** A URL layout in which registries serve tarballs. */
export interface TarballLayout {
  readonly id: 'public' | 'scope-in-file' | 'version-folder' | 'download' | 'download-file' | 'packages';
  readonly example: string;
  /** The registries that use it, and the documentation. */
  readonly source: string;
  /** @param segments decoded; one of them may be a name with its scope (`@s%2fa`) */
  read(segments: readonly string[]): ReadLayout | undefined;
}

/** In the order in which they are tried; no two match the same path. */
export const TARBALL_LAYOUTS: readonly TarballLayout[] = [
  {
    id: 'public',
    example: '@s/a/-/a-1.0.0.tgz',
    source:
      'The public registry (npm/registry, docs/REGISTRY-API.md), Verdaccio, Nexus, Artifactory, Azure Artifacts, CodeArtifact, Google Artifact Registry',
    read: (segments) => (segments.at(-2) === '-' ? ofFile(segments, -3, segments.at(-1)) : undefined),
  },
  {
    id: 'scope-in-file',
    example: '@s/a/-/@s/a-1.0.0.tgz',
    source: 'GitLab (docs.gitlab.com, API of npm packages), Artifactory, earlier versions of Nexus',
    read(segments) {
      const file = segments.at(-1)!;
      const isSplit = segments.at(-3) === '-' && isScope(segments.at(-2));
      const whole = /^(@[^/]+)\/([^/]+)$/.exec(file);
      const scope = isSplit ? segments.at(-2) : segments.at(-2) === '-' ? whole?.[1] : undefined;
      const found = scope === undefined ? undefined : ofFile(segments, isSplit ? -4 : -3, whole?.[2] ?? file);
      return found?.name.startsWith(`${scope}/`) === true ? found : undefined;
    },
  },
  {
    id: 'version-folder',
    example: '@s/a/-/1.0.0/a-1.0.0.tgz',
    source: 'Gitea and Forgejo (docs.gitea.com, npm package registry), Cloudsmith',
    read(segments) {
      const version = segments.at(-2) ?? '';
      if (segments.at(-3) !== '-' || !/^\d+\.\d+\.\d+/.test(version)) return undefined;
      const found = ofFile(segments, -4, segments.at(-1));
      return found === undefined || found.version === version ? found : { ...found, version: undefined };
    },
  },
  {
    id: 'download',
    example: 'download/@s/a/1.0.0/<hash>',
    source: 'GitHub Packages (docs.github.com, working with the npm registry)',
    read(segments) {
      if (!/^[\da-f]{40,128}$/.test(segments.at(-1) ?? '')) return undefined;
      const named = nameBefore(segments, segments.length - 3);
      if (named === undefined || segments[named.start - 1] !== 'download') return undefined;
      return { name: named.name, version: segments.at(-2), start: named.start - 1 };
    },
  },
  {
    id: 'download-file',
    example: '@s/a/download/@s/a-1.0.0.tgz',
    source: 'cnpmcore before version 3 and cnpmjs.org (github.com/cnpm/cnpmjs.org)',
    read(segments) {
      const isScoped = segments.at(-3) === 'download' && isScope(segments.at(-2));
      if (!isScoped && segments.at(-2) !== 'download') return undefined;
      const found = ofFile(segments, isScoped ? -4 : -3, segments.at(-1));
      return !isScoped || found?.name.startsWith(`${segments.at(-2)}/`) === true ? found : undefined;
    },
  },
  {
    id: 'packages',
    example: 'packages/@s/a/1.0.0/a-1.0.0.tgz',
    source: 'The store behind cnpmcore (github.com/cnpm/cnpmcore)',
    read(segments) {
      const named = nameBefore(segments, segments.length - 3);
      if (named === undefined || segments[named.start - 1] !== 'packages') return undefined;
      const version = versionInFile(segments.at(-1)!, named.name);
      return version === undefined || version !== segments.at(-2)
        ? undefined
        : { name: named.name, version, start: named.start - 1 };
    },
  },
];

/** Returns the version in the file name of a tarball that belongs to `name`; undefined if the name differs. */
function versionInFile(file: string, name: string): string | undefined {
  const prefix = `${name.slice(name.lastIndexOf('/') + 1)}-`;
  return file.startsWith(prefix) && file.endsWith('.tgz')
    ? file.slice(prefix.length, -'.tgz'.length)
    : undefined;
}

/** Reads a file after the name that ends at the given index, counted from the end. */
function ofFile(segments: readonly string[], place: number, file = ''): ReadLayout | undefined {
  const named =
    file.endsWith('.tgz') && !file.includes('/') ? nameBefore(segments, segments.length + place) : undefined;
  return named === undefined ? undefined : { ...named, version: versionInFile(file, named.name) };
}

function nameBefore(
  segments: readonly string[],
  last: number,
): { readonly name: string; readonly start: number } | undefined {
  const segment = segments[last];
  if (segment === undefined || segment === '' || segment === '-') return undefined;
  if (segment.includes('/'))
    return /^@[^/]+\/[^/]+$/.test(segment) ? { name: segment, start: last } : undefined;
  const scope = segments[last - 1];
  return isScope(scope) ? { name: `${scope}/${segment}`, start: last - 1 } : { name: segment, start: last };
}

function isScope(segment: string | undefined): segment is string {
  return segment !== undefined && /^@[^/]/.test(segment) && !segment.includes('/');
}
