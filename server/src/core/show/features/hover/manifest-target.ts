import type { LockEntry } from '../../../read/lockfile/model/lockfile.ts';
import type { Manifest, ManifestDependency } from '../../../read/manifest/manifest.ts';
import { lockedEntry } from '../../../read/project/locked/locked-dependency.ts';
import { type Meaning, meaningOf, meaningPlace } from '../../../read/project/meaning-of.ts';
import type { Project } from '../../../read/project/project.ts';
import { indexLines } from '../../../read/text/lines/line-index.ts';
import { relativeUri } from '../../../read/text/paths/uri.ts';
import { touches } from '../../../read/text/span.ts';
import { describeSpecifier, isOfWorkspace, OF_WORKSPACE, sectionKinds } from './elsewhere.ts';
import type { HoverTarget } from './hover-target.ts';

/** Returns a dependency of a manifest at its own property; see `importTarget` for other places that name it. */
export function dependencyTarget(
  project: Project,
  manifest: Manifest,
  dependency: ManifestDependency,
  offset: number,
): HoverTarget {
  const { name, nameSpan, valueSpan, span, declared, section } = dependency;
  const entry = lockedEntry(project, manifest.uri, dependency);
  const meaning = meaningOf(project, manifest.uri, dependency);
  return {
    span: [nameSpan, valueSpan].find((token) => touches(token, offset)) ?? span,
    range: span,
    name,
    target: meaning.target,
    declared,
    means: meansOf(project, manifest, meaning),
    kinds: sectionKinds(section),
    entry,
    elsewhere: elsewhereInManifest(project, name, meaning, entry),
  };
}

/** Formats "pnpm-workspace.yaml line 5", relative to the project's root. */
function meansOf(project: Project, manifest: Manifest, meaning: Meaning): HoverTarget['means'] {
  const place = meaningPlace(project, meaning);
  if (place === undefined) return undefined;
  const { pnpmWorkspace, rootManifest, yarnrcs, root } = project;
  const files = [manifest, pnpmWorkspace, rootManifest, ...yarnrcs];
  const text = files.find((file) => file?.uri === place.uri)?.text;
  const line = text === undefined ? '' : ` line ${indexLines(text).positionAt(place.span.start).line + 1}`;
  const declared = meaning.isRemoved ? 'nothing, as an override removes it' : (meaning.declared ?? 'nothing');
  return { declared, because: relativeUri(root, place.uri) + line };
}

/** Describes the source by the manifest's declaration; a version range may still resolve to a workspace package. */
function elsewhereInManifest(
  project: Project,
  name: string,
  { specifier, declared }: Meaning,
  entry: LockEntry | undefined,
): string | undefined {
  const words = describeSpecifier(specifier, declared);
  if (words !== undefined) return words;
  const isMember = entry === undefined ? project.memberNames.has(name) : isOfWorkspace(entry);
  return isMember ? OF_WORKSPACE : undefined;
}
