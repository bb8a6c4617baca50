/** An SPDX license expression. `WITH` exceptions are part of their license, which they only widen. */
export type LicenseExpression =
  | { readonly type: 'license'; readonly id: string }
  | { readonly type: 'and' | 'or'; readonly parts: readonly LicenseExpression[] };

/** Longer ones are unknown: nobody writes them, and they nest. */
const LONGEST = 500;

/** Parses an SPDX license expression; undefined for free text such as "SEE LICENSE IN LICENSE". */
export function parseLicense(text: string): LicenseExpression | undefined {
  if (text.length > LONGEST) return undefined;
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const isNext = (word: string) => tokens[at]?.toUpperCase() === word;
  const list = (
    type: 'and' | 'or',
    read: () => LicenseExpression | undefined,
  ): LicenseExpression | undefined => {
    const parts: LicenseExpression[] = [];
    do {
      const part = read();
      if (part === undefined) return undefined;
      parts.push(part);
    } while (isNext(type.toUpperCase()) && at++ >= 0);
    return parts.length === 1 ? parts[0] : { type, parts };
  };
  const single = (): LicenseExpression | undefined => {
    const token = tokens[at++];
    if (token === '(') {
      const inner = any();
      return tokens[at++] === ')' ? inner : undefined;
    }
    if (token === undefined || !/^[A-Za-z\d][A-Za-z\d.:+-]*$/.test(token) || isWord(token)) return undefined;
    if (isNext('WITH')) {
      at += 2;
      if (!/^[A-Za-z\d.-]+$/.test(tokens[at - 1] ?? '')) return undefined;
    }
    return { type: 'license', id: token };
  };
  const all = () => list('and', single);
  const any = () => list('or', all);
  const whole = any();
  return at === tokens.length ? whole : undefined;
}

function isWord(token: string): boolean {
  return /^(?:AND|OR|WITH)$/i.test(token);
}

/** Checks whether somebody to whom only these licenses are permitted may use what the expression covers. */
export function isPermitted(expression: LicenseExpression, permits: (id: string) => boolean): boolean {
  switch (expression.type) {
    case 'license':
      return permits(expression.id);
    case 'and':
      return expression.parts.every((part) => isPermitted(part, permits));
    case 'or':
      return expression.parts.some((part) => isPermitted(part, permits));
  }
}
