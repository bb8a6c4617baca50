exports.installer = (shell, name, completer) => {
  if (shell === 'fish') return `function _${name}_completion\n  set -l cmd (commandline -o)\n  eval env DEBUG="" COMP_CWORD=(count $cmd) COMP_LINE=(commandline) ${completer} completion -- $cmd\nend\ncomplete -f -c ${name} -a "(_${name}_completion)"\n`;
  if (shell === 'zsh') return `#compdef ${name}\n_${name}_completion() {\n  local reply\n  local si=$IFS\n  IFS=$'\\n' reply=($(COMP_CWORD="$((CURRENT-1))" COMP_LINE="$BUFFER" COMP_POINT="$CURSOR" ${completer} completion -- "\${words[@]}"))\n  IFS=$si\n  _describe 'values' reply\n}\ncompdef _${name}_completion ${name}\n`;
  return `_${name}_completion () {\n  local cword words\n  IFS=$'\\n' COMPREPLY=($(COMP_CWORD="$cword" COMP_LINE="$COMP_LINE" COMP_POINT="$COMP_POINT" ${completer} completion -- "\${words[@]}" 2>/dev/null)) || return $?\n}\ncomplete -o default -F _${name}_completion ${name}\n`;
};
