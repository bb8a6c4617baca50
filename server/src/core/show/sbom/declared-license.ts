import parse from 'spdx-expression-parse';

/** What a package declares: one SPDX id, an SPDX expression, or any other text. */
export interface DeclaredLicense {
  readonly kind: 'id' | 'expression' | 'text';
  readonly text: string;
}

/** Longer texts are no expression that anyone writes. */
const LONGEST = 1000;

/** Reads a declared license; undefined for an empty one. */
export function declaredLicense(license: string | undefined): DeclaredLicense | undefined {
  const text = license?.trim().slice(0, LONGEST) ?? '';
  if (text === '') return undefined;
  try {
    const parsed = parse(text);
    const isPlain = 'license' in parsed && parsed.license === text;
    return { kind: isPlain ? 'id' : 'expression', text };
  } catch {
    return { kind: 'text', text };
  }
}
