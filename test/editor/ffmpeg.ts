import { spawnSync } from 'node:child_process';
import { renameSync } from 'node:fs';

/** Throws unless ffmpeg is installed, before minutes are spent on pictures. */
export function requireFfmpeg(): void {
  if (spawnSync('ffmpeg', ['-version']).status !== 0) {
    throw new Error('ffmpeg is not installed (Debian: "apt-get install ffmpeg")');
  }
}

/** Rewrites a picture with the 255 colours that suit it best, in a third of the bytes. */
export function reduceColors(path: string): void {
  const reduced = `${path}.reduced.png`;
  const filter =
    'split[a][b];[a]palettegen=stats_mode=full:reserve_transparent=0[p];[b][p]paletteuse=dither=none';
  runFfmpeg('-i', path, '-vf', filter, reduced);
  renameSync(reduced, path);
}

/** Runs ffmpeg, which overwrites its output. */
export function runFfmpeg(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('ffmpeg', ['-y', '-loglevel', 'error', ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ffmpeg failed: ${stderr}`);
}
