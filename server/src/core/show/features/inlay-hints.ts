import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { effectiveDependencies } from '../../read/manifest/effective-dependencies.ts';
import { aliasParts } from '../../read/manifest/read-specifier.ts';
import { catalogPlacesIn } from '../../read/project/catalog-place.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { lockedCommit } from '../../read/project/locked/locked-commit.ts';
import { lockedEntry, lockedForCatalog } from '../../read/project/locked/locked-dependency.ts';
import type { Project } from '../../read/project/project.ts';
import { nameOf } from '../../read/text/paths/uri.ts';
import type { Span } from '../../read/text/span.ts';
import { destinationOf, type Place, type ProjectFiles, placeOfDestination } from './destination.ts';
import { oneLine } from './markdown.ts';

/** A dependency's locked version, displayed after its range. Plain text. */
export interface InlayHint {
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
  /** The lockfile entry. */
  readonly place: Place;
}

/** A range, its place, and its locked entry. */
interface Declaration {
  readonly valueSpan: Span;
  readonly declared: string;
  readonly entry: LockEntry | undefined;
}

/** Returns the hints for the dependencies in a part of a file, in text order. */
export function inlayHints(
  project: Project,
  files: ProjectFiles,
  file: CheckedFile,
  part: Span,
): readonly InlayHint[] {
  const hints: InlayHint[] = [];
  for (const declaration of declarationsIn(project, file, part)) {
    const hint = hintOf(project, files, file.text, declaration);
    if (hint !== undefined) hints.push(hint);
  }
  return hints.sort((a, b) => a.offset - b.offset);
}

function* declarationsIn(project: Project, file: CheckedFile, part: Span): Iterable<Declaration> {
  if (file.kind === 'manifest') {
    for (const dependency of effectiveDependencies(file)) {
      const { valueSpan, valueType, declared } = dependency;
      if (!isInPart(valueSpan, part) || valueType !== 'string' || declared === undefined) continue;
      yield { valueSpan, declared, entry: lockedEntry(project, file.uri, dependency) };
    }
  }
  for (const { entry: line, place } of catalogPlacesIn(project, file.uri)) {
    const { valueSpan } = place;
    if (!isInPart(valueSpan, part) || !line.isText) continue;
    yield { valueSpan, declared: line.declared, entry: lockedForCatalog(project, line) };
  }
}

function isInPart({ end }: Span, part: Span): boolean {
  return part.start <= end && end <= part.end;
}

function hintOf(
  project: Project,
  files: ProjectFiles,
  text: string,
  { valueSpan, declared, entry }: Declaration,
): InlayHint | undefined {
  const { lockfile } = project;
  const label = entry === undefined ? undefined : lockedLabel(entry, declared);
  if (lockfile === undefined || entry === undefined || label === undefined) return undefined;
  const comma = text.startsWith(',', valueSpan.end) ? 1 : 0;
  return {
    offset: valueSpan.end + comma,
    label: oneLine(label, 40),
    tooltip: oneLine(`${entry.name} ${label} is locked in ${nameOf(lockfile.uri)}.`, 200),
    place: placeOfDestination(destinationOf(project, lockfile, entry), files),
  };
}

/** Returns undefined if the declaration already says the same, and for members, whose version is that of the folder. */
function lockedLabel(entry: LockEntry, declared: string): string | undefined {
  switch (entry.source) {
    case 'link':
    case 'workspace':
    case 'root':
    case 'directory':
      return undefined;
    case 'git': {
      const commit = lockedCommit(entry);
      return commit === undefined || declared.includes(commit) ? undefined : commit.slice(0, 10);
    }
    default: {
      const version = entry.version?.value;
      return version === undefined || isPin(declared, version) ? undefined : version;
    }
  }
}

/** Checks whether the declaration is exactly that version: `1.2.3`, `=1.2.3`, `v1.2.3`, `npm:name@1.2.3`. */
function isPin(declared: string, version: string): boolean {
  const text = declared.trim();
  const exact = aliasParts(text)?.range ?? text;
  return exact.replace(/^[=v\s]+/, '') === version;
}
