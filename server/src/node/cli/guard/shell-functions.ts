import { MANAGERS } from '../../../core/read/manager/managers.ts';

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

/** Returns functions that pass the commands of package managers through guard, for the start-up file of a shell. */
export function shellFunctions(shell: (typeof SHELLS)[number]): string {
  const programs = MANAGERS.flatMap(({ typed }) => typed.programs);
  const lines = programs.map((program) => functionOf(shell, program));
  return [
    `# dephygiene: package managers are asked what they would install, before they install it.`,
    ...lines,
    '',
  ].join('\n');
}

/** Shells find the program itself behind a function by `command`, and dephygiene on PATH. */
function functionOf(shell: (typeof SHELLS)[number], program: string): string {
  const guard = `dephygiene guard --quiet -- ${program}`;
  switch (shell) {
    case 'bash':
    case 'zsh':
      return `${program}() { command ${guard} "$@"; }`;
    case 'fish':
      return `function ${program}\n  command ${guard} $argv\nend`;
    case 'powershell':
      return `function ${program} { dephygiene guard --quiet '--' ${program} @args }`;
  }
}
