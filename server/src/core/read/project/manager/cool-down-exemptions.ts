import semver from 'semver';
import type { PnpmWorkspace } from '../../config/pnpm/pnpm-workspace.ts';
import { type ConfigNode, textsIn } from '../../config/tree/config-tree.ts';
import { compileGlob } from '../../text/paths/glob.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { Span } from '../../text/span.ts';
import type { Project } from '../project.ts';
import { starMatcher } from './pnpm-matcher.ts';

/** An entry of a list of packages that need not wait. */
export interface CoolDownExemption {
  /** As written. */
  readonly text: string;
  /** Where it stands; undefined where an environment variable says it. */
  readonly place: { readonly uri: Uri; readonly span: Span } | undefined;
  covers(name: string, version: string): boolean;
}

/** What the project's own package manager lets through at once, each matched as that manager matches it. */
export function exemptionsOf(project: Project): readonly CoolDownExemption[] {
  switch (project.manager.name) {
    case 'npm':
      return ofNpm(project);
    case 'pnpm': {
      const file = project.pnpmWorkspace;
      return file === undefined ? [] : pnpmSelectors(file, 'minimumReleaseAgeExclude');
    }
    case 'yarn':
      return project.yarnrcs.flatMap((file) =>
        file.dialect === 'berry'
          ? listed(file.uri, file.setting('npmPreapprovedPackages')?.value, ofYarn)
          : [],
      );
    case 'bun': {
      const file = project.bunfig;
      const list = file?.setting('install', 'minimumReleaseAgeExcludes')?.value;
      return file === undefined ? [] : listed(file.uri, list, ofBun);
    }
  }
}

/** A list of packages and versions in a pnpm-workspace.yaml. */
export function pnpmSelectors(file: PnpmWorkspace, key: string): readonly CoolDownExemption[] {
  return listed(file.uri, file.setting(key)?.value, ofPnpm);
}

type Covers = CoolDownExemption['covers'];

/** Globs over names: npm has no exemption of one version. */
function ofNpm({ npmConfig }: Project): readonly CoolDownExemption[] {
  const setting = npmConfig.get('min-release-age-exclude');
  if (setting === undefined) return [];
  const { source } = setting;
  const place =
    source.type === 'file' || source.type === 'config' ? { uri: source.uri, span: source.span } : undefined;
  return setting.value
    .split('\n')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => ({ text, place, covers: byGlob(text) }));
}

/** `name`, `@scope/*` or `name@1.0.0 || 1.0.1`: exact versions only. */
function ofPnpm(text: string): Covers {
  const [pattern, versions] = splitAtVersion(text);
  if (pattern.startsWith('!')) return () => false;
  const matches = starMatcher(pattern);
  if (versions === undefined) return matches;
  const exact = new Set(versions.split('||').map((version) => version.trim()));
  return (name, version) => exact.has(version) && matches(name);
}

/** A glob over names, or one name with a range. */
function ofYarn(text: string): Covers {
  const [pattern, range] = splitAtVersion(text);
  const matches = byGlob(pattern);
  if (range === undefined) return matches;
  return (name, version) =>
    semver.validRange(range) !== null && semver.satisfies(version, range) && matches(name, version);
}

/** A name, or a name with one version. */
function ofBun(text: string): Covers {
  const [own, exact] = splitAtVersion(text);
  return (name, version) => name === own && (exact === undefined || exact === version);
}

function listed(
  uri: Uri,
  node: ConfigNode | undefined,
  read: (text: string) => Covers,
): readonly CoolDownExemption[] {
  return textsIn(node).map(({ value, span }) => ({ text: value, place: { uri, span }, covers: read(value) }));
}

function byGlob(text: string): Covers {
  const glob = compileGlob(text, { dot: true });
  return (name) => glob?.matches(name) === true;
}

/** An entry at its first @ that begins no scope: the name, and what stands behind it. */
export function splitAtVersion(text: string): readonly [string, string | undefined] {
  const at = text.indexOf('@', 1);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
