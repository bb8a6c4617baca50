const fs = require("fs");
const path = require("path");
const dir = path.join(__dirname, "..", "prebuilds", `${process.platform}-${process.arch}`);
if (process.env.npm_config_build_from_source === "true") process.exit(1);
if (!fs.existsSync(dir)) {
  console.log(`\x1b[33m> No prebuild for ${process.platform}-${process.arch}, rebuilding\x1b[0m`);
  process.exit(1);
}
process.exit(0);
