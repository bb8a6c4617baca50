/**
 * Parses a version, or a range as people and package managers write it (`^1.2.3`, `~1.2`, `1.x`, `>=1.2.0 <3.0.0`, and
 * several of them with `||`), and normalizes the range as semver does; undefined for anything else. Almost every
 * dependency is declared like this, and semver takes ten microseconds or more for each, which is noticeable in large
 * projects.
 */
export function readPlainRange(
  text: string,
): { readonly type: 'version' | 'range'; readonly range: string } | undefined {
  const parts = PLAIN.exec(text);
  if (parts !== null && parts[1] === '') return isZero(parts) ? undefined : { type: 'version', range: text };
  const range = text.includes('||') ? rangeOfAny(text) : rangeOfOne(text);
  return range === undefined ? undefined : { type: 'range', range };
}

/** Longer texts are left to semver. */
const MOST_PARTS = 8;

function rangeOfAny(text: string): string | undefined {
  const parts = text.split('||');
  if (parts.length > MOST_PARTS) return undefined;
  const ranges = parts.map((part) => rangeOfOne(part.trim()));
  return ranges.includes(undefined) ? undefined : ranges.join('||');
}

function rangeOfOne(text: string): string | undefined {
  const parts = PLAIN.exec(text);
  if (parts === null) return rangeOfPartial(text) ?? rangeBetween(text);
  // semver omits a lower bound below all versions.
  if (isZero(parts)) return undefined;
  const [major, minor, patch] = [Number(parts[2]), Number(parts[3]), Number(parts[4])];
  const version = `${major}.${minor}.${patch}`;
  switch (parts[1]) {
    case '^':
      return `>=${version} <${nextBreaking(major, minor, patch)}-0`;
    case '~':
      return `>=${version} <${major}.${minor + 1}.0-0`;
    default:
      return version;
  }
}

/** Parses `1`, `1.2`, `1.x`, `1.2.x`, with or without an operator. */
function rangeOfPartial(text: string): string | undefined {
  const parts = PARTIAL.exec(text);
  if (parts === null) return undefined;
  const [operator, major, minor] = [parts[1]!, Number(parts[2]), parts[3]];
  if (minor === undefined || /[xX*]/.test(minor))
    return major === 0 ? undefined : `>=${major}.0.0 <${major + 1}.0.0-0`;
  if (major === 0 && Number(minor) === 0) return undefined;
  const end = operator === '^' && major > 0 ? `${major + 1}.0.0` : `${major}.${Number(minor) + 1}.0`;
  return `>=${major}.${minor}.0 <${end}-0`;
}

/** Parses `>=1.2.0 <3.0.0`, `1.2.0 - 3.0.0`. */
function rangeBetween(text: string): string | undefined {
  if (BETWEEN.test(text)) return text;
  const ends = HYPHEN.exec(text);
  return ends === null ? undefined : `>=${ends[1]} <=${ends[2]}`;
}

function isZero(parts: RegExpExecArray): boolean {
  return parts[2] === '0' && parts[3] === '0' && parts[4] === '0';
}

/** Numbers without leading zeros, far below the limit of semver. */
const PLAIN = /^([\^~]?)(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/;
const PARTIAL = /^([\^~]?)(0|[1-9]\d{0,8})(?:\.(0|[1-9]\d{0,8}|[xX*])(?:\.[xX*])?)?$/;
const RELEASE = String.raw`(?:(?:0|[1-9]\d{0,8})\.){2}(?:0|[1-9]\d{0,8})`;
const BETWEEN = new RegExp(String.raw`^>=?(?!0\.0\.0 )${RELEASE} <=?(?!0\.0\.0$)${RELEASE}$`);
const HYPHEN = new RegExp(String.raw`^(?!0\.0\.0 )(${RELEASE}) - (?!0\.0\.0$)(${RELEASE})$`);

/** `^` fixes the first nonzero number. */
function nextBreaking(major: number, minor: number, patch: number): string {
  if (major > 0) return `${major + 1}.0.0`;
  return minor > 0 ? `0.${minor + 1}.0` : `0.0.${patch + 1}`;
}
