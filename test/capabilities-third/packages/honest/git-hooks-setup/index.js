import c from 'child_process'
import f, { readdir, writeFileSync as w } from 'fs'
import p from 'path'

const l = ['pre-commit', 'pre-merge-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit', 'applypatch-msg', 'post-rewrite', 'post-checkout', 'post-merge', 'pre-push', 'pre-auto-gc']

const runner = `#!/usr/bin/env sh
[ "$HOOKS" = "2" ] && set -x
n=$(basename "$0")
s=$(dirname "$(dirname "$0")")/$n
[ ! -f "$s" ] && exit 0
i="\${XDG_CONFIG_HOME:-$HOME/.config}/hooks/init.sh"
[ -f "$i" ] && . "$i"
[ "\${HOOKS-}" = "0" ] && exit 0
export PATH="node_modules/.bin:$PATH"
sh -e "$s" "$@"
`

export default (d = '.hooks') => {
  if (process.env.HOOKS === '0') return 'HOOKS=0 skip install'
  if (d.includes('..')) return '.. not allowed'
  if (!f.existsSync('.git')) return `.git can't be found`

  const _ = (x = '') => p.join(d, '_', x)
  const { status: s, stderr: e } = c.spawnSync('git', ['config', 'core.hooksPath', `${d}/_`])
  if (s == null) return 'git command not found'
  if (s) return '' + e

  f.rmSync(_('hooks.sh'), { force: true })
  f.mkdirSync(_(), { recursive: true })
  w(_('.gitignore'), '*')
  w(_('h'), runner, { mode: 0o755 })
  l.forEach((h) => w(_(h), `#!/usr/bin/env sh\n. "\$(dirname "\$0")/h"`, { mode: 0o755 }))
  return ''
}
