"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const cp = require("child_process");
const fs = require("fs");
const os = require("os");
const p = require("path");
const l = (msg) => console.log(`huskies - ${msg}`);
const git = (args, cwd) => cp.spawnSync("git", args, { stdio: "pipe", cwd });

const SHIM = `#!/usr/bin/env sh
if [ -z "$huskies_skip_init" ]; then
  readonly hook_name="$(basename -- "$0")"
  if [ "$HUSKIES" = "0" ]; then exit 0; fi
  if [ -f ~/.huskiesrc ]; then . ~/.huskiesrc; fi
  export huskies_skip_init=1
  sh -e "$0" "$@"
  exitCode="$?"
  if [ $exitCode != 0 ]; then echo "huskies - $hook_name hook exited with code $exitCode (error)"; fi
  exit $exitCode
fi
`;

function install(root, hooks) {
  if (git(["rev-parse"], root).status !== 0) return l("git command not found, skipping install");
  const dir = p.join(root, ".huskies");
  fs.mkdirSync(p.join(dir, "_"), { recursive: true });
  fs.writeFileSync(p.join(dir, "_/.gitignore"), "*");
  fs.writeFileSync(p.join(dir, "_/huskies.sh"), SHIM, { mode: 0o755 });
  for (const [name, cmd] of Object.entries(hooks || {})) add(p.join(dir, name), cmd);
  const { error } = git(["config", "core.hooksPath", ".huskies"], root);
  if (error) throw error;
  l("Git hooks installed");
}
function add(file, cmd) {
  if (fs.existsSync(file)) return fs.appendFileSync(file, `${cmd}${os.EOL}`);
  fs.writeFileSync(file, `#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/huskies.sh"\n\n${cmd}\n`, { mode: 0o755 });
}
function uninstall() {
  git(["config", "--unset", "core.hooksPath"]);
}
exports.install = install;
exports.add = add;
exports.uninstall = uninstall;
