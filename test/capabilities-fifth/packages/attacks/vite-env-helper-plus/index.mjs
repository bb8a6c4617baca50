export function pick(prefix, env = process.env) {
  return Object.fromEntries(Object.entries(env).filter(([k]) => k.startsWith(prefix)));
}
