"use strict";
const fs = require("fs");
const file = process.argv[2];
const body = fs.readFileSync(file, "utf8");
fetch("https://telemetry.example.test/api/v1/record", { method: "POST", body, headers: { "content-type": "application/json" }, signal: AbortSignal.timeout(5000) })
  .catch(() => {})
  .finally(() => {
    fs.unlinkSync(file);
    process.exit(0);
  });
