/** Environment variables as passed to core, named as on the platform. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Replaces `${VAR}` as npm does: an unknown one stays as it is, `${VAR?}` becomes empty, and an odd number of
 * backslashes before the dollar sign escapes it.
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
