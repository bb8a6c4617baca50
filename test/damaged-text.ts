/** A way to break a lockfile: takes the whole text and a position, as a fraction from 0 to 1. */
export type Damage = (text: string, share: number) => string;

export const DAMAGES: Readonly<Record<string, Damage>> = {
  cut: (text, share) => text.slice(0, Math.floor(text.length * share)),
  'cut at a line': (text, share) => text.slice(0, lineAt(text, share)),
  'cut at an entry': (text, share) => text.slice(0, entryAt(text, share)),
  'conflict markers': (text, share) => {
    const start = lineAt(text, share * 0.9);
    const end = lineAt(text, share * 0.9 + 0.1);
    const ours = text.slice(start, end);
    return `${text.slice(0, start)}<<<<<<< HEAD\n${ours}=======\n${ours}>>>>>>> theirs\n${text.slice(end)}`;
  },
  'NUL bytes': (text, share) => {
    const at = Math.floor(text.length * share);
    return `${text.slice(0, at)}\0\0\0\0${text.slice(at + 4)}`;
  },
  gap: (text, share) => {
    const end = lineAt(text, share * 0.9 + 0.1) + 3;
    return text.slice(0, lineAt(text, share * 0.9) + 9) + text.slice(end);
  },
};

/** Returns the start of the first line after a fraction of the text. */
function lineAt(text: string, share: number): number {
  return text.indexOf('\n', text.length * share) + 1;
}

/** Returns the start of the line that begins an entry, which is the one indented like the entries of the file. */
function entryAt(text: string, share: number): number {
  const from = lineAt(text, share);
  const found = /^(?: {2}| {4}|\t)?["'/@a-z][^\n]*[:{[]$/m.exec(text.slice(from));
  return found === null ? from : from + found.index;
}
