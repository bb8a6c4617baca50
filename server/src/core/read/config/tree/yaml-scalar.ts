/** Formats any text as a YAML string: `1.2` would be a number, and `@` cannot start one. */
export function yamlScalar(text: string): string {
  const isPlain = /^[a-z][\w./@^~>-]*$/i.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text);
  return isPlain || /^\^?\d+\.\d+\.\d[\w.-]*$/.test(text) ? text : JSON.stringify(text);
}
