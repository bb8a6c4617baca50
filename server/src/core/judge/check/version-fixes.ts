import { moveRange } from '../../read/manifest/move-range.ts';
import { aliasPrefix } from '../../read/manifest/read-specifier.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { Fix } from '../../read/text/finding.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import type { Span } from '../../read/text/span.ts';

/** The value of a dependency in a manifest or catalog entry that a fix changes. */
export interface DeclaredPlace {
  readonly file: CheckedFile;
  readonly uri: Uri;
  readonly span: Span;
  readonly name: string;
  readonly declared: string;
}

/** Pins the dependency to this exact version. */
export function pinFix(place: DeclaredPlace, version: string): Fix | undefined {
  const prefix = aliasPrefix(place.declared);
  return replacing(place, prefix + version);
}

/** Updates the dependency to this version and keeps its operator; undefined if its range cannot be updated. */
export function updateFix(place: DeclaredPlace, version: string): Fix | undefined {
  const text = moveRange(place.declared, version);
  return text === undefined ? undefined : replacing(place, text);
}

/** Keeps existing quotes; unquoted values need none. */
function replacing({ file, uri, span, name, declared }: DeclaredPlace, text: string): Fix | undefined {
  if (text === declared) return undefined;
  const quote = /^["']/.exec(file.text.slice(span.start, span.start + 1))?.[0] ?? '';
  return {
    title: `Replace with ${JSON.stringify(name)}: ${JSON.stringify(text)}`,
    applicability: 'unsafe',
    edits: [{ uri, span, newText: quote + text + quote }],
  };
}
