import type { Detector, Suspicion } from '../verdict.ts';

/** Extensions of program files, and of the kinds of modules. */
const ENDINGS = ['cjs', 'dll', 'exe', 'jar', 'jsx', 'mjs', 'php', 'py', 'rb', 'so', 'ts', 'tsx', 'wasm'];

/** Detects a popular name with the extension of another kind of program: 'discord.dll' for 'discord.js'. */
export const fileEnding: Detector = ({ shape: { base, scope }, index: { popular }, standing }) => {
  const dot = base.lastIndexOf('.');
  const ending = base.slice(dot + 1);
  if (scope !== '' || dot < 2 || !ENDINGS.includes(ending)) return [];
  const stem = base.slice(0, dot);
  return [`${stem}.js`, stem].flatMap((target): Suspicion[] => {
    const rank = popular.rank(target);
    if (rank === undefined || (target === stem && rank >= standing.wellKnown)) return [];
    const evidence = `is '${target}' with the ending '.${ending}'`;
    return [{ rank, mechanism: 'affix', confidence: 'low', evidence }];
  });
};
