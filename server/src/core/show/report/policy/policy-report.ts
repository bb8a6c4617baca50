import type { PolicyLoosening } from '../../../read/policy-file/policy-loosening.ts';
import { relativeUri, type Uri } from '../../../read/text/paths/uri.ts';
import { printableJson } from '../../../read/text/words/visible-text.ts';
import type { EffectiveEntry, Origin } from './effective-entries.ts';

export interface PolicyReport {
  /** Paths are relative to it. */
  readonly root: Uri;
  readonly entries: readonly EffectiveEntry[];
  /** Entries of the project that the organization does not permit. */
  readonly overruled: readonly PolicyLoosening[];
  /** Invalid entries, and policies that it extends and that cannot be read; lines count from 1. */
  readonly problems: readonly { readonly uri: Uri; readonly line: number; readonly message: string }[];
  /** Whether the project has a dependency-hygiene.json. */
  readonly hasFile: boolean;
}

/** Formats the effective policy for people, one entry a line, each with its origin. */
export function policyText({ root, entries, overruled, problems, hasFile }: PolicyReport): string {
  const width = Math.max(...entries.map(({ key }) => key.length));
  const lines = entries.map(
    ({ key, value, origin }) => `${key.padEnd(width)}  ${value}  (${describeOrigin(origin, root)})`,
  );
  const rest = overruled.map(({ key, value }) => `  ${key}: ${value}`);
  const lost =
    rest.length === 0 ? [] : ['', 'Without effect, as the organization does not permit it:', ...rest];
  const head = hasFile ? [] : ['The project has no dependency-hygiene.json. What applies:', ''];
  const faults = problems.map(({ uri, line, message }) => `  ${pathOf(uri, root)}:${line}: ${message}`);
  const invalid =
    faults.length === 0 ? [] : ['', 'Invalid, so that the policy above is not whole:', ...faults];
  return `${[...head, ...lines, ...lost, ...invalid].join('\n')}\n`;
}

/** Formats the same for programs. */
export function policyJson({ root, entries, overruled, problems }: PolicyReport): string {
  const json = {
    version: 1,
    policy: entries.map(({ key, value, origin }) => ({
      ...{ key, value, origin: origin.type },
      ...(origin.type === 'file' ? { path: pathOf(origin.uri, root), line: origin.line ?? null } : {}),
    })),
    overruled: overruled.map(({ key, value, before }) => ({ key, value, required: before ?? null })),
    problems: problems.map(({ uri, line, message }) => ({ path: pathOf(uri, root), line, message })),
  };
  return `${printableJson(JSON.stringify(json, undefined, 2))}\n`;
}

function describeOrigin(origin: Origin, root: Uri): string {
  switch (origin.type) {
    case 'default':
      return 'default';
    case 'above':
      return 'a folder above';
    case 'file': {
      const line = origin.line === undefined ? '' : `:${origin.line}`;
      return `${pathOf(origin.uri, root)}${line}`;
    }
  }
}

function pathOf(uri: Uri, root: Uri): string {
  return relativeUri(root, uri);
}
