import { displayWidth } from './words/visible-text.ts';

/** Wraps a text at its spaces into lines of at most `width` columns; a longer word is broken if necessary. */
export function wrap(text: string, width: number): readonly string[] {
  const room = Math.max(width, 1);
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ').filter((part) => part !== '')) {
    for (const piece of broken(word, room)) {
      const size = displayWidth(piece);
      if (line !== '' && used + 1 + size > room) {
        lines.push(line);
        line = '';
        used = 0;
      }
      const joint = line === '' ? '' : ' ';
      line += joint + piece;
      used += joint.length + size;
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

function broken(word: string, width: number): readonly string[] {
  if (displayWidth(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const character of word) {
    const size = displayWidth(character);
    if (piece !== '' && used + size > width) {
      pieces.push(piece);
      piece = '';
      used = 0;
    }
    piece += character;
    used += size;
  }
  pieces.push(piece);
  return pieces;
}
