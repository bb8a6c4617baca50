/**
 * Returns the license that a package.json declares, its old forms included: `{ "type": "MIT" }`, and a list of
 * alternatives. Undefined if it declares none, cannot be read, or is of another package or version.
 */
export function manifestLicense(
  text: string,
  wanted?: { readonly name: string; readonly version: string },
): string | undefined {
  const json = parsedManifest(text, wanted);
  if (json === undefined) return undefined;
  const own = typeOf(json.license);
  if (own !== undefined || !Array.isArray(json.licenses)) return own;
  const types = json.licenses.flatMap((each) => typeOf(each) ?? []);
  return types.length === 0 ? undefined : types.length === 1 ? types[0] : `(${types.join(' OR ')})`;
}

/** Checks whether a package.json can be read, and is that of a version of a package. */
export function isManifestOf(
  text: string,
  wanted: { readonly name: string; readonly version: string },
): boolean {
  return parsedManifest(text, wanted) !== undefined;
}

function parsedManifest(
  text: string,
  wanted: { readonly name: string; readonly version: string } | undefined,
): Readonly<Record<string, unknown>> | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(json)) return undefined;
  const isOther = wanted !== undefined && (json.name !== wanted.name || json.version !== wanted.version);
  return isOther ? undefined : json;
}

function typeOf(license: unknown): string | undefined {
  const type = isObject(license) ? license.type : license;
  return typeof type === 'string' && type.trim() !== '' ? type : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
