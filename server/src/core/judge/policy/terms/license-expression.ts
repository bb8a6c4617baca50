/** An SPDX license expression. An exception behind `WITH` belongs to its license, which it only widens. */
export type LicenseExpression =
  | { readonly type: 'license'; readonly id: string; readonly exception: string | undefined }
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
    let exception: string | undefined;
    if (isNext('WITH')) {
      exception = tokens[at + 1];
      at += 2;
      if (!/^[A-Za-z\d.:-]+$/.test(exception ?? '')) return undefined;
    }
    return { type: 'license', id: token, exception };
  };
  const all = () => list('and', single);
  const any = () => list('or', all);
  const whole = any();
  return at === tokens.length ? whole : undefined;
}

function isWord(token: string): boolean {
  return /^(?:AND|OR|WITH)$/i.test(token);
}

/**
 * Checks whether somebody to whom only these licenses are permitted may use what the expression covers.
 *
 * @param permits Gets the names of one license: with and without its exception, and as SPDX wrote it before and after 3.0.
 */
export function isPermitted(
  expression: LicenseExpression,
  permits: (names: readonly string[]) => boolean,
): boolean {
  switch (expression.type) {
    case 'license':
      return permits(namesOf(expression));
    case 'and':
      return expression.parts.every((part) => isPermitted(part, permits));
    case 'or':
      return expression.parts.some((part) => isPermitted(part, permits));
  }
}

function namesOf({ id, exception }: { readonly id: string; readonly exception: string | undefined }) {
  const ids = [id, ...otherNames(id)];
  return exception === undefined ? ids : [...ids, ...ids.map((one) => `${one} WITH ${exception}`)];
}

/** SPDX 3.0 replaced `GPL-2.0` by `GPL-2.0-only`, and `GPL-2.0+` by `GPL-2.0-or-later`. */
function otherNames(id: string): readonly string[] {
  const [, license, form] = /^((?:A|L)?GPL-\d\.\d|GFDL-\d\.\d)(\+|-only|-or-later)?$/i.exec(id) ?? [];
  switch (license === undefined ? undefined : (form?.toLowerCase() ?? '')) {
    case '':
      return [`${license}-only`];
    case '-only':
      return [license!];
    case '+':
      return [`${license}-or-later`];
    case '-or-later':
      return [`${license}+`];
  }
  return [];
}
