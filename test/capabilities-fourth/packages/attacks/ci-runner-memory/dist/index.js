export function createMemoryHistory(entries = ['/']) { let i = entries.length - 1; return { get location() { return entries[i]; }, push(p) { entries.push(p); i++; } }; }
