import { type FoundImport, NO_IMPORTS, type ScannedImports } from './imports.ts';
import { scanScript } from './scan-script.ts';
import { scanStyle } from './scan-style.ts';

/** Scans the scripts and styles in a component of Vue or Svelte, or in a page of HTML. */
export function scanMarkup(text: string): ScannedImports {
  const parts: ScannedImports[] = [];
  for (const { name, attributes, start, end } of elementsIn(text)) {
    const content = text.slice(start, end);
    parts.push(shifted(name === 'style' ? scanStyle(content) : scanScript(content), start));
    const source = SOURCE.exec(attributes)?.[2];
    if (source !== undefined) parts.push(ofSpecifier(source, start));
  }
  return joined(parts);
}

/** Scans the code fence at the start of an Astro component, and its scripts and styles. */
export function scanAstro(text: string): ScannedImports {
  const fence = /^\s*---\r?\n([\s\S]*?)\r?\n---/.exec(text);
  if (fence === null) return scanMarkup(text);
  const start = fence[0].indexOf(fence[1]!);
  const rest = ' '.repeat(fence[0].length) + text.slice(fence[0].length);
  return joined([shifted(scanScript(fence[1]!), start), scanMarkup(rest)]);
}

/** Reads the import and export lines of MDX outside of its code blocks. */
export function scanMdx(text: string): ScannedImports {
  const imports: FoundImport[] = [];
  const code = text.replace(/^([ \t]*)(```+|~~~+)[\s\S]*?(?:^[ \t]*\2|$(?![\s\S]))/gm, (block) =>
    ' '.repeat(block.length),
  );
  for (const match of code.matchAll(MDX_IMPORT)) {
    const specifier = match[2]!;
    const offset = match.index + match[0].length - specifier.length - 1;
    imports.push({ specifier, kind: 'value', offset, isOptional: false });
  }
  return { ...NO_IMPORTS, imports };
}

const SOURCE = /\bsrc\s*=\s*(["'])([^"']*)\1/;
const MDX_IMPORT = /^(?:import|export)\b[^;'"]{0,2000}?(?:\bfrom\s*|^import\s*)(["'])([^"'\n]{1,200})\1/gm;
const OPENING = /<(script|style)(?=[\s>])((?:[^>"']|"[^"]{0,1000}"|'[^']{0,1000}'){0,1000})>/giy;

interface MarkupElement {
  readonly name: string;
  readonly attributes: string;
  readonly start: number;
  readonly end: number;
}

/** Yields the elements with code. Each text is passed once, also if no element ends. */
function* elementsIn(text: string): Generator<MarkupElement> {
  const closings = new Map([
    ['script', /<\/script/gi],
    ['style', /<\/style/gi],
  ]);
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    OPENING.lastIndex = at;
    const opening = OPENING.exec(text);
    at++;
    if (opening === null) continue;
    const name = opening[1]!.toLowerCase();
    const closing = closings.get(name);
    if (closing === undefined) continue;
    closing.lastIndex = OPENING.lastIndex;
    const close = closing.exec(text);
    if (close === null) {
      closings.delete(name);
      continue;
    }
    yield { name, attributes: opening[2]!, start: opening.index + opening[0].length, end: close.index };
    at = close.index;
  }
}

function ofSpecifier(specifier: string, offset: number): ScannedImports {
  return {
    ...NO_IMPORTS,
    imports: [{ specifier, kind: 'value', offset, isOptional: true }],
  };
}

function shifted(scanned: ScannedImports, by: number): ScannedImports {
  const imports = scanned.imports.map((found) => ({ ...found, offset: found.offset + by }));
  return { ...scanned, imports, comments: scanned.comments.map((offset) => offset + by) };
}

function joined(parts: readonly ScannedImports[]): ScannedImports {
  return {
    imports: parts.flatMap(({ imports }) => imports),
    computed: parts.flatMap(({ computed }) => computed),
    declared: parts.flatMap(({ declared }) => declared),
    comments: parts.flatMap(({ comments }) => comments),
    isModule: parts.some(({ isModule }) => isModule),
    isUnsure: parts.some(({ isUnsure }) => isUnsure),
  };
}
