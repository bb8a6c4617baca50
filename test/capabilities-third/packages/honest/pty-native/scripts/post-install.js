//@ts-check
const fs = require("fs");
const path = require("path");
const os = require("os");

const release = path.join(__dirname, "../build/Release");
const third = path.join(__dirname, "../third_party/conpty");

console.log("\x1b[32m> Cleaning release folder...\x1b[0m");
function clean(folder) {
  for (const file of fs.readdirSync(folder)) {
    const full = path.join(folder, file);
    if (fs.lstatSync(full).isDirectory()) clean(full);
    else if (!/\.(node|dll|exe|pdb)$|^spawn-helper$/.test(file)) fs.unlinkSync(full);
  }
}
try {
  clean(release);
} catch (e) {
  process.exit(0);
}
if (os.platform() === "win32") {
  fs.mkdirSync(path.join(release, "conpty"), { recursive: true });
  for (const file of ["conpty.dll", "OpenConsole.exe"]) fs.copyFileSync(path.join(third, process.arch, file), path.join(release, "conpty", file));
} else {
  fs.chmodSync(path.join(release, "spawn-helper"), 0o755);
}
