/**
 * A version, or a range as package managers write it (`^1.2.3`, `~1.2.3`), with the range in semver's own words;
 * undefined for anything else. Almost every dependency is declared like this, and semver takes ten microseconds for
 * each, which is felt when a large manifest is opened.
 */
export function readPlainRange(
  text: string,
): { readonly type: 'version' | 'range'; readonly range: string } | undefined {
  const parts = PLAIN.exec(text);
  if (parts === null) return undefined;
  const operator = parts[1]!;
  const [major, minor, patch] = [Number(parts[2]), Number(parts[3]), Number(parts[4])];
  // semver writes '^0.0.0' without its lower end.
  if (major + minor + patch === 0) return undefined;
  const version = `${major}.${minor}.${patch}`;
  switch (operator) {
    case '^':
      return { type: 'range', range: `>=${version} <${nextBreaking(major, minor, patch)}-0` };
    case '~':
      return { type: 'range', range: `>=${version} <${major}.${minor + 1}.0-0` };
    default:
      return { type: 'version', range: version };
  }
}

/** Numbers without leading zeros, far below the limit from which on semver refuses them. */
const PLAIN = /^([\^~]?)(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/;

/** The first number that is not zero is the one that `^` holds. */
function nextBreaking(major: number, minor: number, patch: number): string {
  if (major > 0) return `${major + 1}.0.0`;
  return minor > 0 ? `0.${minor + 1}.0` : `0.0.${patch + 1}`;
}
