import { NO_IMPORTS, type ScannedImports } from './imports.ts';
import { scanAstro, scanMarkup, scanMdx } from './scan-markup.ts';
import { scanScript } from './scan-script.ts';
import { scanStyle } from './scan-style.ts';

const SCANS: Readonly<Record<string, (text: string) => ScannedImports>> = {
  ...{ js: scanScript, mjs: scanScript, cjs: scanScript, jsx: scanScript, es6: scanScript },
  ...{ ts: scanScript, mts: scanScript, cts: scanScript, tsx: scanScript, gts: scanScript, gjs: scanScript },
  ...{ vue: scanMarkup, svelte: scanMarkup, html: scanMarkup, astro: scanAstro, mdx: scanMdx },
  ...{ css: scanStyle, scss: scanStyle, sass: scanStyle, less: scanStyle, styl: scanStyle, pcss: scanStyle },
  ...{ postcss: scanStyle },
};

/** Returns the lower-case extension of a file name, without the dot; empty if there is none. */
export function extensionOf(path: string): string {
  const slash = path.lastIndexOf('/');
  const dot = path.lastIndexOf('.');
  return dot > slash + 1 ? path.slice(dot + 1).toLowerCase() : '';
}

/** Checks whether files of this name can import packages. */
export function canImport(path: string): boolean {
  return Object.hasOwn(SCANS, extensionOf(path));
}

/** Scans a file for imports by the extension of its name. */
export function scanImports(path: string, text: string): ScannedImports {
  const scan = SCANS[extensionOf(path)];
  return scan === undefined ? NO_IMPORTS : scan(text);
}
