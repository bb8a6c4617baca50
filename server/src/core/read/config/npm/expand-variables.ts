/** The environment as it is given to core: names as the platform has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Replaces `${VAR}` as npm does: an unknown one stays as it is, `${VAR?}` becomes empty, and a backslash before the
 * dollar sign (an odd number of them) keeps the text.
 */
export function expandVariables(text: string, environment: Environment): string {
  if (!text.includes('${')) return text;
  return text.replace(
    /(?<!\\)(\\*)\$\{([^${}?]+)(\?)?\}/g,
    (whole: string, escapes: string, name: string, optional: string | undefined) => {
      if (escapes.length % 2 === 1) return whole.slice((escapes.length + 1) / 2);
      const known = Object.hasOwn(environment, name) ? environment[name] : undefined;
      const value = known ?? (optional === undefined ? `\${${name}}` : '');
      return escapes.slice(escapes.length / 2) + value;
    },
  );
}
