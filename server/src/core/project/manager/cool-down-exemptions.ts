import semver from 'semver';
import { type ConfigNode, textsIn } from '../../config/tree/config-tree.ts';
import { compileGlob } from '../../text/glob.ts';
import type { Span } from '../../text/span.ts';
import type { Uri } from '../../text/uri.ts';
import type { Project } from '../project.ts';

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
      const list = file?.setting('minimumReleaseAgeExclude')?.value;
      return file === undefined ? [] : listed(file.uri, list, ofPnpm);
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
  const matches = byStars(pattern);
  if (versions === undefined) return matches;
  const exact = new Set(versions.split('||').map((version) => version.trim()));
  return (name, version) => exact.has(version) && matches(name, version);
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

/** A `*` of pnpm stands for any characters, a slash among them. */
function byStars(pattern: string): Covers {
  if (pattern.startsWith('!')) return () => false;
  const parts = pattern.split('*');
  if (parts.length === 1) return (name) => name === pattern;
  const first = parts[0]!;
  const last = parts.at(-1)!;
  return (name) => {
    if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last))
      return false;
    let at = first.length;
    for (const part of parts.slice(1, -1)) {
      const found = name.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    return at <= name.length - last.length;
  };
}

/** At the first @ that begins no scope. */
function splitAtVersion(text: string): readonly [string, string | undefined] {
  const at = text.indexOf('@', 1);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
