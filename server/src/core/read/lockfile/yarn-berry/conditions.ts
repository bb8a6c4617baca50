/** The operating systems, processors and C libraries that an entry is for; `!win32` for all but that one. */
export interface Conditions {
  readonly os: readonly string[];
  readonly cpu: readonly string[];
  readonly libc: readonly string[];
}

/** Parses `os=linux & (cpu=x64 | cpu=arm64)`, which Yarn derives from a manifest's `os`, `cpu` and `libc`. */
export function readConditions(text: string): Conditions {
  const found: Record<'os' | 'cpu' | 'libc', string[]> = { os: [], cpu: [], libc: [] };
  for (const [, not, name, value] of text.matchAll(/(!?)\b(os|cpu|libc)=([\w-]+)/g)) {
    found[name as 'os' | 'cpu' | 'libc'].push(`${not}${value}`);
  }
  return found;
}
