import type { Environment } from '../npm/expand-variables.ts';

/**
 * Replaces variables as Yarn 2 and later do: `${VAR}`, `${VAR-default}` if it is not set, `${VAR:-default}` if it is
 * not set or empty. Undefined if a variable without a default is not set: Yarn rejects the file.
 */
export function expandYarnVariables(text: string, environment: Environment): string | undefined {
  if (!text.includes('${')) return text;
  let isComplete = true;
  const expanded = text.replace(
    /\$\{([\d\w_]+)(:)?(?:-([^}]*))?\}/g,
    (whole: string, name: string, colon: string | undefined, fallback: string | undefined) => {
      const known = Object.hasOwn(environment, name) ? environment[name] : undefined;
      if (known !== undefined && (known !== '' || colon === undefined)) return known;
      if (fallback === undefined) isComplete = false;
      return fallback ?? whole;
    },
  );
  return isComplete ? expanded : undefined;
}
