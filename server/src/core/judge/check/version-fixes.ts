import { moveRange } from '../../read/manifest/move-range.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { Fix } from '../../read/text/finding.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import type { Span } from '../../read/text/span.ts';

/** The value of a dependency in a manifest or a line of a catalog, to be changed. */
export interface DeclaredPlace {
  readonly file: CheckedFile;
  readonly uri: Uri;
  readonly span: Span;
  readonly name: string;
  readonly declared: string;
}

/** Makes the dependency take this version and no other. */
export function pinFix(place: DeclaredPlace, version: string): Fix | undefined {
  const prefix = /^npm:(?:@?[^@]*@)?/i.exec(place.declared)?.[0] ?? '';
  return replacing(place, prefix + version);
}

/** Moves the dependency to this version and keeps its operator; undefined where its range cannot be moved. */
export function updateFix(place: DeclaredPlace, version: string): Fix | undefined {
  const text = moveRange(place.declared, version);
  return text === undefined ? undefined : replacing(place, text);
}

/** Quotes stay as they are; text without any needs none. */
function replacing({ file, uri, span, name, declared }: DeclaredPlace, text: string): Fix | undefined {
  if (text === declared) return undefined;
  const quote = /^["']/.exec(file.text.slice(span.start, span.start + 1))?.[0] ?? '';
  return {
    title: `Replace with ${JSON.stringify(name)}: ${JSON.stringify(text)}`,
    applicability: 'unsafe',
    edits: [{ uri, span, newText: quote + text + quote }],
  };
}
