import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';

export const ROOT = path.resolve(import.meta.dirname, '../../..');

export interface Import {
  readonly file: string;
  readonly specifier: string;
}

/** Returns the imports of a file, given by its path from the root. */
export function importsOf(file: string): Import[] {
  return importsIn(file.split(path.sep).join('/'), readFileSync(path.join(ROOT, file), 'utf8'));
}

/**
 * Returns static, dynamic and re-exporting imports, including types, found by a parser, so that comments and
 * strings do not count.
 */
export function importsIn(file: string, text: string): Import[] {
  const { module, errors } = parseSync(file, text);
  assert.deepEqual(errors, [], file);
  const fixed = [
    ...module.staticImports.map((item) => ({ at: item.start, specifier: item.moduleRequest.value })),
    ...module.staticExports.flatMap((item) =>
      item.entries
        .slice(0, 1)
        .flatMap((entry) =>
          entry.moduleRequest == null ? [] : [{ at: item.start, specifier: entry.moduleRequest.value }],
        ),
    ),
    ...module.dynamicImports.map((item) => ({
      at: item.start,
      specifier: text.slice(item.moduleRequest.start, item.moduleRequest.end).replace(/^['"`]|['"`]$/g, ''),
    })),
  ];
  return fixed.sort((a, b) => a.at - b.at).map(({ specifier }) => ({ file, specifier }));
}
